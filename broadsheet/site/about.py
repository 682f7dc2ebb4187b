"""Pages about the site itself: about, how stories are chosen, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.queries import announced_corrections
from broadsheet.rights import Output
from broadsheet.site.cards import StoryCard, story_cards
from broadsheet.site.corrections import CorrectionCard, correction_card
from broadsheet.site.head import Crumb, Head, absolute, chrome
from broadsheet.stories.queries import heaviest, stories_with
from broadsheet.stories.weighing import WhyHere, why_here

CORRECTIONS, CORRECTED = 60, timedelta(days=30)
"""Corrections on their page, and how old they may be."""
EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of fixed words."""

    head: Head
    contact: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    head: Head
    corrections: tuple[CorrectionCard, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    card: StoryCard
    why: WhyHere


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """The order explained, with the numbers of the stories that lead now."""

    head: Head
    examples: tuple[Weighed, ...]


def about_page(*, now: datetime) -> PlainPage:
    return PlainPage(
        head=_head(_("About"), "/about", now, _("What this site is, and what it does with other people's work.")),
        contact=settings.ENVIRONMENT.contact,
    )


def choice_page(*, now: datetime) -> ChoicePage:
    """Six queries, and one for each example."""
    stories = stories_with([story for story, _section in heaviest(EXAMPLES)])
    ordered = sorted(stories.values(), key=lambda story: (-story.weight, -story.pk))
    why = {story.pk: why_here(story, now=now) for story in ordered}
    return ChoicePage(
        head=_head(
            _("How we choose"),
            "/how-we-choose",
            now,
            _("What leads the page is counted, not picked."),
            {"front", "story:*"},
        ),
        examples=tuple(Weighed(card, why[card.id]) for card in story_cards(ordered, now=now, pictured=False)),
    )


def corrections_page(*, now: datetime) -> CorrectionsPage:
    """Four queries."""
    found = announced_corrections(CORRECTIONS, since=now - CORRECTED)
    displays = Displays([revision.article for revision in found], Output.PAGE, now=now)
    return CorrectionsPage(
        head=_head(
            _("Corrections"), "/corrections", now, _("What newsrooms put right, as they said it."), {"article:*"}
        ),
        corrections=tuple(card for revision in found if (card := correction_card(revision, displays))),
    )


def _head(title: str, path: str, now: datetime, description: str, tags: set[str] | None = None) -> Head:
    return Head(
        title=title,
        path=path,
        chrome=chrome(),
        now=now,
        description=description,
        canonical=absolute(path),
        crumbs=() if path == "/about" else (Crumb(_("About"), "/about"),),
        tags=frozenset({"section:*", *(tags or ())}),
    )
