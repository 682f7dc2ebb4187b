"""Front page and lists as one reader wants them, made from what everybody gets.

What is muted stands folded at the foot. A story that several newsrooms report and a muted one leads is told by another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from broadsheet.articles.models import Article
from broadsheet.articles.queries import listed
from broadsheet.readers.following import Mutes
from broadsheet.readers.muting import muted, muted_of
from broadsheet.site.archive import DayPage
from broadsheet.site.authors import AuthorPage
from broadsheet.site.cards import ArticleCard, FoldedCard, StoryCard, story_cards
from broadsheet.site.front import FrontPage
from broadsheet.site.lists import Day, RiverPage, SectionPage
from broadsheet.site.sources import SourcePage
from broadsheet.site.topics import TopicPage
from broadsheet.stories.queries import stories_with

River = TypeVar("River", RiverPage, AuthorPage)
OTHERS = 400
"""Reports looked through, on one page, for those by which stories can be told instead."""


class Sieve:
    """What is left of the cards of a page. `folded`: what was taken out, each once, in the order of the page."""

    def __init__(self, mutes: Mutes, *, now: datetime) -> None:
        self._mutes, self._now = mutes, now
        self._folded: dict[str, FoldedCard] = {}

    @property
    def folded(self) -> tuple[FoldedCard, ...]:
        return tuple(self._folded.values())

    def articles(self, cards: Iterable[ArticleCard]) -> tuple[ArticleCard, ...]:
        """One query where topics are muted, else none."""
        cards = tuple(cards)
        hidden = muted_of({card.id: (card.publisher.slug, card.headline) for card in cards}, self._mutes)
        for card in cards:
            if card.id in hidden:
                self._fold(card, card.at)
        return tuple(card for card in cards if card.id not in hidden)

    def stories(self, cards: Iterable[StoryCard]) -> tuple[StoryCard, ...]:
        """The same; four queries more where another newsroom has to tell a story."""
        cards = tuple(cards)
        hidden = muted_of({card.lead_id: (card.publisher.slug, card.headline) for card in cards}, self._mutes)
        muted_leads = [card for card in cards if card.lead_id in hidden and card.is_shared]
        told = self._told_by_others([card for card in muted_leads if card.publisher.slug in self._mutes.sources])
        kept = []
        for card in cards:
            shown = told.get(card.id) if card.lead_id in hidden else card
            if shown is not None:
                kept.append(shown)
            else:
                self._fold(card, card.moved_at)
        return tuple(kept)

    def days(self, days: Iterable[Day]) -> tuple[Day, ...]:
        days = tuple(days)
        kept = {card.id for card in self.articles(card for day in days for card in day.articles)}
        left = (Day(day.name, tuple(card for card in day.articles if card.id in kept)) for day in days)
        return tuple(day for day in left if day.articles)

    def _told_by_others(self, cards: Iterable[StoryCard]) -> dict[int, StoryCard]:
        """By story its card with the first own report of a newsroom that is not muted; without those that have none."""
        wanted = [card.id for card in cards]
        if not wanted:
            return {}
        own = listed("membership__story_id").filter(membership__story__in=wanted, membership__original=None)
        others = own.exclude(publisher__slug__in=self._mutes.sources).select_related("membership")
        reports = list(others.order_by("shown_at", "pk")[:OTHERS])
        hidden = muted(reports, self._mutes)
        leads: dict[int, Article] = {}
        for report in reports:
            if report.pk not in hidden:
                leads.setdefault(report.membership.story_id, report)
        stories = stories_with(list(leads))
        for number, story in stories.items():
            story.lead = leads[number]
        return {card.id: card for card in story_cards(stories.values(), now=self._now)}

    def _fold(self, card: ArticleCard | StoryCard, at: datetime) -> None:
        one = FoldedCard(card.path, card.headline, card.language, card.direction, card.publisher, at)
        self._folded.setdefault(card.path, one)


def front_without(page: FrontPage, mutes: Mutes, *, now: datetime) -> FrontPage:
    """The next story stands in for a lead that is folded, without the other reports of the one before."""
    sieve = Sieve(mutes, now=now)
    top = tuple(card for card in (page.lead, *page.seconds) if card is not None)
    blocks = [card for block in page.sections for card in block.stories]
    kept = {card.id: card for card in sieve.stories([*top, *blocks])}
    first = [kept[card.id] for card in top if card.id in kept]
    is_same = page.lead is not None and bool(first) and first[0].id == page.lead.id
    lead = first[0] if first else None
    reports = sieve.articles(page.lead_reports) if is_same else ()
    sections = (replace(block, stories=tuple(kept[one.id] for one in block.stories if one.id in kept))
                for block in page.sections)  # fmt: skip
    latest = sieve.articles(page.latest)
    corrected = {card.id for card in sieve.articles(one.article for one in page.corrections)}
    return replace(
        page,
        lead=lead,
        lead_reports=tuple(one for one in reports if lead is not None and one.id != lead.lead_id),
        seconds=tuple(first[1:]),
        sections=tuple(block for block in sections if block.stories),
        latest=latest,
        corrections=tuple(one for one in page.corrections if one.article.id in corrected),
        folded=sieve.folded,
    )


def section_without(page: SectionPage, mutes: Mutes, *, now: datetime) -> SectionPage:
    sieve = Sieve(mutes, now=now)
    first = [page.lead] if page.lead is not None else []
    kept = sieve.stories([*first, *page.stories])
    return replace(
        page, lead=kept[0] if first and kept else None, stories=kept[1:] if first else kept, folded=sieve.folded
    )


def topic_without(page: TopicPage, mutes: Mutes, *, now: datetime) -> TopicPage:
    """The topic itself was asked for by name, so it is shown although it may be muted."""
    sieve = Sieve(replace(mutes, topics=mutes.topics - {page.topic.slug}), now=now)
    return replace(page, stories=sieve.stories(page.stories), folded=sieve.folded)


def source_without(page: SourcePage, mutes: Mutes, *, now: datetime) -> SourcePage:
    """The same of a source."""
    sieve = Sieve(replace(mutes, sources=mutes.sources - {page.publisher.slug}), now=now)
    return replace(page, days=sieve.days(page.days), folded=sieve.folded)


def river_without(page: River, mutes: Mutes, *, now: datetime) -> River:
    sieve = Sieve(mutes, now=now)
    return replace(page, days=sieve.days(page.days), folded=sieve.folded)


def day_without(page: DayPage, mutes: Mutes, *, now: datetime) -> DayPage:
    sieve = Sieve(mutes, now=now)
    stories = sieve.stories(page.stories)
    return replace(page, stories=stories, articles=sieve.articles(page.articles), folded=sieve.folded)
