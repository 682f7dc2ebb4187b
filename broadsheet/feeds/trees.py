"""XML trees from outside, made safely, and their elements under short, steady names.

The parser loads no DTD, resolves no entity, opens no network and keeps libxml2's limits on depth and size. Prefixes
are the publisher's choice, so a tag is known by its namespace: `dc:creator`, `media:content`, plain `title`.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

Element = Any
"""lxml ships no types."""

_SHORT = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://www.w3.org/2005/Atom": "atom",
    "https://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "https://search.yahoo.com/mrss/": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://backend.userland.com/creativeCommonsRssModule": "cc",
    "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
}
_AS_WRITTEN = {"creativecommons": "cc", "a10": "atom"}
"""Prefixes that were never declared stand for what they usually mean."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"

_names: dict[str, str] = {}
_MOST_NAMES = 4_096


def parse_tree(text: str, *, recover: bool) -> Element | None:
    """The root element, or None if there is none. Without `recover`, None also for anything not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def name_of(element: Element) -> str:
    """`dc:creator`, or plain `title` for the feed's own elements; "" for what is no element."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    name = _names.get(tag)
    if name is None:
        name = _short_name(tag)
        if len(_names) < _MOST_NAMES:
            _names[tag] = name
    return name


def _short_name(tag: str) -> str:
    space, brace, local = tag.rpartition("}")
    if brace:
        short = _SHORT.get(space[1:].strip(), "?")
        return f"{short}:{local}" if short else local
    prefix, colon, local = tag.partition(":")
    return f"{_AS_WRITTEN.get(prefix.lower(), prefix.lower())}:{local}" if colon else tag


def text_of(element: Element) -> str:
    """All words inside an element."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(element.itertext()).strip()


def markup_of(element: Element) -> str:
    """The element's content as HTML: its text where that holds escaped markup, else its children written out."""
    if len(element) == 0:
        return (element.text or "").strip()
    inner = [element.text or ""]
    inner += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(inner).strip()
