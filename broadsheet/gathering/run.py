"""Putting a gather together from the settings: the client, the desk's thread, the loop, then grouping and the index."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import uvloop
from django.conf import settings

from broadsheet.fetching.client import Client
from broadsheet.fetching.settings import FetchSettings
from broadsheet.gathering.authorities import DatabaseRobotsStore
from broadsheet.gathering.desk import Desk
from broadsheet.gathering.gatherer import PATIENCE, Gatherer, Summary
from broadsheet.gathering.pictures import Pictures
from broadsheet.gathering.placing import place_waiting

PLACE_EVERY_S = 10.0
"""While a long gather runs in the background, what it has brought is placed this often."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def fetch_settings() -> FetchSettings:
    """The client's settings as the environment says them."""
    environment = settings.ENVIRONMENT
    return FetchSettings(
        contact=environment.contact or (f"{settings.SITE_URL}/about" if settings.SITE_URL else ""),
        allow_networks=tuple(environment.allow_networks),
        concurrency=max(48, environment.gather_connections + 16),
    )


def gather(
    *,
    only: Iterable[int] = (),
    forced: bool = False,
    patience: timedelta = PATIENCE,
    place_meanwhile: bool = False,
    pictures: bool = True,
    progress: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """Gather what is due to the end, then place it.

    pictures: fetch those that may be shown too, at last. Packing one takes seconds; a schedule leaves them to
    `fetch_pictures`, so that they hold up no news.

    place_meanwhile: place every few seconds instead, so that readers see a long gather's first reports soon. Without
    it everything is placed at the end, oldest first, and the result is the same however often it was broken off.
    """
    summary = uvloop.run(_gather(list(only), forced, patience, place_meanwhile, progress))
    if pictures:
        fetch_pictures()
    return summary


def fetch_pictures() -> int:
    """Fetch the pictures that may be shown and are not here yet. Returns how many were kept."""
    return uvloop.run(_fetch_pictures())


async def _fetch_pictures() -> int:
    with Desk() as desk:
        async with Client(fetch_settings(), robots_store=DatabaseRobotsStore(desk)) as client:
            return await Pictures(client, desk, settings.DATA / "pictures").fetch_wanted()


async def _gather(
    only: list[int], forced: bool, patience: timedelta, place_meanwhile: bool, progress: Callable[[Summary], None]
) -> Summary:
    environment = settings.ENVIRONMENT
    with Desk() as desk:
        async with Client(fetch_settings(), robots_store=DatabaseRobotsStore(desk)) as client:
            gatherer = Gatherer(
                client,
                desk,
                connections=environment.gather_connections,
                only=only,
                shard=environment.shard,
                clock=utc_now,
                progress=progress,
            )
            placing = asyncio.create_task(_place_now_and_then(desk)) if place_meanwhile else None
            try:
                summary = await gatherer.run(forced=forced, patience=patience)
            finally:
                if placing is not None:
                    placing.cancel()
                    with suppress(asyncio.CancelledError):
                        await placing
        await desk.run(place_waiting, utc_now)
    return summary


async def _place_now_and_then(desk: Desk) -> None:
    while True:
        await asyncio.sleep(PLACE_EVERY_S)
        await desk.run(place_waiting, utc_now)
