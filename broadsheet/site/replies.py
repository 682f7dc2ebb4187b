"""What leaves: status, header lines and bytes, made from finished pages, static files and words."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from urllib.parse import quote

import brotli

from broadsheet.finished.page import FinishedPage
from broadsheet.site.assets import Asset
from broadsheet.site.requests import encoding_for, is_known

REVALIDATE = "public, max-age=0, must-revalidate, stale-if-error=86400"
"""Readers' browsers ask each time, which costs them one small answer and keeps every page true."""
SHARED = "max-age=3600"
"""For caches in front of us that honor our purges."""
FOREVER = "public, max-age=31536000, immutable"
QUICK = 2
"""Quality of brotli for what is read once: half the time of gzip, and no larger."""
SMALL = 860
"""Bytes below which packing only costs."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Headers
    body: bytes


def from_page(page: FinishedPage, accept: str | None, if_none_match: str | None) -> Reply:
    encoding = encoding_for(accept)
    if is_known(page.etag, if_none_match):
        kept = ("content-type", "content-length", "content-encoding")
        return Reply(304, [line for line in _whole(page, encoding).headers if line[0] not in kept], b"")
    return _whole(page, encoding)


def _whole(page: FinishedPage, encoding: str) -> Reply:
    """The page in one encoding; made at its first reader, then kept beside it."""
    reply: Reply | None = page.answers.get(encoding)
    if reply is None:
        body = page.packed(encoding)
        headers = [
            *page.headers,
            ("etag", f'"{page.etag}-{encoding}"' if encoding else f'"{page.etag}"'),
            ("vary", "accept-encoding"),
            ("cache-control", REVALIDATE),
            ("surrogate-control", SHARED),
            ("surrogate-key", " ".join(quote(tag, safe=":*") for tag in sorted(page.tags))),
            ("content-length", str(len(body))),
        ]
        if encoding:
            headers.append(("content-encoding", encoding))
        reply = Reply(page.status, headers, body)
        if encoding:  # who reads no encoding is rare, and plain bytes are large
            page.answers[encoding] = reply
    return reply


def from_asset(asset: Asset, accept: str | None) -> Reply:
    encoding = encoding_for(accept)
    body = asset.br if encoding == "br" else asset.gzip if encoding == "gzip" else asset.plain
    headers = [
        ("content-type", asset.type),
        ("cache-control", FOREVER),
        ("vary", "accept-encoding"),
        ("x-content-type-options", "nosniff"),
        ("content-length", str(len(body))),
    ]
    if encoding:
        headers.append(("content-encoding", encoding))
    if asset.type == "image/svg+xml":  # opened by itself it would be a document of ours
        headers.append(("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'"))
    return Reply(200, headers, body)


def from_response(status: int, headers: Headers, body: bytes, accept: str | None) -> Reply:
    """A response that is made for this request alone."""
    kept = [(name.lower(), value) for name, value in headers if name.lower() != "content-length"]
    names = {name for name, _value in kept}
    if "cache-control" not in names:
        kept.append(("cache-control", "no-cache"))
    encoding = encoding_for(accept)
    if len(body) > SMALL and encoding and "content-encoding" not in names:
        body = brotli.compress(body, quality=QUICK) if encoding == "br" else gzip.compress(body, 4, mtime=0)
        kept += [("content-encoding", encoding), ("vary", "accept-encoding")]
    kept.append(("content-length", str(len(body))))
    return Reply(status, kept, body)


def plain(status: int, words: str, *more: tuple[str, str]) -> Reply:
    """A short answer in plain words."""
    body = f"{words}\n".encode()
    headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-length", str(len(body))),
        *more,
    ]
    return Reply(status, headers, body)
