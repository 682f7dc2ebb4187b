"""What else to read after an article or story, each with its reason; never a copy of what was read.

Candidates are what names the same persons, bodies and places around the same time: of each topic only the nearest
mentions are read, so that the price is the same however often it is named. `grouping.related` judges them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.models import Article, ArticleState, Mention, Topic
from broadsheet.grouping import Name, NameKind, Related, Subject, related
from broadsheet.prepared import Prepared, stored_moment
from broadsheet.stories.models import Membership, Story
from broadsheet.stories.queries import neighbors_of, stories_with

TOPICS = 8
"""Topics of what was read that are followed."""
NEAREST = 60
"""Mentions of each that are read."""
LATER = timedelta(days=14)
"""How long after what was read something may have come: later it is another matter."""
COMMON = timedelta(days=2)
"""A topic whose `NEAREST` mentions all lie within this time is everywhere, and says nothing."""
ARTICLES = 40
"""Articles of a story whose topics count."""
_KINDS = {"person": NameKind.PERSON, "place": NameKind.PLACE}
"""Bodies and matters weigh alike: to share a law says as much as to share a party."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A story to read next. reason: a sentence in the reader's language. names: what both name, people first."""

    story: Story
    reason: str
    names: tuple[str, ...]


def beside_story(story: Story, articles: Sequence[Article], *, limit: int = 5) -> list[Beside]:
    """Stories that have to do with this one, the closest first. Five queries at most.

    articles: the story's. Where nothing is related, what else its section reports.
    """
    ids = [article.pk for article in articles[:ARTICLES]]
    own = {story.pk, story.continues_id or 0}
    return _beside(ids, own, story.moved_at, limit) or _neighbors(story, limit)


def beside_article(article: Article, story: Story | None, *, limit: int = 5) -> list[Beside]:
    """Other stories than its own that have to do with an article. Five queries at most."""
    own = {story.pk, story.continues_id or 0} if story is not None else set()
    found = _beside([article.pk], own, article.shown_at, limit)
    return found or (_neighbors(story, limit) if story is not None else [])


def _beside(articles: Collection[int], own: Collection[int], when: datetime, limit: int) -> list[Beside]:
    topics = _topics_of(articles)
    mentions = _mentions(list(topics), when + LATER) if topics else []
    places = _stories_of({article for article, _topic, _at in mentions} - set(articles))
    named: dict[int, dict[int, datetime]] = {}
    read = set(articles)
    for article, topic, at in mentions:
        story, original = places.get(article, _NOWHERE)
        if story is not None and story not in own and original not in read:
            named.setdefault(story, {}).setdefault(topic, at)
    names = {pk: _name(topic) for pk, topic in topics.items()}
    others = [Subject(str(pk), [names[topic] for topic in found], max(found.values())) for pk, found in named.items()]
    subject = Subject("read", list(names.values()), when)
    subjects = {topic.name for topic in topics.values() if topic.kind == "subject"}
    # One more than wanted: a story may have been merged away or lost its lead in the meantime.
    judged = related(subject, others, common=_common(mentions, topics), limit=limit + 3)
    stories = stories_with([int(one.id) for one in judged])
    kept = [(stories[int(one.id)], one) for one in judged if int(one.id) in stories]
    return [
        Beside(story, reason(one, subjects), (*one.people, *one.organizations, *one.places))
        for story, one in kept[:limit]
    ]


def topics_named(articles: Sequence[Article]) -> list[Topic]:
    """What these articles are about: the topics most of them name, at most `TOPICS`. One query."""
    return list(_topics_of([article.pk for article in articles[:ARTICLES]]).values())


def reason(found: Related, subjects: Collection[str] = ()) -> str:
    """Why it is related, in the reader's language: "Same people and place, 3 days earlier".

    subjects: those of `found.organizations` that are no bodies but matters, such as a law or a cup.
    """
    if found.people and found.places:
        what = ngettext("Same person and place", "Same people and place", len(found.people))
    elif found.people:
        what = ngettext("Same person", "Same people", len(found.people))
    elif set(found.organizations) <= set(subjects):
        what = _("Same matter and place") if found.places else _("Same matter")
    else:
        what = _("Same organization and place") if found.places else _("Same organization")
    return _("%(what)s, %(when)s") % {"what": what, "when": _when(found.days)}


def _when(days: float) -> str:
    count = round(abs(days))
    if count < 1:
        return _("within a day")
    is_earlier = days < 0
    if count < 14:
        earlier = ngettext("%(count)s day earlier", "%(count)s days earlier", count)
        later = ngettext("%(count)s day later", "%(count)s days later", count)
    else:
        count = round(count / 7)
        earlier = ngettext("%(count)s week earlier", "%(count)s weeks earlier", count)
        later = ngettext("%(count)s week later", "%(count)s weeks later", count)
    return (earlier if is_earlier else later) % {"count": count}


def _neighbors(story: Story, limit: int) -> list[Beside]:
    where = story.section.name if story.section is not None else ""
    return [Beside(other, _("Also in %(section)s") % {"section": where}, ()) for other in neighbors_of(story, limit)]


def _topics_of(articles: Collection[int]) -> dict[int, Topic]:
    """The topics these articles name most, one count for each article. One query."""
    counts: dict[int, int] = {}
    topics: dict[int, Topic] = {}
    for mention in _NAMED(sorted(articles)):
        counts[mention.topic_id] = counts.get(mention.topic_id, 0) + 1
        topics[mention.topic_id] = mention.topic
    chosen = sorted(topics, key=lambda pk: (-counts[pk], topics[pk].kind != "person", pk))[:TOPICS]
    return {pk: topics[pk] for pk in chosen}


_NAMED = Prepared(lambda articles: Mention.objects.filter(article__in=articles).select_related("topic"))


def _mentions(topics: Sequence[int], until: datetime) -> list[tuple[int, int, datetime]]:
    """(article, topic, time) of the newest mentions of each topic before a moment, at most `NEAREST` of each.

    One query, by index. Rows as they are: they are hundreds, and models of them would take most of the time.
    """
    table = Mention._meta.db_table  # noqa: SLF001  # documented, in spite of its name
    one = (
        f"SELECT * FROM (SELECT article_id, topic_id, shown_at FROM {table}"  # noqa: S608  # our own names
        " WHERE topic_id = %s AND shown_at <= %s ORDER BY shown_at DESC LIMIT %s) AS nearest"
    )
    moment = connection.ops.adapt_datetimefield_value(until)
    values = [value for topic in topics for value in (topic, moment, NEAREST)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(topics)), values)
        return [(article, topic, stored_moment(at)) for article, topic, at in cursor.fetchall()]


_NOWHERE: tuple[int | None, int | None] = (None, None)


def _stories_of(articles: Collection[int]) -> Mapping[int, tuple[int, int | None]]:
    """(story, original) by article, of those that have a place."""
    return {article: (story, original) for article, story, original in _PLACED(sorted(articles))}


_PLACED = Prepared(
    lambda articles: (
        Membership.objects.filter(article__in=articles, story__merged_into=None)
        .exclude(article__state=ArticleState.REMOVED)
        .values_list("article_id", "story_id", "original_id")
    )
)


def _common(mentions: Iterable[tuple[int, int, datetime]], topics: Mapping[int, Topic]) -> frozenset[str]:
    """Names of the topics that so much names that naming them says nothing."""
    times: dict[int, list[datetime]] = {pk: [] for pk in topics}
    for _article, topic, at in mentions:
        times[topic].append(at)
    return frozenset(
        topics[pk].name for pk, found in times.items() if len(found) == NEAREST and max(found) - min(found) < COMMON
    )


def _name(topic: Topic) -> Name:
    return Name(topic.name, _KINDS.get(topic.kind, NameKind.ORGANIZATION), 1)
