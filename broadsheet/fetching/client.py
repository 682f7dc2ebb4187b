"""The polite client: the only door outward.

For each hop of a request, in this order: spell the address, ask the guard, heed robots.txt, wait for a turn at the
host, ask once, rest if told to. What to fetch and when to try again is decided elsewhere (`schedule`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import MappingProxyType, TracebackType
from typing import Self

from broadsheet.fetching.errors import (
    AddressRefused,
    BadAnswer,
    FetchError,
    HostResting,
    NameNotFound,
    RobotsRefused,
    StatusError,
    TooManyRedirects,
    sentence_for,
)
from broadsheet.fetching.headers import max_age, retry_after
from broadsheet.fetching.hosts import Hosts
from broadsheet.fetching.messages import Hop, Purpose, Request, Response, Validators
from broadsheet.fetching.recent import Recent
from broadsheet.fetching.robots import MemoryRobotsStore, RobotsCopy, RobotsRules, RobotsStore, answered, unanswered
from broadsheet.fetching.settings import FetchSettings
from broadsheet.fetching.wire import Answer, Wire
from broadsheet.text.addresses import AddressError, Authority, authority_of, normalize

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MANY_RULES = 2_000
_HEAVY_RULES = 4_000_000
"""Bytes of robots.txt held as rules, which take about ten times as much."""


class Client:
    """Fetches politely; use as an async context manager, one for a process.

    robots_store: keeps robots.txt copies between runs; in memory when not given. clock: gives aware UTC now.
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        robots_store: RobotsStore | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings or FetchSettings()
        self._store = robots_store if robots_store is not None else MemoryRobotsStore()
        self._clock = clock
        self._rules: Recent[RobotsRules] = Recent(_MANY_RULES, _HEAVY_RULES)
        self._asking: dict[str, asyncio.Lock] = {}

    async def __aenter__(self) -> Self:
        self._hosts = Hosts(self.settings)
        self._wire = Wire(self.settings)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._wire.close()

    async def fetch(self, request: Request) -> Response:
        """The body behind an address, or word that it has not changed.

        Waits for its turn at the host. Raises FetchError in its kinds; StatusError for answers of 400 and above.
        """
        purpose = Purpose(request.purpose)
        address = _spelled(request.address)
        requested = address
        hops: list[Hop] = []
        elapsed_s = 0.0
        while True:
            answer = await self._hop(address, purpose, request.validators)
            elapsed_s += answer.elapsed_s
            if answer.status not in _REDIRECTS:
                break
            hop = _hop(address, answer)
            hops.append(hop)
            _stop_circling(requested, hops, self.settings.redirects)
            address = hop.location
        self._refuse_failures(address, answer, request.validators)
        return Response(
            status=answer.status,
            address=address,
            hops=tuple(hops),
            headers=MappingProxyType(answer.headers),
            body=answer.body,
            validators=_validators(answer, request.validators),
            fetched_at=self._clock(),
            elapsed_s=elapsed_s,
            received=answer.received,
            requested=requested,
            purpose=purpose,
        )

    async def robots(self, address: str) -> RobotsRules:
        """The rules in force at the address's authority, fetched if need be. Raises AddressRefused."""
        authority = authority_of(_spelled(address))
        self._wire.guard.check(authority)
        return await self._robots(authority)

    def rest_left(self, host: str) -> timedelta:
        """How long a host still wants to be left alone."""
        return timedelta(seconds=self._hosts.rest_left(host))

    # One hop

    async def _hop(self, address: str, purpose: Purpose, validators: Validators) -> Answer:
        authority = authority_of(address)
        self._wire.guard.check(authority)
        if purpose is not Purpose.ROBOTS:
            await self._heed_robots(address, authority, purpose)
        async with self._hosts.turn(authority.host):
            answer = await self._wire.ask(address, purpose, validators)
            self._rest_if_told(authority.host, answer)
        return answer

    def _rest_if_told(self, host: str, answer: Answer) -> None:
        if answer.status not in (429, 503):
            return
        asked = self._retry_after(answer)
        if asked is None and answer.status == 429:
            asked = timedelta(seconds=self.settings.unsaid_rest_s)
        if asked is not None:
            self._hosts.rest(host, asked.total_seconds())

    def _retry_after(self, answer: Answer) -> timedelta | None:
        text = answer.headers.get("retry-after", "")
        cap = timedelta(seconds=self.settings.longest_rest_s)
        return retry_after(text, self._clock(), cap=cap) if text else None

    def _refuse_failures(self, address: str, answer: Answer, sent: Validators) -> None:
        if answer.status >= 400:
            raise StatusError(
                address,
                answer.status,
                sentence_for(answer.status),
                headers=answer.headers,
                retry_after=self._retry_after(answer),
            )
        if answer.status >= 300 and (answer.status != 304 or not sent):
            raise BadAnswer(address, f"answered {answer.status}, which leads nowhere")

    # robots.txt

    async def _heed_robots(self, address: str, authority: Authority, purpose: Purpose) -> None:
        rules = await self._robots(authority)
        verdict = rules.verdict(address, purpose)
        if not verdict.allowed:
            left = None if verdict.by_rule else max(rules.copy.expires_at - self._clock(), timedelta())
            sentence = (
                "The publisher's robots.txt asks programs not to fetch this."
                if verdict.by_rule
                else rules.copy.sentence or "The publisher's robots.txt keeps programs out for now."
            )
            raise RobotsRefused(
                address,
                verdict.reason,
                sentence,
                by_rule=verdict.by_rule,
                failure=verdict.failure,
                retry_after=left,
            )

    async def _robots(self, authority: Authority) -> RobotsRules:
        key = str(authority)
        rules = self._fresh(key)
        if rules is None:
            # One request however many pages wait for it; the next in line finds the rules ready.
            lock = self._asking.setdefault(key, asyncio.Lock())
            try:
                async with lock:
                    rules = self._fresh(key) or await self._ask_robots(authority)
            finally:
                if not lock.locked():
                    self._asking.pop(key, None)
        self._hosts.pace(authority.host, rules.delay_s)
        return rules

    def _fresh(self, key: str) -> RobotsRules | None:
        rules = self._rules.get(key)
        if rules is None or rules.copy.expires_at <= self._clock():
            return None
        return rules

    async def _ask_robots(self, authority: Authority) -> RobotsRules:
        key = str(authority)
        copy = await self._store.get(key)
        now = self._clock()
        if copy is None or copy.expires_at <= now:
            copy = await self._new_copy(copy, authority)
            await self._store.put(copy)
        rules = RobotsRules(copy, self.settings.product, now)
        self._rules.put(key, rules, len(copy.body))
        return rules

    async def _new_copy(self, old: RobotsCopy | None, authority: Authority) -> RobotsCopy:
        """Ask for robots.txt and say what the answer means."""
        try:
            response = await self.fetch(Request(f"{authority}/robots.txt", Purpose.ROBOTS))
        except StatusError as error:
            return answered(old, authority, error.status, b"", self._clock(), retry_after=error.retry_after)
        except TooManyRedirects:
            # RFC 9309 section 2.3.1.2: beyond five redirects the file counts as unavailable.
            return answered(old, authority, 404, b"", self._clock())
        except HostResting:
            raise
        except (AddressRefused, NameNotFound) as error:
            if _same_authority(error.address, authority):
                raise
            return unanswered(old, authority, error.cause, error.sentence, self._clock())
        except FetchError as error:
            return unanswered(old, authority, error.cause, error.sentence, self._clock(), retry_after=error.retry_after)
        fresh = max_age(response.headers.get("cache-control", ""))
        return answered(old, authority, response.status, response.body, self._clock(), fresh=fresh)


def _spelled(address: str) -> str:
    try:
        return normalize(address)
    except AddressError as error:
        # The address is left out of the error, it may hold a password; the message shows what can be shown.
        raise AddressRefused("unusable address", str(error), "This is not a usable web address.") from error


def _same_authority(address: str, authority: Authority) -> bool:
    return address == str(authority) or address.startswith(f"{authority}/")


def _hop(address: str, answer: Answer) -> Hop:
    location = answer.headers.get("location", "")
    if not location:
        raise BadAnswer(address, f"answered {answer.status} without saying where to")
    try:
        return Hop(address, answer.status, normalize(location, address))
    except AddressError as error:
        raise AddressRefused(address, f"redirects to an unusable address: {error}") from error


def _stop_circling(requested: str, hops: list[Hop], most: int) -> None:
    circle = hops[-1].location in {hop.address for hop in hops}
    if circle or len(hops) > most:
        what = "redirects in a circle" if circle else f"more than {most} redirects"
        raise TooManyRedirects(requested, what, "The address only leads from one redirect to the next.")


def _validators(answer: Answer, sent: Validators) -> Validators:
    found = Validators(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
    return sent if answer.status == 304 and not found else found
