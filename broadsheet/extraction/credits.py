"""The words under a picture taken apart: what it shows, and who made it.

Credits follow a few forms everywhere: a label ("Photo:", "Foto:", "写真："), a sign (©), a last parenthesis with an
agency or a slash in it, or an agency and a name behind the last full stop. Only the end of a caption is looked at, so
that time does not grow with its length.
"""

from __future__ import annotations

import re

TAIL = 170
"""Characters at the end of a caption among which its credit stands."""
LONGEST, SHORT = 90, 16
_TRIM = " \t\n()[]（）【】·|/–—-,;＝"

_LABELS = (
    r"(?:(?:file\s+)?(?:photos?|photographs?|photographer|photographie|pictures?|pics?|images?|credits?|source|handout|"
    r"courtesy(?:\s+of)?)|cr[ée]dit[os]*|fotos?|fotografin?|fotografie|fotograf[íi]a|fotoğraf|fot\.|illustration|grafik|"
    r"bild(?:er|quelle|nachweis)?|quelle|imagen|imagem|immagine|fuente|fonte|bron|beeld|zdjęcie|źródło|kuva|kép|ảnh|"
    r"nguồn|ljósmynd|isithombe|фото(?:граф)?|світлина|джерело|источник|снимка|φωτογραφία|تصوير|الصورة|صورة|"
    r"图片?|圖片?|图源|来源|來源|写真|撮影|提供|出典|사진(?:\s*출처)?|출처)"
)
_BY = r"(?:\s+(?:by|credit|courtesy(?: of)?|von|de|di|door|par))?"
_AGENCIES = (
    r"(?:AP|AFP|Reuters|REUTERS|Getty(?: Images)?|EPA|EFE|dpa|DPA|APA|ANSA|Ansa|LUSA|Lusa|ANP|PAP|TASS|ТАСС|Xinhua|"
    r"新华社|共同|時事|ロイター|ＡＰ|ＡＦＰ|Yonhap|연합뉴스|NTB|TT|Ritzau|Scanpix|Belga|Keystone|KEYSTONE|IMAGO|imago|Imago|"
    r"Alamy|Shutterstock|iStock|PA|Bloomberg|UPI|Anadolu|AA|Europa Press|Unsplash|Pexels|Pixabay|Wikimedia|CC BY)"
)
_RIGHTS = r"copyright\b|tous droits réservés\b|todos los derechos reservados\b"
_LABELLED = re.compile(rf"(?:^|[\s(\[（【·|.。–—-])({_LABELS}{_BY}\s?[:：=©]\s*[^\n]{{2,80}})$", re.I)
_SIGNED = re.compile(rf"(?:^|[\s.。(（\[|–—-])((?:©|ⓒ|\([cC]\)|（[ＣC]）|{_RIGHTS})\s*[^\n©]{{2,110}})$", re.I)
_JOINED = re.compile(r"((?:（[ＣC]）|[©ⓒ])[^\n©]{2,40})$")
_MAKER = rf"(?:/|\b{_AGENCIES}\b|摄|攝|撮影|提供|供图|사진)"
_IN_BRACKETS = re.compile(rf"([(\[（][^()\[\]（）]{{0,60}}{_MAKER}[^()\[\]（）]{{0,60}}[)\]）])\s*\.?$")
_BEHIND_STOP = re.compile(rf"[.!?…”\"»)]\s+([^.!?…\n]{{0,40}}(?:\s?/\s?|\b{_AGENCIES}\b)[^!?…\n]{{0,50}}[^.!?…\n])$")
_AGENCY_NAME = re.compile(rf"\s((?:{_AGENCIES})\s?/\s?[^\n/]{{2,40}}(?:/[^\n/]{{2,40}})?)$")
_AFTER_EQUALS = re.compile(rf"(＝(?:[^＝。\s]{{0,12}}(?:撮影|提供)|{_AGENCIES}|共同))$")
_BEHIND_SLASHES = re.compile(r"\s/\s([^/\n]{3,40}\s/\s[^/\n]{2,40})$")
_FORMS = (
    (_LABELLED, (":", "：", "=", "©")),
    (_SIGNED, ("©", "ⓒ", "(c)", "(C)", "（", "opyright", "OPYRIGHT", "droits", "derechos")),
    (_JOINED, ("©", "ⓒ", "（")),
    (_IN_BRACKETS, (")", "]", "）")),
    (_AFTER_EQUALS, ("＝",)),
    (_AGENCY_NAME, ("/",)),
    (_BEHIND_SLASHES, (" / ",)),
    (_BEHIND_STOP, ("/",)),
)
"""Patterns, each with signs of which it needs one: to look for a sign takes a hundredth of the time."""
_SIGN = re.compile(r"[:：=©ⓒ（)\]）＝/]|opyright|OPYRIGHT|droits|derechos").search
"""Whether any of these signs stands in a text: most have none."""
_ONLY = re.compile(rf"(?:{_LABELS}\s?[:：=©]|[©ⓒ]|copyright\b|\(c\)|（[ＣC]）)", re.I)
_HEADING = re.compile(
    r"(?:(?:image |photo |video )?caption|legende|bildunterschrift|légende|leyenda|didascalia|onderschrift)\s?[:,]\s+",
    re.I,
)
_BETWEEN = re.compile(r"[/·|]")
_SENTENCE = re.compile(r"[.!?]\s|。")
_NAMES = {name.casefold() for name in _AGENCIES[3:-1].replace("(?: Images)?", "").split("|")} | {"getty images"}


def split_credit(caption: str) -> tuple[str, str]:
    """A caption and the credit written behind it, "" where there is none. Both are runs of the text given."""
    heading = _HEADING.match(caption)
    if heading is not None:
        caption = caption[heading.end() :]
    if is_credit(caption):
        return "", _strip(caption)
    start = max(0, len(caption) - TAIL)
    tail = caption[start:]
    if _SIGN(tail) is None and tail.rpartition(" ")[2].casefold() not in _NAMES:
        return caption, ""
    for form, signs in _FORMS:
        found = form.search(tail) if True in map(tail.__contains__, signs) else None
        if found is None and form is _BEHIND_STOP and tail.rpartition(" ")[2].casefold() in _NAMES:
            found = form.search(tail)
        if found is not None:
            rest = caption[: start + found.start(1)].rstrip(_TRIM)
            if len(rest) > 2 and _strip(found[1]):
                return rest, _strip(found[1])
    return caption, ""


def _strip(credit: str) -> str:
    return credit.strip(_TRIM).removeprefix("Ｃ）") if credit[:1] == "（" else credit.strip(_TRIM)


def has_credit(text: str) -> bool:
    """Whether a text ends as captions with credits do."""
    return bool(split_credit(text)[1])


def is_credit(text: str) -> bool:
    """Whether a text is a credit and nothing else."""
    if len(text) > LONGEST:
        return False
    text = text.strip(_TRIM)
    if (_SIGN(text) is not None or text[:9].lower() == "copyright") and _ONLY.match(text) is not None:
        return True
    if _BETWEEN.search(text) is None:
        return len(text) <= SHORT and text.strip().casefold() in _NAMES
    return _SENTENCE.search(text) is None and not _NAMES.isdisjoint(
        [part.strip().casefold() for part in _BETWEEN.split(text)]
    )
