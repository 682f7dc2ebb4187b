"""Who gets an edition, and when: only those who asked, confirmed, have not left, do not pause and are not suppressed.

Asked twice: when an edition begins, for all (`recipients`), and again at the moment of sending (`may_get`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from broadsheet.letters.keys import address_key
from broadsheet.letters.models import Edition, Letter, LetterKind, Subscriber, Subscription
from broadsheet.letters.suppression import in_force
from broadsheet.readers.models import ObjectionKind
from broadsheet.readers.objections import objecting

CHUNK = 1_000
"""Subscriptions read at once; memory does not grow with the list."""
AT_ONCE = frozenset({LetterKind.BREAKING, LetterKind.STORY})
"""Kinds that wait for no hour or day of anybody's choice."""


class Refusal(StrEnum):
    """Why somebody gets no letter."""

    GONE = "gone"
    UNCONFIRMED = "unconfirmed"
    LEFT = "left"
    PAUSED = "paused"
    SUPPRESSED = "suppressed"
    NO_ACCOUNT = "no_account"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One mail to be. language, zone: empty where the letter's and the site's hold. story: of a letter about one."""

    subscriber: int
    address: str
    key: str
    language: str
    zone: str
    reader: int | None
    story: int | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """When a subscriber wants a letter; empty: whenever it appears. days: digits from 0, Monday."""

    days: str = ""
    hour: int | None = None
    zone: str = ""


def recipients(edition: Edition, *, after: int = 0, now: datetime | None = None) -> Iterator[Recipient]:
    """Everybody who gets this edition, in the order of their numbers, each once. after: go on behind this number."""
    letter, go_at = edition.letter, edition.go_at or now or timezone.now()
    wanted = _wanting(letter, edition.story_id).filter(subscriber__confirmed_at__isnull=False)
    due_at = cache(lambda choice: due(letter, choice, go_at))
    while True:
        rows = list(wanted.filter(subscriber__gt=after).order_by("subscriber_id").values_list(*_FIELDS)[:CHUNK])
        refused = suppressed([row[1] for row in rows], now or timezone.now())
        for number, address, key, language, zone, reader, paused_until, days, hour in rows:
            if number == after:
                continue
            after = number
            at = due_at(Choice(days, hour, zone))
            if at is not None and address not in refused and (paused_until is None or paused_until <= at):
                yield Recipient(number, address, key, language, zone, reader, edition.story_id, at)
        if len(rows) < CHUNK:
            return


_FIELDS = (
    "subscriber_id",
    "subscriber__address",
    "subscriber__key",
    "subscriber__language",
    "subscriber__zone",
    "subscriber__reader_id",
    "subscriber__paused_until",
    "days",
    "hour",
)


def may_get(subscriber: int, letter: Letter, *, story: int | None = None, now: datetime | None = None) -> str:
    """Empty, or why this subscriber must not get a mail of this letter at this moment."""
    return refusals([subscriber], letter, story=story, now=now).get(subscriber, "")


def refusals(
    subscribers: Collection[int], letter: Letter, *, story: int | None = None, now: datetime | None = None
) -> Mapping[int, Refusal]:
    """The same for many: those who must not get it, and why. Four queries."""
    now = now or timezone.now()
    found = Subscriber.objects.filter(pk__in=subscribers)
    rows = {row[0]: row[1:] for row in found.values_list(*_ASKED)}
    wanting = set(_wanting(letter, story).filter(subscriber__in=list(rows)).values_list("subscriber_id", flat=True))
    refused = suppressed([address for address, *_rest in rows.values()], now)
    verdicts = {number: _verdict(number, rows.get(number), letter, wanting, refused, now) for number in subscribers}
    return {number: why for number, why in verdicts.items() if why is not None}


_ASKED = ("pk", "address", "confirmed_at", "paused_until", "reader__is_active")


def _verdict(
    number: int, row: Any, letter: Letter, wanting: Collection[int], refused: Collection[str], now: datetime
) -> Refusal | None:
    """row: as `_ASKED` says, without the number; None where there is no such subscriber any more."""
    if row is None:
        return Refusal.GONE
    address, confirmed_at, paused_until, has_account = row
    if address in refused:
        return Refusal.SUPPRESSED
    if confirmed_at is None:
        return Refusal.UNCONFIRMED
    if letter.kind == LetterKind.PERSONAL and not has_account:
        return Refusal.NO_ACCOUNT
    if number not in wanting:
        return Refusal.LEFT
    return Refusal.PAUSED if paused_until is not None and paused_until > now else None


def due(letter: Letter, choice: Choice, when: datetime) -> datetime | None:
    """The first moment from `when` that suits the choice; None when that day is not among the chosen ones.

    Days are the reader's own. A choice that this letter can never meet, because it came to have other days, is none.
    """
    if letter.kind in AT_ONCE:
        return when
    at, day = _arrival(choice, when)
    if not choice.days or day in choice.days or not set(choice.days) & set(arrival_days(letter, choice, when)):
        return at
    return None


def arrival_days(letter: Letter, choice: Choice, now: datetime) -> str:
    """On which of the reader's own days a letter comes within a week, as digits; its own are those of the site."""
    site = ZoneInfo(settings.TIME_ZONE)
    first = now.astimezone(site).date()
    dates = [first + timedelta(days=count) for count in range(7)]
    hours = [datetime.combine(date, time(letter.hour), site) for date in dates if str(date.weekday()) in letter.days]
    return "".join(sorted({_arrival(choice, hour.astimezone(UTC))[1] for hour in hours}))


def _arrival(choice: Choice, when: datetime) -> tuple[datetime, str]:
    """The first moment from `when` that suits the chosen hour, and the weekday that the reader has then."""
    zone = _zone(choice.zone)
    at = when
    if choice.hour is not None:
        day = when.astimezone(zone).date()
        moments = (datetime.combine(day + timedelta(days=n), time(choice.hour), zone).astimezone(UTC) for n in range(3))
        at = next(moment for moment in moments if moment + timedelta(hours=1) > when)
        at = max(at, when)
    return at, str(at.astimezone(zone).weekday())


def _wanting(letter: Letter, story: int | None) -> QuerySet[Subscription]:
    """Live subscriptions. Who follows a story that became part of another follows that one.

    Those of nobody any more have ended. To ask for it here would make SQLite read all of them.
    """
    live = Subscription.objects.filter(letter=letter, ended_at=None)
    if letter.kind == LetterKind.STORY and story is None:  # it is gone, and its readers asked for no other
        return live.none()
    if letter.kind == LetterKind.STORY:
        return live.filter(Q(story=story) | Q(story__merged_into=story))
    if letter.kind == LetterKind.PERSONAL:
        live = live.filter(subscriber__reader__is_active=True)
    return live.filter(story=None)


def is_suppressed(address: str, now: datetime) -> bool:
    """Whether an address gets no letter, whoever asks for it."""
    return bool(suppressed([address], now))


def suppressed(addresses: Collection[str], now: datetime) -> frozenset[str]:
    """Those of the addresses that get nothing now, also because a reader objects to mail. Two queries."""
    by_key = {address_key(address): address for address in addresses}
    rows = in_force(now).filter(key__in=by_key)
    objecting_readers = objecting(ObjectionKind.MAIL).filter(reader__email__in=addresses)
    objects = frozenset(objecting_readers.values_list("reader__email", flat=True))
    return frozenset(by_key[key] for key in rows.values_list("key", flat=True)) | objects


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or settings.TIME_ZONE)
