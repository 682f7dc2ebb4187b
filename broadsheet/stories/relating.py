"""What else to read after an article or story, each with its reason; never a copy of what was read.

Candidates are what names the same persons, bodies and places around the same time: of each topic only the nearest
mentions are read, so that the price is the same however often it is named. `grouping.related` judges them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import nlargest

from django.db import connection
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from broadsheet.articles.labels import label_of
from broadsheet.articles.models import Article, ArticleState, Mention, Topic
from broadsheet.grouping import Name, NameKind, Related, Subject, closeness, related
from broadsheet.prepared import Prepared, ask, stored_moment
from broadsheet.stories.models import Membership, Story
from broadsheet.stories.queries import cards_with, neighbors_of

TOPICS = 8
"""Topics of what was read that are followed."""
NEAREST = 60
"""Mentions of each that are read."""
LATER = timedelta(days=14)
"""How long after what was read something may have come: later it is another matter."""
COMMON = timedelta(days=2)
"""A topic whose `NEAREST` mentions all lie within this time is everywhere, and says nothing."""
_DAY = timedelta(days=1)
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


def beside_story(
    story: Story, articles: Sequence[Article], *, about: Sequence[Topic] | None = None, limit: int = 5
) -> list[Beside]:
    """Stories that have to do with this one, the closest first. Five queries at most.

    articles: the story's. about: `topics_named` of them, where it is at hand. Where nothing is related, what else its
    section reports.
    """
    ids = [article.pk for article in articles[:ARTICLES]]
    topics = topics_named(articles) if about is None else about
    own = {story.pk, story.continues_id or 0}
    return _beside(ids, topics, own, story.moved_at, limit) or _neighbors(story, limit)


def beside_article(
    article: Article, story: Story | None, *, about: Sequence[Topic] | None = None, limit: int = 5
) -> list[Beside]:
    """Other stories than its own that have to do with an article. Five queries at most. about: its `topics_named`."""
    topics = topics_named([article]) if about is None else about
    own = {story.pk, story.continues_id or 0} if story is not None else set()
    found = _beside([article.pk], topics, own, article.shown_at, limit)
    return found or (_neighbors(story, limit) if story is not None else [])


def _beside(
    articles: Collection[int], about: Sequence[Topic], own: Collection[int], when: datetime, limit: int
) -> list[Beside]:
    topics = {topic.pk: topic for topic in about}
    mentions = _mentions(list(topics), when + LATER) if topics else []
    telling = {pk: topics[pk] for pk in topics.keys() - _common(mentions)}
    named = _named(mentions, telling, own, set(articles))
    names = {pk: _name(topic) for pk, topic in telling.items()}
    # Some more than wanted: a story may have been merged away or lost its lead or a report in the meantime.
    others = [
        Subject(str(pk), [names[topic] for topic in found], _newest(found.values()))
        for pk, found in _closest(named, telling, when, limit + 3)
    ]
    judged = {int(one.id): one for one in related(Subject("read", list(names.values()), when), others, limit=limit + 3)}
    removed = _removed_from({article: story for article, _topic, _at, story, _original in mentions if story in judged})
    stories = cards_with(judged.keys() - removed)
    subjects = {topic.name for topic in telling.values() if topic.kind == "subject"}
    kept = [(stories[pk], one) for pk, one in judged.items() if pk in stories]
    return [
        Beside(story, reason(one, subjects), (*one.people, *one.organizations, *one.places))
        for story, one in kept[:limit]
    ]


def topics_named(articles: Sequence[Article]) -> list[Topic]:
    """What these articles are about: the topics most of them name, at most `TOPICS`. One query."""
    counts: dict[int, int] = {}
    topics: dict[int, Topic] = {}
    for mention in _NAMED(sorted(article.pk for article in articles[:ARTICLES])):
        counts[mention.topic_id] = counts.get(mention.topic_id, 0) + 1
        topics[mention.topic_id] = mention.topic
    chosen = sorted(topics, key=lambda pk: (-counts[pk], topics[pk].kind != "person", pk))[:TOPICS]
    return [topics[pk] for pk in chosen]


_NAMED = Prepared(lambda articles: Mention.objects.filter(article__in=articles).select_related("topic"))


def reason(found: Related, subjects: Collection[str] = ()) -> str:
    """Why it is related, in the reader's language: "Same people and place, 3 days earlier".

    subjects: those of `found.organizations` that are no bodies but matters, such as a law or a cup.
    """
    is_matter = not found.people and set(found.organizations) <= set(subjects)
    language = get_language() or ""
    return _reason(len(found.people), is_matter, bool(found.places), round(found.days), language)


@lru_cache(maxsize=1024)
def _reason(people: int, is_matter: bool, has_places: bool, days: int, _language: str) -> str:
    """The words for it in the language that is spoken: looking them up takes longer than all the rest."""
    if people and has_places:
        what = ngettext("Same person and place", "Same people and place", people)
    elif people:
        what = ngettext("Same person", "Same people", people)
    elif is_matter:
        what = _("Same matter and place") if has_places else _("Same matter")
    else:
        what = _("Same organization and place") if has_places else _("Same organization")
    return _("%(what)s, %(when)s") % {"what": what, "when": _when(days)}


def _when(days: int) -> str:
    count = abs(days)
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
    where = label_of(story.section) if story.section is not None else ""
    return [Beside(other, _("Also in %(section)s") % {"section": where}, ()) for other in neighbors_of(story, limit)]


_Mention = tuple[int, int, datetime | str, int | None, int | None]
"""That an article names a topic, and where the article stands: article, topic, time, story, what it is a copy of. The
time is as the database has it, which sorts as well."""


def _mentions(topics: Sequence[int], until: datetime) -> list[_Mention]:
    """The newest mentions of each topic before a moment, at most `NEAREST` of each, newest first.

    One query, by index. Rows as they are: they are hundreds, and models of them would take most of the time.
    """
    named, placed = Mention._meta.db_table, Membership._meta.db_table  # noqa: SLF001  # documented, in spite of the name
    one = (
        "SELECT * FROM (SELECT near.article_id, near.topic_id, near.shown_at, place.story_id, place.original_id"  # noqa: S608  # our own names
        f" FROM {named} AS near LEFT JOIN {placed} AS place ON place.article_id = near.article_id"
        " WHERE near.topic_id = %s AND near.shown_at <= %s ORDER BY near.shown_at DESC LIMIT %s) AS found"
    )
    moment = connection.ops.adapt_datetimefield_value(until)
    values = [value for topic in topics for value in (topic, moment, NEAREST)]
    return ask(" UNION ALL ".join([one] * len(topics)), values)


def _named(
    mentions: Iterable[_Mention], telling: Collection[int], own: Collection[int], read: Collection[int]
) -> dict[int, dict[int, datetime | str]]:
    """The topics that other stories name, each with the newest time of it, by story; not by copies of what was read."""
    found: dict[int, dict[int, datetime | str]] = {}
    for article, topic, at, story, original in mentions:
        if topic in telling and story is not None and article not in read and original not in read:
            found.setdefault(story, {}).setdefault(topic, at)
    return {story: topics for story, topics in found.items() if story not in own}


def _closest(
    named: Mapping[int, Mapping[int, datetime | str]], topics: Mapping[int, Topic], when: datetime, limit: int
) -> list[tuple[int, Mapping[int, datetime | str]]]:
    """Those of the stories that `related` would choose: of hundreds, which are weighed here without describing them."""
    kinds = {pk: _kind(topic) for pk, topic in topics.items()}
    close = {
        story: closeness([kinds[topic] for topic in found], (_newest(found.values()) - when) / _DAY)
        for story, found in named.items()
        if len(found) > 1 or kinds[next(iter(found))] is not NameKind.PLACE  # a place alone says nothing
    }
    return [(story, named[story]) for story in nlargest(limit, close, key=close.__getitem__)]


def _newest(times: Collection[datetime | str]) -> datetime:
    """As the database has them they sort as well, and only one has to be read."""
    return stored_moment(max(times))


def _removed_from(stories: Mapping[int, int | None]) -> set[int | None]:
    """Those of these stories, by their articles, of which one of the articles was taken down. One query."""
    return {stories[pk] for pk in _REMOVED(sorted(stories))}


_REMOVED = Prepared(
    lambda articles: Article.objects.filter(pk__in=articles, state=ArticleState.REMOVED).values_list("pk", flat=True)
)


def _common(mentions: Iterable[_Mention]) -> set[int]:
    """Topics that so much names that naming them says nothing."""
    times: dict[int, list[datetime | str]] = {}
    for _article, topic, at, _story, _original in mentions:
        times.setdefault(topic, []).append(at)
    return {
        pk
        for pk, found in times.items()
        if len(found) == NEAREST and stored_moment(found[0]) - stored_moment(found[-1]) < COMMON
    }


def _name(topic: Topic) -> Name:
    return Name(topic.name, _kind(topic), 1)


def _kind(topic: Topic) -> NameKind:
    return _KINDS.get(topic.kind, NameKind.ORGANIZATION)
