"""The last resort for broken feeds: feedparser, which reads tag soup, on a small piece and without its sanitizer.

It is asked only when nothing else found an entry: it takes thirty times as long and some of its patterns are not
linear, hence the limit.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import feedparser

from broadsheet.feeds.entries import Entry, Feed, FeedKind
from broadsheet.feeds.texts import author_of, plain, title_of
from broadsheet.text.addresses import usable
from broadsheet.text.times import parse_time

MOST_CHARACTERS = 400_000


def read_loosely(text: str, address: str) -> Feed | None:
    """What feedparser makes of it; None if that is no entry at all."""
    # A stream, never a string: feedparser would open a string that looks like an address.
    parsed: Any = feedparser.parse(
        io.BytesIO(text[:MOST_CHARACTERS].encode()),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    entries = [entry for item in parsed.entries[:1_000] if (entry := _entry(item, address))]
    if not entries:
        return None
    head = parsed.feed
    return Feed(
        kind=FeedKind.ATOM if str(parsed.version).startswith("atom") else FeedKind.RSS,
        title=title_of(str(head.get("title", ""))),
        home=usable(str(head.get("link", "")), address),
        language=str(head.get("language", ""))[:35],
        entries=tuple({entry.address: entry for entry in reversed(entries)}.values())[::-1],
        rights=plain(str(head.get("rights", "")))[:1000],
        warnings=("badly broken, read loosely",),
    )


def _entry(item: Any, base: str) -> Entry | None:
    address = usable(str(item.get("link", "")), base)
    if not address:
        return None
    authors = [author_of(str(author.get("name", ""))) for author in item.get("authors", [])]
    content = item.get("content") or [{}]
    return Entry(
        address=address,
        id=str(item.get("id", ""))[:1000] or address,
        title=title_of(str(item.get("title", ""))),
        published=_time(item, "published"),
        updated=_time(item, "updated"),
        summary=plain(str(item.get("summary", ""))),
        authors=tuple(dict.fromkeys(author for author in authors if author)),
        content=str(content[0].get("value", ""))[:500_000],
        rights=plain(str(item.get("rights", "")))[:1000],
    )


def _time(item: Any, name: str) -> datetime | None:
    if name not in item:
        return None
    if moment := parse_time(str(item[name])):
        return moment
    parts = item.get(f"{name}_parsed")
    if not parts:
        return None
    year, month, day, hour, minute, second = parts[:6]
    return parse_time(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
