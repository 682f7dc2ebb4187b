"""What happens to a body once it is here: a poll becomes announcements, a page becomes an article.

Everything here runs on the desk's thread, in one transaction for each body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from broadsheet.articles.actions import Outcome, Report, store_announcement, store_article
from broadsheet.extraction import extract
from broadsheet.extraction.article import Article as Extracted
from broadsheet.extraction.article import Verdict
from broadsheet.feeds import Entry as FeedEntry
from broadsheet.feeds import Feed
from broadsheet.fetching.errors import FetchError
from broadsheet.fetching.messages import Purpose, Response
from broadsheet.fetching.schedule import Outcome as PollOutcome
from broadsheet.fetching.schedule import next_poll
from broadsheet.rights import Output
from broadsheet.sources.actions import (
    Announcement,
    announce,
    finish_entry,
    follow,
    log_fetch,
    poll_state,
    postpone_entry,
    record_poll,
)
from broadsheet.sources.ledger import as_entries, decide_here
from broadsheet.sources.models import Entry, EntryState, FetchLog, LedgerLine, Source, SourceKind, SourceState
from broadsheet.sources.rules import page_rules

REREADS = (timedelta(hours=1), timedelta(hours=5), timedelta(hours=18), timedelta(days=2))
"""After each reading, how long until silent edits are looked for; then no more."""
REREAD_UNTIL = timedelta(days=3)
"""Only reports this young are read again."""
FURTHER_PAGES = 12
SUMMARY_CHARACTERS = 2_000


# What is due


def due_sources(now: datetime, *, only: Sequence[int] = (), forced: bool = False) -> list[Source]:
    """Active sources whose poll is due, the longest waiting first, with their publishers."""
    found = Source.objects.filter(state=SourceState.ACTIVE).select_related("publisher")
    if only:
        found = found.filter(pk__in=only)
    if not forced:
        found = found.filter(next_poll_at__lte=now)
    return list(found.order_by("next_poll_at", "pk"))


def due_hosts(now: datetime, *, only: Sequence[int] = ()) -> list[str]:
    """Hosts (as authorities) with pages to read now."""
    return list(_due_entries(now, only).order_by("host").values_list("host", flat=True).distinct())


def due_entries(host: str, now: datetime, limit: int, *, only: Sequence[int] = ()) -> list[Entry]:
    """Pages to read now at one host, in the order they were announced."""
    found = _due_entries(now, only).filter(host=host).select_related("publisher", "source")
    return list(found.order_by("first_seen_at", "pk")[:limit])


def hasten_rereads(now: datetime, *, only: Sequence[int] = ()) -> int:
    """Make every page that is still watched for silent edits due now. Returns how many."""
    watched = Entry.objects.filter(state=EntryState.DONE, reread_at__gt=now)
    if only:
        watched = watched.filter(source_id__in=only)
    return watched.update(reread_at=now)


def next_retry(now: datetime, until: datetime, *, only: Sequence[int] = ()) -> datetime | None:
    """When the next page that failed is to be tried again, if before `until`."""
    waiting = Entry.objects.filter(state=EntryState.WAITING, next_try_at__gt=now, next_try_at__lte=until)
    if only:
        waiting = waiting.filter(source_id__in=only)
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()


def _due_entries(now: datetime, only: Sequence[int]) -> Any:
    due = Q(state=EntryState.WAITING, next_try_at__lte=now) | Q(state=EntryState.DONE, reread_at__lte=now)
    found = Entry.objects.filter(due)
    return found.filter(source_id__in=only) if only else found


# A poll


def take_feed(source: Source, feed: Feed, response: Response, now: datetime) -> int:
    """Store what a feed announced and plan the next poll. Returns how many pages are new."""
    with transaction.atomic():
        new = announce(source, [_announcement(entry, feed) for entry in feed.entries], now=now)
        if feed.title and not source.title:
            source.title = feed.title[:300]
        source.hub = feed.hub[:2000] if feed.hub else ""
        _plan(source, PollOutcome.answered(response, new, least=feed.least_interval), response, now)
    return new


def take_links(source: Source, links: Iterable[tuple[str, str]], response: Response, now: datetime) -> int:
    """Store the article links (address, words of the link) of a page without feeds."""
    with transaction.atomic():
        found = [Announcement(address, {"title": title}) for address, title in links]
        new = announce(source, found, now=now)
        _plan(source, PollOutcome.answered(response, new), response, now)
    return new


def take_feeds_found(source: Source, feeds: Iterable[tuple[str, str]], response: Response, now: datetime) -> list[int]:
    """Follow the feeds (address, title) that a home page offers, in its place. Returns the new sources' ids."""
    with transaction.atomic():
        added = [
            follow(source.publisher, address, kind=SourceKind.FEED, now=now, title=title, section=source.section)
            for address, title in feeds
        ]
        source.state = SourceState.PAUSED
        _plan(source, PollOutcome.answered(response, len(added)), response, now)
    return [found.pk for found, is_new in added if is_new]


def take_unchanged(source: Source, response: Response, now: datetime) -> None:
    with transaction.atomic():
        _plan(source, PollOutcome.answered(response, 0), response, now)


def take_failure(source: Source, error: FetchError, now: datetime) -> None:
    with transaction.atomic():
        _plan(source, PollOutcome.failed(error), None, now, error)


def take_unreadable(source: Source, cause: str, sentence: str, response: Response, now: datetime) -> None:
    """The fetch went well, but what came is no feed."""
    with transaction.atomic():
        _plan(source, PollOutcome.unreadable(cause, sentence), response, now)


def _plan(
    source: Source, outcome: PollOutcome, response: Response | None, now: datetime, error: FetchError | None = None
) -> None:
    validators = response.validators if response is not None else None
    plan = next_poll(poll_state(source), outcome, now)
    record_poll(
        source, plan, validators=(validators.etag, validators.last_modified) if validators else ("", ""), now=now
    )
    _log(source.publisher_id, source, source.address, Purpose.FEED, now, response, error, outcome.cause)


def _announcement(entry: FeedEntry, feed: Feed) -> Announcement:
    details: dict[str, Any] = {
        "title": entry.title[:500],
        "summary": entry.summary[:SUMMARY_CHARACTERS],
        "authors": list(entry.authors),
        "published": entry.published.isoformat() if entry.published else "",
        "updated": entry.updated.isoformat() if entry.updated else "",
        "section": entry.section,
        "language": entry.language or feed.language,
        "licence": entry.licence or feed.licence,
    }
    return Announcement(entry.address, {name: value for name, value in details.items() if value}, entry.published)


# A page


@dataclass(frozen=True, slots=True)
class Reading:
    """One page, extracted, with what its host and response say to machines."""

    entry: Entry
    response: Response
    extracted: Extracted
    signals: dict[str, str]


def read_page(entry: Entry, response: Response, host_signals: dict[str, str]) -> Reading:
    """Extract a page. Never fails for what the page holds."""
    extracted = extract_page(entry, response)
    signals = {**host_signals, **extracted.signals, **_header_signals(response)}
    if extracted.licence:
        signals.setdefault("licence", extracted.licence)
    if entry.announced.get("licence"):
        signals.setdefault("feed-licence", entry.announced["licence"])
    return Reading(entry, response, extracted, signals)


def extract_page(entry: Entry, response: Response) -> Extracted:
    """The article of a page, read by its publisher's rules if an operator gave any."""
    return extract(response.body, response.address, rules=page_rules(entry.publisher.rules).rules)


def join_pages(first: Extracted, further: Sequence[Extracted]) -> Extracted:
    """The blocks of an article that its publisher cut into pages, in one."""
    known = {block.text for block in first.blocks}
    blocks = list(first.blocks)
    for page in further:
        new = [block for block in page.blocks if block.text not in known]
        blocks += new
        known.update(block.text for block in new)
    captions = tuple(dict.fromkeys(caption for page in (first, *further) for caption in page.captions))
    return replace(first, blocks=tuple(blocks), captions=captions)


def take_page(reading: Reading, now: datetime) -> Outcome | None:
    """Store the article of a page and finish its entry. None: the page holds no article."""
    entry, response = reading.entry, reading.response
    with transaction.atomic():
        _log(entry.publisher_id, entry.source, entry.address, Purpose.PAGE, now, response)
        if reading.extracted.receipt.verdict is Verdict.EMPTY:
            reason = "; ".join(reading.extracted.receipt.reasons) or "the page holds no article"
            finish_entry(entry, EntryState.FAILED, now=now, reason=reason)
            return None
        stored = store_article(_report(reading, now), now=now)
        validators = response.validators
        finish_entry(
            entry,
            EntryState.DONE,
            now=now,
            article_key=stored.article.key,
            validators=(validators.etag, validators.last_modified),
            reread_at=next_reread(stored.article.shown_at, entry.read_at, entry.first_seen_at, now),
        )
        return stored.outcome


def _report(reading: Reading, now: datetime) -> Report:
    entry = reading.entry
    ledger = as_entries(LedgerLine.objects.filter(publisher_id=entry.publisher_id, article_key=""))
    kept = decide_here(ledger, reading.signals, Output.STORE, now)
    shown = decide_here(ledger, reading.signals, Output.PAGE, now)
    return Report(
        publisher=entry.publisher,
        source=entry.source,
        address=reading.response.address,
        extracted=reading.extracted,
        announced=entry.announced,
        signals=reading.signals,
        may_keep=kept.may_keep,
        may_show_pictures=shown.image,
        read_by=page_rules(entry.publisher.rules).digest,
    )


def next_reread(
    shown_at: datetime, read_before_at: datetime | None, first_seen_at: datetime, now: datetime
) -> datetime | None:
    """When to look for silent edits next: ever more seldom while the report is young, then never."""
    if now - shown_at > REREAD_UNTIL:
        return None
    if read_before_at is None:
        return now + REREADS[0]
    age = now - first_seen_at
    waits = [first_seen_at + sum(REREADS[:count], timedelta()) for count in range(1, len(REREADS) + 1)]
    return next((at for at in waits if at > now + timedelta(minutes=5)), None) if age < REREAD_UNTIL else None


def take_unchanged_page(entry: Entry, response: Response, now: datetime) -> None:
    """A page read before has not changed."""
    reread = next_reread(entry.first_seen_at, entry.read_at, entry.first_seen_at, now)
    validators = response.validators
    with transaction.atomic():
        _log(entry.publisher_id, entry.source, entry.address, Purpose.PAGE, now, response)
        finish_entry(
            entry,
            EntryState.DONE,
            now=now,
            validators=(validators.etag, validators.last_modified),
            reread_at=reread,
        )


def take_refusal(entry: Entry, error: FetchError, now: datetime) -> Outcome | None:
    """The page may not be read: keep what its source told, as headline and link."""
    with transaction.atomic():
        _log(entry.publisher_id, entry.source, entry.address, Purpose.PAGE, now, None, error)
        stored = store_announcement(
            publisher=entry.publisher,
            source=entry.source,
            address=entry.address,
            announced=entry.announced,
            signals={},
            now=now,
        )
        finish_entry(
            entry,
            EntryState.REFUSED,
            now=now,
            reason=error.sentence,
            article_key=stored.article.key if stored else "",
        )
        return stored.outcome if stored else None


def take_retry(entry: Entry, error: FetchError, due: datetime | None, now: datetime) -> None:
    """The page could not be read: try again when due, or give it up."""
    with transaction.atomic():
        _log(entry.publisher_id, entry.source, entry.address, Purpose.PAGE, now, None, error)
        if due is not None:
            postpone_entry(entry, due, error.sentence)
        elif entry.read_at is not None:  # read before: what we hold stays
            finish_entry(entry, EntryState.DONE, now=now, reason=error.sentence)
        else:
            finish_entry(entry, EntryState.FAILED, now=now, reason=error.sentence)


def take_breakdown(entry: Entry, error: Exception, now: datetime) -> None:
    """Our own code failed on this page: set it aside with the error's name, for the desk and a bug report."""
    with transaction.atomic():
        finish_entry(entry, EntryState.FAILED, now=now, reason=f"an error of our own: {error!r}")


def _header_signals(response: Response) -> dict[str, str]:
    names = ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage")
    return {name: response.headers[name] for name in names if response.headers.get(name)}


def _log(
    publisher_id: int,
    source: Source | None,
    address: str,
    purpose: Purpose,
    now: datetime,
    response: Response | None,
    error: FetchError | None = None,
    cause: str = "",
) -> None:
    status = response.status if response is not None else getattr(error, "status", 0)
    outcome = error.cause if error is not None else cause or ("unchanged" if status == 304 else "ok")
    log_fetch(
        FetchLog(
            publisher_id=publisher_id,
            source=source,
            address=address[:2000],
            purpose=str(purpose),
            at=now,
            status=status,
            outcome=outcome[:40],
            body_bytes=len(response.body) if response is not None else 0,
            elapsed_ms=int(response.elapsed_s * 1000) if response is not None else 0,
        )
    )
