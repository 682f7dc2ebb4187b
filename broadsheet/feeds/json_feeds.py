"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read without trusting that anything has the type it should."""

from __future__ import annotations

import json
from typing import Any

from broadsheet.feeds.entries import Entry, Feed, FeedKind
from broadsheet.feeds.texts import author_of, plain, title_of
from broadsheet.feeds.xml_feeds import MOST_ENTRIES
from broadsheet.text.addresses import usable
from broadsheet.text.times import parse_time

Json = Any
"""What json.loads gives; every use checks what it is."""


def read_json(text: str, address: str) -> Feed | None:
    """The feed in a JSON text; None if it is no JSON object with items. address: the feed's own."""
    try:
        data: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return None
    language = _text(data.get("language"))
    entries, dropped = _entries(data["items"], address, language)
    return Feed(
        kind=FeedKind.JSON,
        title=title_of(_text(data.get("title"))),
        home=usable(_text(data.get("home_page_url")), address),
        language=language[:35],
        entries=entries,
        hub=_hub(data.get("hubs"), address),
        licence=usable(_text(data.get("license")), address),
        rights=plain(_text(data.get("copyright") or data.get("rights")))[:1000],
        next_page=usable(_text(data.get("next_url")), address),
        self_address=usable(_text(data.get("feed_url")), address),
        warnings=(f"{dropped} entries without a usable link left out",) if dropped else (),
    )


def _entries(items: list[Json], address: str, language: str) -> tuple[tuple[Entry, ...], int]:
    found: dict[str, Entry] = {}
    dropped = 0
    for item in items[: 10 * MOST_ENTRIES]:
        entry = _entry(item, address, language) if isinstance(item, dict) else None
        if entry is None:
            dropped += 1
        elif len(found) < MOST_ENTRIES:
            found.setdefault(entry.address, entry)
    return tuple(found.values()), dropped


def _entry(item: dict[str, Json], base: str, language: str) -> Entry | None:
    identifier = _text(item.get("id"))
    address = usable(_text(item.get("url")), base) or usable(_text(item.get("external_url")), base)
    if not address and identifier.lower().startswith(("http://", "https://")):
        address = usable(identifier, base)
    if not address:
        return None
    tags = item.get("tags")
    categories = (
        tuple(title_of(tag)[:200] for tag in tags if isinstance(tag, str))[:30] if isinstance(tags, list) else ()
    )
    words = _text(item.get("content_text"))
    return Entry(
        address=address,
        id=identifier[:1000] or address,
        title=title_of(_text(item.get("title"))),
        published=parse_time(_date(item.get("date_published"))),
        updated=parse_time(_date(item.get("date_modified"))),
        summary=plain(_text(item.get("summary"))) or plain(words),
        authors=_authors(item),
        language=(_text(item.get("language")) or language)[:35],
        content=_text(item.get("content_html"))[:500_000],
        image=usable(_text(item.get("image")), base) or usable(_text(item.get("banner_image")), base),
        licence=usable(_text(item.get("license")), base),
        rights=plain(_text(item.get("copyright") or item.get("rights")))[:1000],
        section=categories[0] if categories else "",
        categories=categories,
    )


def _text(value: Json) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # JSON can spell half a letter (a lone surrogate), which no database takes.
    return str(value).strip().encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _date(value: Json) -> str | float | None:
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _authors(item: dict[str, Json]) -> tuple[str, ...]:
    given = item.get("authors")
    people = given if isinstance(given, list) and given else [item.get("author")]
    names = [author_of(_text(one.get("name") if isinstance(one, dict) else one)) for one in people[:20]]
    return tuple(dict.fromkeys(name for name in names if name))


def _hub(hubs: Json, base: str) -> str:
    if not isinstance(hubs, list):
        return ""
    for hub in hubs:
        if isinstance(hub, dict) and _text(hub.get("type")).lower() == "websub":
            return usable(_text(hub.get("url")), base)
    return ""
