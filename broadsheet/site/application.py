"""The web application as granian runs it (RSGI): finished bytes first, Django behind them.

    request -> our host? -> static file, picture, health | finished page | rendered by Django in a thread

The event loop hands out what is finished; whatever must be made is made by `Renderer` in a few threads, once however
many wait for it. When too many wait, further ones are told to come back.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import django
from django.conf import settings

from broadsheet.site import replies
from broadsheet.site.requests import file_name, folded_page, is_our_host, own_page, page_key, told_by, variant

log = logging.getLogger(__name__)

THREADS = 2
"""Rendering threads of a process; more only fight for the interpreter."""
PAGES = ("/-/components",)
"""Pages below /-/, which else answers machines."""
QUEUE = 200
"""Requests that may wait for a thread."""
LONGEST_BODY = 1_000_000
ALLOWED = "GET, HEAD, OPTIONS, POST"
_PICTURE_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".jpg": "image/jpeg", ".png": "image/png"}
_PICTURES_KEPT = "public, max-age=604800, immutable"


class Scope(Protocol):
    """What we read of granian's scope."""

    proto: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    client: str
    headers: Any


class Application:
    """One per process. Everything is made at the first request's loop, nothing at import."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        django.setup()
        from broadsheet.site.house import House  # noqa: PLC0415  # models can be imported only now

        self._loop = loop
        self._house = House(threads=THREADS)
        self._store, self._watch = self._house.store, self._house.watch
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="render")
        self._making: dict[str, asyncio.Future[Any]] = {}
        self._waiting = 0
        hosts = frozenset(host.lower() for host in settings.ALLOWED_HOSTS)
        self._is_ours = lru_cache(256)(lambda host: is_our_host(host, hosts))
        self._host = settings.ALLOWED_HOSTS[0]
        self._pictures = Path(settings.DATA) / "pictures"
        self._assets = self._house.assets
        self.counts = self._house.counts
        self._watch.start()

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        self._watch.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._store.close()

    async def __rsgi__(self, scope: Scope, proto: Any) -> None:
        if scope.proto != "http":
            proto.close(403)
            return
        get = scope.headers.get  # each costs as much as all we make of it
        host, cookie = scope.authority or get("host"), get("cookie")
        if not self._is_ours(host):
            self._send(proto, scope.method, replies.plain(400, "This host name is not ours."), "refused")
            return
        if scope.method not in ("GET", "HEAD"):
            if scope.method in ("POST", "OPTIONS"):
                await self._act(scope, proto)
            else:
                refused = replies.plain(405, "This site is read, and answers forms.", ("allow", ALLOWED))
                self._send(proto, scope.method, refused, "refused")
            return
        path = scope.path
        if mode := get("sec-fetch-mode"):  # which only browsers send
            self._house.audience.note(path, mode, get("referer"), host)
        if own := folded_page(path, scope.query_string, cookie):
            self._send(proto, scope.method, replies.plain(302, own, ("location", own)), "sent on")
            return
        key = variant(page_key(path, scope.query_string), get("sec-gpc"), cookie)
        if key is not None:
            page = self._store.get(key, now=time.time()) if self._watch.is_awake else None
            if page is not None and (own := own_page(page.tags, path, cookie)):
                self._send(proto, scope.method, replies.plain(302, own, ("location", own)), "sent on")
                return
            if page is not None:
                reply = replies.from_page(page, get("accept-encoding"), get("if-none-match"))
                self._send(proto, scope.method, reply, "finished")
                return
        if path.startswith(("/static/", "/pictures/")):
            self._send_file(scope, proto)
        elif path.startswith("/-/") and path not in PAGES:
            self._send(proto, scope.method, await self._in_thread(self._house.health, path), "health")
        else:
            await self._make(scope, proto, key)

    async def _make(self, scope: Scope, proto: Any, key: str | None) -> None:
        """Have the page made, or wait for who has."""
        get = scope.headers.get
        making = self._making.get(key) if key is not None else None
        if making is None:
            if self._waiting >= QUEUE:
                busy = replies.plain(503, "Too many readers at once; please try again.", ("retry-after", "2"))
                self._send(proto, scope.method, busy, "busy")
                return
            incoming = self._incoming(scope, key)
            making = self._loop.create_task(self._in_thread(self._house.renderer.make, incoming, key))
            if key is not None:
                self._making[key] = making
                making.add_done_callback(lambda _done: self._making.pop(key, None))
        made = await asyncio.shield(making)
        if made.page is not None:
            reply = replies.from_page(made.page, get("accept-encoding"), get("if-none-match"))
        else:
            reply = replies.from_response(made.status, made.headers, made.body, get("accept-encoding"))
        self._send(proto, scope.method, reply, "made")

    def _incoming(self, scope: Scope, key: str | None) -> Any:
        """What Django gets to hear. Nothing of a stranger's headers reaches a page that others will read."""
        if key is not None:
            plain, told = told_by(key)
            path, _separator, query = plain.partition("?")
            return self._house.incoming("GET", path, query, self._host, scope.scheme, scope.client, told)
        host = scope.authority or scope.headers.get("host")
        headers = tuple(scope.headers.items())
        return self._house.incoming("GET", scope.path, scope.query_string, host, scope.scheme, scope.client, headers)

    async def _act(self, scope: Scope, proto: Any) -> None:
        """Anything but reading: straight to Django, with its headers and a body of limited size."""
        body = bytearray()
        async for chunk in proto:
            body += chunk
            if len(body) > LONGEST_BODY:
                self._send(proto, scope.method, replies.plain(413, "That is more than this site takes."), "refused")
                return
        headers = tuple(scope.headers.items())
        host = scope.authority or scope.headers.get("host")
        incoming = self._house.incoming(
            scope.method, scope.path, scope.query_string, host, scope.scheme, scope.client, headers, bytes(body)
        )
        made = await self._in_thread(self._house.renderer.make, incoming, None)
        reply = replies.from_response(made.status, made.headers, made.body, scope.headers.get("accept-encoding"))
        self._send(proto, scope.method, reply, "acted")

    async def _in_thread(self, work: Any, *arguments: Any) -> Any:
        self._waiting += 1
        try:
            return await self._loop.run_in_executor(self._pool, work, *arguments)
        finally:
            self._waiting -= 1

    def _send_file(self, scope: Scope, proto: Any) -> None:
        asset = self._assets.get(scope.path) or self._house.dressed(scope.path)
        if asset is not None:
            self._send(proto, scope.method, replies.from_asset(asset, scope.headers.get("accept-encoding")), "static")
            return
        name = file_name(scope.path, "/pictures/")
        path = self._pictures / name if name else None
        kind = _PICTURE_TYPES.get(path.suffix) if path is not None else None
        try:
            size = os.stat(path).st_size if path is not None and kind is not None else None  # noqa: PTH116  # half the time
        except OSError:
            size = None
        if path is None or kind is None or size is None:
            self._send(proto, scope.method, replies.plain(404, "There is no such file."), "missing")
            return
        headers = [
            ("content-type", kind),
            ("cache-control", _PICTURES_KEPT),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'"),
            ("content-length", str(size)),
        ]
        self.counts["pictures"] += 1
        if scope.method == "HEAD":
            proto.response_empty(200, headers)
        else:
            proto.response_file(200, headers, str(path))

    def _send(self, proto: Any, method: str, reply: replies.Reply, outcome: str) -> None:
        self.counts[outcome] += 1
        if method == "HEAD" or not reply.body:
            proto.response_empty(reply.status, reply.headers)
        else:
            proto.response_bytes(reply.status, reply.headers, reply.body)


application = Application()
