"""How a story is told from its members: headline, lead article, counts and place. Pure.

The rules, in words: the lead is the earliest independent report that could be read in full, in the language most of
the reports are written in; the headline is the lead's own. Copies add nothing to the weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2
from typing import NamedTuple

from broadsheet.articles.models import ArticleState
from broadsheet.grouping.weight import FRESH_HALF_LIFE_H, MOVEMENT_HALF_LIFE_H

RANK_EPOCH = 1_767_225_600.0
"""2026-01-01 UTC in seconds: keeps ranks small numbers."""


class Member(NamedTuple):
    """What telling needs of an article of the story. owner: of its publisher; outlets of one owner count by their
    square root. original: whose copy it is."""

    article: int
    key: str
    shown_at: datetime
    state: str
    language: str
    section: int | None
    publisher: int
    owner: str
    original: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """lead: id of the article whose headline the story bears."""

    lead: int
    section_id: int | None
    first_at: datetime
    moved_at: datetime
    articles: int
    outlets: int
    independents: int
    weight: float


def tell(members: Sequence[Member]) -> Telling | None:
    """Tell a story from its members, oldest first. None when nothing is left to tell."""
    members = [member for member in members if member.state != ArticleState.REMOVED]
    if not members:
        return None
    reports = [member for member in members if member.original is None] or list(members)
    lead = _lead(reports)
    independents = {member.publisher: member.owner for member in reports}
    first_at, moved_at = members[0].shown_at, max(member.shown_at for member in reports)
    return Telling(
        lead=lead.article,
        section_id=_most_common([member.section for member in reports], lead.section),
        first_at=first_at,
        moved_at=moved_at,
        articles=len(members),
        outlets=len({member.publisher for member in members}),
        independents=len(independents),
        weight=rank(_reach(independents), first_at, moved_at),
    )


def rank(outlets: float, first_at: datetime, moved_at: datetime, section: float = 1.0) -> float:
    """The logarithm of `grouping.weight`, without the part that is the same for all stories at one moment.

    Orders stories exactly as their weight does, at any time, so nothing has to be computed again as hours pass.
    """
    first_h, moved_h = ((at.timestamp() - RANK_EPOCH) / 3600 for at in (first_at, moved_at))
    reach = log2(1 + outlets) * section
    return log2(reach) + first_h / FRESH_HALF_LIFE_H + moved_h / MOVEMENT_HALF_LIFE_H


def _lead(reports: Sequence[Member]) -> Member:
    language, _ = Counter(member.language.split("-")[0] for member in reports).most_common(1)[0]

    def order(member: Member) -> tuple[bool, bool, datetime, str]:
        own = member.language.split("-")[0] == language
        return member.state != ArticleState.LIVE, not own, member.shown_at, member.key

    return min(reports, key=order)


def _reach(outlets: dict[int, str]) -> float:
    owners = Counter(owner or f"publisher {publisher}" for publisher, owner in outlets.items())
    return float(sum(count**0.5 for count in owners.values()))


def _most_common(sections: Sequence[int | None], default: int | None) -> int | None:
    named = Counter(section for section in sections if section is not None).most_common(1)
    return named[0][0] if named else default
