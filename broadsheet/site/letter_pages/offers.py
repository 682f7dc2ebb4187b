"""A letter as readers see it: its name, what it is, and when it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from broadsheet.letters.audience import Choice, arrival_days
from broadsheet.letters.models import Letter, LetterKind
from broadsheet.letters.starting import told

DAILY = "0123456"
WORKDAYS = "01234"


@dataclass(frozen=True, slots=True)
class Offer:
    """slug: of the letter. kind: of it. is_timed: whether an hour and days can be chosen."""

    slug: str
    kind: str
    name: str
    description: str
    comes: str
    is_timed: bool


def offer(letter: Letter) -> Offer:
    return Offer(
        slug=letter.slug,
        kind=letter.kind,
        name=told(letter.name),
        description=told(letter.description),
        comes=comes(letter),
        is_timed=letter.kind in (LetterKind.EDITION, LetterKind.PERSONAL),
    )


def day_choices(letter: Letter, choice: Choice, now: datetime) -> tuple[tuple[str, str], ...]:
    """Digit and name of the days that a reader can choose from, if there are several: their own, on which it comes."""
    found = arrival_days(letter, choice, now)
    return tuple((day, str(WEEKDAYS_ABBR[int(day)])) for day in found) if len(found) > 1 else ()


def comes(letter: Letter) -> str:
    """When it comes, in a few words."""
    if letter.kind == LetterKind.BREAKING:
        return _("When it happens")
    if letter.kind == LetterKind.STORY:
        return _("When the story moves")
    said = {"days": day_words(letter.days), "hour": f"{letter.hour}:00"}
    return _("%(days)s at %(hour)s") % said


def day_words(days: str) -> str:
    found = "".join(sorted(set(days) & set(DAILY)))
    if found in ("", DAILY):
        return _("Every day")
    if found == WORKDAYS:
        return _("Monday to Friday")
    return pgettext("between names", ", ").join(str(WEEKDAYS[int(day)]) for day in found)
