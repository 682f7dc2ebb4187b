"""Credits inside the marks: « Nous partons, assure Ada Quill. Demain. » is two quotations, and so with Spanish dashes.

French and Spanish newspapers leave the marks open around "says so-and-so". Cut out is only what begins with a verb of
speech and its subject; where the words do not show where the credit ends, it ends with the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .marks import Span
from .words.classes import Cls

MAX_CREDIT = 200
"""Characters from the verb to the end of the credit."""
MAX_ASIDE_WORDS = 5
"""Words between commas that still describe the speaker: "ancien adjoint aux finances"."""
LEAST = 8
"""Characters of a quotation before a credit."""

_COMMA = re.compile(r"(?:,|(?<=[!?…]))\s+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*[’']?")
_INVERTED = re.compile(r"(.+?)-(?:t-)?(?:ils?|elles?|on)$")
_STOP = re.compile(r"[.!?…]+(?=\s+[^\Wa-zà-ÿ]|\s*$)")
_DASHED = re.compile(r"\s+[—–](?=[^\W\d_])([^—–\n]{3,200})(?:[—–][.,;:]?|$)\s*")
_SPEAKS = frozenset((Cls.SAY, Cls.CALL, Cls.TELL))
_SUBJECT = frozenset((Cls.NAME, Cls.TITLE, Cls.DET, Cls.HIS, Cls.HE, Cls.ROLE, Cls.THEY))
_APART = frozenset((Cls.ROLE, Cls.WHO, Cls.NUM))

LANGUAGES = frozenset(("fr", "es"))


def part_credits(text: str, spans: list[Span], lang: str, words: Mapping[str, int]) -> list[Span]:
    """The spans, in order, those that hold a credit parted around it. Each part is a quotation of its own."""
    return [part for span in spans for part in _parts(text, span, lang, words)]


def _parts(text: str, span: Span, lang: str, words: Mapping[str, int]) -> Iterator[Span]:
    start, goes_on = span.start, False
    for end, begin in _credits(text, span, lang, words):
        if end - start >= LEAST:
            yield Span(start, end, span.paragraph, goes_on)
            start, goes_on = begin, True
    if start < span.end:
        yield Span(start, span.end, span.paragraph, goes_on)


def _credits(text: str, span: Span, lang: str, words: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Where the words before a credit end and those after it begin."""
    if lang == "es":
        for found in _DASHED.finditer(text, span.start, span.end):
            if _is_credit(found[1], words):
                yield found.start(), min(found.end(), span.end)
        return
    after = span.start
    for found in _COMMA.finditer(text, span.start, span.end):
        credit = text[found.end() : min(found.end() + MAX_CREDIT, span.end)]
        if found.end() >= after and _is_credit(credit, words):
            end = found.end() + _length(credit, words)
            after = span.end - len(text[end : span.end].lstrip(" ,.!?…\u00a0"))
            yield found.start() + (text[found.start()] == ","), after


def _is_credit(credit: str, words: Mapping[str, int]) -> bool:
    """Whether a verb of speech stands at the beginning, and its subject next to it."""
    first, second, third = [*[found[0] for found in _WORD.finditer(credit[:80])][:3], "", "", ""][:3]
    inverted = _INVERTED.match(first.lower())
    if inverted:
        stem = words.get(inverted[1])
        return stem in _SPEAKS or (stem == Cls.BE and words.get(second.lower()) in (Cls.SAYING, *_SPEAKS))
    verb = words.get(first.lower())
    if verb == Cls.BE and words.get(second.lower()) == Cls.SAYING:  # "a déclaré Ada Quill"
        second, verb = third, Cls.SAY
    return first.islower() and verb in _SPEAKS and bool(second) and _opens_subject(second, words)


def _opens_subject(word: str, words: Mapping[str, int]) -> bool:
    low = word.lower()
    if low[:2] in ("l'", "l’"):
        return True
    return words.get(low, Cls.NAME if word[0].isupper() else Cls.LOW) in _SUBJECT


def _length(credit: str, words: Mapping[str, int]) -> int:
    """Characters of a credit: up to the comma before the quotation goes on, or to the end of its sentence."""
    stop = _STOP.search(credit)
    whole = stop.start() if stop else len(credit)
    pieces = credit[:whole].split(", ")
    length = len(pieces[0])
    for piece in pieces[1:]:
        opening = _WORD.search(piece)
        known = words.get(opening[0].lower(), Cls.LOW) if opening else Cls.LOW
        if known not in _APART and (known == Cls.AND or len(piece.split()) > MAX_ASIDE_WORDS):
            return length
        length += len(", ") + len(piece)
    return length
