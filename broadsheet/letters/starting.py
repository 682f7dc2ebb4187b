"""The letters a site has from the start, under names that are told in the language of who reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from broadsheet.articles.models import Section
from broadsheet.letters.models import Letter, LetterKind

RESERVED = frozenset({"ask", "asked", "confirm", "leave", "link", "mail", "settings", "stories"})
"""Words of addresses below /letters, which no letter may be called."""
_OURS = {
    "Morning": pgettext_lazy("letter", "Morning"),
    "Evening": pgettext_lazy("letter", "Evening"),
    "The week": pgettext_lazy("letter", "The week"),
    "Breaking news": pgettext_lazy("letter", "Breaking news"),
    "Stories you follow": pgettext_lazy("letter", "Stories you follow"),
    "My news": pgettext_lazy("letter", "My news"),
    "The day in ten stories, before it begins.": pgettext_lazy("letter", "The day in ten stories, before it begins."),
    "What the day brought.": pgettext_lazy("letter", "What the day brought."),
    "Sundays: the stories of the week.": pgettext_lazy("letter", "Sundays: the stories of the week."),
    "Rarely, and only when many newsrooms report the same large story.": pgettext_lazy(
        "letter", "Rarely, and only when many newsrooms report the same large story."
    ),
    "What moves in a story, until it ends.": pgettext_lazy("letter", "What moves in a story, until it ends."),
    "What you follow, and nothing else.": pgettext_lazy("letter", "What you follow, and nothing else."),
}
"""What letters come with; an operator's own words are left alone."""
_LETTERS: tuple[dict[str, Any], ...] = (
    {"slug": "morning", "name": "Morning", "description": "The day in ten stories, before it begins."},
    {"slug": "evening", "name": "Evening", "description": "What the day brought.", "hour": 18},
    {
        "slug": "week",
        "name": "The week",
        "description": "Sundays: the stories of the week.",
        "days": "6",
        "hour": 8,
        "size": 12,
    },
    {
        "slug": "breaking",
        "name": "Breaking news",
        "description": "Rarely, and only when many newsrooms report the same large story.",
        "kind": LetterKind.BREAKING,
        "size": 1,
    },
    {
        "slug": "story",
        "name": "Stories you follow",
        "description": "What moves in a story, until it ends.",
        "kind": LetterKind.STORY,
    },
    {
        "slug": "my-news",
        "name": "My news",
        "description": "What you follow, and nothing else.",
        "kind": LetterKind.PERSONAL,
    },
)


def ensure_letters() -> None:
    """Make the letters of the start where there are none at all; what an operator took away stays away."""
    if not Letter.objects.exists():
        Letter.objects.bulk_create([Letter(**values) for values in _LETTERS], ignore_conflicts=True)


def letter_of_section(section: Section) -> Letter:
    """The daily letter of a section, made when it is first wanted; closed until an editor opens it."""
    values = {"name": section.name, "section": section.slug, "is_open": False, "by_itself": False}
    return Letter.objects.get_or_create(slug=f"section-{section.slug}"[:60], defaults=values)[0]


def told(words: str) -> str:
    """A letter's name or description in the language in force."""
    return str(_OURS.get(words, words))
