"""Serve the sample publishers over HTTP on this machine, so that they can be gathered like anybody else.

Each publisher has its own loopback address (127.71.0.1, 127.71.0.2 ...) on one port; where the system answers
only on 127.0.0.1, as macOS does, each has its own folder there instead. The server knows GET and HEAD,
validators and nothing more, and runs in a thread of its own. Opening the address guard for `endpoints` and
asking for the gather are left to the caller.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Self
from urllib.parse import unquote

from broadsheet.sample.edition import Edition
from broadsheet.sample.feeds import PATHS
from broadsheet.sample.reading import edition
from broadsheet.sample.site import Page, SampleSite

MAX_HEAD_BYTES = 16_384
IDLE_S = 30.0
"""A connection that asks nothing for this long is closed."""
START_S = 10.0
_PORT_TRIES = 20
_REASONS = {200: "OK", 304: "Not Modified", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """What a right extraction and grouping of one address gives. Times are aware.

    paragraphs: the text in reading order, list items of one list joined by newlines, without headline,
    standfirst, captions or entry heads; only the open part behind a wall. copy_of: address of the original.
    """

    address: str
    publisher: str
    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]
    agency: str
    published: datetime
    modified: datetime
    language: str
    section: str
    kind: str
    story: str
    copy_of: str | None
    captions: tuple[str, ...]
    credits: tuple[str, ...]
    licence: str
    walled: bool
    version: int
    correction: str


class SampleServer:
    """The sample publishers of the edition as of `now`; `tick` publishes its correction.

    Between `start` and `stop`, `addresses` holds each publisher's home without a last slash. A server can be
    started once.
    """

    def __init__(self, now: datetime) -> None:
        self._editions = (edition(now), edition(now, corrected=True))
        self._is_corrected = False
        self._sites: tuple[SampleSite, SampleSite] | None = None
        self._hosts: dict[str, list[str]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    @property
    def edition(self) -> Edition:
        """The edition as it is being served now."""
        return self._editions[self._is_corrected]

    @property
    def addresses(self) -> Mapping[str, str]:
        """Home address by publisher. Raises RuntimeError before the start."""
        return self._running().bases

    @property
    def feeds(self) -> Mapping[str, str]:
        """Address of the feed or news sitemap by publisher."""
        publishers = self.edition.publishers
        return {slug: base + PATHS[publishers[slug].feed] for slug, base in self.addresses.items()}

    @property
    def endpoints(self) -> tuple[tuple[str, int], ...]:
        """Exactly what an address guard has to open: (address, port)."""
        return tuple((host, self.port) for host in self._hosts)

    def start(self, port: int = 0) -> Mapping[str, str]:
        """Listen on `port`, or on any free one, and return the publishers' home addresses.

        Raises OSError when the port is taken, RuntimeError when the server was started before.
        """
        if self._thread:
            raise RuntimeError("the sample server was already started")
        slugs = list(self.edition.publishers)
        sockets, self._hosts = _listen(slugs, port)
        self.port = int(sockets[0].getsockname()[1])
        bases = {}
        for host, living in self._hosts.items():
            for slug in living:
                folder = "" if len(self._hosts) > 1 else f"/{slug}"
                bases[slug] = f"http://{host}:{self.port}{folder}"
        first, second = (SampleSite(version, bases) for version in self._editions)
        self._sites = first, second
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._run(sockets, ready)), name="sample-publishers", daemon=True
        )
        self._thread.start()
        if not ready.wait(START_S):
            raise RuntimeError("the sample server did not start in time")
        return self.addresses

    def stop(self) -> None:
        """Close all connections and wait for the thread. Harmless when not running."""
        if self._loop and self._stopping and self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(START_S)
        self._sites = None

    def tick(self) -> None:
        """Publish the correction: from now on the corrected article is served in its second version."""
        self._running()
        self._is_corrected = True

    def truth(self) -> list[ExpectedArticle]:
        """What is being served now, for comparison with what was gathered; oldest first."""
        site = self._running()
        articles = sorted(self.edition.articles.values(), key=lambda article: article.published)
        return [
            ExpectedArticle(
                address=site.address(article),
                publisher=article.publisher,
                headline=article.headline,
                standfirst=article.standfirst,
                paragraphs=article.paragraphs,
                authors=article.authors,
                agency=article.agency,
                published=article.published,
                modified=article.modified,
                language=article.language,
                section=article.section,
                kind=article.kind,
                story=article.story,
                copy_of=site.address(self.edition.articles[article.copy_of]) if article.copy_of else None,
                captions=tuple(figure.caption for figure in article.figures),
                credits=tuple(figure.credit for figure in article.figures),
                licence=self.edition.publishers[article.publisher].licence,
                walled=bool(article.open_pieces),
                version=article.version,
                correction=article.correction.note if article.correction else "",
            )
            for article in articles
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def _running(self) -> SampleSite:
        if self._sites is None:
            raise RuntimeError("the sample server is not running")
        return self._sites[self.edition.corrected]

    async def _run(self, sockets: list[socket.socket], ready: threading.Event) -> None:
        """Serve until `stop`; what is still open then is cancelled by `asyncio.run`."""
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        servers = [await asyncio.start_server(self._serve, sock=sock, limit=MAX_HEAD_BYTES) for sock in sockets]
        ready.set()
        await self._stopping.wait()
        for server in servers:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while True:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_S)
                answer, keep = self._answer(host, head.decode("latin-1"))
                writer.write(answer)
                await writer.drain()
                if not keep:
                    break
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # The other side went away, said nothing or said too much.
        except asyncio.CancelledError:
            pass  # Only `stop` cancels; asyncio's own callback would log it as an accident (Python 3.11).
        finally:
            writer.close()

    def _answer(self, host: str, head: str) -> tuple[bytes, bool]:
        """The bytes that answer a request head, and whether the connection stays open."""
        request, *lines = head.split("\r\n")
        method, _, rest = request.partition(" ")
        target, _, version = rest.partition(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (ln.partition(":") for ln in lines)}
        if not target.startswith("/") or version not in {"HTTP/1.0", "HTTP/1.1"}:
            return _response(400, None, False), False
        if method not in {"GET", "HEAD"}:
            # A body may follow that nobody wants to read, so the connection ends here.
            return _response(405, None, False), False
        page = self._page(host, unquote(target.partition("?")[0]))
        keep = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
        if page is None:
            return _response(404, None, keep), keep
        status = 304 if _unchanged(page, headers) else 200
        return _response(status, page, keep, head_only=method == "HEAD"), keep

    def _page(self, host: str, path: str) -> Page | None:
        site, living = self._running(), self._hosts.get(host, [])
        if len(self._hosts) > 1:
            return site.page(living[0], path)
        if path == "/robots.txt":
            return Page(site.robots(*living).encode(), "text/plain; charset=utf-8", self.edition.now)
        slug, _, rest = path.removeprefix("/").partition("/")
        return site.page(slug, f"/{rest}") if slug in living else None


def _listen(slugs: list[str], port: int) -> tuple[list[socket.socket], dict[str, list[str]]]:
    """Sockets, and which publishers live on which host: one each where the system allows, else one for all."""
    own = {f"127.71.0.{n}": [slug] for n, slug in enumerate(slugs, start=1)}
    with contextlib.suppress(_NoOwnAddressesError):
        return _bind_all(list(own), port), own
    return _bind_all(["127.0.0.1"], port), {"127.0.0.1": slugs}


class _NoOwnAddressesError(OSError):
    """The system does not answer on all of 127.0.0.0/8."""


def _bind_all(hosts: list[str], port: int) -> list[socket.socket]:
    """One listening socket for each host on one port. Raises OSError when `port` is taken somewhere."""
    for attempt in range(_PORT_TRIES):
        bound: list[socket.socket] = []
        try:
            for host in hosts:
                chosen = bound[0].getsockname()[1] if bound else port
                bound.append(_bind(host, chosen))
        except OSError as error:
            for sock in bound:
                sock.close()
            if isinstance(error, _NoOwnAddressesError) or port or attempt == _PORT_TRIES - 1:
                raise
        else:
            return bound
    raise AssertionError("unreachable")


def _bind(host: str, port: int) -> socket.socket:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(64)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise _NoOwnAddressesError(*error.args) from error
        raise OSError(error.errno, f"sample server: {host}:{port}: {error.strerror}") from error
    return sock


def _unchanged(page: Page, headers: Mapping[str, str]) -> bool:
    """Whether the validators of a request say that the asker has the page (RFC 9110, 13.2.2)."""
    if (tags := headers.get("if-none-match")) is not None:
        return tags == "*" or page.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
        return page.modified.replace(microsecond=0) <= since
    except (ValueError, TypeError, OverflowError):
        return False  # No date, or none that can be read or compared.


def _response(status: int, page: Page | None, keep: bool, *, head_only: bool = False) -> bytes:
    lines = [f"HTTP/1.1 {status} {_REASONS[status]}"]
    body = b""
    if page:
        lines += [
            f"ETag: {page.etag}",
            f"Last-Modified: {format_datetime(page.modified.astimezone(UTC), usegmt=True)}",
            "Cache-Control: max-age=60",
        ]
        if status == 200:
            body = page.body
            lines.append(f"Content-Type: {page.content_type}")
    else:
        body = f"{status} {_REASONS[status]}\n".encode()
        lines.append("Content-Type: text/plain; charset=utf-8")
    if status != 304:
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"Connection: {'keep-alive' if keep else 'close'}", "", ""]
    return "\r\n".join(lines).encode() + (b"" if head_only or status == 304 else body)
