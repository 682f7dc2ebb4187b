"""A finished page: the bytes that leave, compressed once, under the tags of the things they show.

Pages are kept as brotli, which nearly every browser reads; who reads gzip only has it made from that, once a process.

Nothing personal can be in one: `finish` refuses responses that set or vary by a cookie or call themselves private.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import brotli

GZIP_LEVEL = 4
BROTLI_QUALITY = 4
"""Measured on front and section pages: 5 takes half as long again and saves a twelfth."""
KEPT_STATUSES = frozenset({200, 410})
"""Missing pages and redirects are not kept: anybody could ask for any number of them."""


class NotKeepable(ValueError):  # noqa: N818  # it is no failure, only an answer
    """The response must not be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """headers: without lengths and encodings. etag: of the plain bytes. until: seconds since 1970."""

    status: int
    headers: tuple[tuple[str, str], ...]
    etag: str
    tags: frozenset[str]
    until: float
    br: bytes
    answers: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Room for who serves the page to keep its answers, one for each encoding, as long as the page is in memory."""

    @property
    def plain(self) -> bytes:
        found: bytes = brotli.decompress(self.br)
        return found

    def packed(self, encoding: str) -> bytes:
        """The body as br, as gzip, or plain for the empty encoding."""
        if encoding == "br":
            return self.br
        return gzip.compress(self.plain, GZIP_LEVEL, mtime=0) if encoding == "gzip" else self.plain

    @property
    def size(self) -> int:
        """Bytes it takes in a store, about."""
        return len(self.br) + 600 + 40 * len(self.tags)


def finish(
    status: int, headers: Mapping[str, str], body: bytes, *, tags: Iterable[str], until: datetime
) -> FinishedPage:
    """Compress a response that anybody may see. Raises NotKeepable for one that only somebody may."""
    names = {name.lower(): value for name, value in headers.items()}
    if status not in KEPT_STATUSES:
        raise NotKeepable(f"status {status}")
    if "set-cookie" in names:
        raise NotKeepable("it sets a cookie")
    vary = {part.strip().lower() for part in names.get("vary", "").split(",")} - {"", "accept-encoding"}
    if vary:
        raise NotKeepable(f"it varies by {', '.join(sorted(vary))}")
    cache = names.get("cache-control", "").lower()
    if "private" in cache or "no-store" in cache:
        raise NotKeepable("it calls itself private")
    kept = frozenset(tags)
    if not kept:
        raise NotKeepable("it does not say what it shows")
    own = {"content-length", "content-encoding", "etag", "vary", "cache-control", "surrogate-key", "surrogate-control"}
    return FinishedPage(
        status=status,
        headers=tuple((name, value) for name, value in names.items() if name not in own),
        etag=hashlib.blake2b(body, digest_size=12).hexdigest(),
        tags=kept,
        until=until.timestamp(),
        br=brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    )
