"""What a view says about the page it returns: may it be kept as a finished page, under which tags, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse

LONGEST = timedelta(hours=1)
"""No page is kept longer: ledger lines and reservations begin and end by the clock, without a change to tell of it."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """tags: things the page shows; a purge of one of them removes it. until: when it goes anyway."""

    tags: frozenset[str]
    until: datetime


def keep(response: HttpResponse, tags: Iterable[str], *, now: datetime, until: datetime | None = None) -> HttpResponse:
    """Let the response be kept as a finished page. Anonymous pages only: nothing personal may be in it.

    until: when the clock makes it untrue, if that is known.
    """
    ends = min(now + LONGEST, next_midnight(now), *([until] if until is not None and until > now else []))
    response.keeping = Keeping(frozenset(tags), ends)  # type: ignore[attr-defined]
    return response


def keeping_of(response: object) -> Keeping | None:
    found = getattr(response, "keeping", None)
    return found if isinstance(found, Keeping) else None


def next_midnight(now: datetime) -> datetime:
    """When the date on the masthead changes."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
