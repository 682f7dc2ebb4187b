"""Sitemaps (sitemaps.org), with the news extension, and indexes of them. Read as a stream, so size costs no memory."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

from broadsheet.feeds.cleaning import MOST_BYTES, decode, looks_like_html, mended, root_name, unpacked, without_dress
from broadsheet.feeds.entries import Entry, Sitemap, SitemapLink
from broadsheet.feeds.errors import NotASitemap
from broadsheet.feeds.texts import title_of
from broadsheet.feeds.trees import Element, name_of, text_of
from broadsheet.text.addresses import usable
from broadsheet.text.times import parse_time

MOST_ENTRIES = 5_000
"""A news sitemap holds 1,000 by rule; the newest are kept of a longer one."""
MOST_READ = 50_000
"""The protocol's own limit."""


def parse_sitemap(body: bytes, address: str, content_type: str = "") -> Sitemap:
    """The sitemap in a body, also gzip-packed. Raises NotASitemap, which says what it is instead."""
    body = unpacked(body)
    if len(body) > MOST_BYTES:
        raise NotASitemap(address, "size", f"The sitemap is larger than {MOST_BYTES // 1_000_000} MB.")
    if not body.strip():
        raise NotASitemap(address, "empty", "The sitemap is empty.")
    text, _ = decode(body, content_type)
    text = without_dress(text)
    if root_name(text) not in ("urlset", "sitemapindex"):
        found = "html" if looks_like_html(text) else "other"
        raise NotASitemap(address, found, "This is not a sitemap.")
    return read_sitemap(text, address)


def read_sitemap(text: str, address: str) -> Sitemap:
    """The sitemap in text that begins with its root element."""
    entries: dict[str, Entry] = {}
    sitemaps: dict[str, SitemapLink] = {}
    dropped, is_news = 0, False
    for element in _elements(text):
        fields = _fields(element)
        found = usable(fields.get("loc", ""), address)
        if not found:
            dropped += 1
        elif name_of(element) == "sitemap":
            sitemaps.setdefault(found, SitemapLink(found, parse_time(fields.get("lastmod"))))
        else:
            is_news = is_news or "news:title" in fields
            entries.setdefault(found, _entry(found, fields))
    kept = tuple(entries.values())
    if len(kept) > MOST_ENTRIES:
        kept = _newest(kept)
    warnings = (f"{dropped} lines without a usable address left out",) if dropped else ()
    return Sitemap(kept, tuple(sitemaps.values()), is_news, warnings)


def _elements(text: str) -> Any:
    """`url` and `sitemap` elements one by one, each forgotten after use."""
    steps = etree.iterparse(
        io.BytesIO(mended(text).encode("utf-8", "replace")),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    seen = 0
    for _, element in steps:
        if name_of(element) in ("url", "sitemap"):
            yield element
            seen += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            if seen >= MOST_READ:
                return


def _fields(element: Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for child in element.iter():
        name = name_of(child)
        if name and len(child) == 0:
            fields.setdefault(name, text_of(child))
    return fields


def _entry(address: str, fields: dict[str, str]) -> Entry:
    keywords = tuple(word for part in fields.get("news:keywords", "").split(",") if (word := part.strip()))[:30]
    return Entry(
        address=address,
        id=address,
        title=title_of(fields.get("news:title", "")),
        published=parse_time(fields.get("news:publication_date")),
        updated=parse_time(fields.get("lastmod")),
        language=fields.get("news:language", "")[:35],
        image=usable(fields.get("image:loc", ""), address),
        categories=keywords,
    )


def _newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    def age(entry: Entry) -> float:
        moment = entry.published or entry.updated
        return -moment.timestamp() if moment else 0.0

    return tuple(sorted(entries, key=age)[:MOST_ENTRIES])
