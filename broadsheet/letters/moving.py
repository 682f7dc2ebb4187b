"""Lists moved in from other systems, and out of this one.

Who comes in was asked elsewhere: each row brings the proof, and it is kept word for word. Nobody is written to about
it. Who left here since the day of that proof is not brought back by it, and who must not be written to stays out.
Bringing the same file in twice brings nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from broadsheet.environment import LANGUAGES
from broadsheet.letters.audience import suppressed
from broadsheet.letters.choosing import zones
from broadsheet.letters.keys import new_key
from broadsheet.letters.lists import COLUMNS, LONGEST_CONSENT, Refused, Row, write_cell
from broadsheet.letters.models import Letter, Proof, Subscriber, Subscription
from broadsheet.letters.queries import OFFERED
from broadsheet.readers.accounts import OTHERS, note_act
from broadsheet.readers.models import Reader

BATCH = 500
NAMED = 50
"""Refused rows that are named; the rest are counted."""
_PROVED = ("subscriber_id", "text", "evidence", "confirmed_at")


@dataclass
class Moved:
    """new: addresses; more: known ones with letters they had not; same: known ones that had all of it.

    refused: rows by reason; named: the first of them, as line and reason.
    """

    new: int = 0
    more: int = 0
    same: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    named: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, why: str) -> None:
        self.refused[why] += 1
        if len(self.named) < NAMED:
            self.named.append((line, why))

    @property
    def rows(self) -> int:
        return self.new + self.more + self.same + self.refused.total()


def bring_in(
    rows: Iterable[Row | Refused],
    *,
    now: datetime,
    default: Letter | None = None,
    dry_run: bool = False,
    by: Reader | None = None,
) -> Iterator[Moved]:
    """Take a list over; what came of it so far after each batch, whole after the last.

    default: the letter of rows that name none. by: the editor who does it; empty: the command line.
    """
    moved = Moved()
    letters = {letter.slug: letter for letter in Letter.objects.filter(kind__in=OFFERED)}
    seen: set[int] = set()
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        taken = [row for row in batch if isinstance(row, Row) and _is_first(row, seen, moved)]
        for row in batch:
            if isinstance(row, Refused):
                moved.refuse(row.line, row.why)
        _bring(taken, letters, default, moved, now, dry_run=dry_run)
        yield moved
    if not moved.rows:
        yield moved
    if not dry_run:
        note_act("subscribers brought in", OTHERS, actor=by, detail=f"{moved.new} new, {moved.more} with more letters")


def take_out(*, by: Reader | None = None) -> Iterator[list[str]]:
    """Every subscriber who gets a letter, with the proof: rows of CSV, the names of the columns first.

    by: the editor who does it; empty: the command line. That it was done is written down when it begins.
    """
    note_act("subscribers exported", OTHERS, actor=by)
    yield list(COLUMNS)
    last = 0
    while True:
        live = Subscription.objects.filter(ended_at=None, story=None, subscriber__confirmed_at__isnull=False)
        numbers = live.filter(subscriber__gt=last).order_by("subscriber_id").values_list("subscriber_id", flat=True)
        chunk = list(numbers.distinct()[:BATCH])
        if not chunk:
            return
        last = chunk[-1]
        letters: dict[int, list[str]] = {}
        for number, slug in (
            live.filter(subscriber__in=chunk).order_by("pk").values_list("subscriber_id", "letter__slug")
        ):
            letters.setdefault(number or 0, []).append(slug)
        proofs = Proof.objects.filter(subscriber__in=chunk, confirmed_at__isnull=False).order_by("pk")
        proved = {row[0]: row[1:] for row in proofs.values_list(*_PROVED)}
        for row in Subscriber.objects.filter(pk__in=chunk).order_by("pk"):
            text, evidence, at = proved.get(row.pk, ("", "", row.confirmed_at))
            cells = (row.address, ";".join(letters[row.pk]), row.language, row.zone, evidence or text[:LONGEST_CONSENT])
            yield [*map(write_cell, cells), (at or row.made_at).isoformat()]


def _is_first(row: Row, seen: set[int], moved: Moved) -> bool:
    """Whether the address has not come in this file before; sixty bytes are kept of each."""
    mark = hash(row.address)
    if mark in seen:
        moved.refuse(row.line, "twice")
        return False
    seen.add(mark)
    return True


def _bring(
    rows: Sequence[Row],
    letters: Mapping[str, Letter],
    default: Letter | None,
    moved: Moved,
    now: datetime,
    *,
    dry_run: bool,
) -> None:
    """One batch, in one transaction."""
    wanted = _wanted(rows, letters, default, moved, now)
    with transaction.atomic():
        known = Subscriber.objects.in_bulk([row.address for row, _wishes in wanted], field_name="address")
        kept = _kept(known.values())
        plan = []
        for row, wishes in wanted:
            subscriber = known.get(row.address)
            had = kept.get(subscriber.pk, {}) if subscriber else {}
            missing = [letter for letter in wishes if _is_missing(had.get(letter.pk, ...), row)]
            moved.new += subscriber is None
            moved.more += subscriber is not None and bool(missing)
            moved.same += subscriber is not None and not missing
            if missing:
                plan.append((row, missing))
        if not dry_run:
            _write(plan, now)


def _wanted(
    rows: Sequence[Row], letters: Mapping[str, Letter], default: Letter | None, moved: Moved, now: datetime
) -> list[tuple[Row, list[Letter]]]:
    """The rows that may come in, with the letters they name."""
    refused = suppressed([row.address for row in rows], now)
    wanted = []
    for row in rows:
        wishes = [letters.get(slug) for slug in row.letters] or [default]
        found = [letter for letter in wishes if letter is not None]
        if row.address in refused:
            moved.refuse(row.line, "suppressed")
        elif len(found) < len(wishes):
            moved.refuse(row.line, "letter")
        else:
            wanted.append((row, found))
    return wanted


def _write(plan: Sequence[tuple[Row, list[Letter]]], now: datetime) -> None:
    Subscriber.objects.bulk_create([_subscriber(row, now) for row, _letters in plan], ignore_conflicts=True)
    known = Subscriber.objects.in_bulk([row.address for row, _letters in plan], field_name="address")
    unconfirmed = []
    for row, _letters in plan:
        if known[row.address].confirmed_at is None:
            known[row.address].confirmed_at = row.consented_at
            unconfirmed.append(known[row.address])
    Subscriber.objects.bulk_update(unconfirmed, ["confirmed_at"])
    Proof.objects.bulk_create([_proof(known[row.address], row, letters) for row, letters in plan])
    begun = [
        Subscription(subscriber=known[row.address], letter=letter, since=now)
        for row, letters in plan
        for letter in letters
    ]
    Subscription.objects.bulk_create(begun, ignore_conflicts=True)


def _kept(subscribers: Iterable[Subscriber]) -> dict[int, dict[int, datetime | None]]:
    """By subscriber and letter: None where it is had, else when it was left last."""
    found: dict[int, dict[int, datetime | None]] = {}
    rows = Subscription.objects.filter(subscriber__in=[row.pk for row in subscribers], story=None).order_by("pk")
    for number, letter, ended_at in rows.values_list("subscriber_id", "letter_id", "ended_at"):
        found.setdefault(number or 0, {})[letter] = ended_at
    return found


def _is_missing(kept: Any, row: Row) -> bool:
    """kept: `...` for a letter never had, None for one that is had, else when it was left: a later proof counts."""
    return kept is ... or (kept is not None and kept < row.consented_at)


def _subscriber(row: Row, now: datetime) -> Subscriber:
    language = row.language.lower().partition("-")[0]
    return Subscriber(
        address=row.address,
        key=new_key(),
        language=language if language in LANGUAGES else "",
        zone=row.zone if row.zone in zones() else "",
        made_at=now,
        confirmed_at=row.consented_at,
    )


def _proof(subscriber: Subscriber, row: Row, letters: Sequence[Letter]) -> Proof:
    return Proof(
        subscriber=subscriber,
        letters=[letter.slug for letter in letters],
        text="",
        version="",
        way="import",
        evidence=row.consent,
        asked_at=row.consented_at,
        confirmed_at=row.consented_at,
    )
