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
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from operator import gt, sub
from zlib import crc32

from broadsheet.text.words import words

MAX_WORDS = 20_000
"""Words of a text that are read."""

_MASK = 0xFFFFFFFF
_SIGN = re.compile("[.,_]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Letters of scripts that do not part words: each is taken for one."""
_NUMBERS = 40
_NUMBER = re.compile(r"\d[\d.,]*(?<=\d)")
_FEW = 96
"""Up to twice as many words every pair is kept; beyond, every second, fourth, eighth: a hundred measure well enough."""


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


class _Hashes(dict[bytes | str, int]):
    """30 bits of CRC-32 by word, remembered while in use; the difference of two stays one digit of an integer."""

    def __missing__(self, word: bytes | str) -> int:
        if len(self) > 200_000:
            self.clear()
        plain = word.decode(_WESTERN) if isinstance(word, bytes) else word
        value = self[word] = crc32(plain.encode("utf-8", "surrogatepass")) >> 2
        return value


_hashes = _Hashes()
_WESTERN = "cp1252"
_SOFT_HYPHEN = b"\xad"


def _small_letters() -> bytes:
    """For each byte of `_WESTERN` its letter in lower case, or a space where it is a sign."""
    letters = [bytes([n]).decode(_WESTERN, "replace").lower() for n in range(256)]
    return b"".join(c.encode(_WESTERN) if c.isalnum() else b" " for c in letters)


_LETTERS = _small_letters()


def _parts(text: str) -> tuple[Sequence[bytes | str], int]:
    """The runs of letters and digits of a text, at most `MAX_WORDS`, and a hash of them all.

    Where a letter is a byte, bytes are parted: several times as quick as looking for words, to the same end.
    """
    try:
        western = text.encode(_WESTERN).translate(_LETTERS, _SOFT_HYPHEN).split()[:MAX_WORDS]
        return western, crc32(b" ".join(western).decode(_WESTERN).encode())
    except UnicodeEncodeError:
        spaced = _UNSPACED.sub(r" \g<0> ", " ".join(words(text)))
        found = _SIGN.sub(" ", spaced).split()[:MAX_WORDS]
        return found, crc32(" ".join(found).encode("utf-8", "surrogatepass"))


def _length(found: Sequence[bytes | str]) -> int:
    """Words of a text; two letters of a script that does not part words count as one."""
    return len(found) - sum(_UNSPACED.match(part) is not None for part in found if isinstance(part, str)) // 2


def sketch(text: str) -> Sketch:
    """Sketch a text; linear in its length, at most `MAX_WORDS` words."""
    found, whole = _parts(text)
    h = [*map(_hashes.__getitem__, found)]
    step = 1 if len(h) <= 2 * _FEW else 2 if len(h) <= 4 * _FEW else 4 if len(h) <= 8 * _FEW else 8
    mask = step - 1
    runs = [*map(sub, h, islice(h, 1, None))]
    keyed = 3 if len(h) <= _FEW else 7 if len(h) <= 4 * _FEW else 15
    both = min(mask, keyed)
    chosen = [place for place, run in enumerate(runs) if not run & both]
    last = len(runs) - 2
    keys = {(runs[i] * 5 + runs[i + 2] * 11) & _MASK for i in chosen if not runs[i] & keyed and i < last}
    return Sketch(
        words=_length(found),
        keys=array("I", sorted(keys)),
        pairs=array("i", dict.fromkeys([runs[i] for i in chosen if not runs[i] & mask])),
        step=step,
        numbers=frozenset(map(_hashes.__getitem__, _NUMBER.findall(text)[:_NUMBERS])),
        whole=whole,
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
