"""The loop that carries reports into the house:

    due sources | poll | announce | due pages | fetch | extract | store | group

It waits for the network and decides nothing: what to poll next is `fetching.schedule`'s, what a page says
`extraction`'s, what becomes of it `intake`'s. Everything it has not finished when it is killed is still due.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from broadsheet.articles.actions import Outcome
from broadsheet.feeds import Entry as FeedEntry
from broadsheet.feeds import (
    Feed,
    FeedError,
    FeedKind,
    NotAFeed,
    discover,
    find_article_links,
    parse_feed,
    parse_sitemap,
)
from broadsheet.fetching.client import Client
from broadsheet.fetching.errors import FetchError, RobotsRefused, StatusError
from broadsheet.fetching.messages import Purpose, Request, Response, Validators
from broadsheet.fetching.schedule import next_try
from broadsheet.gathering import intake
from broadsheet.gathering.authorities import Reservations
from broadsheet.gathering.desk import Desk
from broadsheet.sources.models import Entry, Source, SourceKind
from broadsheet.sources.rules import page_rules

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 20
"""Entries of one host taken from the database at a time."""
POLL_TRIES = 4
LONGEST_POLL_WAIT = timedelta(minutes=1)
"""A server that asks for more is asked again at the source's next poll."""
PATIENCE = timedelta(minutes=4)
"""A gather to the end waits this long for pages that asked for a little time."""
FEEDS_FOUND = 3
"""Feeds followed of those a home page offers: the site's own come first, sections repeat it."""
SITEMAPS_READ = 3
"""Sitemaps read of an index: the newest; archives reach back for decades."""
REFUSALS = frozenset({401, 402, 403, 451})
PROBLEMS_KEPT = 1_000


@dataclass
class Summary:
    """What a gather did."""

    polled: int = 0
    unchanged: int = 0
    failed_polls: int = 0
    announced: int = 0
    pages: int = 0
    new: int = 0
    revised: int = 0
    refused: int = 0
    failed: int = 0
    problems: list[str] = field(default_factory=list)

    def tell(self, address: str, sentence: str) -> None:
        """Keep what went wrong at an address, as long as somebody could still read them all."""
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(f"{address}: {sentence}")

    def sentence(self) -> str:
        return (
            f"{self.polled} sources polled ({self.unchanged} unchanged, {self.failed_polls} failed), "
            f"{self.announced} pages announced, {self.pages} read: {self.new} new articles, {self.revised} revised, "
            f"{self.refused} refused, {self.failed} failed."
        )


class Gatherer:
    """Polls what is due and reads what was announced.

    connections: hosts asked at once. only: ids of sources to keep to; empty for all. shard: (part, parts) of the
    hosts that are this worker's. progress: called after each step with the summary so far.
    """

    def __init__(
        self,
        client: Client,
        desk: Desk,
        *,
        connections: int,
        only: Iterable[int] = (),
        shard: tuple[int, int] = (1, 1),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        progress: Callable[[Summary], None] = lambda _: None,
    ) -> None:
        self._client = client
        self._desk = desk
        self._turns = asyncio.Semaphore(connections)
        self._only = list(only)
        self._shard = shard
        self._clock = clock
        self._progress = progress
        self._reservations = Reservations(client, desk)
        self.summary = Summary()

    async def run(self, *, forced: bool = False, patience: timedelta = PATIENCE) -> Summary:
        """Poll all due sources and read pages until none is due or soon to be tried again.

        forced: poll the others too, and look for silent edits in every page that is still watched.
        """
        if forced:
            await self._desk.run(intake.hasten_rereads, self._clock(), only=self._only)
        sources = await self._desk.run(intake.due_sources, self._clock(), only=self._only, forced=forced)
        for publisher in {source.publisher_id: source.publisher for source in sources}.values():
            if problem := page_rules(publisher.rules).problem:
                self.summary.tell(publisher.home, f"{problem}. Its pages are read without rules.")
        async with asyncio.TaskGroup() as group:
            for source in sources:
                if self._is_mine(source.host):
                    group.create_task(self._poll(source))
        deadline = self._clock() + patience
        while True:
            await self._read_due()
            again_at = await self._desk.run(intake.next_retry, self._clock(), deadline, only=self._only)
            if again_at is None:
                return self.summary
            await asyncio.sleep(max((again_at - self._clock()).total_seconds(), 0.05))

    def _is_mine(self, host: str) -> bool:
        part, parts = self._shard
        return parts == 1 or sum(host.encode()) % parts == part - 1

    # Polls

    async def _poll(self, source: Source) -> None:
        try:
            response = await self._fetch_source(source)
        except FetchError as error:
            self.summary.failed_polls += 1
            self.summary.tell(source.address, error.sentence)
            await self._desk.run(intake.take_failure, source, error, self._clock())
            return
        finally:
            self.summary.polled += 1
            self._progress(self.summary)
        try:
            await self._take(source, response)
        except Exception as error:  # one feed that breaks us must not stop the others
            log.exception("polling %s", source.address)
            await self._give_up(source, response, "breakdown", f"An error of our own: {error!r}.")

    async def _fetch_source(self, source: Source) -> Response:
        """Ask for a source, again after a short wait where the server's trouble may pass. Raises FetchError."""
        purpose = Purpose.PAGE if source.kind == SourceKind.PAGE else Purpose.FEED
        request = Request(source.address, purpose, Validators(source.etag, source.last_modified))
        for tries in range(1, POLL_TRIES):
            try:
                return await self._in_turn(request)
            except StatusError as error:
                plan = next_try(tries, error, self._clock())
                wait = (plan.due - self._clock()) if plan.due is not None else PATIENCE
                if wait >= LONGEST_POLL_WAIT:
                    raise
                await asyncio.sleep(max(wait.total_seconds(), 0))
        return await self._in_turn(request)

    async def _in_turn(self, request: Request) -> Response:
        async with self._turns:
            return await self._client.fetch(request)

    async def _take(self, source: Source, response: Response) -> None:
        if response.not_modified:
            self.summary.unchanged += 1
            await self._desk.run(intake.take_unchanged, source, response, self._clock())
            return
        try:
            feed = await self._desk.run(parse_feed, response.body, response.address, response.content_type)
        except NotAFeed as error:
            if error.found == "sitemap-index":
                await self._take_sitemap_index(source, response)
            elif source.kind == SourceKind.PAGE:
                await self._take_home_page(source, response)
            else:
                await self._give_up(source, response, error.cause, error.sentence)
        except FeedError as error:
            await self._give_up(source, response, error.cause, error.sentence)
        else:
            if source.kind == SourceKind.PAGE:
                source.kind = SourceKind.FEED
            announced = await self._desk.run(intake.take_feed, source, feed, response, self._clock())
            self.summary.announced += announced

    async def _give_up(self, source: Source, response: Response, cause: str, sentence: str) -> None:
        self.summary.failed_polls += 1
        self.summary.tell(source.address, sentence)
        await self._desk.run(intake.take_unreadable, source, cause, sentence, response, self._clock())

    async def _take_sitemap_index(self, source: Source, response: Response) -> None:
        """Read the newest of the sitemaps that an index names, as if they were one feed."""
        index = await self._desk.run(parse_sitemap, response.body, response.address, response.content_type)
        oldest = datetime.min.replace(tzinfo=UTC)
        newest = sorted(index.sitemaps, key=lambda link: link.updated or oldest, reverse=True)
        entries: list[FeedEntry] = []
        for link in newest[:SITEMAPS_READ]:
            with suppress(FetchError, FeedError):
                found = await self._in_turn(Request(link.address, Purpose.SITEMAP))
                feed = await self._desk.run(parse_feed, found.body, found.address, found.content_type)
                entries += feed.entries
        merged = Feed(FeedKind.SITEMAP, entries=tuple(entries))
        announced = await self._desk.run(intake.take_feed, source, merged, response, self._clock())
        self.summary.announced += announced

    async def _take_home_page(self, source: Source, response: Response) -> None:
        """Follow the feeds a home page offers; without any, take its links to articles."""
        robots = await self._client.robots(response.address)
        candidates = await self._desk.run(discover, response.body, response.address, robots_sitemaps=robots.sitemaps)
        found: list[tuple[str, str]] = []
        for candidate in candidates[: FEEDS_FOUND * 3]:
            if len(found) < FEEDS_FOUND and await self._is_feed(candidate.address):
                found.append((candidate.address, candidate.title))
        if found:
            ids = await self._desk.run(intake.take_feeds_found, source, found, response, self._clock())
            found_sources = await self._desk.run(intake.due_sources, self._clock(), only=ids) if ids else []
            for feed_source in found_sources:
                await self._poll(feed_source)
            return
        links = await self._desk.run(find_article_links, response.body, response.address)
        pairs = [(link.address, link.title) for link in links]
        announced = await self._desk.run(intake.take_links, source, pairs, response, self._clock())
        self.summary.announced += announced

    async def _is_feed(self, address: str) -> bool:
        try:
            response = await self._in_turn(Request(address, Purpose.FEED))
            feed = await self._desk.run(parse_feed, response.body, response.address, response.content_type)
        except (FetchError, FeedError):
            return False
        return bool(feed.entries)

    # Pages

    async def _read_due(self) -> None:
        """Read every page that is due, one host beside the other, until none is."""
        while hosts := await self._desk.run(intake.due_hosts, self._clock(), only=self._only):
            mine = [host for host in hosts if self._is_mine(host)]
            if not mine:
                return
            async with asyncio.TaskGroup() as group:
                for host in mine:
                    group.create_task(self._read_host(host))

    async def _read_host(self, host: str) -> None:
        async with self._turns:
            while True:
                entries = await self._desk.run(intake.due_entries, host, self._clock(), PAGES_AT_ONCE, only=self._only)
                if not entries:
                    return
                for entry in entries:
                    await self._read(entry)
                    self._progress(self.summary)

    async def _read(self, entry: Entry) -> None:
        validators = Validators(entry.etag, entry.last_modified) if entry.article_key else Validators()
        self.summary.pages += 1
        try:
            host_signals = await self._reservations.about(entry.address, self._clock())
            response = await self._client.fetch(Request(entry.address, Purpose.PAGE, validators))
            if response.not_modified:
                await self._desk.run(intake.take_unchanged_page, entry, response, self._clock())
                return
            reading = await self._desk.run(intake.read_page, entry, response, host_signals)
            reading = await self._with_further_pages(reading)
            outcome = await self._desk.run(intake.take_page, reading, self._clock())
        except FetchError as error:
            await self._fail(entry, error)
            return
        except Exception as error:  # one page that breaks us must not stop the others
            log.exception("reading %s", entry.address)
            self.summary.failed += 1
            self.summary.tell(entry.address, "Reading it ended in an error of our own, which the log shows.")
            await self._desk.run(intake.take_breakdown, entry, error, self._clock())
            return
        self.summary.new += outcome is Outcome.NEW
        self.summary.revised += outcome is Outcome.REVISED
        if outcome is None:
            self.summary.failed += 1
            self.summary.tell(entry.address, "No article was found on this page.")

    async def _with_further_pages(self, reading: intake.Reading) -> intake.Reading:
        """The same with the article's other pages read too. Raises FetchError: half an article is not stored."""
        further = []
        for address in reading.extracted.further_pages[: intake.FURTHER_PAGES]:
            response = await self._client.fetch(Request(address, Purpose.PAGE))
            further.append(await self._desk.run(intake.extract_page, reading.entry, response))
        if not further:
            return reading
        joined = intake.join_pages(reading.extracted, further)
        return intake.Reading(reading.entry, reading.response, joined, reading.signals)

    async def _fail(self, entry: Entry, error: FetchError) -> None:
        now = self._clock()
        by_rule = isinstance(error, RobotsRefused) and error.by_rule
        if by_rule or (isinstance(error, StatusError) and error.status in REFUSALS):
            self.summary.refused += 1
            await self._desk.run(intake.take_refusal, entry, error, now)
            return
        plan = next_try(entry.attempts + 1, error, now)
        if plan.due is None:
            self.summary.failed += 1
            self.summary.tell(entry.address, error.sentence)
        else:
            self.summary.pages -= 1
        await self._desk.run(intake.take_retry, entry, error, plan.due, now)
