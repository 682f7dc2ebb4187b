"""One HTTP exchange within limits: from an address to status, fields and unpacked body. No redirects, no politeness."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import http_exceptions
from yarl import URL

from broadsheet.fetching.errors import (
    AddressRefused,
    BadAnswer,
    BodyTooLarge,
    FetchError,
    HeadersTooLarge,
    NameNotFound,
    TlsFailed,
    TooSlow,
    Unreachable,
)
from broadsheet.fetching.guard import Guard, Resolver
from broadsheet.fetching.headers import flatten
from broadsheet.fetching.messages import Purpose, Validators
from broadsheet.fetching.settings import FetchSettings, Limit
from broadsheet.fetching.unpacking import ACCEPTED, Damaged, Overflow, Unpacker

_ACCEPT = {
    Purpose.PAGE: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    Purpose.FEED: "application/rss+xml,application/atom+xml,application/feed+json,application/rdf+xml,"
    "application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,*/*;q=0.1",
    Purpose.SITEMAP: "application/xml,text/xml,*/*;q=0.1",
    Purpose.ROBOTS: "text/plain,*/*;q=0.1",
    Purpose.IMAGE: "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml;q=0.5",
}
_LARGE = 2_000_000
_LARGE_AT_ONCE = 4
"""Bodies above `_LARGE` bytes wait for one of these places, so that many at once do not add up in memory."""


@dataclass(frozen=True, slots=True)
class Answer:
    """status 300 and above come without body. received: bytes on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    received: int
    elapsed_s: float


class Wire:
    """A session of keep-alive connections behind the guard. Close it."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self.guard = Guard(settings.allow_networks)
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._resolver = Resolver(self.guard)
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            socket_factory=self.guard.socket_for,
            # Turns at hosts bound the connections; a second limit here could only make them wait twice.
            limit=0,
            ttl_dns_cache=300,
            keepalive_timeout=15,
            ssl=ssl.create_default_context(),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            read_bufsize=2**16,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_s, sock_read=settings.stall_s),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": ACCEPTED},
            max_line_size=settings.header_line,
            max_field_size=settings.header_line,
            max_headers=settings.header_lines,
        )

    async def close(self) -> None:
        await self._session.close()
        await self._resolver.close()

    async def ask(self, address: str, purpose: Purpose, validators: Validators) -> Answer:
        """One GET. Raises FetchError in its kinds."""
        fields = {"Accept": _ACCEPT[purpose]}
        if validators.etag:
            fields["If-None-Match"] = validators.etag
        if validators.last_modified:
            fields["If-Modified-Since"] = validators.last_modified
        return await self._exchange("GET", address, None, fields, purpose, self._settings.limits[purpose])

    async def send(
        self, method: str, address: str, body: bytes | None, fields: Mapping[str, str], limit: Limit
    ) -> Answer:
        """One request of any method, for a service that the operator named. Raises FetchError in its kinds."""
        return await self._exchange(method, address, body, fields, Purpose.PAGE, limit, reads_all=True)

    async def _exchange(
        self,
        method: str,
        address: str,
        sent: bytes | None,
        fields: Mapping[str, str],
        purpose: Purpose,
        limit: Limit,
        *,
        reads_all: bool = False,
    ) -> Answer:
        """reads_all: also what stands in answers that tell of an error."""
        began = time.monotonic()
        url = URL(address, encoded=True)
        async with (
            _told(address),
            asyncio.timeout(limit.total_s),
            self._session.request(method, url, data=sent, headers=fields, allow_redirects=False) as response,
        ):
            headers = flatten(response.headers.items())
            body, received = b"", 0
            if response.status < 300 or reads_all:
                body, received = await self._read(address, response, headers, purpose, limit)
            return Answer(response.status, headers, body, received, time.monotonic() - began)

    async def _read(
        self,
        address: str,
        response: aiohttp.ClientResponse,
        headers: dict[str, str],
        purpose: Purpose,
        limit: Limit,
    ) -> tuple[bytes, int]:
        cut = purpose is Purpose.ROBOTS
        promised = response.content_length or 0
        if promised > limit.packed and not cut:
            raise _too_large(address, limit.packed)
        try:
            unpacker = Unpacker(headers.get("content-encoding", ""), limit.body)
            body, received = bytearray(), 0
            began, large = time.monotonic(), False
            try:
                async for data in response.content.iter_any():
                    received += len(data)
                    for piece in unpacker.feed(data):
                        body += piece
                    if received > limit.packed:
                        raise Overflow
                    self._keep_up(address, received, time.monotonic() - began)
                    if not large and len(body) > _LARGE:
                        await self._large.acquire()
                        large = True
                unpacker.finish()
            finally:
                if large:
                    self._large.release()
        except Overflow:
            if cut:
                return bytes(body[: limit.body]), received
            raise _too_large(address, limit.body) from None
        except Damaged as error:
            raise BadAnswer(address, str(error), "The server's answer arrived damaged.") from error
        return bytes(body), received

    def _keep_up(self, address: str, received: int, elapsed_s: float) -> None:
        if elapsed_s > self._settings.stall_s and received < self._settings.slowest * elapsed_s:
            raise TooSlow(address, f"sent {received} bytes in {elapsed_s:.0f} s", _SLOW)


_SLOW = "The server took too long to answer. Broadsheet tries again later."


def _too_large(address: str, limit: int) -> BodyTooLarge:
    return BodyTooLarge(
        address, f"body above {limit} bytes", f"The page is larger than {limit / 1e6:.1f} MB and was not read."
    )


@asynccontextmanager
async def _told(address: str) -> AsyncIterator[None]:
    """Turn aiohttp's and the system's exceptions into ours, once, here."""
    try:
        yield
    except AddressRefused as error:
        # Raised below aiohttp, where only the host is known.
        raise AddressRefused(address, error.message, error.sentence) from error
    except (TimeoutError, aiohttp.ServerTimeoutError) as error:
        raise TooSlow(address, f"too slow: {str(error) or 'time is up'}", _SLOW) from error
    except (aiohttp.ClientError, http_exceptions.HttpProcessingError, OSError, ValueError) as error:
        raise _kind(address, error) from error


def _tls_sentence() -> str:
    """Small systems come without any authorities, and then no server can be trusted."""
    paths = ssl.get_default_verify_paths()
    if paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())):
        return "No secure connection could be made to the server: its certificate or its protocol is not sound."
    return "This machine has no list of certificate authorities. Install its package ca-certificates."


def _kind(address: str, error: Exception) -> FetchError:
    cause = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    match error:
        case aiohttp.ClientConnectorDNSError():
            return NameNotFound(address, cause, "There is no server of this name. Check the address.")
        case aiohttp.ClientSSLError() | aiohttp.ServerFingerprintMismatch() | ssl.SSLError():
            return TlsFailed(address, cause, _tls_sentence())
        case aiohttp.ClientResponseError() | http_exceptions.HttpProcessingError():
            text = str(error).lower()
            if "too long" in text or "too many" in text or "more than" in text:
                return HeadersTooLarge(address, cause, "The server's answer has too many header lines.")
            return BadAnswer(address, cause, "The server's answer is not proper HTTP.")
        case aiohttp.ClientPayloadError():
            return BadAnswer(address, cause, "The server's answer ended too early.")
        case aiohttp.InvalidURL():
            return AddressRefused(address, cause, "This is not a usable web address.")
        case aiohttp.ClientError() | OSError():
            return Unreachable(address, cause, "The server could not be reached. Broadsheet tries again later.")
    return BadAnswer(address, cause, "The server's answer could not be read.")
