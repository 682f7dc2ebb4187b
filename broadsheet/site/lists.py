"""Lists of stories and articles: sections, topics, the latest. Finite, in numbered pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.models import Article, Section
from broadsheet.articles.queries import latest_articles
from broadsheet.site.cards import ArticleCard, FoldedCard, StoryCard, article_cards, story_cards
from broadsheet.site.following import follow_path
from broadsheet.site.head import Crumb, Head, absolute, chrome
from broadsheet.site.templating import day
from broadsheet.stories.queries import heaviest_in

STORIES = 30
ARTICLES = 50
PAGES = 40
"""Last page of a list: lists are for what is new, search is for what is old."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Neighbors of a page of a list; an empty address where there is none."""

    number: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    head: Head
    section: Section
    lead: StoryCard | None
    stories: tuple[StoryCard, ...]
    pager: Pager
    follow: str
    folded: tuple[FoldedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class RiverPage:
    """Articles by day, newest first. note: what the list holds, in a sentence.

    news: how to say that more came in, by plural category, as JSON, with # for the number; empty on older pages.
    """

    head: Head
    title: str
    note: str
    days: tuple[Day, ...]
    news: str
    pager: Pager
    folded: tuple[FoldedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionsPage:
    head: Head


def section_page(section: Section, *, number: int, now: datetime) -> SectionPage:
    """Six queries."""
    start = (number - 1) * STORIES
    rows = heaviest_in(section, start=start, limit=STORIES + 1)
    cards = story_cards(rows[:STORIES], now=now)
    return SectionPage(
        head=Head(
            title=section.name,
            path=numbered(section.path, number),
            chrome=chrome(),
            now=now,
            description=_("%(section)s: what newsrooms report, by how many report it independently.")
            % {"section": section.name},
            canonical=absolute(numbered(section.path, number)),
            robots="index, follow" if number == 1 else "noindex, follow",
            crumbs=(Crumb(_("Sections"), "/sections"),),
            section=section.slug,
            feed=section.path,
            tags=frozenset({section.tag, *(tag for card in cards for tag in card.tags)}),
        ),
        section=section,
        lead=cards[0] if cards and number == 1 else None,
        stories=tuple(cards[1:] if number == 1 else cards),
        pager=pager(section.path, number, has_more=len(rows) > STORIES),
        follow=follow_path("section", section.slug),
    )


def latest_page(*, number: int, now: datetime) -> RiverPage:
    """Four queries."""
    rows = latest_articles(start=(number - 1) * ARTICLES, limit=ARTICLES + 1)
    days = _by_day(rows[:ARTICLES], now)
    return RiverPage(
        head=Head(
            title=_("Latest"),
            path=numbered("/latest", number),
            chrome=chrome(),
            now=now,
            description=_("Everything as it comes in, newest first."),
            canonical=absolute(numbered("/latest", number)),
            robots="index, follow" if number == 1 else "noindex, follow",
            feed="/latest",
            tags=frozenset({"latest", *(card.tag for group in days for card in group.articles)}),
        ),
        title=_("Latest"),
        note=_("Everything as it comes in, newest first."),
        days=days,
        news=_news() if number == 1 else "",
        pager=pager("/latest", number, has_more=len(rows) > ARTICLES),
    )


_SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number of each plural category, where a language has it (Unicode CLDR); where not, its words are those of other."""


def _news() -> str:
    words = {name: ngettext("%(num)s new report", "%(num)s new reports", n) for name, n in _SAMPLES.items()}
    return json.dumps({name: text % {"num": "#"} for name, text in words.items()}, ensure_ascii=False)


def sections_page(*, now: datetime) -> SectionsPage:
    return SectionsPage(
        Head(
            title=_("Sections"),
            path="/sections",
            chrome=chrome(),
            now=now,
            description=_("All sections of this site."),
            canonical=absolute("/sections"),
            tags=frozenset({"section:*"}),
        )
    )


def by_day(cards: Sequence[ArticleCard]) -> tuple[Day, ...]:
    """Cards under the days they were published on, in their order."""
    return tuple(Day(name, tuple(found)) for name, found in groupby(cards, lambda card: day(card.at)))


def _by_day(rows: Sequence[Article], now: datetime) -> tuple[Day, ...]:
    return by_day(article_cards(rows, now=now))


def numbered(path: str, number: int) -> str:
    return path if number == 1 else f"{path}?page={number}"


def pager(path: str, number: int, *, has_more: bool) -> Pager:
    return Pager(
        number=number,
        newer=numbered(path, number - 1) if number > 1 else "",
        older=numbered(path, number + 1) if has_more and number < PAGES else "",
    )
