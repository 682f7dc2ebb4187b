"""Making pages: Django in a few threads of its own, each page at most once at a time on a machine.

Who waits for a page that is being made gets the same bytes; a second process waits for the first by a lock on a
file and then finds the page in the store.
"""

from __future__ import annotations

import fcntl
import gc
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http import HttpResponse

from broadsheet.finished.page import FinishedPage, NotKeepable, finish
from broadsheet.finished.purges import is_touched, read_position
from broadsheet.finished.store import Store
from broadsheet.site.finishing import keeping_of
from broadsheet.site.middleware import security_headers
from broadsheet.site.replies import Headers
from broadsheet.site.requests import is_anonymous

log = logging.getLogger(__name__)

LOCKS = 64
"""Lock files; two pages that share one only wait for each other."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as its server heard it, cut to what Django needs."""

    method: str
    path: str
    query: str
    host: str
    scheme: str
    client: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished page, or, when it must not be kept, the response alone."""

    page: FinishedPage | None
    status: int = 0
    headers: Headers = field(default_factory=list)
    body: bytes = b""


class Anonymous(WSGIHandler):
    """Django without its middleware for sessions, accounts, messages and forms.

    A view behind it cannot learn who asks, so a page it makes holds nothing of anybody; and it costs less.
    """

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002  # Django's own signature
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        view: Any = self._get_response  # type: ignore[attr-defined]  # BaseHandler's own, which the stubs leave out
        respond: Any = convert_exception_to_response(view)
        self._middleware_chain = convert_exception_to_response(security_headers(respond))


COLLECT_AFTER = 10_000
"""Objects that come and stay before Python looks for cycles; as it comes, 700, which is less than a page makes."""


def spare_collecting() -> None:
    """Let the collector look seldom, and never again at what the process began with: a tenth of a page's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 50)


class Renderer:
    """Renders through Django. `make` may be called from any number of threads."""

    def __init__(self, store: Store, locks: Path) -> None:
        self._store = store
        self._anonymous, self._personal = Anonymous(), WSGIHandler()
        self._locks = locks
        locks.mkdir(parents=True, exist_ok=True)
        self._counting = Lock()
        self.renders, self.seconds, self.failures = 0, 0.0, 0
        spare_collecting()

    def make(self, incoming: Incoming, key: str | None) -> Made:
        """The response to one request. key: under which its page may be kept; None for what is never kept."""
        if key is None:
            return self._respond(incoming, None)
        with self._claim(key):
            page = self._store.get(key, now=time.time())
            if page is not None:  # another process was quicker
                return Made(page)
            return self._respond(incoming, key)

    def _respond(self, incoming: Incoming, key: str | None) -> Made:
        started = time.perf_counter()
        if connection.vendor != "sqlite":
            connection.close_if_unusable_or_obsolete()
        begun = read_position() if key is not None else None
        handler = self._anonymous if key is not None or is_anonymous(incoming.path) else self._personal
        response = handler.get_response(WSGIRequest(environ(incoming)))
        if not isinstance(response, HttpResponse):
            raise TypeError(f"{incoming.path} answers with a stream; this site sends whole pages")
        cookies = [("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()]
        made = Made(None, response.status_code, [*response.items(), *cookies], response.content)
        if response.status_code >= 500:
            made = self._fall_back(key, made)
        keeping = keeping_of(response)
        if key is not None and begun is not None and keeping is not None:
            page = _finish(response, keeping.tags, keeping.until)
            if page is not None:
                self._store.put(key, page, is_stale=lambda: is_touched(page.tags, begun))
                made = Made(page)
        self._count(time.perf_counter() - started, failed=response.status_code >= 500)
        return made

    def _fall_back(self, key: str | None, made: Made) -> Made:
        """An older page is better than an error."""
        page = self._store.stale(key) if key is not None else None
        return Made(page) if page is not None else made

    def _count(self, seconds: float, *, failed: bool) -> None:
        with self._counting:
            self.renders += 1
            self.seconds += seconds
            self.failures += failed

    @contextmanager
    def _claim(self, key: str) -> Iterator[None]:
        place = int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=4).digest(), "big") % LOCKS
        # The lock goes with its file handle, so nothing is left behind by a process that is killed.
        with (self._locks / f"{place:02}").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _finish(response: HttpResponse, tags: frozenset[str], until: Any) -> FinishedPage | None:
    try:
        if response.cookies:
            raise NotKeepable("it sets a cookie")
        return finish(response.status_code, dict(response.items()), response.content, tags=tags, until=until)
    except NotKeepable as reason:
        log.error("a page was marked as finished that must not be kept: %s", reason)
        return None


def environ(incoming: Incoming) -> dict[str, Any]:
    """The request as WSGI tells it."""
    name, _separator, port = incoming.host.rpartition(":") if incoming.host[-1:] != "]" else (incoming.host, "", "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": incoming.method,
        "SCRIPT_NAME": "",
        # WSGI's strings hold bytes, one a character.
        "PATH_INFO": incoming.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": incoming.query,
        "SERVER_NAME": name or incoming.host,
        "SERVER_PORT": port if port.isdigit() else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": incoming.client.rpartition(":")[0],
        "CONTENT_LENGTH": str(len(incoming.body)),
        "wsgi.url_scheme": incoming.scheme,
        "wsgi.input": BytesIO(incoming.body),
    }
    for header, value in incoming.headers:
        if "_" in header:  # it could pass for another header, written with hyphens
            continue
        header = header.upper().replace("-", "_")
        environ["CONTENT_TYPE" if header == "CONTENT_TYPE" else f"HTTP_{header}"] = value
    environ["HTTP_HOST"] = incoming.host
    return environ
