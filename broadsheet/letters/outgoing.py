"""The next mail of a lane, ready to be handed over: who may still get it is asked here, and what it says is written.

One thread uses this; those that hand over get finished mails.
"""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet

from broadsheet.letters.audience import Recipient, refusals
from broadsheet.letters.headers import head_of
from broadsheet.letters.lanes import Hold
from broadsheet.letters.models import Delivery, DeliveryState, Edition, EditionState, LetterKind
from broadsheet.letters.rendering import Composed, compose
from broadsheet.letters.states import stop
from broadsheet.letters.tokens import return_path
from broadsheet.letters.transports import Mail, Transport
from broadsheet.post.message import AddressError, envelope_address
from broadsheet.post.rates import Pace, Rates

log = logging.getLogger(__name__)

BATCH = 100
AHEAD_S = 5.0
"""Who may get a mail, and whether its edition still goes, is asked at most this long before it leaves."""
LOOK_S = 1.0
"""How often a lane that has nothing to give is asked again."""
UNWRITTEN_IN_A_ROW = 5


@dataclass(slots=True)
class Job:
    """One mail in hand."""

    delivery: int
    lane: str
    domain: str
    tries: int
    edition: Edition
    recipient: Recipient
    mail: Mail
    packed: Any = None


@dataclass(frozen=True, slots=True)
class _Row:
    delivery: int
    domain: str
    tries: int
    edition: int
    recipient: Recipient


class Editions:
    """The editions that are being sent, each composed once."""

    def __init__(self) -> None:
        self._composed: dict[int, Composed] = {}
        self._unwritten: defaultdict[int, int] = defaultdict(int)

    def urgent(self) -> list[int]:
        """Breaking news, which goes before everything else that is due."""
        breaking = Edition.objects.filter(state=EditionState.SENDING, letter__kind=LetterKind.BREAKING)
        return list(breaking.values_list("pk", flat=True))

    def composed(self, edition: int, now: datetime) -> Composed:
        found = self._composed.get(edition)
        if found is None:
            found = compose(Edition.objects.select_related("letter").get(pk=edition), now=now)
            self._composed[edition] = found
        return found

    def failed(self, edition: int) -> bool:
        """Count a mail that could not be written; whether it is time to stop the edition."""
        self._unwritten[edition] += 1
        return self._unwritten[edition] >= UNWRITTEN_IN_A_ROW

    def went_well(self, edition: int) -> None:
        self._unwritten.pop(edition, None)


class Feed:
    """What waits in one lane, a batch at a time."""

    def __init__(self, hold: Hold, rates: Rates, editions: Editions, packer: Transport) -> None:
        self.hold, self.in_hand = hold, 0
        self._rates, self._editions, self._packer = rates, editions, packer
        self._rows: deque[_Row] = deque()
        self._given: set[int] = set()
        self._paces: dict[str, Pace] = {}
        self._looked = self._read = float("-inf")

    def next(self, now: datetime, clock: float) -> Job | float | None:
        """A mail; or how many seconds until the next may go; or None: nothing waits any more."""
        limit = self._rates.day_limit(now.date())
        if limit is not None and self.hold.sent_on(now.date()) + self.in_hand >= limit:
            return None
        if self.hold.is_resting(now):
            return None
        if self._rows and clock - self._read > AHEAD_S:
            self._rows.clear()
        found = self._ready(clock)
        if not isinstance(found, _Row) and clock - self._looked > LOOK_S:
            slow = {row.domain for row in self._rows}  # those behind them may go
            self._read = clock if not self._rows else self._read
            if not self._refill(now, slow):
                self._looked = clock
            found = self._ready(clock)
        if not isinstance(found, _Row):
            return found
        self._given.add(found.delivery)
        return self._job(found, now)

    def done(self, job: Job) -> None:
        self.in_hand -= 1
        self._given.discard(job.delivery)

    def drop(self, edition: int) -> None:
        """It was stopped."""
        self._rows = deque(row for row in self._rows if row.edition != edition)

    def _pace(self, domain: str) -> Pace:
        name, per_minute = self._rates.pace_of(self.hold.name, domain)
        return self._paces.setdefault(name, Pace(per_minute))

    def _ready(self, clock: float) -> _Row | float | None:
        """The first whose pace allows it; else the shortest wait."""
        waits = []
        for _ in range(len(self._rows)):
            row = self._rows.popleft()
            wait = self._pace(row.domain).wait(clock)
            if not wait:
                self._pace(row.domain).count(clock)
                return row
            waits.append(wait)
            self._rows.append(row)
        return min(waits, default=None)

    def _refill(self, now: datetime, slow: Collection[str]) -> bool:
        """Read the next batch; whether there was one."""
        known = self._given | {row.delivery for row in self._rows}
        if len(self._rows) >= 2 * BATCH:
            return False
        due = waiting(now).filter(lane=self.hold.name).exclude(domain__in=slow).order_by("due_at", "pk")
        rows: list[_Row] = []
        if urgent := self._editions.urgent():
            rows = _rows(due.filter(edition__in=urgent), known)
        rows = rows or _rows(due, known)
        by_edition: defaultdict[int, list[_Row]] = defaultdict(list)
        for row in rows:
            by_edition[row.edition].append(row)
        allowed: list[_Row] = []
        for edition, part in by_edition.items():
            try:
                allowed += self._allowed(edition, part, now)
            except OperationalError:  # the database is away: no fault of this edition
                raise
            except Exception:  # one that fails holds up no other
                log.exception("edition %d could not be composed", edition)
                stop(Edition.objects.get(pk=edition), "unwritten", now=now)
        allowed.sort(key=lambda row: (row.recipient.due_at, row.delivery))
        self._rows.extend(allowed)
        return bool(rows)

    def _allowed(self, number: int, rows: list[_Row], now: datetime) -> list[_Row]:
        """Those who may get it at this moment; the others are marked with the reason."""
        composed = self._editions.composed(number, now)
        edition = composed.edition
        refused = refusals([row.recipient.subscriber for row in rows], edition.letter, story=edition.story_id, now=now)
        for why in set(refused.values()):
            skip([row.delivery for row in rows if refused.get(row.recipient.subscriber) == why], str(why), now)
        allowed = [row for row in rows if row.recipient.subscriber not in refused]
        composed.refresh(now=now)
        composed.prepare([row.recipient for row in allowed])
        return allowed

    def _job(self, row: _Row, now: datetime) -> Job | float:
        """The row as a mail. 0.0: it became none, ask again."""
        composed = self._editions.composed(row.edition, now)
        edition, recipient = composed.edition, row.recipient
        try:
            written = composed.mail(recipient)
            if written is None:
                skip([row.delivery], "nothing", now)
                return self._none(row)
            head = head_of(
                edition, recipient, row.delivery, subject=written.subject, language=written.language, now=now
            )
            mail = Mail(
                return_path(row.delivery), envelope_address(recipient.address), head, written.text, written.html
            )
            packed = self._packer.pack(mail)
        except AddressError as error:
            fail(row.delivery, str(error), now)
            return self._none(row)
        except Exception as error:  # one mail that cannot be written must not hold up the others
            log.exception("delivery %d could not be written", row.delivery)
            fail(row.delivery, f"It could not be written: {error}", now)
            if self._editions.failed(row.edition):
                stop(edition, "unwritten", now=now)
                self.drop(row.edition)
            return self._none(row)
        self._editions.went_well(row.edition)
        self.in_hand += 1
        return Job(row.delivery, self.hold.name, row.domain, row.tries, edition, recipient, mail, packed)

    def _none(self, row: _Row) -> float:
        self._given.discard(row.delivery)
        return 0.0


_FIELDS = (
    "pk",
    "edition_id",
    "domain",
    "due_at",
    "tries",
    "edition__story_id",
    "subscriber_id",
    "subscriber__address",
    "subscriber__key",
    "subscriber__language",
    "subscriber__zone",
    "subscriber__reader_id",
)


def waiting(now: datetime) -> QuerySet[Delivery]:
    """Mails that may go now, of editions that are being sent."""
    return Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now, edition__state=EditionState.SENDING)


def _rows(due: QuerySet[Delivery], known: Collection[int]) -> list[_Row]:
    """The first that are not in hand already."""
    found = due.values_list(*_FIELDS)[: BATCH + len(known)]
    return [_row(values) for values in found if values[0] not in known][:BATCH]


def _row(values: tuple[Any, ...]) -> _Row:
    delivery, edition, domain, due_at, tries, story, subscriber, address, key, language, zone, reader = values
    recipient = Recipient(subscriber or 0, address or "", key or "", language or "", zone or "", reader, story, due_at)
    return _Row(delivery, domain, tries, edition, recipient)


def skip(deliveries: Sequence[int], reason: str, now: datetime) -> None:
    """They are not to be sent, and this is why."""
    Delivery.objects.filter(pk__in=deliveries, state=DeliveryState.WAITING).update(
        state=DeliveryState.SKIPPED, reply=reason[:200], changed_at=now
    )


def fail(delivery: int, reason: str, now: datetime) -> None:
    """It can never be sent."""
    Delivery.objects.filter(pk=delivery, state=DeliveryState.WAITING).update(
        state=DeliveryState.FAILED, reply=reason[:200], changed_at=now
    )
