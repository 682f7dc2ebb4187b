"""Turns at hosts: few at once, a pause between, a rest when asked for.

Each host has its own queue, served in order. Only the one whose turn has come takes one of the places shared by all
hosts, so a slow or resting host never holds up another. Hosts are told apart by name; time is the monotonic clock.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from broadsheet.fetching.errors import HostResting
from broadsheet.fetching.settings import FetchSettings

_MANY = 20_000
"""Hosts remembered before idle ones are forgotten."""


class _Host:
    __slots__ = ("last", "pace", "resting", "seats", "users")

    def __init__(self, seats: int) -> None:
        self.seats = asyncio.Semaphore(seats)
        self.last = float("-inf")
        self.pace = 0.0
        self.resting = 0.0
        self.users = 0


class Hosts:
    """Who may ask whom, and when."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, _Host] = {}
        self._places = asyncio.Semaphore(settings.concurrency)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at the host and hold it. Raises HostResting when its rest outlasts the patience."""
        known = self._known(host)
        known.users += 1
        try:
            async with known.seats:
                await self._wait(host, known)
                async with self._places:
                    known.last = time.monotonic()
                    try:
                        yield
                    finally:
                        known.last = time.monotonic()
        finally:
            known.users -= 1

    async def _wait(self, host: str, known: _Host) -> None:
        while True:
            now = time.monotonic()
            rest = known.resting - now
            if rest > self._settings.patience_s:
                raise HostResting(
                    host,
                    f"asked for a rest, {rest:.0f} s of it left",
                    "The server asked us to wait. Broadsheet comes back when the time has passed.",
                    retry_after=timedelta(seconds=rest),
                )
            wait = max(rest, known.last + max(self._settings.gap_s, known.pace) - now)
            if wait <= 0:
                # Claimed before anything is awaited: with several seats the next one sees this start.
                known.last = now
                return
            await asyncio.sleep(wait)

    def pace(self, host: str, seconds: float) -> None:
        """Least pause between requests, from robots.txt; the longest named for a host counts."""
        known = self._known(host)
        known.pace = max(known.pace, seconds)

    def rest(self, host: str, seconds: float) -> None:
        """Nobody asks this host for so long."""
        known = self._known(host)
        known.resting = max(known.resting, time.monotonic() + min(seconds, self._settings.longest_rest_s))

    def rest_left(self, host: str) -> float:
        """Seconds until the host may be asked; 0 when it may now."""
        known = self._hosts.get(host)
        return max(0.0, known.resting - time.monotonic()) if known else 0.0

    def _known(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _MANY:
                self._forget_idle()
            self._hosts[host] = _Host(self._settings.per_host)
        return self._hosts[host]

    def _forget_idle(self) -> None:
        now = time.monotonic()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.users or host.resting > now or host.last > now - max(host.pace, self._settings.gap_s)
        }
