"""The front page: one lead, a few seconds, sections of five, the latest, the day's corrections. It ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.articles.queries import announced_corrections, latest_articles
from broadsheet.rights import Output
from broadsheet.site.cards import (
    ArticleCard,
    FoldedCard,
    SectionBlock,
    StoryCard,
    article_card,
    article_cards,
    story_cards,
)
from broadsheet.site.corrections import CorrectionCard, correction_card
from broadsheet.site.head import Chrome, Head, chrome
from broadsheet.stories.queries import front_cards_with, heaviest, reports_of

SECONDS = 5
"""Stories beside and below the lead."""
LEAD_REPORTS = 6
"""Other newsrooms' own headlines under the lead."""
LEAD_MEMBERS = 24
"""Reports of the lead among which they are looked for."""
SECTION_STORIES = 5
LATEST = 9
CORRECTIONS = 4
REACH = 400
"""Heaviest stories the sections choose from: deep enough for quiet sections, shallow enough to read in one go."""


@dataclass(frozen=True, slots=True)
class FrontPage:
    """folded: what one reader has muted, on the page of that reader alone; so on all lists."""

    head: Head
    lead: StoryCard | None
    lead_reports: tuple[ArticleCard, ...]
    seconds: tuple[StoryCard, ...]
    sections: tuple[SectionBlock, ...]
    latest: tuple[ArticleCard, ...]
    corrections: tuple[CorrectionCard, ...]
    folded: tuple[FoldedCard, ...] = ()


def front_page(*, now: datetime) -> FrontPage:
    """Nine queries, however much the site holds."""
    around = chrome()
    ranked = heaviest(REACH)
    top = [story for story, _section in ranked[: SECONDS + 1]]
    chosen = _choose(ranked[len(top) :], around)
    stories = front_cards_with([*top, *(story for ids in chosen.values() for story in ids)])
    newest = latest_articles(start=0, limit=LATEST)
    members = reports_of(stories[top[0]], LEAD_MEMBERS) if top and top[0] in stories else []
    revisions = announced_corrections(CORRECTIONS, since=now - timedelta(days=1))
    leads = [story.lead for story in stories.values() if story.lead is not None]
    corrected_articles = [revision.article for revision in revisions]
    displays = Displays([*leads, *newest, *members, *corrected_articles], Output.PAGE, now=now)
    cards = {card.id: card for card in story_cards(stories.values(), now=now, displays=displays)}
    first = [cards[story] for story in top if story in cards]
    latest = article_cards(newest, now=now, displays=displays)
    corrected = tuple(card for revision in revisions if (card := correction_card(revision, displays)))
    reports = _lead_reports(first[0], members, displays) if first and first[0].id == top[0] else []
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


def _lead_reports(lead: StoryCard, members: Iterable[Article], displays: Displays) -> list[ArticleCard]:
    """How other newsrooms put it: one own report each, oldest first."""
    seen = {lead.publisher.pk}
    found = []
    for member in members:
        if member.publisher_id in seen or member.membership.original_id is not None:
            continue
        shown = displays.of(member)
        if shown.headline:
            seen.add(member.publisher_id)
            found.append(article_card(shown))
    return found[:LEAD_REPORTS]
