"""Scores: quotations with their speakers.

A predicted and a marked quotation match when their spans overlap by half of their union, one to one. The speaker is
right when the predicted phrase stands on the marked mention, or names the same person by its last word. Joint counts
quotations with both right. Marked fragments (under four words) and unattributed ones count neither way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

_TITLES = frozenset(
    ("mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "senator", "herr", "frau", "the", "a", "an", "der",
     "die", "das", "ein", "eine", "of", "von", "jr", "sr")
)  # fmt: skip
_PRONOUNS = frozenset(
    ("he", "she", "they", "we", "i", "it", "you", "him", "her", "them", "who", "er", "sie", "es", "wir", "ich", "ihm",
     "ihr")
)  # fmt: skip


class Predicted(NamedTuple):
    """What is scored of a found quotation."""

    start: int
    end: int
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None


class Counts(NamedTuple):
    """Of one article or many: predictions and marked quotations that count, spans found, speakers right as well."""

    predicted: int
    marked: int
    spans: int
    joint: int

    def f1(self, right: int) -> float:
        """F1 with this many right."""
        return 2 * right / (self.predicted + self.marked) if right else 0.0


def count(article: dict[str, Any], predicted: Sequence[Predicted]) -> Counts:
    """Compare the quotations found in one article with the marked ones."""
    marked = [quote for quote in article["quotes"] if quote["kind"] != "none"]
    pairs = sorted(
        ((overlap((p.start, p.end), (m["start"], m["end"])), i, j)
         for i, p in enumerate(predicted) for j, m in enumerate(marked)),
        reverse=True,
    )  # fmt: skip
    match: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in pairs:
        if share >= 0.5 and i not in match and j not in taken:
            match[i] = j
            taken.add(j)
    ignored = sum(
        (marked[match[i]]["kind"] != "direct") if i in match else _inside_ignored(p, marked)
        for i, p in enumerate(predicted)
    )
    direct = [(predicted[i], marked[j]) for i, j in match.items() if marked[j]["kind"] == "direct"]
    right = sum(speaker_right(p, m) for p, m in direct)
    return Counts(len(predicted) - ignored, sum(m["kind"] == "direct" for m in marked), len(direct), right)


def total(counts: Iterable[Counts]) -> Counts:
    """The sum over articles."""
    return Counts(*map(sum, zip(*counts, strict=True)))


def speaker_right(predicted: Predicted, marked: dict[str, Any]) -> bool:
    """Whether the phrase stands on the marked mention or names the same person."""
    start, end = marked["speaker"]
    if predicted.speaker_start is not None and predicted.speaker_end is not None:
        near = overlap((predicted.speaker_start, predicted.speaker_end), (start, end)) > 0
        if near and predicted.speaker_end - predicted.speaker_start <= max(60, 2 * (end - start)):
            return True
    return any(agree(predicted.speaker, name) for name in [*marked["names"], marked["speaker_text"]])


def agree(a: str | None, b: str | None) -> bool:
    """Whether the last word of one name is a word of the other, titles and pronouns left out."""
    x, y = _words(a), _words(b)
    return bool(x and y) and (x[-1] in y or y[-1] in x)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared characters over all characters of two spans."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def _inside_ignored(predicted: Predicted, marked: list[dict[str, Any]]) -> bool:
    length = predicted.end - predicted.start
    return any(
        min(predicted.end, m["end"]) - max(predicted.start, m["start"]) >= 0.8 * length
        for m in marked
        if m["kind"] != "direct"
    )


def _words(name: str | None) -> list[str]:
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name or "").lower())
    return [word for word in words if word not in _TITLES and word not in _PRONOUNS]
