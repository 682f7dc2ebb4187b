"""Where quotation marks open and close: text -> outermost quoted spans.

Knows the marks of the languages served and which side of a word they stand on; does not know whether a span is
speech, a title or irony. One pass over the marks with a shallow stack, so linear in the text whatever they do.

A paragraph that ends inside a quotation ends that quotation: newspapers open each following paragraph with a mark
of its own. Only where the following paragraphs have no opening mark before a closing one does it run on.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import NamedTuple

APOSTROPHE = 2
MAX_NESTING = 6
MAX_RUNNING = 4000
"""Characters after which a mark left open at a paragraph's end is a slip, not a running quotation."""
MIN_UNCLOSED = 20
"""Characters an unclosed mark must be followed by to count."""

ANY_MARK = re.compile('["“”„‟«»〝〞〟＂「」『』﹁﹂‘‚‹›]')
"""The cheap first question: can this text hold a quotation at all? Straight single marks apart."""

_DOUBLE = re.compile('["“”„‟«»〝〞〟＂「」『』﹁﹂]|\n+')
_SINGLE = re.compile("[‘’‚‹›']|\n+")
_SINGLE_OPENS = re.compile(r"[‘‹›]|(?:^|[\s(])'(?=[^\W\d])")
_CLOSERS = {
    "“": "”\"", "”": "”\"", "„": "“”\"‟", "‟": "”\"", '"': '"”', "«": "»", "»": "«»", "〝": "〞〟", "＂": "＂",
    "「": "」", "『": "』", "﹁": "﹂", "‘": "’", "'": "'", "‚": "‘’", "‹": "›", "›": "‹›",
}  # fmt: skip
_ALWAYS_OPEN = frozenset("„〝「『﹁‚")
_ALWAYS_CLOSE = frozenset("〞〟」』﹂")
_TOWARDS_WORD = frozenset("([{<-–—―/:;,|…‘'„“\"«»*¿¡")
"""What may stand before an opening mark besides space."""
_AFTER_WORD = frozenset(".,;:!?)]}>-–—…/|’'”\"»*。，、：；！？،؛؟")
"""What may stand after a closing mark besides space."""
_INWARD = frozenset(("de", "da", "sl", "hr", "sr", "cs", "sk", "hu"))
"""Languages that also print »so«."""
_EITHER_WAY = _INWARD | {"fi", "sv"}
"""Those, and the ones that print »so»."""


class Span(NamedTuple):
    """A quoted stretch without its marks, and where the paragraph it starts in begins.

    goes_on: it stands between the same marks as the one before, after a credit inside them.
    """

    start: int
    end: int
    paragraph: int
    goes_on: bool = False


class _Open(NamedTuple):
    at: int
    mark: str


def find_spans(text: str, lang: str = "en") -> list[Span]:
    """The outermost stretches between quotation marks, in order, never overlapping or empty."""
    spans = [s for s in _scan(text, _DOUBLE, lang) if text[s.start - 2 : s.start - 1] != "="]  # no HTML attributes
    if not spans and _SINGLE_OPENS.search(text):
        spans = list(_scan(text, _SINGLE, lang))  # British and Swiss papers quote with single marks
    return spans


def _scan(text: str, marks: re.Pattern[str], lang: str) -> Iterator[Span]:
    stack: list[_Open] = []
    inner: list[Span] = []  # pairs closed above the bottom of the stack, wanted if the bottom never closes
    running: Span | None = None  # an unclosed quotation that a later paragraph may still close
    paragraph = 0
    for found in marks.finditer(text):
        at, mark = found.start(), found[0]
        if mark[0] == "\n":
            if stack:
                running = yield from _unclosed(text, stack[0], inner, paragraph, at, found.end(), marks)
                stack, inner = [], []
            paragraph = found.end()
            continue
        side = _side(text, at, mark, lang, stack)
        depth = _match(stack, mark) if side <= 0 else -1
        if depth == 0:
            yield from _span(text, stack[0].at + 1, at, paragraph)
            stack, inner = [], []
        elif depth > 0:
            while inner and inner[-1].start > stack[depth].at:
                inner.pop()
            inner += _span(text, stack[depth].at + 1, at, paragraph)
            del stack[depth:]
        elif running and side < 0:
            if at - running.start < MAX_RUNNING and mark in _CLOSERS[text[running.start - 1]]:
                yield from _span(text, running.start, at, running.paragraph)
                running = None
        elif mark in _CLOSERS and 0 <= side < APOSTROPHE and len(stack) < MAX_NESTING:
            if running:
                yield from _span(text, *running[:3])
                running = None
            stack.append(_Open(at, mark))
    if stack:
        running = yield from _unclosed(text, stack[0], inner, paragraph, len(text), len(text), marks)
    if running:
        yield from _span(text, *running[:3])


def _side(text: str, at: int, mark: str, lang: str, stack: list[_Open]) -> int:
    """1 where the mark can only open, -1 where it can only close, 0 where its surroundings do not say."""
    if mark in _ALWAYS_OPEN:
        return 1
    if mark in _ALWAYS_CLOSE:
        return -1
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "«»" and lang not in _EITHER_WAY:
        return 1 if mark == "«" else -1
    space_before = not before or before.isspace()
    space_after = not after or after.isspace()
    if mark == "“" and stack and stack[-1].mark == "„":
        return 1 if space_before and not space_after else -1
    if mark == "'" and (space_before or before in "([") and after.isalpha():
        return 1
    if mark in "’›" and not space_after and after.isalnum():
        return 1 if mark == "›" and (space_before or before in _TOWARDS_WORD) else APOSTROPHE
    if mark == "'":
        return -1 if before in ",.!?…" else APOSTROPHE
    if space_before != space_after:
        return 1 if space_before else -1
    if not space_before:
        word_before, word_after = before not in _TOWARDS_WORD, after not in _AFTER_WORD
        if (not word_after and before.isalnum()) or (before in ".,!?…" and not after.isalnum()):
            return -1
        if word_before != word_after:
            return -1 if word_before else 1
    if mark in '"＂':
        return 0
    if mark in "«»‹›":
        return 1 if (mark in "»›") == (lang in _INWARD) else -1
    return -1 if mark in "”’" else 1


def _match(stack: list[_Open], mark: str) -> int:
    """How deep in the stack the mark that this one closes lies; -1 when it closes none."""
    for depth in range(len(stack) - 1, -1, -1):
        if mark in _CLOSERS[stack[depth].mark]:
            return depth
    return -1


def _unclosed(
    text: str, bottom: _Open, inner: list[Span], paragraph: int, end: int, following: int, marks: re.Pattern[str]
) -> Generator[Span, None, Span | None]:
    """Yield what a mark that is still open at its paragraph's end leaves; return the span that may run on."""
    goes_on = following < len(text) and marks.match(text, following) is not None
    if inner and not goes_on:
        yield from inner
        return None
    if end - bottom.at < MIN_UNCLOSED or (bottom.mark in "'‘" and not goes_on):  # an apostrophe after all
        return None
    return Span(bottom.at + 1, end, paragraph)


def _span(text: str, start: int, end: int, paragraph: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return [Span(start, end, paragraph)] if start < end else []
