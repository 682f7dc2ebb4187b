"""What the page of a topic tells: facts we counted, the newest stories, what a person said. No text of our own.

Reads go by the index of a topic's mentions, newest first, and stop after `READ` of them however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from broadsheet.articles.models import Mention, Topic
from broadsheet.prepared import Prepared, ask, stored_moment
from broadsheet.stories.models import Membership, Story
from broadsheet.stories.queries import cards_with
from broadsheet.stories.quoting import SaidBy, said_by

READ = 600
"""Newest mentions of a topic that are counted and sorted into stories."""
STORIES = 20
NAMED_WITH = 8
NEWEST = 60
"""Newest articles whose other topics are looked at."""
DAYS = 30


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """reports: articles that name it; at least that many where `has_more`. days: reports of each of the last `DAYS`
    days (UTC), the oldest first. first_at, last_at: of the reports; None where there are none."""

    reports: int
    has_more: bool
    first_at: datetime | None
    last_at: datetime | None
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class TopicAccount:
    """stories: newest first. said: of persons only. named_with: topics that the newest reports name too."""

    topic: Topic
    facts: TopicFacts
    stories: tuple[Story, ...]
    has_more_stories: bool
    said: SaidBy | None
    named_with: tuple[Topic, ...]


def topic_account(topic: Topic, *, now: datetime, start: int = 0, said_from: int = 0) -> TopicAccount:
    """Seven queries at most. start: stories left out, those of the pages before; said_from: the same of quotations."""
    rows = _mentions(topic.pk, READ + 1)
    first: Sequence[datetime] = _FIRST(topic.pk) if len(rows) > READ else [at for _, at, _ in rows[-1:]]
    rows = rows[:READ]
    places = list(dict.fromkeys(story for _, _, story in rows if story is not None))
    stories = cards_with(places[start : start + STORIES])
    return TopicAccount(
        topic=topic,
        facts=TopicFacts(
            reports=len(rows),
            has_more=len(rows) == READ,
            first_at=first[0] if first else None,
            last_at=rows[0][1] if rows else None,
            days=_days([at for _, at, _ in rows], now),
        ),
        stories=tuple(stories[pk] for pk in places[start : start + STORIES] if pk in stories),
        has_more_stories=len(places) > start + STORIES,
        said=said_by(topic.slug, start=said_from, now=now) if topic.kind == "person" else None,
        named_with=tuple(_named_with(topic, [article for article, _, _ in rows[:NEWEST]])),
    )


def _mentions(topic: int, limit: int) -> list[tuple[int, datetime, int | None]]:
    """(article, time, story) of the newest mentions of a topic. One query, by index; rows as they are."""
    named, placed = Mention._meta.db_table, Membership._meta.db_table  # noqa: SLF001  # documented, in spite of the name
    sql = (
        f"SELECT named.article_id, named.shown_at, placed.story_id FROM {named} AS named"  # noqa: S608  # our own names
        f" LEFT JOIN {placed} AS placed ON placed.article_id = named.article_id"
        " WHERE named.topic_id = %s ORDER BY named.shown_at DESC LIMIT %s"
    )
    rows = ask(sql, [topic, limit])
    return [(article, stored_moment(at), story) for article, at, story in rows]


_FIRST = Prepared(
    lambda topic: Mention.objects.filter(topic=topic).order_by("shown_at").values_list("shown_at", flat=True)[:1]
)


def _named_with(topic: Topic, articles: Sequence[int]) -> list[Topic]:
    """Topics named together with this one more than once, the most often first; any when there are few reports."""
    found: Counter[int] = Counter()
    topics: dict[int, Topic] = {}
    for mention in _ALSO_NAMED(sorted(articles), topic.pk):
        found[mention.topic_id] += 1
        topics[mention.topic_id] = mention.topic
    least = 2 if len(articles) > NAMED_WITH else 1
    return [topics[pk] for pk, times in found.most_common(NAMED_WITH) if times >= least]


_ALSO_NAMED = Prepared(
    lambda articles, topic: (
        Mention.objects.filter(article__in=articles).exclude(topic=topic).select_related("topic").order_by("pk")
    )
)


def _days(times: Sequence[datetime], now: datetime) -> tuple[tuple[date, int], ...]:
    counts = Counter(at.astimezone(UTC).date() for at in times)
    today = now.astimezone(UTC).date()
    days = [today - timedelta(days=before) for before in range(DAYS - 1, -1, -1)]
    return tuple((day, counts[day]) for day in days)
