"""What else a reader of an article or story may want, each with its reason, never a copy of what was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from operator import itemgetter

from broadsheet.grouping.names import Name, NameKind


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: a story, or an article that has none."""

    id: str
    names: Collection[Name]
    when: datetime
    topics: frozenset[str] = frozenset()
    original: str = ""
    """The article it is a copy of, "" for none."""


@dataclass(frozen=True, slots=True)
class Related:
    id: str
    score: float
    people: tuple[str, ...]
    places: tuple[str, ...]
    organizations: tuple[str, ...]
    topics: tuple[str, ...]
    days: float
    """How much later (positive) or earlier (negative) it was than what was read."""

    @property
    def reason(self) -> str:
        """In English; templates that translate use the fields."""
        shared = [
            words
            for words, found in (
                ("people", self.people),
                ("organization", self.organizations),
                ("place", self.places),
                ("topic", self.topics),
            )
            if found
        ]
        return f"same {' and '.join(shared)}, {_distance(self.days)}"


_WORTH = {NameKind.PERSON: 3.0, NameKind.ORGANIZATION: 2.0, NameKind.PLACE: 1.0, NameKind.OTHER: 0.5}


def related(
    subject: Subject, others: Iterable[Subject], *, common: Collection[str] = (), limit: int = 5
) -> list[Related]:
    """The most related of `others`, best first.

    common: names so frequent that sharing them says nothing (the head of government, the capital).
    What shares only a place is not related.  Age halves the score every 14 days.
    """
    mine = {n.name: n.kind for n in subject.names if n.name not in common}
    found = []
    for other in others:
        if other.id == subject.id or (other.original or other.id) == (subject.original or subject.id):
            continue
        shared = {n.name for n in other.names if n.name in mine}
        days = (other.when - subject.when).total_seconds() / 86400
        score = closeness([mine[name] for name in shared], days, topics=len(subject.topics & other.topics))
        if score:
            found.append((-score, other.id, days, other))
    # Many are weighed and few are told of.
    return [_told(subject, mine, *one) for one in nsmallest(limit, found, key=itemgetter(0, 1))]


def closeness(shared: Iterable[NameKind], days: float, *, topics: int = 0) -> float:
    """How related something is that many days away, by the kinds of the names it shares; 0: not at all."""
    score = sum(map(_WORTH.__getitem__, shared)) + 0.5 * topics
    return score * 0.5 ** (abs(days) / 14) if score >= _WORTH[NameKind.ORGANIZATION] else 0.0


def _told(
    subject: Subject, mine: Mapping[str, NameKind], score: float, id_: str, days: float, other: Subject
) -> Related:
    both = sorted({n.name for n in other.names if n.name in mine})
    return Related(
        id=id_,
        score=-score,
        people=tuple(n for n in both if mine[n] is NameKind.PERSON),
        places=tuple(n for n in both if mine[n] is NameKind.PLACE),
        organizations=tuple(n for n in both if mine[n] is NameKind.ORGANIZATION),
        topics=tuple(sorted(subject.topics & other.topics)),
        days=days,
    )


def _distance(days: float) -> str:
    ago = abs(days)
    if ago < 1:
        return "within a day"
    side = "earlier" if days < 0 else "later"
    if ago < 7:
        return "earlier the same week" if days < 0 else "later the same week"
    return (
        f"{round(ago / 7)} week{'s' if ago >= 10.5 else ''} {side}" if ago < 60 else f"{round(ago / 30)} months {side}"
    )
