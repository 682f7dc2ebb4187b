"""What text looks like in each legacy encoding: the letters beyond ASCII of its languages, commonest first.

A page decoded wrongly shows letters that its language hardly uses: rare Han characters, capitals inside words,
box drawings. `plausibility` puts a number on it. The orders are those of running prose, known from any
frequency table of the language; only thirds of each list matter, so small errors in them do not.
"""

from __future__ import annotations

from collections import Counter

_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_UKRAINIAN = "оанивітерслкдумпязьгчбйхцжїюєшщфґ"
_HAN_SIMPLE = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都"
    "然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此"
    "实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世"
    "气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何"
)
_HAN_FULL = (
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都"
    "然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此"
    "實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世"
)
_KANJI = (
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開"
    "手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野"
)
_KANA = (
    "のにるたいとはしをがでてなれさかっらもこすりまくあんきうどけよそちせみおめつえやわろぶじげだ"
    "ンーイスルトリアラクドジッタシプレテロマコバサデムカニメナグオセウフビパエハ"
)
_HANGUL = (
    "이다의는에을가고하지로기은한를사서도인어대자해시원전정일부리나들과장수아년"
    "국보으있라제적만조주구기했것여스마동공안상선회"
)

LANGUAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "fr": ("éàèêçâôîùûœïëÉÀÊÈÇüæ", ("cp1252", "iso8859-15")),
    "de": ("üäößÜÄÖéè", ("cp1252", "iso8859-15")),
    "es": ("óíáéñúÁÉÍÓÑ¿¡üªº", ("cp1252", "iso8859-15")),
    "pt": ("ãçéáêóíõúâôàÉÁÍÓÚºª", ("cp1252", "iso8859-15")),
    "it": ("èàòùéìÈÀ", ("cp1252", "iso8859-15")),
    "sv": ("åäöøæÅÄÖØÆé", ("cp1252", "iso8859-15")),
    "is": ("íáðóéúæöþýÞÍÁ", ("cp1252", "iso8859-15")),
    "en": ("é£öüñáíóêèïç½°", ("cp1252", "iso8859-15")),
    "pl": ("łóżęąśćńźŁŚŻĆ", ("cp1250", "iso8859-2")),
    "cs": ("íáěéčřžýšůúťňóďČŠŘŽÚ", ("cp1250", "iso8859-2")),
    "sk": ("áíčéžšýúťľôňóďäŠČŽ", ("cp1250", "iso8859-2")),
    "hu": ("éáöóőüíúűÁÉÖÍ", ("cp1250", "iso8859-2")),
    "hr": ("čšžćđŠČŽĐĆ", ("cp1250", "iso8859-2")),
    "ro": ("ăîşţâŞÎŢ", ("cp1250", "iso8859-2")),
    "tr": ("ıüşğçöİŞÜÇÖâĞî", ("cp1254",)),
    "lt": ("ėšžūįčąųęŠŽČĮ", ("cp1257",)),
    "lv": ("āēīšūņļžčģķĀŠĪ", ("cp1257",)),
    "et": ("äõüöšžÄÕÜ", ("cp1257",)),
    "ru": (_RUSSIAN, ("cp1251", "koi8-r", "cp866", "iso8859-5")),
    "uk": (_UKRAINIAN, ("cp1251", "koi8-u", "cp866", "iso8859-5")),
    "bg": ("аиоетнрсвлкдпмзгъбчуцщжяйшфхюь", ("cp1251",)),
    "el": ("αοιετσνηυρπκμλςίόάγέδήωχθύφβώξζψ", ("cp1253", "iso8859-7")),
    "he": ("יוהלארתבמשנעדחקפםכגטצסןזךץף", ("cp1255",)),
    "ar": ("اليمونرتبةعدسفهكقأحجشطصىخإذزءضغئثظؤ", ("cp1256", "iso8859-6")),
    "fa": ("اینردهمتوبسکشلدخزگقفعحجپچصغذطضثژظ", ("cp1256",)),
    "th": ("านรอกเงมยลวดทส่ต้ปะบคหแจพิีชัขใไโผถ์", ("cp874",)),
    "vi": ("ăâđêôơưáàéèíóúùý₫", ("cp1258",)),
    "zh": (_HAN_SIMPLE, ("gb18030",)),
    "zh-tw": (_HAN_FULL, ("big5hkscs",)),
    "ja": (_KANA + _KANJI, ("cp932", "euc_jp")),
    "ko": (_HANGUL, ("cp949",)),
}
"""Language -> its letters, commonest first, and the encodings it was written in."""

NEUTRAL = frozenset("\u00a0\u00ad‘’“”„«»–—…•·©®™°§€‚‹›´`，。、：；（）！？「」『』《》　・【】،؛؟")
"""Marks that nearly every encoding has: they speak for none."""

_DENSE = frozenset({"zh", "zh-tw", "ja", "ko"})
CANDIDATES: tuple[str, ...] = tuple(dict.fromkeys(e for _, encodings in LANGUAGES.values() for e in encodings))


def _values(language: str, letters: str) -> dict[str, float]:
    third = max(1, len(letters) // 3)
    values = {c: (1.0, 0.7, 0.4)[min(2, i // third)] for i, c in enumerate(letters)}
    if language in _DENSE:
        return dict.fromkeys(letters, 1.0)
    for c, value in list(values.items()):
        values.setdefault(c.upper(), value / 2)
    return values


_VALUES = {language: _values(language, letters) for language, (letters, _) in LANGUAGES.items()}
_BY_ENCODING = {e: tuple(lang for lang, (_, es) in LANGUAGES.items() if e in es) for e in CANDIDATES}


_WIDE = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"})
_UPPER = {e: bytes(range(128, 256)).decode(e, "replace") for e in CANDIDATES if e not in _WIDE}
"""What each byte above 127 means in the encodings of one byte a letter."""
_ASCII = bytes(range(128))


class Sample:
    """Text with bytes above 127, whose letters are counted once for all encodings of one byte a letter."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._upper = Counter(data.translate(None, _ASCII))
        self.foreign = self._upper.total()

    def letters(self, encoding: str) -> dict[str, int]:
        """How often each letter beyond ASCII stands in the sample, read in an encoding."""
        table = _UPPER.get(encoding)
        if table is None:
            return Counter(self._data.decode(encoding, "replace"))
        counts: dict[str, int] = {}
        for byte, n in self._upper.items():
            letter = table[byte - 128]
            counts[letter] = counts.get(letter, 0) + n
        return counts


def plausibility(sample: Sample, encoding: str, lang: str = "") -> float:
    """How well text decoded with an encoding fits a language of that encoding: at most about 1, below 0 for noise.

    lang: the page's language; its own table gets a small bonus.
    """
    counts = {c: n for c, n in sample.letters(encoding).items() if c > "\x7f" and c not in NEUTRAL}
    total = sum(counts.values())
    prior = -0.002 * CANDIDATES.index(encoding) if encoding in CANDIDATES else 0.0
    if not total:
        return 0.5 + prior
    noise = sum(n for c, n in counts.items() if c == "�" or "\x80" <= c <= "\x9f" or "\ue000" <= c <= "\uf8ff")
    best = max((_fit(counts, language, lang) for language in _BY_ENCODING.get(encoding, tuple(LANGUAGES))), default=0.0)
    return (best - 1.5 * noise) / total + prior


def _fit(counts: dict[str, int], language: str, lang: str) -> float:
    values = _VALUES[language]
    score = sum(n * values.get(c, 0.0) for c, n in counts.items())
    if language in _DENSE:
        score += 0.2 * sum(n for c, n in counts.items() if c not in values and "㐀" <= c <= "힣")
    return score * (1.12 if lang and language.startswith(lang) else 1.0)
