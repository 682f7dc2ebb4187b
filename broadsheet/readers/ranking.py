"""Which stories a reader is shown, in what order, and why: a pure function of what the reader wished, nothing else.

    stories lately -> Index (made once for all readers) -> choose(index, wishes) -> Choice(story, because of ...)

The order is stated and the same for everybody: more independent outlets first, newer before older, a story that meets
several wishes a little higher, and no outlet more than a few times by itself. Nothing is learned from anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from math import log2

from broadsheet.readers.following import Mutes, Wishes
from broadsheet.readers.models import FollowKind
from broadsheet.readers.targets import Thing

HALF_LIFE = timedelta(hours=12)
"""A story twice as widely reported stays in front of a newer one for this long."""
DEEPEST = 60
"""Stories of one wish that are looked at, the first in order."""
ALONE_MOST = 3
"""Stories on one page that one outlet alone reports."""
FURTHER_WISH = 0.25
"""What each further wish a story meets adds to its order; 1 is worth twice the outlets."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story as choosing sees it. words: comparable words of its headline between blanks.

    publishers: slugs of those of its reports, the lead's first. articles: of the same reports. things: all that lead
    to it.
    """

    story: int
    independents: int
    moved_at: datetime
    words: str
    publishers: tuple[str, ...]
    articles: tuple[int, ...]
    things: frozenset[Thing]

    @property
    def order(self) -> float:
        """Comparable at any moment: all stories age alike, so time need not be asked for."""
        return log2(1 + max(self.independents, 1)) + self.moved_at.timestamp() / HALF_LIFE.total_seconds()


@dataclass(frozen=True, slots=True)
class Choice:
    """A story to show and the wishes it meets; none for a big story outside of them.

    lead: article to show the story by, where its own lead is of a source that the reader muted; else None.
    """

    candidate: Candidate
    because: tuple[Thing, ...]
    lead: int | None = None


class Index:
    """Candidates by what leads to them. Made once, read by any number of readers."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        ordered = sorted(candidates, key=lambda one: (-one.order, -one.story))
        self.candidates: Sequence[Candidate] = ordered
        self.orders: Sequence[float] = [one.order for one in ordered]
        self.biggest: Sequence[Candidate] = sorted(
            ordered, key=lambda one: (-one.independents, -one.moved_at.timestamp(), -one.story)
        )[: 4 * DEEPEST]
        self._places: defaultdict[Thing, list[int]] = defaultdict(list)
        for place, candidate in enumerate(ordered):
            for thing in candidate.things:
                if len(self._places[thing]) < DEEPEST:
                    self._places[thing].append(place)

    def places(self, thing: Thing) -> Sequence[int]:
        return self._places.get(thing, ())


def choose(
    index: Index, wishes: Wishes, *, limit: int = 30, searches: Iterable[tuple[Thing, Collection[int]]] = ()
) -> list[Choice]:
    """The stories for a reader, the first first.

    searches: followed searches with the stories they find. Each story comes once, with all its reasons; muted ones and
    read ones not at all.
    """
    because: dict[int, list[Thing]] = {}
    for thing in wishes.follows:
        for place in index.places(thing):
            because.setdefault(place, []).append(thing)
    found = {story: thing for thing, stories in searches for story in stories}
    if found:
        for place, candidate in enumerate(index.candidates):
            if candidate.story in found:
                because.setdefault(place, []).append(found[candidate.story])
    candidates, orders = index.candidates, index.orders

    def weight(place: int) -> tuple[float, int]:
        if wishes.by_time:
            return candidates[place].moved_at.timestamp(), -place
        return orders[place] + FURTHER_WISH * (len(because[place]) - 1), -place

    best = nlargest(4 * limit, because, key=weight)
    shown = (
        choice for place in best if (choice := _allowed(candidates[place], tuple(because[place]), wishes)) is not None
    )
    return _without_floods(shown, limit)


def missed(index: Index, wishes: Wishes, shown: Collection[int], *, limit: int = 5) -> list[Choice]:
    """The biggest stories that meet no wish: what a reader would otherwise not hear of. shown: stories told already."""
    own = set(wishes.follows)
    outside = (one for one in index.biggest if one.independents > 1 and one.story not in shown)
    choices = (_allowed(one, (), wishes) for one in outside if own.isdisjoint(one.things))
    return _without_floods((choice for choice in choices if choice is not None), limit)


def _allowed(candidate: Candidate, because: tuple[Thing, ...], wishes: Wishes) -> Choice | None:
    if candidate.story in wishes.read:
        return None
    mutes = wishes.mutes
    if mutes.is_empty:
        return Choice(candidate, because)
    if mutes.hides_words(candidate.words):
        return None
    if mutes.topics and any(_is_muted(thing, mutes) for thing in candidate.things):
        return None
    if not mutes.sources or candidate.publishers[0] not in mutes.sources:
        return Choice(candidate, because)
    others = zip(candidate.publishers, candidate.articles, strict=True)
    lead = next((article for publisher, article in others if publisher not in mutes.sources), None)
    return Choice(candidate, because, lead) if lead is not None else None


def _is_muted(thing: Thing, mutes: Mutes) -> bool:
    return thing.kind == FollowKind.TOPIC and thing.name in mutes.topics


def _without_floods(choices: Iterable[Choice], limit: int) -> list[Choice]:
    """At most `limit`, of which no outlet brings more than a few by itself."""
    alone: defaultdict[str, int] = defaultdict(int)
    found: list[Choice] = []
    for choice in choices:
        outlets = set(choice.candidate.publishers)
        if len(outlets) == 1:
            (outlet,) = outlets
            if alone[outlet] >= ALONE_MOST:
                continue
            alone[outlet] += 1
        found.append(choice)
        if len(found) == limit:
            break
    return found
