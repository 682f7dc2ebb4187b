"""What of a text matches a query: the words, phrases and pieces that the index would find it by. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.search.asking import common_words, runs_of
from broadsheet.search.grammar import QueryError, parse_query
from broadsheet.search.terms import is_single, stem_language, terms
from broadsheet.text.words import stems

LONGEST = 20_000
"""Characters of a text in which matches are looked for; what follows them is one piece."""

_SIGNS = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u109f\u1780-\u17ff\u200b-\u200f\u2060"
)
"""Signs on and around letters, and joiners: parts of a word that regular expressions take for its end."""
_PART = re.compile(rf"[\w{_SIGNS}]+(?:[.,][\w{_SIGNS}]+)*")
_ASCII_PART = re.compile(r"\w+(?:[.,]\w+)*", re.ASCII)
"""The same where a text holds no other characters: found in half the time."""
_Span = tuple[int, int, str]


def mark(text: str, query: str, language: str = "") -> list[tuple[str, bool]]:
    """Cut a text that may be shown into pieces (piece, whether it matches the query), in order.

    language: of the text. Words that say nothing are marked only where nothing else is asked for.
    """
    wanted = _wanted(query, language)
    read = text[:LONGEST]
    covered: list[tuple[int, int]] = []
    if _has_beginning(read, wanted, language):
        parts = (_ASCII_PART if read.isascii() else _PART).finditer(read)
        # Where a run is long, what follows its beginning counts too.
        spans = list(_spans(parts if wanted.is_long else (one for one in parts if wanted.begins_in[one[0]]), language))
        covered += [(spans[i][0], spans[i + length - 1][1]) for i, length in _found(spans, wanted.runs)]
    if wanted.singles:
        covered += [(at, at + 1) for at, char in enumerate(read) if char in wanted.singles]
    return list(_cut(text, _merged(covered)))


def _has_beginning(text: str, wanted: _Wanted, language: str) -> bool:
    """Whether any part of the text begins what is looked for: most texts hold nothing of it."""
    if text.isascii():  # all parts at once, for each is a word of its own
        return not wanted.beginnings.isdisjoint(stems(_ASCII_PART.findall(text.lower()), language, keep_common=True))
    return any(map(wanted.begins_in.__getitem__, _PART.findall(text)))


class _Beginnings(dict[str, bool]):
    """Whether one of these terms stands in a word of this language, by the word: most words stand in many texts."""

    def __init__(self, terms: frozenset[str], language: str) -> None:
        super().__init__()
        self._terms, self._language = terms, language

    def __missing__(self, part: str) -> bool:
        # What `terms` makes of a word in plain letters, and of a single one in less time.
        is_plain = part.isascii()
        found_in = stems([part.lower()], self._language, keep_common=True) if is_plain else terms(part, self._language)
        found = not self._terms.isdisjoint(found_in)
        self[part] = found
        return found


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Runs of terms, and single signs. beginnings: the first terms of the runs. is_long: some run is of several."""

    runs: frozenset[tuple[str, ...]]
    singles: frozenset[str]
    beginnings: frozenset[str]
    begins_in: _Beginnings
    is_long: bool


@lru_cache(maxsize=8)
def _wanted(query: str, language: str) -> _Wanted:
    """What the query looks for in texts of a language. A page marks forty texts for one query."""
    stems = stem_language(language)
    try:
        asked = parse_query(query).terms
    except QueryError:
        asked = ()
    shown = [term for term in asked if not term.without and term not in common_words(asked, [stems])]
    singles = frozenset(term.text for term in shown if is_single(term.text))
    runs = frozenset(run for term in shown if term.text not in singles for run in runs_of(term, [stems]))
    beginnings = frozenset(run[0] for run in runs)
    return _Wanted(runs, singles, beginnings, _Beginnings(beginnings, language), any(len(run) > 1 for run in runs))


def _spans(parts: Iterable[re.Match[str]], language: str) -> Iterator[_Span]:
    """Each term with where it stands; pieces of scripts without spaces within their word."""
    for part in parts:
        start = part.start()
        for first, last, term in _terms_in(part[0], language):
            yield start + first, start + last, term


@lru_cache(maxsize=4096)
def _terms_in(part: str, language: str) -> tuple[_Span, ...]:
    """The terms of a word. Most words of a text stand in others too."""
    found, at, spans = terms(part, language), 0, []
    folded = unicodedata.normalize("NFKC", part).lower()
    for term in found:
        place = folded.find(term, at) if len(found) > 1 and len(folded) == len(part) else -1
        if place < 0:
            spans.append((0, len(part), term))
        else:
            at = place
            spans.append((place, place + len(term), term))
    return tuple(spans)


def _found(spans: list[_Span], runs: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """(first span, number of spans) of every run that stands there."""
    starting: dict[str, list[tuple[str, ...]]] = {}
    for run in runs:
        starting.setdefault(run[0], []).append(run)
    for i, span in enumerate(spans):
        for run in starting.get(span[2], ()):
            if tuple(there[2] for there in spans[i : i + len(run)]) == run:
                yield i, len(run)


def _merged(covered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places, in order, without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(covered):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in covered:
        if text[at:start]:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if text[at:]:
        yield text[at:], False
