"""Sending editions: each reader's mail exactly once, however often the worker is killed, as fast as manners allow.

1. `begin` writes a row for each reader, in the order of their numbers; killed, it goes on behind the last one.
   Nothing leaves before all rows are there: then the edition is being sent.
2. `run` takes the lanes in which mail is due (`lanes`), writes one mail after the other (`outgoing`), and gives them to
   a few threads that hand them over (`handing`). It ends by itself after a while, so that other work has its turn.
3. What the server said decides: sent; again later, with growing waits, for a day; failed, and perhaps suppressed.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from broadsheet.finished.actions import purge
from broadsheet.letters import brake
from broadsheet.letters.audience import AT_ONCE, recipients
from broadsheet.letters.handing import Hand, Outcome
from broadsheet.letters.lanes import LEASE, Hold, abandoned, hold
from broadsheet.letters.models import Delivery, DeliveryState, Edition, EditionState
from broadsheet.letters.outgoing import Editions, Feed, Job, waiting
from broadsheet.letters.refusing import refusal
from broadsheet.letters.returns import note_refusal
from broadsheet.letters.states import stop, wait
from broadsheet.letters.tallies import tally
from broadsheet.letters.transports import open_transport
from broadsheet.post.answers import Meaning, asks_to_wait, meaning_of
from broadsheet.post.dkim import KeyFileError
from broadsheet.post.rates import Pace, Rates, RatesError, read_rates
from broadsheet.post.smtp import Answer

log = logging.getLogger(__name__)

SLICE = timedelta(seconds=25)
CHUNK = 1_000
LATE = timedelta(hours=12)
"""An edition that comes to its turn this long after its time, as after a backup was restored, waits for an editor."""
TOO_LATE = timedelta(hours=24)
"""News of yesterday is not sent: what could not be tried by then is left out."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 45, 120, 360, 840))
"""After each "not now", about a day in all."""
_AHEAD = 2
"""Finished mails that wait for each thread."""

_stopping = threading.Event()
_at_rest = threading.Event()
_at_rest.set()


def put_down(*, within_s: float) -> bool:
    """Take nothing more in hand and wait for what is; before the process ends. Whether all is done."""
    _stopping.set()
    return _at_rest.wait(within_s)


def begin_due(*, now: datetime) -> int:
    """Begin every edition whose time has come; how many began. One that fails is stopped and holds up no other."""
    due = Edition.objects.filter(state=EditionState.SCHEDULED, go_at__lte=now).select_related("letter")
    began = 0
    for edition in due.order_by("go_at", "pk"):
        try:
            began += begin(edition, now=now)
        except (OperationalError, RatesError, KeyFileError):  # no fault of this edition
            raise
        except Exception:  # one that fails holds up no other
            log.exception("edition %d could not begin", edition.pk)
            stop(edition, "unwritten", now=now)
    return began


def begin(edition: Edition, *, now: datetime) -> bool:
    """Write a delivery for each reader and let them go. May be run any number of times, killed at any moment."""
    is_late = edition.go_at is not None and now - edition.go_at > LATE
    if problem := refusal():
        wait(edition, problem, has_passed=is_late and edition.letter.kind in AT_ONCE)
        return False
    if is_late:
        stop(edition, "late", now=now)
        return False
    rates = read_rates(settings.DATA)
    stale = edition.deliveries.filter(state=DeliveryState.WAITING, due_at__lt=now)
    stale.update(due_at=now)  # what a stop or a death of ours held up is not late
    last = edition.deliveries.order_by("-subscriber_id").values_list("subscriber_id", flat=True).first()
    rows: list[Delivery] = []
    for recipient in recipients(edition, after=last or 0, now=now):
        domain = recipient.address.rpartition("@")[2].lower()
        lane, due_at = rates.lane_of(domain), max(recipient.due_at, now)
        rows.append(
            Delivery(
                edition=edition, subscriber_id=recipient.subscriber, domain=domain, lane=lane, due_at=due_at,
                changed_at=now,
            )
        )  # fmt: skip
        if len(rows) >= CHUNK:
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    own = Edition.objects.filter(pk=edition.pk, state=EditionState.SCHEDULED)
    with transaction.atomic():
        started_at = edition.started_at or now
        began = own.update(state=EditionState.SENDING, started_at=started_at, stopped_because="")
        if began:
            purge([edition.letter.tag])  # from now on it is in the archive
    return bool(began)


def run(*, for_s: float = SLICE.total_seconds()) -> Counter[str]:
    """Hand over what is due, for so long at most; how many had which outcome."""
    _at_rest.clear()
    try:
        _find_abandoned()
        round_ = Round(read_rates(settings.DATA))
        told = round_.run(for_s)
        finish(now=timezone.now())
        return told
    finally:
        _at_rest.set()


def _find_abandoned() -> None:
    for name in abandoned(timezone.now()):
        taken = hold(name, now=timezone.now())
        if taken is not None:
            taken.release()


def finish(*, now: datetime) -> int:
    """End editions that have nothing more to send; leave out what is too late."""
    old = Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lt=now - TOO_LATE, tries=0)
    old.filter(edition__state=EditionState.SENDING).update(
        state=DeliveryState.SKIPPED, reply="too_late", changed_at=now
    )
    ended = 0
    for edition in Edition.objects.filter(state=EditionState.SENDING):
        if not _open(edition).exists():
            still = Edition.objects.filter(pk=edition.pk, state=EditionState.SENDING)
            ended += still.update(state=EditionState.SENT, ended_at=now)
            tally(edition, now=now)
    return ended


def _open(edition: Edition) -> QuerySet[Delivery]:
    return edition.deliveries.filter(state__in=(DeliveryState.WAITING, DeliveryState.TAKEN))


class Round:
    """One slice of sending: the lanes we hold, the threads that hand over, and what came of it."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._feeds: dict[str, Feed] = {}
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._in_hand = 0
        self._pace = Pace(rates.per_minute)
        self._told: Counter[str] = Counter()
        self._blocked = 0
        self._renewed = time.monotonic()

    def run(self, for_s: float) -> Counter[str]:
        now = timezone.now()
        packer = open_transport()
        editions = Editions()
        names = waiting(now).order_by("lane").values_list("lane", flat=True).distinct()
        for name in names:
            taken = hold(name, now=now)
            if taken is not None:
                self._feeds[name] = Feed(taken, self._rates, editions, packer)
        if not self._feeds:
            return self._told
        hands = [Hand(self._jobs, self._outcomes) for _ in range(self._rates.connections)]
        for hand in hands:
            hand.start()
        try:
            self._pour(time.monotonic() + for_s)
        finally:
            self._empty_hands(hands)
            for feed in self._feeds.values():
                feed.hold.release()
        return self._told

    def _pour(self, until: float) -> None:
        """Give jobs to the threads until time or work is up."""
        while not _stopping.is_set():
            self._collect(0)
            self._renew()
            clock = time.monotonic()
            if clock >= until:
                return
            if self._in_hand >= self._rates.connections * _AHEAD:
                self._collect(0.2)
                continue
            wait = self._pace.wait(clock) or self._give(clock)
            if wait is None and not self._in_hand:
                return
            if wait is None:
                self._collect(0.2)
            elif wait:
                self._collect(min(wait, 0.2))

    def _give(self, clock: float) -> float | None:
        """Give one job of the first lane that has one. Returns the wait until another may go; None: nothing is left."""
        waits = []
        for name in list(self._feeds):
            feed = self._feeds.pop(name)
            self._feeds[name] = feed  # each lane has its turn
            if not feed.hold.is_ours:
                continue
            if feed.in_hand >= self._rates.connections_of(name) * _AHEAD:
                waits.append(0.05)
                continue
            found = feed.next(timezone.now(), clock)
            if isinstance(found, Job):
                self._pace.count(clock)
                self._in_hand += 1
                self._jobs.put(found)
                return 0.0
            if found is not None:
                waits.append(found)
        return min(waits, default=None)

    def _collect(self, wait_s: float) -> None:
        """Take in outcomes; wait for the first at most so long."""
        try:
            outcome = self._outcomes.get(timeout=wait_s) if wait_s else self._outcomes.get_nowait()
            while True:
                self._in_hand -= 1
                self._settle(outcome)
                outcome = self._outcomes.get_nowait()
        except queue.Empty:
            return

    def _settle(self, outcome: Outcome) -> None:
        job, now = outcome.job, timezone.now()
        feed = self._feeds[job.lane]
        feed.done(job)
        if outcome.not_ours:
            return
        if outcome.answer is not None and outcome.answer.is_yes:
            feed.hold.count(now.date())
            self._blocked = 0
            self._told["sent"] += 1
            return
        told = settle(outcome, feed.hold, now=now)
        self._told[told] += 1
        if told == Meaning.BLOCKED:
            self._blocked += 1
            if self._blocked >= self._rates.brake.blocked_in_a_row:
                stop(job.edition, "blocked", now=now)
                self._drop(job.edition)
        elif told == Meaning.HARD and brake.check(job.edition, self._rates.brake, now=now):
            self._drop(job.edition)

    def _drop(self, edition: Edition) -> None:
        for feed in self._feeds.values():
            feed.drop(edition.pk)

    def _renew(self) -> None:
        if time.monotonic() - self._renewed > LEASE.total_seconds() / 4:
            self._renewed = time.monotonic()
            for feed in self._feeds.values():
                feed.hold.renew(timezone.now())

    def _empty_hands(self, hands: list[Hand]) -> None:
        """Let every thread finish the mail it has in hand; what only waits for one goes back."""
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            self._in_hand -= 1
            if job is not None:
                self._feeds[job.lane].done(job)
        for _ in hands:
            self._jobs.put(None)
        while any(hand.is_alive() for hand in hands):
            self._collect(0.1)
            self._renew()
        self._collect(0)


def settle(outcome: Outcome, lane: Hold, *, now: datetime) -> str:
    """What follows from anything but a yes; in a word."""
    job, answer = outcome.job, outcome.answer
    mine = Delivery.objects.filter(pk=job.delivery, state__in=(DeliveryState.TAKEN, DeliveryState.WAITING))
    tried = {"tries": job.tries + 1, "changed_at": now}
    if outcome.doubt:
        mine.update(state=DeliveryState.DOUBTFUL, reply=outcome.doubt[:200], **tried)
        return "doubtful"
    if answer is None:
        answer = Answer(0, outcome.lost)
        lane.lose(now, outcome.lost)
    elif asks_to_wait(answer.code, answer.text):
        lane.rest(now, answer.text)
    if job.tries < len(WAITS) and not answer.is_for_good:
        due_at = now + WAITS[job.tries]
        mine.update(state=DeliveryState.WAITING, due_at=due_at, code=answer.code, reply=answer.text, **tried)
        return "later"
    meaning = meaning_of(answer.code, answer.text)
    mine.update(state=DeliveryState.FAILED, code=answer.code, reply=answer.text, **tried)
    note_refusal(job.delivery, job.recipient.address, meaning, answer, now=now)
    return str(meaning)
