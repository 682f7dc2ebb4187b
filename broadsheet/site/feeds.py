"""Lists as Atom, RSS and JSON Feed, through the rights of the output "feed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.archive import articles_between, signed_by
from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, Author, Section, Topic
from broadsheet.articles.queries import articles_on, listed, newest_first
from broadsheet.looks import site_name
from broadsheet.rights import Mode, Output
from broadsheet.site.archive import bounds, day_path
from broadsheet.site.cards import StoryCard, story_cards
from broadsheet.site.head import absolute
from broadsheet.site.templating import DAY, written
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Story
from broadsheet.stories.queries import by_weight, members_of, told

ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """id: stable for good. address: our page. via: where the words stand. rights: whose they are, in words."""

    id: str
    address: str
    via: str
    title: str
    language: str
    summary: str
    author: str
    publisher: str
    publisher_home: str
    rights: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """path: the address of the list it follows, without an ending. tags: the things it shows."""

    title: str
    path: str
    home: str
    language: str
    updated: datetime
    entries: tuple[Entry, ...]
    tags: frozenset[str]


def front_feed(*, now: datetime) -> Feed:
    return _stories(_("Front page"), "/index", "/", list(by_weight(told())[:ENTRIES]), {"front"}, now)


def section_feed(section: Section, *, now: datetime) -> Feed:
    rows = list(by_weight(told().filter(section=section))[:ENTRIES])
    return _stories(section.name, section.path, section.path, rows, {section.tag}, now)


def latest_feed(*, now: datetime) -> Feed:
    rows = list(newest_first(listed())[:ENTRIES])
    return articles_feed(_("Latest"), "/latest", "/latest", rows, {"latest"}, now=now)


def source_feed(publisher: Publisher, *, now: datetime) -> Feed:
    rows = list(newest_first(listed().filter(publisher=publisher))[:ENTRIES])
    return articles_feed(publisher.name, publisher.path, publisher.path, rows, {publisher.tag}, now=now)


def author_feed(author: Author, *, now: datetime) -> Feed | None:
    """None when nothing signed with the name may be told with it."""
    rows = signed_by(author, start=0, limit=ENTRIES)
    path, tags = f"/authors/{author.slug}", {row.publisher.tag for row in rows}
    found = articles_feed(author.name, path, path, rows, tags, now=now)
    return found if found.entries else None


def day_feed(day: date, *, now: datetime) -> Feed | None:
    """The last reports of a day; None for a day without any."""
    rows = articles_between(*bounds(day), start=0, limit=ENTRIES)
    path = day_path(day)
    return articles_feed(written(day, DAY), path, path, rows, {"latest"}, now=now) if rows else None


def topic_feed(topic: Topic, *, now: datetime) -> Feed:
    rows = list(articles_on(topic)[:ENTRIES])
    return articles_feed(topic.name, topic.path, topic.path, rows, {topic.tag, "article:*"}, now=now)


def story_feed(story: Story, *, now: datetime) -> Feed:
    rows = members_of(story, 200)[-ENTRIES:][::-1]
    named = Displays([story.lead], Output.FEED, now=now).of(story.lead).headline if story.lead else ""
    title = named or _("A story reported by others")
    return articles_feed(title, story.path, story.path, rows, {story.tag}, now=now)


def articles_feed(title: str, path: str, home: str, rows: Sequence[Article], tags: set[str], *, now: datetime) -> Feed:
    displays = Displays(rows, Output.FEED, now=now)
    entries = [_entry(shown) for shown in displays.shown(rows) if shown.shows_headline]
    return _feed(title, path, home, entries, tags | {row.tag for row in rows}, now)


def _stories(title: str, path: str, home: str, rows: Sequence[Story], tags: set[str], now: datetime) -> Feed:
    cards = story_cards(rows, now=now, output=Output.FEED, pictured=False)
    shown = {tag for row in rows for tag in (row.tag, f"article:{row.lead_id}")}
    return _feed(title, path, home, [_story_entry(card) for card in cards], tags | shown, now)


def _feed(title: str, path: str, home: str, entries: list[Entry], tags: set[str], now: datetime) -> Feed:
    return Feed(
        title=f"{site_name()}: {title}",
        path=iri_to_uri(path),
        home=absolute(home),
        language=settings.LANGUAGE_CODE,
        updated=max((entry.updated for entry in entries), default=now),
        entries=tuple(entries),
        tags=frozenset(tags),
    )


def _entry(shown: Displayed) -> Entry:
    article = shown.article
    licence = f"{shown.licence.name} {shown.licence.version}".strip() if shown.licence else ""
    return Entry(
        id=absolute(f"/articles/{article.pk}"),
        address=absolute(article.path),
        via=article.address,
        title=shown.headline,
        language="" if article.language == "und" else article.language,
        summary=shown.extract if shown.mode >= Mode.EXTRACT else "",
        author=article.byline,
        publisher=article.publisher.name,
        publisher_home=article.publisher.home,
        rights=licence or f"© {article.publisher.name}",
        published=article.shown_at,
        updated=max(article.shown_at, article.updated_at) if article.updated_at else article.shown_at,
    )


def _story_entry(card: StoryCard) -> Entry:
    independent = ngettext("%(num)d independent report", "%(num)d independent reports", card.independents)
    outlets = ngettext("%(num)d outlet", "%(num)d outlets", card.outlets)
    counts = f"{independent % {'num': card.independents}} · {outlets % {'num': card.outlets}}"
    return Entry(
        id=absolute(f"/stories/{card.id}"),
        address=absolute(card.path),
        via="",
        title=card.headline,
        language=card.language,
        summary=f"{card.extract}\n{counts}".strip(),
        author="",
        publisher=card.publisher.name,
        publisher_home=card.publisher.home,
        rights=f"© {card.publisher.name}",
        published=card.moved_at,
        updated=card.moved_at,
    )
