"""The beginning of a text, cut where a reader would stop: after a sentence, else after a word. Always word for word."""

from __future__ import annotations

import re

from broadsheet.text.graphemes import safe_cut

ENOUGH = 0.5
"""A sentence end counts when it leaves at least this share of the length; otherwise words are cut."""

_CLOSERS = "\"'”’»›)」』】）\\]"
# A full stop ends a sentence before a blank and no small letter; Chinese and Japanese stops need no blank.
_SENTENCE_END = re.compile(rf"(?:[.!?…؟۔।॥]+[{_CLOSERS}]*(?=\s+[^a-zà-ÿа-яα-ω\s]|\s*$)|[。！？]+[{_CLOSERS}]*)")
# Titles, months and other short forms of the languages that use them, single letters, and days ("3. Mai").
_SHORT_FORMS = """
mr mrs ms dr prof st sen rep gov gen col sgt capt lt jr sr rev hon pres inc ltd co corp bros vs etc approx no nos vol
fig p pp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun bzw ca usw vgl evtl ggf nr str
mio mrd zzgl inkl mme mlle av art sra srta ud uds ing avv sig dott dhr mevr fr hr ul r im г ул т д тыс млн млрд руб
им стр см др пр
"""
_NO_END = re.compile(r"(?:^|[\s(“\"‘'.])(?:[^\W\d_]|\d{1,2}|" + "|".join(_SHORT_FORMS.split()) + r")\.$", re.IGNORECASE)
_LOOSE_ENDS = " ,;:–—-،、，；：.。"
_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


def excerpt(text: str, length: int) -> str:
    """At most `length` characters from the beginning of `text`, a verbatim prefix without the white space at its ends.

    Cut after the last whole sentence if that keeps half of the length, else after a word; in scripts without
    blanks and inside endless words between characters as readers see them. Empty when not one fits.
    """
    text = text[: max(length, 0) + 200 + _leading(text)].lstrip()
    if length <= 0:
        return ""
    if len(text) <= length:
        return text.rstrip()
    end = _sentence_end(text, length)
    if end < length * ENOUGH:
        end = _word_end(text, length)
    return text[:end].rstrip()


def shortened(text: str, length: int) -> str:
    """The excerpt of `text` on one line, with an ellipsis where words are left out; at most `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    part = excerpt(text, length - 1)
    return f"{part.rstrip(_LOOSE_ENDS)}…" if part else ""


def is_cut(text: str, part: str) -> bool:
    """Whether an excerpt leaves something out, so that a page may say so."""
    return len(part) < len(text.strip())


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())


def _sentence_end(text: str, length: int) -> int:
    best = 0
    for found in _SENTENCE_END.finditer(text, 0, min(len(text), length + 100)):
        if found.end() > length:
            break
        # "Mr.", "U.S." and "3." end no sentence; a wrong guess only moves the cut.
        if not _NO_END.search(text[max(0, found.start() - 12) : found.start() + 1]):
            best = found.end()
    return best


def _word_end(text: str, length: int) -> int:
    if text[length].isspace():
        return length
    space = max(text.rfind(blank, 0, length) for blank in (" ", "\n", "\t", "\u00a0"))
    if space > 0 and (space >= length * ENOUGH or not _SPACELESS.search(text, space, length)) and length - space < 100:
        return space
    return safe_cut(text, length)
