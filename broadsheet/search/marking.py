"""What of a text matches a query: the words, phrases and pieces that the index would find it by. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from broadsheet.search.asking import common_words, runs_of
from broadsheet.search.grammar import QueryError, parse_query
from broadsheet.search.terms import is_single, stem_language, terms

LONGEST = 20_000
"""Characters of a text in which matches are looked for; what follows them is one piece."""

_SIGNS = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u109f\u1780-\u17ff\u200b-\u200f\u2060"
)
"""Signs on and around letters, and joiners: parts of a word that regular expressions take for its end."""
_PART = re.compile(rf"[\w{_SIGNS}]+(?:[.,][\w{_SIGNS}]+)*")
_Span = tuple[int, int, str]


def mark(text: str, query: str, language: str = "") -> list[tuple[str, bool]]:
    """Cut a text that may be shown into pieces (piece, whether it matches the query), in order.

    language: of the text. Words that say nothing are marked only where nothing else is asked for.
    """
    runs, singles = _wanted(query, stem_language(language))
    spans = list(_spans(text[:LONGEST], language))
    covered = [(spans[i][0], spans[i + length - 1][1]) for i, length in _found(spans, runs)]
    covered += [(at, at + 1) for at, char in enumerate(text[:LONGEST]) if char in singles]
    return list(_cut(text, _merged(covered)))


def _wanted(query: str, language: str) -> tuple[set[tuple[str, ...]], frozenset[str]]:
    try:
        asked = parse_query(query).terms
    except QueryError:
        return set(), frozenset()
    shown = [term for term in asked if not term.without and term not in common_words(asked, [language])]
    singles = frozenset(term.text for term in shown if is_single(term.text))
    return {run for term in shown if term.text not in singles for run in runs_of(term, [language])}, singles


def _spans(text: str, language: str) -> Iterator[_Span]:
    """Each term with where it stands; pieces of scripts without spaces within their word."""
    for part in _PART.finditer(text):
        found, at = terms(part[0], language), 0
        folded = unicodedata.normalize("NFKC", part[0]).lower()
        for term in found:
            place = folded.find(term, at) if len(found) > 1 and len(folded) == len(part[0]) else -1
            if place < 0:
                yield part.start(), part.end(), term
            else:
                at = place
                yield part.start() + place, part.start() + place + len(term), term


def _found(spans: list[_Span], runs: set[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
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
