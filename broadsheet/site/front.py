"""The front page: one lead, a few seconds, sections of five, the latest, the day's corrections. It ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Section
from broadsheet.articles.queries import announced_corrections, latest_articles
from broadsheet.rights import Output
from broadsheet.site.cards import ArticleCard, StoryCard, article_cards, story_cards
from broadsheet.site.corrections import CorrectionCard, correction_card
from broadsheet.site.head import Chrome, Head, chrome
from broadsheet.stories.models import Story
from broadsheet.stories.queries import heaviest, members_of, stories_with

SECONDS = 5
"""Stories beside and below the lead."""
LEAD_REPORTS = 6
"""Other newsrooms' own headlines under the lead."""
SECTION_STORIES = 5
LATEST = 9
CORRECTIONS = 4
REACH = 400
"""Heaviest stories the sections choose from: deep enough for quiet sections, shallow enough to read in one go."""


@dataclass(frozen=True, slots=True)
class SectionBlock:
    section: Section
    stories: tuple[StoryCard, ...]

    @property
    def is_small(self) -> bool:
        """Too little for a row of its own: quiet sections stand side by side."""
        return len(self.stories) < 3


@dataclass(frozen=True, slots=True)
class FrontPage:
    head: Head
    lead: StoryCard | None
    lead_reports: tuple[ArticleCard, ...]
    seconds: tuple[StoryCard, ...]
    sections: tuple[SectionBlock, ...]
    latest: tuple[ArticleCard, ...]
    corrections: tuple[CorrectionCard, ...]


def front_page(*, now: datetime) -> FrontPage:
    """Twelve queries, however much the site holds."""
    around = chrome()
    ranked = heaviest(REACH)
    top = [story for story, _section in ranked[: SECONDS + 1]]
    chosen = _choose(ranked[len(top) :], around)
    stories = stories_with([*top, *(story for ids in chosen.values() for story in ids)])
    cards = {card.id: card for card in story_cards(stories.values(), now=now)}
    first = [cards[story] for story in top if story in cards]
    latest = article_cards(latest_articles(start=0, limit=LATEST), now=now)
    corrected = _corrections(now)
    reports = _lead_reports(first[0], stories[first[0].id], now) if first else []
    return FrontPage(
        head=Head(
            title=_("Front page"),
            path="/",
            chrome=around,
            now=now,
            description=_("The news by how many newsrooms report it independently, each story with its sources."),
            feed="/index",
            tags=frozenset({"front", "latest"}) | _shown(cards.values(), [*latest, *reports], corrected),
        ),
        lead=first[0] if first else None,
        lead_reports=tuple(reports),
        seconds=tuple(first[1:]),
        sections=tuple(
            SectionBlock(section, blocks)
            for section in around.sections
            if (blocks := tuple(cards[story] for story in chosen.get(section.pk, ()) if story in cards))
        ),
        latest=tuple(latest),
        corrections=corrected,
    )


def _shown(
    stories: Iterable[StoryCard], articles: Iterable[ArticleCard], corrections: Iterable[CorrectionCard]
) -> frozenset[str]:
    """Tags of what the page shows."""
    tags = {tag for card in stories for tag in card.tags} | {card.tag for card in articles}
    return frozenset(tags | {correction.article.tag for correction in corrections})


def _choose(ranked: Sequence[tuple[int, int | None]], around: Chrome) -> dict[int, list[int]]:
    """The heaviest stories of each section."""
    chosen: dict[int, list[int]] = {section.pk: [] for section in around.sections}
    for story, section in ranked:
        if section in chosen and len(chosen[section]) < SECTION_STORIES:
            chosen[section].append(story)
    return chosen


def _lead_reports(lead: StoryCard, story: Story, now: datetime) -> list[ArticleCard]:
    """How other newsrooms put it: one own report each, oldest first."""
    cards = article_cards(
        [member for member in members_of(story, 30) if member.membership.original_id is None], now=now
    )
    seen = {lead.publisher.pk}
    found = []
    for card in cards:
        if card.headline and card.publisher.pk not in seen:
            seen.add(card.publisher.pk)
            found.append(card)
    return found[:LEAD_REPORTS]


def _corrections(now: datetime) -> tuple[CorrectionCard, ...]:
    found = announced_corrections(CORRECTIONS, since=now - timedelta(days=1))
    displays = Displays([revision.article for revision in found], Output.PAGE, now=now)
    return tuple(card for revision in found if (card := correction_card(revision, displays)))
