"""An article as numbers: its weightiest words, its names and figures, its phrases."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice, repeat
from math import log, sqrt
from operator import itemgetter, mul, sub
from typing import Generic, NamedTuple, TypeAlias, TypeVar
from unicodedata import digit

from broadsheet.grouping.codes import code, numbers, read_codes, telling
from broadsheet.grouping.document import Document
from broadsheet.grouping.formats import Format, format_of
from broadsheet.grouping.settings import Settings

T = TypeVar("T")

Weighted: TypeAlias = "tuple[array[int], array[float]]"
"""Codes of terms by falling weight, and their weights."""


class _Counted(NamedTuple):
    """The words of an article and how much each counts for its frequency in the text."""

    terms: list[int]
    values: list[float]


@dataclass(slots=True, eq=False)
class Member:
    """What is remembered of an article while it can be joined; 2 to 3 kB."""

    seq: int
    id: str
    language: str
    hours: float | None
    terms: array[int]
    weights: array[float]
    names: array[int]
    name_weights: array[float]
    known: float
    """Sum of `name_weights`."""
    sequence: array[int]
    """Words as they follow each other, headline first: for phrases, and for taking them out of the counts again."""
    counts: _Counted | None
    """How much each counts for its frequency in the text, until its hour is over."""
    format: Format
    bare: bool
    """Little more than a headline."""
    story: str = ""
    fixed: bool = False
    """An editor has placed it; it does not move."""
    _phrases: array[int] | None = None

    @property
    def phrases(self) -> array[int]:
        """All runs of three words, as hashes, worked out when first asked for: most articles never are."""
        if self._phrases is None:
            found = self.sequence
            runs = zip(found, islice(found, 1, None), islice(found, 2, None), strict=False)
            self._phrases = array("q", set(map(hash, runs)))
        return self._phrases


class _Once(Generic[T]):
    """Worked out when first asked for, then an attribute of its own; `functools.cached_property` holds a lock."""

    def __init__(self, work_out: Callable[[Probe], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__

    def __get__(self, probe: Probe, owner: type[Probe]) -> T:
        found = probe.__dict__[self._name] = self._work_out(probe)
        return found


class Probe:
    """A member made ready for being compared with many."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.hours = member.hours
        self.known = member.known
        self.near: dict[int, bool] = {}
        """Whether settled articles, by number, are near by their words."""
        self.forget_forms()

    def weighed_again(self) -> None:
        """The words of the member have other weights now."""
        self.__dict__.pop("words", None)

    def forget_forms(self) -> None:
        """Be asked anew which articles fill in a form with this one."""
        self.form = 0.0
        """0 to 1: how far only names and numbers tell it from others; see `stream.Stream.note_form`."""
        self.filled: list[tuple[Member, float]] = []
        """Articles of other events, each of another, and how far they seem to fill in the same form."""
        self.waiting: list[Member] = []
        """Articles of other names and numbers whose phrases have not been compared yet."""

    def is_near(self, settled: Member, least: float) -> bool:
        """Whether the words of a settled article are like its own, compared once."""
        found = self.near.get(settled.seq)
        if found is None:
            found = self.near[settled.seq] = self.cosine(settled) > least
        return found

    @_Once
    def words(self) -> dict[int, float]:
        return dict(zip(self.member.terms, self.member.weights, strict=True))

    @_Once
    def names(self) -> dict[int, float]:
        return dict(zip(self.member.names, self.member.name_weights, strict=True))

    @_Once
    def phrases(self) -> frozenset[int]:
        return frozenset(self.member.phrases)

    def cosine(self, other: Member) -> float:
        """Likeness of words."""
        return sum(map(mul, other.weights, map(self.words.get, other.terms, _NOTHING)), 0.0)

    def agreement(self, other: Member) -> float:
        """Likeness of names and numbers: how many of the poorer one's the other has, rare ones counting more.

        A short report need not have all that a long one names.
        """
        both = sum(map(self.names.get, other.names, _NOTHING), 0.0)
        return both / (min(self.known, other.known) + _DOUBT)

    def phrasing(self, other: Member) -> float:
        """Share of the shorter text's phrases that both have."""
        theirs = other.phrases
        return len(self.phrases.intersection(theirs)) / (1 + min(len(self.phrases), len(theirs)))


_NOTHING = repeat(0.0)
_DOUBT = 4.0
"""Added to what the poorer article knows, so that one or two names prove nothing."""
_DIGITS = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in "0٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０")
_NUMBER = re.compile(rf"[{_DIGITS}]\d*(?:[.,]\d+|[ \u00a0\u202f]000(?!\d))*")
"""With the first digits named the search skips to them, twice as fast as it looks for `\\d`."""
_CAPITAL = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я](?:(?<=[a-zß-ÿ,;\d] .)|(?<=[–-][A-Z]))\w+")
"""Capitals that do not open a sentence; with the range first the search skips to it, eight times as fast."""


class Counts:
    """How many living articles have each word and each name; weights follow from it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._words: Counter[int] = Counter()
        self._names: Counter[int] = Counter()
        self._rarity = _Rarity(settings.idf_power, 0)
        self._name_rarity = _Rarity(settings.name_power, 1)
        self._size = 0

    def read(self, doc: Document, seq: int) -> Member:
        """Count an article in and weigh its words by how rare they are now."""
        s = self._settings
        title = read_codes(doc.title, doc.language)
        body = read_codes(doc.text[: s.lead], doc.language)
        counted = Counter(body)
        for term in title:
            counted[term] = counted.get(term, 0) + s.title_weight
        self._size += 1
        counts = self._scale(counted, doc)
        self._words.update(counts.terms)
        kept, weights = self._weigh_words(counts)
        specific = specifics(doc.title, doc.text[: s.names_lead], s.name_numbers)
        names = dict(zip(map(code, specific), specific.values(), strict=True))
        if doc.text and not _CASED.search(doc.text, 0, s.lead):
            names = dict.fromkeys(kept[: s.uncased], s.uncased_counts) | names
        frequency = map(self._names.get, names, _NONE)
        kept_names, name_weights = self._weigh(
            _Counted([*names], [*names.values()]), frequency, self._name_rarity, s.names
        )
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
            known=sum(name_weights),
            format=format_of(doc.title),
            bare=len(counts.terms) <= s.bare_terms,
            sequence=array("I", title + body),
            counts=counts,
        )

    def weigh_again(self, member: Member) -> bool:
        """Weigh the words anew, once, now that those of its hour are counted; returns whether it was done now."""
        if member.counts is None:
            return False
        member.terms, member.weights = self._weigh_words(member.counts)
        member.counts = None
        return True

    def _weigh_words(self, counts: _Counted) -> Weighted:
        """The weightiest words, all counted in already, their weights scaled to length 1."""
        frequency = map(self._words.__getitem__, counts.terms)
        terms, weights = self._weigh(counts, frequency, self._rarity, self._settings.vector_terms)
        length = sqrt(sum(map(mul, weights, weights))) or 1.0
        return terms, array("f", [w / length for w in weights])

    def _scale(self, counted: Counter[int], doc: Document) -> _Counted:
        """Dampen how often a word that is not common occurs; numbers beside a text count for more, most where there is
        no date.
        """
        terms = telling(counted)
        values = [*map(_FREQUENT.__getitem__, map(counted.__getitem__, terms))]
        if doc.text:
            boost = self._settings.undated_numbers if doc.hours is None else self._settings.numbers
            for place in numbers(terms):
                values[place] *= boost
        return _Counted(terms, values)

    def forget(self, member: Member) -> None:
        self._size -= 1
        _take(self._words, telling({*member.sequence}))
        _take(self._names, member.names)

    def _weigh(self, counts: _Counted, frequency: Iterable[int], rarity: _Rarity, keep: int) -> Weighted:
        rarity.among(self._size + self._settings.background)
        weights = [*map(mul, counts.values, map(rarity.__getitem__, frequency))]
        order = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)[:keep]
        if len(order) < 2:
            return array("I", [counts.terms[k] for k in order]), array("f", [weights[k] for k in order])
        pick = itemgetter(*order)
        return array("I", pick(counts.terms)), array("f", pick(weights))


class _Rarity(dict[int, float]):
    """Weight by the number of articles that have a word; worked out anew when a hundred more are living, or two or
    three hundred where there are tens of thousands.
    """

    def __init__(self, power: float, more: int) -> None:
        super().__init__()
        self._power = power
        self._more = more
        """1 where the article itself is not among those counted."""
        self._total = 0

    def among(self, total: int) -> None:
        total -= total % (100 + 100 * (total // 10_000))
        if total != self._total:
            self._total = total
            self.clear()

    def __missing__(self, frequency: int) -> float:
        value: float = log(1 + self._total / (frequency + self._more)) ** self._power
        self[frequency] = value
        return value


_FREQUENT = [0.0, *(1 + log(n) for n in range(1, 15)), *repeat(1 + log(15), 32_000)]
"""Weight by how often an article has a word, the same from fifteen times on; longer than any lead has words."""


_NONE = repeat(0)


def _take(counts: Counter[int], terms: Collection[int]) -> None:
    """Count each term once less; what is counted no more leaves no trace."""
    left = [*map(sub, map(counts.__getitem__, terms), repeat(1))]
    dict.update(counts, zip(terms, left, strict=True))
    if 0 in left:
        for term in [term for term, count in zip(terms, left, strict=True) if not count]:
            counts.pop(term)


def specifics(title: str, text: str, numbers: float) -> dict[str, float]:
    """Numbers and capitalized words with what each counts: what tells one event from the next of its kind.

    numbers: what a number counts beside a name.
    """
    found = dict.fromkeys(map(str.lower, _CAPITAL.findall(text)), 1.0)
    found |= dict.fromkeys(map(_digits.__getitem__, _NUMBER.findall(f"{title} {text}")), numbers)
    return found


_CASED = re.compile(r"[A-Za-zÀ-ÿΑ-ωА-яԱ-և]{4}")
"""Scripts in which a capital tells a name."""
_BETWEEN_DIGITS = re.compile("[., \u00a0\u202f]")


class _Digits(dict[str, str]):
    """Significant digits by number as written: 26.3 and 26,3, or 434,000 and 434.000 and 434 thousand, are the same in
    any language.
    """

    def __missing__(self, number: str) -> str:
        digits = _BETWEEN_DIGITS.sub("", number)
        while len(digits) > 3 and digits.endswith("000"):
            digits = digits[:-3]
        digits = digits if digits.isascii() else "".join(str(digit(c, 0)) for c in digits)
        if len(self) >= _CACHED:
            self.clear()
        if len(number) <= _LONGEST:
            self[number] = digits
        return digits


_CACHED = 10_000
_LONGEST = 32
"""Characters of a number that is remembered."""
_digits = _Digits()
