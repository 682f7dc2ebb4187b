"""Cues of languages whose script has no capitals, as patterns around a quotation; group 1 is the speaker.

BEFORE is matched at the end of what stands before the opening mark, AFTER at the start of what follows the closing one.
Every repetition is bounded, and both are tried on short strings only.
"""

from __future__ import annotations

_HAN = r"[\u3400-\u9fff·]"
_ZH_SAY = (
    "说|說|表示|称|稱|指出|强调|強調|认为|認為|写道|寫道|坦言|透露|回应|回應|补充|補充|解释|解釋|告诉|告訴|介绍|介紹|"
    "宣布|呼吁|呼籲"
)
_JA_SAY = (
    "述べ|語っ|語る|話し|話す|説明し|強調し|指摘し|コメントし|発言し|訴え|明かし|答え|批判し|書い|書き込|つづっ|振り返"
)
_AR_SAY = (
    "قال|قالت|وقال|وقالت|أكد|أكدت|وأكد|وأكدت|أضاف|أضافت|وأضاف|وأضافت|صرح|صرحت|وصرح|أوضح|أوضحت|وأوضح|وأوضحت|ذكر|ذكرت|"
    "أعلن|أعلنت|وأعلن|اعتبر|اعتبرت|كتب|كتبت|وكتب|وكتبت|أشار|وأشار|تابع|وتابع|شدد|وشدد"
)
_AR_WORD = r"[\u0621-\u064a\u064b-\u0652ـ]+"
_HE_SAY = "אמר|אמרה|אמרו|מסר|מסרה|ציין|ציינה|הוסיף|הוסיפה|טען|טענה|הדגיש|הדגישה|כתב|כתבה|הצהיר|הצהירה|לדברי"
_HE_WORD = r"[\u05d0-\u05ea'\"]+"
_FA_SAY = "گفت|گفته|افزود|نوشت|تاکید کرد|اظهار کرد|اعلام کرد"

BEFORE = {
    "zh": rf"({_HAN}{{2,16}}?)(?:{_ZH_SAY}){_HAN}{{0,8}}[：:，,]?\s*$",
    "ja": r"([^\s。、「」『』（）()]{1,20}?)(?:氏|さん|首相|大臣|知事|市長|社長|会長|監督|選手|教授)?"
    r"[はも](?:[^。「」]{0,30}[、で])?\s*$",
    "ar": rf"(?:{_AR_SAY})\s+({_AR_WORD}(?:\s+{_AR_WORD}){{0,5}}?)"
    rf"(?:\s+(?:إن|أن|في|خلال|لـ?){_AR_WORD}?[^:،\n]{{0,40}})?\s*[:،,]?\s*$",
    "he": rf"(?:{_HE_SAY})\s+({_HE_WORD}(?:\s+{_HE_WORD}){{0,3}}?)\s*[:,]?\s*(?:כי\s*)?$",
    "fa": rf"([\u0600-\u06ff\u200c]+(?:\s+[\u0600-\u06ff\u200c]+){{0,3}}?)\s+"
    rf"(?:{_FA_SAY})\s*[:،]?\s*$",
    "ko": r"([\uac00-\ud7a3]{2,4}(?:\s*[\uac00-\ud7a3]{2,6})?)(?:은|는|이|가)(?:\s[^.\"“”\n]{0,30})?\s*$",
}
AFTER = {
    "zh": rf"^[，,。]?\s*({_HAN}{{2,16}}?)(?:{_ZH_SAY})",
    "ar": rf"^[،,.]?\s*(?:{_AR_SAY})\s+({_AR_WORD}(?:\s+{_AR_WORD}){{0,2}})",
    "he": rf"^,?\s*(?:{_HE_SAY})\s+({_HE_WORD}(?:\s+{_HE_WORD}){{0,2}})",
}
# Where the verb follows the quotation and the speaker stands before it.
VERB_AFTER = {
    "ja": rf"^と(?:[^。「」]{{0,12}})?(?:{_JA_SAY})",
    "ko": r"^(?:라고|이라고|고)\s*(?:말|밝|전|강조|설명|주장|덧붙|했)",
}
