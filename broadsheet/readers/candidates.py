"""The stories of the last days as `ranking` wants them, read once for all readers and kept for a minute.

A story is about a topic when a quarter of its reports name it; a topic named in passing by one of twenty is none.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from threading import Lock

from broadsheet.articles.models import ArticleState, Byline, Mention
from broadsheet.readers.following import Wishes, mutes_from, padded, wishes_of
from broadsheet.readers.models import Follow, FollowKind, Mute, ObjectionKind, Reader, ReadMark
from broadsheet.readers.objections import objecting
from broadsheet.readers.ranking import Candidate, Choice, Index, choose, missed
from broadsheet.readers.targets import Thing
from broadsheet.search.queries import search
from broadsheet.stories.models import Membership, Story
from broadsheet.stories.queries import told

DAYS = timedelta(days=4)
MOST = 6_000
"""Stories that are looked at, the newest."""
KEPT_S = 60.0
SEARCH_KEPT_S = 300.0
MOMENTS = 50
"""From so many moments on the later stories are kept apart."""
SEARCHES = 8
"""Followed searches of one reader that are asked."""
FOUND = 30
_CHUNK = 500


def read_index(*, now: datetime) -> Index:
    """The stories that moved in the last days. Four queries for each five hundred stories."""
    stories = list(
        told()
        .filter(moved_at__gt=now - DAYS)
        .order_by("-moved_at", "-pk")
        .values_list("pk", "section__slug", "independents", "moved_at", "headline", "lead_id")[:MOST]
    )
    found: list[Candidate] = []
    for start in range(0, len(stories), _CHUNK):
        found += _candidates(stories[start : start + _CHUNK])
    return Index(found)


_Row = tuple[int, str | None, int, datetime, str, int | None]
_Members = list[tuple[int, str]]


def _candidates(stories: Sequence[_Row]) -> list[Candidate]:
    ids = [row[0] for row in stories]
    members: defaultdict[int, _Members] = defaultdict(list)
    of_story: dict[int, int] = {}
    rows = Membership.objects.filter(story__in=ids).exclude(article__state=ArticleState.REMOVED).order_by("sequence")
    for story, article, publisher in rows.values_list("story_id", "article_id", "article__publisher__slug"):
        members[story].append((article, publisher))
        of_story[article] = story
    things: defaultdict[int, set[Thing]] = defaultdict(set)
    for old, story in Story.objects.filter(merged_into__in=ids).values_list("pk", "merged_into_id"):
        things[story or 0].add(Thing(FollowKind.STORY, str(old)))
    inside = Membership.objects.filter(story__in=ids).values("article_id")
    for article, slug in Byline.objects.filter(article__in=inside).values_list("article_id", "author__slug"):
        things[of_story.get(article, 0)].add(Thing(FollowKind.AUTHOR, slug))
    topics: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for article, slug in Mention.objects.filter(article__in=inside).values_list("article_id", "topic__slug"):
        topics[of_story.get(article, 0)][slug] += 1
    for story, counted in topics.items():
        least = max(len(members[story]) / 4, 1)
        things[story] |= {Thing(FollowKind.TOPIC, slug) for slug, times in counted.items() if times >= least}
    return [_candidate(row, members[row[0]], things[row[0]]) for row in stories if members[row[0]]]


def _candidate(row: _Row, members: _Members, things: set[Thing]) -> Candidate:
    story, section, independents, moved_at, headline, lead = row
    members.sort(key=lambda member: member[0] != lead)
    own = {Thing(FollowKind.STORY, str(story)), *(Thing(FollowKind.SOURCE, publisher) for _, publisher in members)}
    if section is not None:
        own.add(Thing(FollowKind.SECTION, section))
    return Candidate(
        story=story,
        independents=independents,
        moved_at=moved_at,
        words=padded(headline),
        publishers=tuple(publisher for _article, publisher in members),
        articles=tuple(article for article, _publisher in members),
        things=frozenset(own | things),
    )


class _Kept:
    """The index and the followed searches of this process, made anew when they are old."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index: tuple[float, Index] | None = None
        self._later: dict[datetime, Index] = {}
        self._searches: dict[str, tuple[float, frozenset[int]]] = {}

    def index(self, now: datetime) -> Index:
        with self._lock:
            if self._index is None or time.monotonic() - self._index[0] > KEPT_S:
                self._index = (time.monotonic(), read_index(now=now))
                self._later = {}
            return self._index[1]

    def index_since(self, since: datetime, now: datetime) -> Index:
        """Of the stories that moved later. Kept too: who is written to at the same time asks for the same moment."""
        index, later = self.index(now), self._later
        if since not in later:
            if len(later) >= MOMENTS:
                later.clear()
            later[since] = Index(one for one in index.candidates if one.moved_at > since)
        return later[since]

    def stories_found(self, words: str, now: datetime) -> frozenset[int]:
        kept = self._searches.get(words)
        if kept is not None and time.monotonic() - kept[0] < SEARCH_KEPT_S:
            return kept[1]
        found = stories_found(words, now=now)
        if len(self._searches) > 5_000:
            self._searches.clear()
        self._searches[words] = (time.monotonic(), found)
        return found

    def forget(self) -> None:
        self._index = None
        self._later = {}
        self._searches.clear()


kept = _Kept()


def stories_found(words: str, *, now: datetime) -> frozenset[int]:
    """The stories of the newest matches of a followed search."""
    hits = search(words, now=now, folded=True, order="newest").hits[:FOUND]
    return frozenset(hit.story for hit in hits if hit.story is not None)


def news_for(wishes: Wishes, *, now: datetime, limit: int = 30) -> tuple[list[Choice], list[Choice]]:
    """What these wishes bring now, and the big stories outside of them."""
    index = kept.index(now)
    asked = [thing for thing in wishes.follows if thing.kind == FollowKind.SEARCH][:SEARCHES]
    searches = [(thing, kept.stories_found(thing.name, now)) for thing in asked]
    chosen = choose(index, wishes, limit=limit, searches=searches)
    if wishes.by_time:
        return chosen, []
    return chosen, missed(index, wishes, {choice.candidate.story for choice in chosen})


def digests(
    readers: Sequence[int], *, now: datetime, since: datetime | None = None, limit: int = 12
) -> Iterator[tuple[int, list[Choice]]]:
    """For each of these readers the stories of a digest; readers for whom there is nothing are left out.

    since: stories that moved later only. Four queries for each five hundred readers.
    """
    index = kept.index(now) if since is None else kept.index_since(since, now)
    for start in range(0, len(readers), _CHUNK):
        for reader, wishes in _wishes(readers[start : start + _CHUNK]):
            asked = [thing for thing in wishes.follows if thing.kind == FollowKind.SEARCH][:SEARCHES]
            searches = [(thing, kept.stories_found(thing.name, now)) for thing in asked]
            if chosen := choose(index, wishes, limit=limit, searches=searches):
                yield reader, chosen


def _wishes(readers: Sequence[int]) -> Iterator[tuple[int, Wishes]]:
    follows: defaultdict[int, list[Thing]] = defaultdict(list)
    mutes: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    read: defaultdict[int, set[int]] = defaultdict(set)
    rows = Follow.objects.filter(reader__in=readers, reader__is_active=True).order_by("pk")
    for reader, kind, name in rows.values_list("reader_id", "kind", "name"):
        follows[reader].append(Thing(kind, name))
    for reader, kind, name in Mute.objects.filter(reader__in=readers).values_list("reader_id", "kind", "name"):
        mutes[reader].append((kind, name))
    for reader, story in ReadMark.objects.filter(reader__in=readers).values_list("reader_id", "story"):
        read[reader].add(story)
    by_time = set(objecting(ObjectionKind.ORDERING).filter(reader__in=readers).values_list("reader_id", flat=True))
    for reader in readers:
        if reader in follows:
            muted = mutes_from(mutes[reader])
            yield reader, Wishes(tuple(follows[reader]), muted, frozenset(read[reader]), reader in by_time)


def news_of(reader: Reader, *, now: datetime, limit: int = 30) -> tuple[list[Choice], list[Choice]]:
    return news_for(wishes_of(reader), now=now, limit=limit)
