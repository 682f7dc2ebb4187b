"""Plain ways of finding who said what, to compare with in the same run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.quotes.marks import find_spans

from .score import Predicted

_NAME = re.compile(r"[A-ZÀ-Ü][\w’'-]+(?: [A-ZÀ-Ü][\w’'-]+){0,3}")
_SAY = {
    "en": "said|says|told|added|wrote|tweeted|asked|explained|argued|noted|continued|insisted|replied|stated|warned",
    "de": "sagte|sagt|erklärte|so|meinte|betonte|schrieb|forderte|kritisierte|äußerte|berichtete|laut|ergänzte",
}
_WHO = r"((?:[A-ZÀ-Ü][\w’'.-]+ ?){1,4}|he|she|they|er|sie|(?:the|der|die|ein|eine|a) (?:[\w-]+ ){0,2}[\w-]+)"
MIN_WORDS = 4
LOOK_BACK = 400


def nearest_name(text: str, lang: str) -> Iterator[Predicted]:
    """Every quotation of four words or more belongs to the last capitalised words before it."""
    for span in find_spans(text, lang):
        if len(text[span.start : span.end].split()) >= MIN_WORDS:
            start = max(0, span.start - LOOK_BACK)
            names = list(_NAME.finditer(text, start, max(start, span.start - 1)))
            yield _predicted(span.start, span.end, names[-1] if names else None, 0)


def cue_rules(text: str, lang: str) -> Iterator[Predicted]:
    """The words next to a verb of speech right after or before the quotation; else the speaker before."""
    say = _SAY[lang]
    after = re.compile(rf"\W*(?:(?:{say}) {_WHO}|{_WHO} (?:{say})\b)")
    before = re.compile(rf"{_WHO} (?:{say})\b[^.\n]{{0,60}}$")
    last: re.Match[str] | None = None
    for span in find_spans(text, lang):
        found = after.match(text, span.end)
        if found is None:
            line = text.rfind("\n", 0, span.start) + 1
            found = before.search(text, max(line, span.start - 200), span.start - 1)
        if found is not None:
            last = found
        if len(text[span.start : span.end].split()) >= MIN_WORDS and last is not None:
            yield _predicted(span.start, span.end, last, last.lastindex or 0)


def _predicted(start: int, end: int, found: re.Match[str] | None, group: int) -> Predicted:
    if found is None:
        return Predicted(start, end, None, None, None)
    return Predicted(start, end, found[group], found.start(group), found.end(group))
