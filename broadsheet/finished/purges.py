"""Reading what changed: purge rows in the order in which they become visible.

Writers of PostgreSQL may commit out of the order of their numbers, so a reader looks back over `OVERLAP` rows and
remembers which of them it has seen. SQLite has one writer at a time and needs no looking back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Min

from broadsheet.finished.models import Purge
from broadsheet.prepared import Prepared

OVERLAP = 500
"""Rows looked back over: a writer would have to be overtaken by so many others to be missed."""
EVERYTHING = "all"
"""The tag that stands for every page."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader is: every row up to `floor`, and of those above it the ones in `seen`."""

    floor: int = 0
    seen: frozenset[int] = frozenset()

    @property
    def last(self) -> int:
        return max(self.seen, default=self.floor)


@dataclass(frozen=True, slots=True)
class News:
    """What became visible since a position. is_lost: rows were pruned unseen, so everything may have changed."""

    position: Position
    tags: frozenset[str]
    is_lost: bool = False


def read_purges(position: Position) -> News:
    """What changed since `position`. One query, two when nothing is found above it."""
    rows = _AFTER(position.floor)
    if not rows:
        newest = _NEWEST()
        # A database that was put back to an earlier state knows fewer rows than we have seen.
        return News(position, frozenset(), is_lost=bool(newest) and newest[0][0] < position.floor)
    new = [(pk, tag) for pk, tag in rows if pk not in position.seen]
    gap = 1 if connection.vendor == "sqlite" else OVERLAP
    is_lost = bool(new) and new[0][0] > position.last + gap
    return News(_advance([pk for pk, _tag in rows]), frozenset(tag for _pk, tag in new), is_lost)


def read_position() -> Position:
    """Where a reader stands who has seen everything that is visible now. One query."""
    if connection.vendor == "sqlite":
        newest = _NEWEST()
        return Position(newest[0][0] if newest else 0)
    return _advance(sorted(Purge.objects.order_by("-pk").values_list("pk", flat=True)[:OVERLAP]))


def has_lost(position: Position) -> bool:
    """Whether rows after `position` were pruned before they could be seen. One query."""
    oldest = Purge.objects.aggregate(first=Min("pk"))["first"]
    return oldest is not None and oldest > position.last + 1


def is_touched(tags: Collection[str], since: Position) -> bool:
    """Whether a page with these tags is stale that was begun at `since`. One query."""
    rows = _AFTER(since.floor)
    return any(matches(tag, tags) for pk, tag in rows if pk not in since.seen)


def matches(purged: str, tags: Collection[str]) -> bool:
    """Whether a purge of `purged` reaches a page with these tags."""
    return purged == EVERYTHING or any(wanted in tags for wanted in reach(purged))


def reach(purged: str) -> tuple[str, ...]:
    """The tags that a purge stands for: a thing's own, and the one of pages that depend on every thing of its kind."""
    kind, separator, _rest = purged.partition(":")
    return (purged, f"{kind}:*") if separator else (purged,)


_AFTER = Prepared(lambda floor: Purge.objects.filter(pk__gt=floor).order_by("pk").values_list("pk", "tag"))
_NEWEST = Prepared(lambda: Purge.objects.order_by("-pk").values_list("pk")[:1])


def _advance(ids: list[int]) -> Position:
    if connection.vendor == "sqlite":
        return Position(ids[-1] if ids else 0)
    recent = ids[-OVERLAP:]
    if not recent:
        return Position()
    # Where there are few rows, numbers below the first of them may still be on their way.
    return Position(max(min(recent[0] - 1, recent[-1] - OVERLAP), 0), frozenset(recent))
