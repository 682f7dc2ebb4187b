"""What a subscriber chooses: which letters, on which days, at what hour, in which language, or for a while none.

A page may be open twice, or old. So only what was changed on it is taken over: what its form was shown with comes back
with it, and a letter that was left elsewhere meanwhile does not come back to life by a tick that nobody touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from broadsheet.environment import LANGUAGES
from broadsheet.letters.asking import Consent, add_confirmed, live, read_wishes
from broadsheet.letters.audience import Choice, arrival_days
from broadsheet.letters.leaving import leave
from broadsheet.letters.models import Delivery, LetterKind, Subscriber, Subscription

MOST_SHOWN = 300
"""Letters and stories of one subscriber that a form may name."""
PAUSES = (7, 14, 30, 90)
"""Days of a pause that are offered."""
_PLACES = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True, slots=True)
class When:
    """days: digits from 0, Monday; hour: of the reader's day. Empty: whenever the letter appears."""

    days: str = ""
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form brought. wanted, shown: wishes as written, ticked now and when it was shown; when: by letter's slug.

    language, zone: empty for the site's; None where the form did not ask.
    """

    wanted: frozenset[str]
    shown: frozenset[str]
    when: Mapping[str, When]
    language: str | None = None
    zone: str | None = None


def choose(subscriber: Subscriber, choices: Choices, given: Consent, *, now: datetime) -> None:
    """Take over what was changed. What is not known, of words and zones, is passed over."""
    new = read_wishes(sorted(choices.wanted - choices.shown))
    if subscriber.reader_id is None:
        new = [wish for wish in new if wish.letter.kind != LetterKind.PERSONAL]
    with transaction.atomic():
        if new:
            add_confirmed(subscriber, new, given, now=now)
        for wish in read_wishes(choices.shown - choices.wanted, only_open=False, most=MOST_SHOWN):
            leave(subscriber.key, wish.letter.slug, story=wish.numbers[1], now=now)
        for row in live(subscriber).filter(letter__slug__in=choices.when).select_related("letter"):
            when = choices.when[row.letter.slug]
            offered = arrival_days(row.letter, Choice(hour=row.hour, zone=subscriber.zone), now)
            is_all = set(offered) <= set(when.days)  # of a letter's days all are as good as no choice
            Subscription.objects.filter(pk=row.pk).update(days="" if is_all else when.days, hour=when.hour)
        if choices.language is not None and choices.language in ("", *LANGUAGES):
            subscriber.language = choices.language
        if choices.zone is not None and (not choices.zone or choices.zone in zones()):
            subscriber.zone = choices.zone
        subscriber.save(update_fields=["language", "zone"])


def pause(subscriber: Subscriber, days: int, *, now: datetime) -> None:
    """No letter for so many days, one of `PAUSES`; 0 ends a pause."""
    if days and days not in PAUSES:
        return
    subscriber.paused_until = now + timedelta(days=days) if days else None
    subscriber.save(update_fields=["paused_until"])


def read_days(digits: Iterable[str]) -> str:
    """Days as they are kept; empty when all or none are named."""
    found = "".join(sorted({digit for digit in digits if digit in tuple("0123456")}))
    return "" if len(found) == 7 else found


@cache
def zones() -> tuple[str, ...]:
    """Zones by the names people know, those of places."""
    return tuple(sorted(name for name in available_timezones() if name.partition("/")[0] in _PLACES and "/" in name))


def held(subscriber: Subscriber, *, now: datetime) -> dict[str, Any]:
    """Everything that is kept of a subscriber, as JSON values, without keys and numbers of ours."""
    subscriptions = Subscription.objects.filter(subscriber=subscriber).select_related("letter", "story__merged_into")
    deliveries = Delivery.objects.filter(subscriber=subscriber).select_related("edition__letter").order_by("pk")
    return {
        "made_at": now.isoformat(),
        "address": subscriber.address,
        "language": subscriber.language,
        "zone": subscriber.zone,
        "asked": _moment(subscriber.asked_at),
        "confirmed": _moment(subscriber.confirmed_at),
        "paused_until": _moment(subscriber.paused_until),
        "letters": [
            {
                "letter": row.letter.slug,
                "story": row.story.path if row.story else None,
                "days": row.days,
                "hour": row.hour,
                "since": _moment(row.since),
                "ended": _moment(row.ended_at),
                "reason": row.reason,
                "words": row.words,
            }
            for row in subscriptions.order_by("pk")
        ],
        "consents": [
            {**row, "asked_at": _moment(row["asked_at"]), "confirmed_at": _moment(row["confirmed_at"])}
            for row in subscriber.proofs.order_by("pk").values(*_PROOF)
        ],
        "mails": [
            {
                "letter": row.edition.letter.slug,
                "issue": row.edition.issue,
                "state": row.state,
                "changed": _moment(row.changed_at),
                "answer": row.reply,
                "returned": row.returned,
            }
            for row in deliveries.iterator(chunk_size=500)
        ],
        "returned": [
            {**row, "at": _moment(row["at"])}
            for row in subscriber.returns.order_by("pk").values("kind", "status", "detail", "at")
        ],
    }


_PROOF = ("letters", "text", "version", "page", "way", "evidence", "asked_at", "confirmed_at")


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
