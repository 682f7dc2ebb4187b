"""An article as numbers: its weightiest words, its names and figures, its phrases."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat
from math import log, sqrt
from operator import mul
from unicodedata import digit
from zlib import crc32

from broadsheet.grouping.document import Document
from broadsheet.grouping.formats import Format, format_of
from broadsheet.grouping.settings import Settings
from broadsheet.text.words import stems, words

Weighted = tuple[tuple[str, ...], tuple[float, ...]]
"""Terms by falling weight, and their weights, scaled to length 1."""


@dataclass(slots=True, eq=False)
class Member:
    """What is remembered of an article while it can be joined; about 3 kB."""

    seq: int
    id: str
    language: str
    hours: float | None
    terms: tuple[str, ...]
    weights: tuple[float, ...]
    names: tuple[str, ...]
    name_weights: tuple[float, ...]
    phrases: array[int]
    counted: tuple[str, ...]
    """All words, for taking them out of the counts again."""
    counts: dict[str, float] | None
    """How much each counts for its frequency in the text, until the article is settled."""
    format: Format
    bare: bool
    """Little more than a headline."""
    story: str = ""
    fixed: bool = False
    """An editor has placed it; it does not move."""


class Probe:
    """A member made ready for being compared with many."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.hours = member.hours
        self.words = dict(zip(member.terms, member.weights, strict=True))
        self.form = 0.0
        """0 to 1: how far only names and numbers tell it from others; see `stream.Stream.note_form`."""

    @cached_property
    def names(self) -> dict[str, float]:
        return dict(zip(self.member.names, self.member.name_weights, strict=True))

    @cached_property
    def phrases(self) -> frozenset[int]:
        return frozenset(self.member.phrases)

    def cosine(self, other: Member) -> float:
        """Likeness of words."""
        return sum(map(mul, other.weights, map(self.words.get, other.terms, _NOTHING)), 0.0)

    def agreement(self, other: Member) -> float:
        """Likeness of names and numbers."""
        return float(sum(map(mul, other.name_weights, map(self.names.get, other.names, _NOTHING))))

    def told(self, other: Member) -> float:
        """The same, but a short report need not have all that a long one names: its own must be in the other."""
        both = self.agreement(other)
        if len(other.names) <= _FEW_NAMES and len(other.names) <= len(self.names):
            own = sum(w * w for n, w in zip(other.names, other.name_weights, strict=True) if n in self.names)
        elif len(self.names) <= _FEW_NAMES:
            own = sum(self.names[n] ** 2 for n in other.names if n in self.names)
        else:
            return both
        return max(both, _SHORT * own)

    def phrasing(self, other: Member) -> float:
        """Share of the shorter text's phrases that both have."""
        return len(self.phrases.intersection(other.phrases)) / (1 + min(len(self.phrases), len(other.phrases)))


_NOTHING = repeat(0.0)
_FEW_NAMES = 12
_SHORT = 0.8
"""What it counts that a short report's names and numbers are all in the other, as likeness."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CAPITAL = re.compile(r"(?<=[a-zß-ÿ,;\d] )[A-ZÀ-ÞΑ-ΩА-Я]\w+|(?<=[–-])[A-Z]\w+")
"""Capitals that do not open a sentence; a character range is several times faster than a general test."""


class Counts:
    """How many living articles have each word and each name; weights follow from it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._words: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._rarity = _Rarity(settings.idf_power, 1)
        self._name_rarity = _Rarity(settings.name_power, 0)
        self._size = 0

    def read(self, doc: Document, seq: int) -> Member:
        """Count an article in and weigh its words by how rare they are now."""
        s = self._settings
        found = words(doc.text[: s.lead])
        body = stems(found, doc.language)
        terms = Counter(body)
        for term in stems(words(doc.title), doc.language):
            terms[term] += s.title_weight
        self._size += 1
        counts = self._scale(terms, doc)
        self._words.update(counts.keys())
        kept, weights = self._weigh(counts, self._words, self._rarity, s.vector_terms)
        names = specifics(doc.title, doc.text[: s.lead], s.name_numbers)
        kept_names, name_weights = self._weigh(names, self._names, self._name_rarity, s.names)
        self._names.update(kept_names)
        return Member(
            seq=seq,
            id=doc.id,
            language=doc.language,
            hours=doc.hours,
            terms=kept,
            weights=weights,
            names=kept_names,
            name_weights=name_weights,
            phrases=phrases(found if len(body) < 2 * len(found) else body),
            format=format_of(doc.title),
            bare=len(counts) <= s.bare_terms,
            counted=tuple(counts),
            counts=counts,
        )

    def weigh_again(self, member: Member) -> None:
        """Weigh the words anew, now that those of its hour are counted."""
        if member.counts is not None:
            kept = self._settings.vector_terms
            member.terms, member.weights = self._weigh(member.counts, self._words, self._rarity, kept)

    def _scale(self, terms: Counter[str], doc: Document) -> dict[str, float]:
        """Dampen how often a word occurs; numbers beside a text count for more, most where there is no date."""
        scaled = dict(zip(terms, map(_FREQUENT.__getitem__, terms.values()), strict=True))
        if doc.text:
            boost = self._settings.undated_numbers if doc.hours is None else self._settings.numbers
            for term in [term for term in scaled if term < _AFTER_DIGITS]:
                scaled[term] *= boost
        return scaled

    def forget(self, member: Member) -> None:
        self._size -= 1
        _take(self._words, member.counted)
        _take(self._names, member.names)

    def _weigh(self, counts: Mapping[str, float], frequency: Counter[str], rarity: _Rarity, keep: int) -> Weighted:
        rarity.among(self._size + self._settings.background)
        rare = map(rarity.__getitem__, map(frequency.get, counts, _NONE))
        terms, weights = [*counts], [*map(mul, counts.values(), rare)]
        order = sorted(range(len(terms)), key=weights.__getitem__, reverse=True)[:keep]
        chosen = [*map(weights.__getitem__, order)]
        length = sqrt(sum(map(mul, chosen, chosen))) or 1.0
        return tuple(map(terms.__getitem__, order)), tuple([w / length for w in chosen])


class _Rarity(dict[int, float]):
    """Weight by the number of articles that have a word; worked out anew when a hundred more are living."""

    def __init__(self, power: float, own: int) -> None:
        super().__init__()
        self._power = power
        self._own = own
        """How often the article itself is among those counted."""
        self._total = 0

    def among(self, total: int) -> None:
        total -= total % 100
        if total != self._total:
            self._total = total
            self.clear()

    def __missing__(self, frequency: int) -> float:
        value: float = log(1 + self._total / max(1, 1 + frequency - self._own)) ** self._power
        self[frequency] = value
        return value


_FREQUENT = [0.0, *(1 + log(n) for n in range(1, 15)), *repeat(1 + log(15), 32_000)]
"""Weight by how often an article has a word, the same from fifteen times on; longer than any lead has words."""


_NONE = repeat(0)
_AFTER_DIGITS = ":"


def _take(counts: Counter[str], terms: Iterable[str]) -> None:
    for term in terms:
        left = counts[term] - 1
        if left > 0:
            counts[term] = left
        else:
            del counts[term]


def specifics(title: str, text: str, numbers: float) -> dict[str, float]:
    """Numbers and capitalized words with how often they occur: what tells one event from the next of its kind.

    numbers: what a number counts beside a name.
    """
    names = Counter(map(str.lower, _CAPITAL.findall(text)))
    found = {name: _FREQUENT[n] for name, n in names.items()}
    for number, n in Counter(map(_digits, _NUMBER.findall(f"{title} {text}"))).items():
        found[number] = numbers * _FREQUENT[n]
    return found


def _digits(number: str) -> str:
    """Its significant digits: 26.3 and 26,3, or 434,000 and 434.000 and 434 thousand, are the same in any language."""
    digits = number.replace(",", "").replace(".", "")
    while len(digits) > 3 and digits.endswith("000"):
        digits = digits[:-3]
    return digits if digits.isascii() else "".join(str(digit(c, 0)) for c in digits)


class _Hashes(dict[str, int]):
    """22 bits of CRC-32 by word, remembered while in use; the same in every process, and quick to add."""

    def __missing__(self, word: str) -> int:
        if len(self) >= 200_000:
            self.clear()
        value = self[word] = crc32(word.encode("utf-8", "surrogatepass")) >> 10
        return value


_hashes = _Hashes()


def phrases(found: list[str]) -> array[int]:
    """Half of the runs of three words, as hashes, chosen by content."""
    h = [*map(_hashes.__getitem__, found)]
    threes = zip(h, islice(h, 1, None), islice(h, 2, None), strict=False)
    return array("I", {a * 3 + b * 31 + c * 127 for a, b, c in threes if not a & 1})
