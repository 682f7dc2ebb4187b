"""Letters in numbers, for the desk: who came, who left and why. Sums of subscriptions; no reader is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from broadsheet.letters.models import Letter, Proof, Subscription

LAST_WORDS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote on leaving."""

    letter: str
    reason: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Growth:
    """live: subscriptions now. days: those that began and ended. reasons: of those that ended, the most frequent first.

    asked, confirmed: requests by form, and how many of them were confirmed by the button.
    """

    live: int
    days: Mapping[date, tuple[int, int]]
    reasons: Sequence[tuple[str, int]]
    words: Sequence[Said]
    asked: int
    confirmed: int

    @property
    def began(self) -> int:
        return sum(began for began, _ended in self.days.values())

    @property
    def ended(self) -> int:
        return sum(ended for _began, ended in self.days.values())


def growth(*, first: date, last: date, letter: Letter | None = None) -> Growth:
    """Of one letter or of all, on these days of the site. Two queries for each day, by index, and four more."""
    rows = Subscription.objects.all() if letter is None else Subscription.objects.filter(letter=letter)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    ended = rows.filter(ended_at__gte=_midnight(first))
    asked = Proof.objects.filter(way="form", asked_at__gte=_midnight(first))
    numbers = asked.aggregate(asked=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)))
    said = ended.exclude(words="").select_related("letter").order_by("-ended_at", "-pk")[:LAST_WORDS]
    return Growth(
        live=rows.filter(ended_at=None).count(),
        days={day: (_count(rows, "since", day), _count(rows, "ended_at", day)) for day in days},
        reasons=Counter(dict(ended.order_by().values_list("reason").annotate(Count("pk")))).most_common(),
        words=[Said(row.letter.slug, row.reason, row.words, row.ended_at) for row in said if row.ended_at],
        asked=numbers["asked"],
        confirmed=numbers["confirmed"],
    )


def live_by_letter() -> Mapping[int, int]:
    """Subscriptions now, by the letter's number."""
    rows = Subscription.objects.filter(ended_at=None).order_by().values_list("letter")
    return dict(rows.annotate(Count("pk")))


def _count(rows: QuerySet[Subscription], field: str, day: date) -> int:
    span = {f"{field}__gte": _midnight(day), f"{field}__lt": _midnight(day + timedelta(days=1))}
    return rows.filter(**span).count()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
