"""Bytes to a feed: clean, look what it is, read it strictly, mend it if need be, and only then read it loosely."""

from __future__ import annotations

import re
from dataclasses import replace

from broadsheet.feeds.cleaning import MOST_BYTES, decode, looks_like_html, mended, root_name, unpacked, without_dress
from broadsheet.feeds.entries import Feed, FeedKind
from broadsheet.feeds.errors import NotAFeed
from broadsheet.feeds.json_feeds import read_json
from broadsheet.feeds.loose import read_loosely
from broadsheet.feeds.sitemaps import read_sitemap
from broadsheet.feeds.trees import parse_tree
from broadsheet.feeds.xml_feeds import MOST_ENTRIES, read_tree

_LARGE = 1_000_000
"""Characters from which a feed is cut after its `MOST_ENTRIES`th item before a tree is made of it."""
_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)(?=[\s>])")


def parse_feed(body: bytes, address: str, content_type: str = "") -> Feed:
    """The feed in a body.

    address: where it was found, for relative links. content_type: the header, only its charset is believed.
    Reads RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0, JSON Feed and lists of sitemaps. A feed without entries is a feed.
    Raises NotAFeed, which says what it is instead.
    """
    body = unpacked(body)
    if len(body) > MOST_BYTES:
        raise NotAFeed(address, "size", f"The feed is larger than {MOST_BYTES // 1_000_000} MB.")
    if not body.strip():
        raise NotAFeed(address, "empty", "The feed address answers with nothing at all.")
    text, warning = decode(body, content_type)
    feed = _read(text, address)
    return replace(feed, warnings=(warning, *feed.warnings)) if warning else feed


def _read(text: str, address: str) -> Feed:
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        feed = read_json(text.lstrip("\ufeff \t\r\n"), address)
        if feed is None:
            raise NotAFeed(address, "json", "The address answers with JSON that is not a JSON Feed.")
        return feed
    text = without_dress(text)
    root = root_name(text)
    if root in ("urlset", "sitemapindex"):
        return _sitemap_feed(text, root, address)
    if root in ("", "opml"):
        raise _not_a_feed(text, root, address)
    return _read_xml(text, address)


def _read_xml(text: str, address: str) -> Feed:
    text, cut = _shortened(text)
    tree = None if cut else parse_tree(text, recover=False)
    feed = read_tree(tree, address) if tree is not None else None
    if feed is None:
        tree = parse_tree(mended(text), recover=True)
        feed = read_tree(tree, address) if tree is not None else None
        if feed is not None and not cut:
            feed = replace(feed, warnings=("not well-formed, mended", *feed.warnings))
    if (feed is None or not feed.entries) and _ITEM.search(text):
        feed = read_loosely(text, address) or feed
    if feed is None:
        raise NotAFeed(address, "xml", "The feed is too badly broken to be read.")
    return replace(feed, warnings=(f"cut after {MOST_ENTRIES} entries", *feed.warnings)) if cut else feed


def _shortened(text: str) -> tuple[str, bool]:
    if len(text) < _LARGE:
        return text, False
    for number, match in enumerate(_ITEM.finditer(text)):
        if number == MOST_ENTRIES:
            return text[: match.start()], True
    return text, False


def _sitemap_feed(text: str, root: str, address: str) -> Feed:
    if root == "sitemapindex":
        raise NotAFeed(address, "sitemap-index", "This is an index of sitemaps. Follow one of the sitemaps it names.")
    sitemap = read_sitemap(text, address)
    return Feed(FeedKind.SITEMAP, entries=sitemap.entries[:MOST_ENTRIES], warnings=sitemap.warnings)


def _not_a_feed(text: str, root: str, address: str) -> NotAFeed:
    if looks_like_html(text):
        return NotAFeed(
            address, "html", "This is a web page, not a feed. Add its address as a home page to find its feeds."
        )
    if root == "opml":
        return NotAFeed(address, "opml", "This is a list of feeds (OPML). Import it instead.")
    if "\x00" in text[:1000] or text[:1000].count("\ufffd") > 10:
        return NotAFeed(address, "binary", "This is a file of another kind, not a feed.")
    if text.startswith("<"):
        return NotAFeed(address, "xml", "This is XML, but not a feed.")
    return NotAFeed(address, "text", "This is text, not a feed.")
