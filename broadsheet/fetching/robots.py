"""robots.txt: what an answer means, how long it holds, what it allows (RFC 9309).

Stricter than the RFC in one place: 401, 403 and 429 for robots.txt itself keep us out, as publishers mean it.
Fetching the file is the client's work; keeping copies is a `RobotsStore`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from protego import Protego

from broadsheet.fetching.messages import Purpose
from broadsheet.fetching.recent import Recent
from broadsheet.text.addresses import Authority

LONGEST_COPY = timedelta(hours=24)
"""RFC 9309 section 2.4."""
SHORTEST_COPY = timedelta(minutes=5)
"""Servers that forbid caching still get no robots.txt request for every page."""
CHECK_AGAIN = timedelta(minutes=15)
"""After a failure, unless the server asked for longer."""
SHORTEST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0
MOST_BYTES = 512 * 1024

_STOPS = frozenset({401, 403, 429})
_AGENT_LINE = re.compile(r"^([ \t]*user[ -]?agent[ \t]*[: ][ \t]*)([^\s#]*)", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """What is kept of an authority's robots.txt.

    authority: "https://example.com". status: of the last answer that told something; 0 when there was none yet.
    body: of that answer, empty unless 2xx. good_at: when it came, None if never. expires_at: when to ask again.
    failure: why the last request told nothing ("http-503", "name" ...), empty when it did. sentence: for a person.
    """

    authority: str
    status: int
    body: bytes
    good_at: datetime | None
    checked_at: datetime
    expires_at: datetime
    failure: str = ""
    sentence: str = ""


class RobotsStore(Protocol):
    """Where copies live between runs."""

    async def get(self, authority: str) -> RobotsCopy | None:
        """The copy, expired or not; None if there is none. Must not raise for an unknown authority."""
        ...

    async def put(self, copy: RobotsCopy) -> None:
        """Keep the copy in place of any other of its authority. Losing it costs one request, nothing else."""
        ...


class MemoryRobotsStore:
    """Copies in memory, the longest unused forgotten first. most: number; heaviest: bytes of all files together."""

    def __init__(self, most: int = 5_000, heaviest: int = 16_000_000) -> None:
        self._copies: Recent[RobotsCopy] = Recent(most, heaviest)

    async def get(self, authority: str) -> RobotsCopy | None:
        return self._copies.get(authority)

    async def put(self, copy: RobotsCopy) -> None:
        self._copies.put(copy.authority, copy, len(copy.body))


def answered(
    old: RobotsCopy | None,
    authority: Authority,
    status: int,
    body: bytes,
    now: datetime,
    *,
    fresh: timedelta | None = None,
    retry_after: timedelta | None = None,
) -> RobotsCopy:
    """The copy after an answer. fresh: as Cache-Control says. Keeps the last good copy through 5xx."""
    if status >= 500:
        sentence = f"The server answers {status} for its robots.txt, which means: keep out for now."
        return unanswered(old, authority, f"http-{status}", sentence, now, retry_after=retry_after)
    keep = LONGEST_COPY if fresh is None else min(max(fresh, SHORTEST_COPY), LONGEST_COPY)
    if status == 429:
        keep = min(max(retry_after or CHECK_AGAIN, SHORTEST_COPY), LONGEST_COPY)
    body = body[:MOST_BYTES] if 200 <= status < 300 else b""
    return RobotsCopy(str(authority), status, body, now, now, now + keep)


def unanswered(
    old: RobotsCopy | None,
    authority: Authority,
    failure: str,
    sentence: str,
    now: datetime,
    *,
    retry_after: timedelta | None = None,
) -> RobotsCopy:
    """The copy after a failure: rules unknown, the last good ones kept."""
    again = now + min(max(retry_after or CHECK_AGAIN, SHORTEST_COPY), LONGEST_COPY)
    if old is None:
        return RobotsCopy(str(authority), 0, b"", None, now, again, failure, sentence)
    return replace(old, checked_at=now, expires_at=again, failure=failure, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Verdict:
    """by_rule: a rule of the file decided, so asking again is idle until the file changes; else failure says why."""

    allowed: bool
    by_rule: bool = True
    failure: str = ""
    reason: str = ""


_YES = Verdict(True)


class RobotsRules:
    """One copy, read for one product token.

    While the file cannot be had, pages are refused, unless a good copy is still within its 24 hours.
    """

    def __init__(self, copy: RobotsCopy, product: str, now: datetime) -> None:
        self.copy = copy
        usable = copy.good_at is not None and (not copy.failure or now < copy.good_at + LONGEST_COPY)
        self._closed = _closed(copy, usable)
        self._product = product
        text = _text(copy.body, product) if usable and copy.body else ""
        self._rules = Protego.parse(text) if text else None

    def verdict(self, address: str, purpose: Purpose = Purpose.PAGE) -> Verdict:
        """May this address be fetched?

        A feed or sitemap is a subscription that the operator or the publisher named, so a rule about its path does
        not stop it; a publisher who bans us from the whole site, front page included, does.
        """
        if self._closed is not None:
            return self._closed
        if self._rules is None or self._rules.can_fetch(address, self._product):
            return _YES
        if purpose in (Purpose.FEED, Purpose.SITEMAP) and self._rules.can_fetch(
            f"{self.copy.authority}/", self._product
        ):
            return _YES
        return Verdict(False, reason="robots.txt forbids this address")

    @property
    def delay_s(self) -> float:
        """Least pause between requests that the file asks for, 1 to 60 seconds; 0 when it asks for none."""
        if self._rules is None:
            return 0.0
        asked = self._rules.crawl_delay(self._product) or 0.0
        rate = self._rules.request_rate(self._product)
        if rate is not None and rate.requests > 0:
            asked = max(asked, rate.seconds / rate.requests)
        return min(max(asked, SHORTEST_DELAY_S), LONGEST_DELAY_S) if asked > 0 else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of `Sitemap:` lines as written, at most 50."""
        return tuple(self._rules.sitemaps)[:50] if self._rules else ()

    @property
    def text(self) -> str:
        """The file, for those who read other lines of it (licences, usage preferences); empty if there is none."""
        return self.copy.body.decode("utf-8", "replace").lstrip("\ufeff")


def _closed(copy: RobotsCopy, usable: bool) -> Verdict | None:
    if not usable:
        return Verdict(False, by_rule=False, failure=copy.failure, reason=f"robots.txt cannot be read ({copy.failure})")
    if copy.status in _STOPS:
        return Verdict(False, by_rule=False, failure=f"http-{copy.status}", reason=f"robots.txt answered {copy.status}")
    return None


def _text(body: bytes, product: str) -> str:
    """The file with its agent lines reduced to product tokens, compared whole as RFC 9309 section 2.2.1 asks.

    Protego alone would let a group for "Broad" govern "Broadsheet" and overlook "Broadsheet/1.0".
    """

    def plain(match: re.Match[str]) -> str:
        token = _TOKEN.match(match[2])
        if token and token[0].lower() == product.lower():
            return match[1] + product
        return match[1] + ("*" if match[2].startswith("*") else "-")

    text = body[:MOST_BYTES].decode("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _AGENT_LINE.sub(plain, text)
