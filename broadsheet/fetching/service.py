"""Calls of services that the operator named: one request, one answer, by the same guarded wire as everything else.

There is no robots.txt to heed, no turn to wait for and no redirect to follow; the address guard and the limits hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from broadsheet.fetching.errors import AddressRefused
from broadsheet.fetching.settings import FetchSettings, Limit
from broadsheet.fetching.wire import Answer, Wire
from broadsheet.text.addresses import AddressError, authority_of

MOST = 1_000_000
"""Bytes of an answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of a service. total_s: how long it may take, from connecting to the last byte."""

    address: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    total_s: float = 10.0


def call(wish: Call, settings: FetchSettings) -> Answer:
    """Ask, and wait for the answer whatever its status. Raises FetchError in its kinds. Not inside an event loop."""
    return asyncio.run(_call(wish, settings))


async def _call(wish: Call, settings: FetchSettings) -> Answer:
    wire = Wire(settings)
    try:
        try:
            wire.guard.check(authority_of(wish.address))
        except AddressError as error:
            raise AddressRefused(wish.address, str(error)) from error
        limit = Limit(MOST, MOST, wish.total_s)
        return await wire.send(wish.method, wish.address, wish.body, wish.headers, limit)
    finally:
        await wire.close()
