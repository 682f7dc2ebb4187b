"""The order of matches: how well each fits and how fresh it is, from the same inputs whatever engine found them. Pure.

`Document.fields` holds the terms of an article's fields, one in a line, the most telling first: headline, authors,
opening, what it is about, publisher. The first line in which a wish stands says how well it fits; what stands in none
of them stands further down in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import log

from broadsheet.search.asking import Question
from broadsheet.search.engines import SEPARATOR, Match
from broadsheet.search.terms import SLOTS_BITS, place_of

WEIGHTS = (6.0, 4.0, 2.5, 2.0, 1.5)
"""Of the lines of `Document.fields`."""
TEXT_WEIGHT = 1.0
WHOLE_BONUS = 1.5
"""For a headline with all the words next to each other."""
HALF_LIFE_DAYS = 21.0
"""An article three weeks old needs twice the match of one of today for the same place."""

_LOGS, _TEXT_LOG = tuple(map(log, WEIGHTS)), log(TEXT_WEIGHT)
_NOWHERE = "\0"
_DECAY_A_MINUTE = log(2) / HALF_LIFE_DAYS / 1440


Ranked = tuple[float, int, int]
"""Score, larger is better and comparable within one answer only; place; article. Its natural order is that of ranks."""


def rank(matches: Sequence[Match], asked: Question, now: datetime) -> list[Ranked]:
    """Best first; of equals the newest first."""
    minute = place_of(now) >> SLOTS_BITS
    sought = {language: _sought(asked, language) for language in {match[2] for match in matches}}
    found = []
    is_single = len(asked.wishes) == 1
    for place, article, language, fields in matches:
        age = minute - (place >> SLOTS_BITS)
        wishes, whole = sought[language]
        if is_single:  # what `_fit` comes to, without its sum: most searches are for a word
            at = fields.find(wishes[0][0])
            worth = _LOGS[fields.count(SEPARATOR, 0, at)] if at >= 0 else _TEXT_LOG
        else:
            worth = log(_fit(fields, wishes, whole))
        found.append((worth - (age * _DECAY_A_MINUTE if age > 0 else 0.0), place, article))
    found.sort(reverse=True)
    return found


def _sought(asked: Question, language: str) -> tuple[list[tuple[str, float]], str]:
    """What to look for in articles of a language: each wish with its share of the whole, and all of them in one run."""
    total = sum(wish.weight for wish in asked.wishes)
    wishes = [(wish.runs.get(language, _NOWHERE), wish.weight / total) for wish in asked.wishes]
    return wishes, asked.whole.runs.get(language, "") if asked.whole is not None else ""


def _fit(fields: str, wishes: Sequence[tuple[str, float]], whole: str) -> float:
    """The mean weight of where the wishes stand; 1 if there are none."""
    if not wishes:
        return 1.0
    fit = 0.0
    for run, share in wishes:
        at = fields.find(run)
        fit += share * (WEIGHTS[fields.count(SEPARATOR, 0, at)] if at >= 0 else TEXT_WEIGHT)
    if whole and 0 <= fields.find(whole) < fields.find(SEPARATOR):
        fit *= WHOLE_BONUS
    return fit
