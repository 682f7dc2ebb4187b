"""Telling a WebSub hub (W3C Recommendation of 23 January 2018) which of our feeds changed.

What changed is read from the same purge rows that remove finished pages, so a hub that asks at once gets the new feed.
How far the telling is stands in the queue's own storage; a hub that does not answer is told again a minute later.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
from django.conf import settings

from broadsheet.articles.models import Mention, Topic
from broadsheet.fetching.errors import AddressRefused, FetchError
from broadsheet.fetching.guard import Guard, Resolver
from broadsheet.finished.purges import EVERYTHING, Position, read_position, read_purges
from broadsheet.gathering.run import fetch_settings
from broadsheet.queue import Huey
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Story
from broadsheet.text.addresses import AddressError, authority_of

log = logging.getLogger(__name__)

FORMS = ("atom", "rss", "json")
AT_ONCE = 60
"""Feeds named in one request."""
MOST = 600
"""Feeds told of in one go; after a change of everything, the front and the latest say enough."""
TIMEOUT_S = 20
_PLACE = "websub-position"


class HubError(Exception):
    """The hub did not take it; the message says why."""


def tell_hub(queue: Huey) -> int:
    """Tell the hub what changed since the last time. Returns how many feeds. Nothing happens without a hub.

    Raises HubError; then all of it is told the next time.
    """
    hub = settings.ENVIRONMENT.websub_hub
    if not hub or not settings.SITE_URL:
        return 0
    position = _position(queue)
    if position is None:
        _keep(queue, read_position())
        return 0
    news = read_purges(position)
    if news.is_lost:
        position, tags = read_position(), frozenset({EVERYTHING})
    else:
        position, tags = news.position, news.tags
    feeds = [f"{settings.SITE_URL}{path}.{form}" for path in changed_lists(tags) for form in FORMS][:MOST]
    if feeds:
        asyncio.run(_tell(hub, feeds))
    _keep(queue, position)
    return len(feeds)


def changed_lists(tags: Collection[str]) -> list[str]:
    """The paths, without ending, of the lists that have a feed and show one of these things. Four queries at most."""
    if EVERYTHING in tags:
        return ["/index", "/latest"]
    found = [path for tag, path in (("front", "/index"), ("latest", "/latest")) if tag in tags]
    kinds: dict[str, list[str]] = {}
    for tag in sorted(tags):
        kind, _separator, rest = tag.partition(":")
        kinds.setdefault(kind, []).append(rest)
    found += [f"/sections/{slug}" for slug in kinds.get("section", ()) if slug]
    found += [row.path for row in Publisher.objects.filter(pk__in=_numbers(kinds, "publisher")).order_by("pk")]
    stories = Story.objects.filter(pk__in=_numbers(kinds, "story"), merged_into=None).order_by("pk")
    found += [row.path for row in stories.only("slug")]
    named = Mention.objects.filter(article__in=_numbers(kinds, "article")).values("topic")
    topics = Topic.objects.filter(pk__in=named).order_by("pk")[:MOST]
    return [*found, *(row.path for row in topics)]


def _numbers(kinds: dict[str, list[str]], kind: str) -> list[int]:
    return [int(rest) for rest in kinds.get(kind, ()) if rest.isascii() and rest.isdigit()][:MOST]


@dataclass(frozen=True, slots=True)
class _Told:
    status: int
    words: str


async def _tell(hub: str, feeds: Sequence[str]) -> None:
    guard = Guard(fetch_settings().allow_networks)
    resolver = Resolver(guard)
    try:
        guard.check(authority_of(hub))
        connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=guard.socket_for)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        agent = {"User-Agent": fetch_settings().user_agent}
        async with aiohttp.ClientSession(
            connector=connector, timeout=timeout, headers=agent, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        ) as session:
            for part in _parts(feeds):
                told = await _post(session, hub, part)
                if not 200 <= told.status < 300:
                    raise HubError(f"{hub} answers {told.status}: {told.words}")
    except (aiohttp.ClientError, TimeoutError, OSError, AddressRefused, AddressError, FetchError) as error:
        raise HubError(f"{hub} cannot be told: {type(error).__name__}: {error}") from error
    finally:
        await resolver.close()


async def _post(session: aiohttp.ClientSession, hub: str, feeds: Sequence[str]) -> _Told:
    body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with session.post(hub, data=body.encode("ascii"), headers=headers, allow_redirects=False) as response:
        words = await response.content.read(500)
        return _Told(response.status, " ".join(words.decode("utf-8", "replace").split())[:200])


def _parts(feeds: Sequence[str]) -> Iterable[Sequence[str]]:
    return (feeds[start : start + AT_ONCE] for start in range(0, len(feeds), AT_ONCE))


def _position(queue: Huey) -> Position | None:
    kept = queue.get(_PLACE, peek=True)
    try:
        floor, seen = json.loads(kept)
        return Position(int(floor), frozenset(map(int, seen)))
    except (TypeError, ValueError):
        return None


def _keep(queue: Huey, position: Position) -> None:
    queue.put(_PLACE, json.dumps([position.floor, sorted(position.seen)]))
