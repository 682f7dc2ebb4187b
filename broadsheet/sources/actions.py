"""Writes of the sources' room: following publishers, what a poll brought, what became of an announced page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from django.db import IntegrityError, transaction

from broadsheet.extraction.rules import Rules
from broadsheet.fetching.schedule import PollPlan, PollState
from broadsheet.finished.actions import purge
from broadsheet.rights import LedgerEntry
from broadsheet.sources.keys import page_key, source_key
from broadsheet.sources.models import (
    Entry,
    EntryState,
    FetchLog,
    LedgerLine,
    Publisher,
    Source,
    SourceKind,
    SourceState,
)
from broadsheet.sources.rules import page_rules
from broadsheet.text.addresses import AddressError, authority_of, canonical, host_of, normalize
from broadsheet.text.slugs import slug as slugify

ENTRIES_PER_POLL = 500
"""Entries taken from one poll, newest first. News sitemaps hold up to 1,000 and come again; archives never end."""
ADDRESS_CHARACTERS = 2_000
TRIED_ANEW = timedelta(days=3)
"""Pages that failed are tried again under new rules while they are this young."""
TOUCHED_AT_LEAST, TOUCHED_SHARE = 20, 0.8
"""From so many entries on, and beyond this share of the known ones, new dates alone are not believed."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a source says of one page. details: title, summary, authors, published, updated, section, language …"""

    address: str
    details: Mapping[str, Any]
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublisherFacts:
    """What the operator knows of a publisher; empty fields stay as they are."""

    name: str
    home: str
    country: str = ""
    language: str = ""
    owner: str = ""
    kind: str = ""
    is_sample: bool = False
    ledger: tuple[Mapping[str, Any], ...] = field(default=())


@transaction.atomic
def add_publisher(facts: PublisherFacts, *, now: datetime) -> tuple[Publisher, bool]:
    """Add a publisher, known by its home page. Returns it and whether it is new. Raises AddressError."""
    home = canonical(facts.home)
    known = next((p for p in Publisher.objects.filter(home=home)), None)
    if known is not None:
        return known, False
    publisher = Publisher.objects.create(
        slug=_free_slug(slugify(facts.name) or host_of(home).replace(".", "-")),
        name=facts.name[:200],
        home=home,
        country=facts.country.upper()[:2],
        language=facts.language[:35],
        owner=facts.owner[:300],
        kind=facts.kind[:30],
        is_sample=facts.is_sample,
        added_at=now,
    )
    LedgerLine.objects.bulk_create([LedgerLine(publisher=publisher, noted_at=now, **line) for line in facts.ledger])
    purge(["sources"])
    return publisher, True


def _free_slug(wished: str) -> str:
    wished = wished[:70]
    taken = set(Publisher.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    candidates = [wished, *(f"{wished}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def follow(
    publisher: Publisher, address: str, *, kind: SourceKind, now: datetime, title: str = "", section: str = ""
) -> tuple[Source, bool]:
    """Watch an address for a publisher, from now on. Returns the source and whether it is new. Raises AddressError."""
    address = normalize(address)
    source, is_new = Source.objects.get_or_create(
        key=source_key(address),
        defaults={
            "publisher": publisher,
            "address": address,
            "kind": kind,
            "title": title[:300],
            "section": section,
            "host": str(authority_of(address)),
            "next_poll_at": now,
            "added_at": now,
        },
    )
    if is_new:
        purge([publisher.tag, "sources"])
    return source, is_new


@transaction.atomic
def note_right(publisher: Publisher, entry: LedgerEntry, *, now: datetime) -> LedgerLine:
    """Add a line to a publisher's ledger, for all its work. Lines are never edited: of two the later counts. Every
    output obeys from its next look at the ledger on, pages within a second."""
    return LedgerLine.objects.create(
        publisher=publisher,
        mode=entry.mode,
        basis=entry.basis,
        outputs=sorted(entry.outputs),
        territories=sorted(entry.territories),
        extract=entry.extract,
        licence=entry.licence,
        image=entry.image,
        onward=entry.onward,
        evidence=entry.evidence,
        since=entry.since,
        until=entry.until,
        noted_at=now,
    )


@transaction.atomic
def set_rules(publisher: Publisher, text: str, *, now: datetime) -> int:
    """Keep an operator's rules for a publisher's pages, as TOML; an empty text takes them away.

    They are for pages read from now on. Pages that are still looked at for silent edits are read in full the next time,
    and young pages that failed at once. Returns how many pages these are. Raises RuleError; then nothing is changed.
    """
    Rules.from_toml(text)
    before, publisher.rules = page_rules(publisher.rules), text
    publisher.save(update_fields=["rules"])
    if page_rules(text).digest == before.digest:
        return 0
    pages = Entry.objects.filter(publisher=publisher)
    watched = pages.filter(state=EntryState.DONE, reread_at__isnull=False).update(etag="", last_modified="")
    failed = pages.filter(state=EntryState.FAILED, first_seen_at__gte=now - TRIED_ANEW)
    return watched + failed.update(state=EntryState.WAITING, attempts=0, next_try_at=now)


def poll_state(source: Source) -> PollState:
    """What the schedule needs to remember of a source."""
    return PollState(
        interval=timedelta(seconds=source.interval_s),
        failures=source.failures,
        moved_to=source.moved_to,
        moves=source.moved_seen,
        cause=source.cause,
        sentence=source.problem,
        polled_at=source.polled_at,
        changed_at=source.changed_at,
    )


def record_poll(source: Source, plan: PollPlan, *, validators: tuple[str, str], now: datetime) -> None:
    """Keep what the schedule decided. A new permanent address is taken over unless another source has it."""
    was_ill = bool(source.problem)
    source.interval_s = int(plan.state.interval.total_seconds())
    source.failures = plan.state.failures
    source.cause = plan.state.cause[:40]
    source.problem = plan.state.sentence[:500]
    source.moved_to, source.moved_seen = plan.state.moved_to[:ADDRESS_CHARACTERS], plan.state.moves
    source.polled_at, source.changed_at = now, plan.state.changed_at
    if not plan.state.cause:
        source.succeeded_at = now
        source.etag, source.last_modified = validators[0][:500], validators[1][:100]
    if plan.due is None:
        source.state = SourceState.GONE
    else:
        source.next_poll_at = plan.due
    if plan.address:
        _move(source, plan.address)
    source.save()
    if was_ill != bool(source.problem):
        purge([source.publisher.tag, "sources"])


def _move(source: Source, address: str) -> None:
    try:
        key = source_key(address)
    except AddressError:
        return
    if not Source.objects.filter(key=key).exclude(pk=source.pk).exists():
        source.key, source.address, source.host = key, normalize(address), str(authority_of(address))
        source.etag = source.last_modified = ""


@transaction.atomic
def announce(source: Source, announcements: Iterable[Announcement], *, now: datetime) -> int:
    """Note what a source announced. Returns how many pages were not known before.

    A page announced again in other words waits to be read again.
    """
    wanted = _newest(announcements)
    known = {entry.key: entry for entry in Entry.objects.filter(key__in=list(wanted))}
    new = [_new_entry(source, key, wanted[key], now) for key in wanted if key not in known]
    changed = [entry for key, entry in known.items() if _says_something_new(entry, source, wanted[key])]
    if len(changed) >= TOUCHED_AT_LEAST and len(changed) > TOUCHED_SHARE * len(known):
        # A feed that gives all its entries a new date at once says nothing about any of them.
        changed = [entry for entry in changed if entry.announced.get("title") != wanted[entry.key].details.get("title")]
    for entry in changed:
        entry.announced = dict(wanted[entry.key].details)
        entry.stamp = _stamp(entry.announced)
        if entry.state == EntryState.DONE:
            entry.state, entry.next_try_at, entry.attempts = EntryState.WAITING, now, 0
    Entry.objects.bulk_create(new, ignore_conflicts=True)
    Entry.objects.bulk_update(changed, ["announced", "stamp", "state", "next_try_at", "attempts"])
    return len(new)


def _says_something_new(entry: Entry, source: Source, announcement: Announcement) -> bool:
    return entry.source_id == source.pk and entry.stamp != _stamp(announcement.details)


def _newest(announcements: Iterable[Announcement]) -> dict[str, Announcement]:
    wanted: dict[str, Announcement] = {}
    for announcement in announcements:
        try:
            key = page_key(announcement.address)
        except AddressError:
            continue
        wanted.setdefault(key, announcement)
    if len(wanted) <= ENTRIES_PER_POLL:
        return wanted
    if sum(a.published is not None for a in wanted.values()) * 2 > len(wanted):
        dated = [(key, a) for key, a in wanted.items() if a.published is not None]
        dated.sort(key=lambda pair: pair[1].published, reverse=True)  # type: ignore[arg-type,return-value]  # dated
        return dict(dated[:ENTRIES_PER_POLL])
    return dict(list(wanted.items())[:ENTRIES_PER_POLL])


def _new_entry(source: Source, key: str, announcement: Announcement, now: datetime) -> Entry:
    details = dict(announcement.details)
    address = normalize(announcement.address)[:ADDRESS_CHARACTERS]
    return Entry(
        key=key,
        address=address,
        publisher_id=source.publisher_id,
        source=source,
        host=str(authority_of(address)),
        announced=details,
        stamp=_stamp(details),
        next_try_at=now,
        first_seen_at=now,
    )


def _stamp(details: Mapping[str, Any]) -> str:
    """Digest of what says that the page may have changed; identifiers wobble and do not count."""
    words = "\x00".join(str(details.get(name, "")) for name in ("title", "summary", "published", "updated"))
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def finish_entry(
    entry: Entry,
    state: EntryState,
    *,
    now: datetime,
    article_key: str = "",
    reason: str = "",
    validators: tuple[str, str] = ("", ""),
    reread_at: datetime | None = None,
) -> None:
    """Its page was read, refused or given up."""
    entry.state, entry.reason, entry.read_at = state, reason[:500], now
    entry.article_key = article_key or entry.article_key
    entry.etag, entry.last_modified = validators[0][:500], validators[1][:100]
    entry.reread_at = reread_at
    entry.attempts = 0 if state == EntryState.DONE else entry.attempts
    entry.save()


def postpone_entry(entry: Entry, due: datetime, reason: str) -> None:
    """Its page could not be read now; try again when due."""
    entry.attempts += 1
    entry.reason = reason[:500]
    if entry.state == EntryState.DONE:
        entry.reread_at = due
    else:
        entry.next_try_at = due
    entry.save(update_fields=["attempts", "next_try_at", "reread_at", "reason"])


def log_fetch(log: FetchLog) -> None:
    """Remember one request. A publisher that was deleted meanwhile is not an error."""
    try:
        with transaction.atomic():
            log.save(force_insert=True)
    except IntegrityError:
        return


def prune_fetch_log(*, now: datetime, keep: timedelta) -> int:
    """Forget single requests older than `keep`. Returns how many."""
    deleted, _ = FetchLog.objects.filter(at__lt=now - keep).delete()
    return deleted
