"""Writing feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1. Pure.

Names carry their prefixes as written and the root declares them: Atom stands in its default namespace, as the many
readers expect that look for `<entry>` by its letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from django.conf import settings

from broadsheet.site.feeds import Entry, Feed
from broadsheet.site.head import absolute

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write."""


def write_atom(feed: Feed) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _add(root, "id", absolute(feed.path))
    _add(root, "title", feed.title)
    _add(root, "updated", _rfc3339(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=absolute(f"{feed.path}.atom"))
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    if hub := str(settings.ENVIRONMENT.websub_hub):
        _add(root, "link", rel="hub", href=hub)
    _add(_add(root, "author"), "name", feed.title.partition(":")[0])
    for entry in feed.entries:
        _atom_entry(_add(root, "entry"), entry)
    return _document(root)


def write_rss(feed: Feed) -> bytes:
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": ATOM, "xmlns:dc": DC})
    channel = ET.SubElement(root, "channel")
    for name, value in (("title", feed.title), ("link", feed.home), ("description", feed.title)):
        ET.SubElement(channel, name).text = _clean(value)
    ET.SubElement(channel, "language").text = feed.language
    ET.SubElement(channel, "lastBuildDate").text = format_datetime(feed.updated)
    ET.SubElement(
        channel,
        "atom:link",
        {"rel": "self", "type": "application/rss+xml", "href": absolute(f"{feed.path}.rss")},
    )
    if hub := str(settings.ENVIRONMENT.websub_hub):
        ET.SubElement(channel, "atom:link", {"rel": "hub", "href": hub})
    for entry in feed.entries:
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "title").text = _clean(entry.title)
        ET.SubElement(item, "link").text = entry.address
        ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = entry.id
        ET.SubElement(item, "pubDate").text = format_datetime(entry.published)
        if entry.summary:
            ET.SubElement(item, "description").text = _escaped(_clean(entry.summary))
        ET.SubElement(item, "dc:creator").text = _clean(entry.author or entry.publisher)
        ET.SubElement(item, "dc:publisher").text = _clean(entry.publisher)
        ET.SubElement(item, "dc:rights").text = _clean(entry.rights)
        if entry.language:
            ET.SubElement(item, "dc:language").text = entry.language
        if entry.via:
            ET.SubElement(item, "dc:source").text = entry.via
    return _document(root)


def write_json(feed: Feed) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": absolute(f"{feed.path}.json"),
        "language": feed.language,
        **({"hubs": [{"type": "WebSub", "url": hub}]} if (hub := str(settings.ENVIRONMENT.websub_hub)) else {}),
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


FORMS: Mapping[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", write_atom),
    "rss": ("application/rss+xml; charset=utf-8", write_rss),
    "json": ("application/feed+json; charset=utf-8", write_json),
}
"""Content type and writer of each ending."""


def _atom_entry(element: ET.Element, entry: Entry) -> None:
    if entry.language:
        element.set("xml:lang", entry.language)
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.via:
        _add(element, "link", rel="via", href=entry.via)
    _add(element, "published", _rfc3339(entry.published))
    _add(element, "updated", _rfc3339(entry.updated))
    _add(_add(element, "author"), "name", entry.author or entry.publisher)
    _add(element, "rights", entry.rights)
    source = _add(element, "source")
    _add(source, "id", entry.publisher_home)
    _add(source, "title", entry.publisher)
    _add(source, "updated", _rfc3339(entry.updated))
    if entry.summary:
        _add(element, "summary", entry.summary)


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": _rfc3339(entry.published),
        "date_modified": _rfc3339(entry.updated),
        "authors": [{"name": entry.author or entry.publisher, "url": entry.publisher_home}],
        "_source": {"publisher": entry.publisher, "rights": entry.rights},
    }
    if entry.via:
        item["external_url"] = entry.via
    if entry.language:
        item["language"] = entry.language
    return item


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    if text is not None:
        element.text = _clean(text)
    return element


def _document(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _escaped(text: str) -> str:
    """Plain words where readers expect HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
