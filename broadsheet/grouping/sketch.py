"""A text as few numbers: enough to find its copies and to measure how much of it they keep.

Runs of two words are hashed and sampled by content, so that a cut or shifted text chooses the same ones.  These
*pairs*, in order, measure; they survive damage that breaks longer runs.  Some of them, lengthened to four words,
are the *keys* that candidates are looked up by.  Hashes are CRC-32 of the words: the same in every process.
Source of the idea: Broder 1997 for containment; Schleimer, Wilkerson, Aiken 2003, Winnowing.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from operator import gt
from zlib import crc32

from broadsheet.text.words import words

MAX_WORDS = 20_000
"""Words of a text that are read."""

_MASK = 0xFFFFFFFF
_NUMBERS = 40
_NUMBER = re.compile(r"\d[\d.,]*(?<=\d)")
_FEW = 96
"""Up to this many words every pair is kept; beyond, every second, fourth, eighth."""


@dataclass(frozen=True, slots=True)
class Sketch:
    words: int
    keys: array[int]
    pairs: array[int]
    """In the order of the text, each once."""
    step: int
    """One in `step` pairs was kept: 1, 2, 4 or 8."""
    numbers: frozenset[int]
    """Hashes of the numbers, at most `_NUMBERS`."""
    whole: int
    """Hash of all words; equal texts have equal ones."""


class _Hashes(dict[str, int]):
    """22 bits of CRC-32 by word, remembered while in use; sums of two stay small integers, which are quicker."""

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        value = self[word] = crc32(word.encode("utf-8", "surrogatepass")) >> 10
        return value


_hashes = _Hashes()


def sketch(text: str) -> Sketch:
    """Sketch a text; linear in its length, at most `MAX_WORDS` words."""
    found = words(text)[:MAX_WORDS]
    h = [*map(_hashes.__getitem__, found)]
    step = 1 if len(h) <= _FEW else 2 if len(h) <= 2 * _FEW else 4 if len(h) <= 4 * _FEW else 8
    mask = step - 1
    runs = [a * 31 + b * 127 for a, b in zip(h, islice(h, 1, None), strict=False)]
    keyed = 3 if len(h) <= 4 * _FEW else 7 if len(h) <= 16 * _FEW else 15
    keys = {(a * 5 + b * 11) & _MASK for a, b in zip(runs, islice(runs, 2, None), strict=False) if not a & keyed}
    return Sketch(
        words=len(h),
        keys=array("I", sorted(keys)),
        pairs=array("I", dict.fromkeys([run for run in runs if not run & mask])),
        step=step,
        numbers=frozenset(crc32(n[0].encode()) for n in islice(_NUMBER.finditer(text), _NUMBERS)),
        whole=crc32(" ".join(found).encode("utf-8", "surrogatepass")),
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two sketches a and b agree; shares are 0 to 1."""

    of_a: float
    """Share of a's pairs that b has."""
    of_b: float
    in_order: float
    """Share of the shorter one's pairs that stand in the other in the same order."""
    piece: float
    """Words from one break in the order to the next: paragraphs were moved, or every sentence is another's."""
    missing: float
    """Numbers of the shorter one that the other has not, as a share: a copy keeps its figures.  One is forgiven."""
    changed: bool
    """Whether any number of the shorter one is missing."""
    spread: float
    """Over how much text of the longer they are spread, measured in lengths of the shorter; 1 is one piece."""


def overlap(a: Sketch, b: Sketch) -> Overlap:
    """Compare two sketches in the order of their pairs: a copy keeps the order, another report of the same facts
    does not.
    """
    step = max(a.step, b.step)
    first = [p for p in a.pairs if not p % step]
    second = [p for p in b.pairs if not p % step]
    if not first or not second:
        return Overlap(0.0, 0.0, 0.0, 0.0, 0.0, False, 0.0)
    place = {p: i for i, p in enumerate(second)}
    matched = [place[p] for p in first if p in place]
    kept = _rising(matched)
    fewer = min(len(first), len(second))
    inner = matched if len(first) <= len(second) else [i for i, p in enumerate(first) if p in place]
    spread = (max(inner) - min(inner) + 1) / fewer if inner else 0.0
    little, large = (a, b) if a.words <= b.words else (b, a)
    missing = len(little.numbers - large.numbers)
    breaks = sum(map(gt, matched, islice(matched, 1, None)))
    return Overlap(
        of_a=len(matched) / len(first),
        of_b=len(matched) / len(second),
        in_order=kept / fewer,
        piece=len(matched) * step / (1 + breaks),
        missing=max(0, missing - 1) / max(1, len(little.numbers)),
        changed=missing > 0,
        spread=spread,
    )


def _rising(places: list[int]) -> int:
    """Length of the longest rising subsequence."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
