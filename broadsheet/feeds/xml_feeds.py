"""RSS 0.9x, 1.0 and 2.0, and Atom: from a tree to a feed.

Why not a ready parser: the quick ones lose a second author, licences, the hub and the offset of dates, and rights
depend on these. Elements are looked up by the names of `trees`, which makes one reader enough for all dialects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadsheet.feeds.entries import Entry, Feed, FeedKind
from broadsheet.feeds.texts import author_of, folded, plain, title_of
from broadsheet.feeds.trees import ABOUT, BASE, LANG, RESOURCE, Element, markup_of, name_of, text_of
from broadsheet.text.addresses import usable
from broadsheet.text.times import parse_time

MOST_ENTRIES = 1_000
"""Beyond that a feed is an archive; the newest come first by custom."""
_LONG_SUMMARY = 1_200
"""Characters of a description from which it counts as the whole text as well."""
_LONGEST_CONTENT = 500_000
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}

Fields = dict[str, list[Element]]


@dataclass(frozen=True, slots=True)
class _Place:
    """What entries inherit from where they stand."""

    base: str
    language: str


def read_tree(root: Element, address: str) -> Feed | None:
    """The feed in a tree, None if it is none. address: the feed's own, for relative links."""
    kind = _kind(root)
    if kind is None:
        return None
    head = _head(root, kind)
    fields = _fields(head)
    base = usable(root.get(BASE) or head.get(BASE) or "", address) or address
    language = folded(_first_text(fields, "language", "dc:language")) or head.get(LANG) or root.get(LANG) or ""
    place = _Place(base, language[:35])
    entries, dropped = _entries(root, place)
    links = _links(fields)
    return Feed(
        kind=kind,
        title=title_of(_first_text(fields, "title", "atom:title", "dc:title")),
        home=usable(links.get("alternate", "") or _first_text(fields, "link"), base),
        language=place.language,
        entries=entries,
        hub=usable(links.get("hub", ""), base),
        licence=_licence(fields, base),
        rights=_rights(fields),
        next_page=usable(links.get("next", ""), base),
        self_address=usable(links.get("self", ""), base),
        least_interval=_least_interval(fields),
        warnings=(f"{dropped} entries without a usable link left out",) if dropped else (),
    )


def _kind(root: Element) -> FeedKind | None:
    name = name_of(root).rpartition(":")[2].lower()
    if name == "rdf":
        return FeedKind.RDF
    return {"rss": FeedKind.RSS, "channel": FeedKind.RSS, "feed": FeedKind.ATOM}.get(name)


def _head(root: Element, kind: FeedKind) -> Element:
    """The element that describes the feed itself."""
    if kind is FeedKind.ATOM or name_of(root) == "channel":
        return root
    return next((child for child in root.iter() if name_of(child).lower() == "channel"), root)


def _entries(root: Element, place: _Place) -> tuple[tuple[Entry, ...], int]:
    """Entries by address, the first of each, and how many had no usable link."""
    found: dict[str, Entry] = {}
    dropped = 0
    for element in _items(root):
        entry = read_entry(element, place)
        if entry is None:
            dropped += 1
        elif entry.address not in found:
            found[entry.address] = entry
            if len(found) >= MOST_ENTRIES:
                break
    return tuple(found.values()), dropped


def _items(root: Element) -> Iterator[Element]:
    # At any depth: broken feeds leave items outside their channel, or inside an unclosed element.
    for element in root.iter():
        if name_of(element) in ("item", "atom:entry", "entry"):
            yield element


def read_entry(element: Element, place: _Place) -> Entry | None:
    """One item or entry; None without a usable address."""
    fields = _fields(element)
    base = usable(element.get(BASE) or "", place.base) or place.base
    links = _links(fields)
    guid = _first_text(fields, "guid", "atom:id", "id")
    address = _address(element, fields, links, guid, base)
    if not address:
        return None
    content = _content(fields)
    description = _markup(fields, "description", "atom:summary", "summary", "dc:description", "media:description")
    description = description or _first_text(fields, "itunes:summary", "itunes:subtitle")
    if not content and len(description) >= _LONG_SUMMARY:
        content = description[:_LONGEST_CONTENT]
    categories = _categories(fields)
    return Entry(
        address=address,
        id=guid[:1000] or address,
        title=title_of(_markup(fields, "title", "atom:title", "dc:title", "media:title")),
        published=_time(fields, "pubDate", "dc:date", "atom:published", "published", "atom:issued", "dcterms:issued")
        or _time(fields, "dcterms:created", "atom:created", "pubdate", "date"),
        updated=_time(fields, "atom:updated", "updated", "dcterms:modified", "atom:modified", "lastmod"),
        summary=plain(description),
        authors=_authors(fields),
        language=(_first_text(fields, "dc:language", "language") or element.get(LANG) or place.language)[:35],
        content=content,
        image=usable(_image(fields), base),
        licence=_licence(fields, base),
        rights=_rights(fields),
        section=categories[0] if categories else "",
        categories=categories,
    )


# Fields of one element


def _fields(element: Element) -> Fields:
    fields: Fields = {}
    for child in element:
        if name := name_of(child):
            fields.setdefault(name, []).append(child)
            if name in ("media:group", "media:content"):
                for inner in child:
                    if inner_name := name_of(inner):
                        fields.setdefault(inner_name, []).append(inner)
    return fields


def _first_text(fields: Fields, *names: str) -> str:
    for name in names:
        for element in fields.get(name, ()):
            if text := text_of(element):
                return text
    return ""


def _first_word(fields: Fields, name: str) -> str:
    """Text up to the first inner element: where an end tag is missing, the rest of the feed follows inside."""
    return next((text for element in fields.get(name, ()) if (text := (element.text or "").strip())), "")


def _markup(fields: Fields, *names: str) -> str:
    for name in names:
        for element in fields.get(name, ()):
            if text := markup_of(element):
                return text
    return ""


def _content(fields: Fields) -> str:
    """The longest: some feeds send a teaser and the whole text under the same name."""
    found = [
        markup_of(element)
        for name in ("content:encoded", "atom:content", "content", "encoded")
        for element in fields.get(name, ())
        if not element.get("src")
    ]
    return max(found, key=len, default="")[:_LONGEST_CONTENT]


def _time(fields: Fields, *names: str) -> datetime | None:
    for name in names:
        for element in fields.get(name, ()):
            if moment := parse_time(text_of(element)):
                return moment
    return None


def _links(fields: Fields) -> dict[str, str]:
    """Atom links by relation, the first of each, web pages before other types."""
    found: dict[str, str] = {}
    for name in ("atom:link", "link"):
        for element in fields.get(name, ()):
            href = element.get("href")
            if not href:
                continue
            relation = (element.get("rel") or "alternate").lower()
            kind = (element.get("type") or "").lower()
            if relation == "alternate" and kind and "html" not in kind:
                found.setdefault("other", href)
            else:
                found.setdefault(relation, href)
    if "alternate" not in found and "other" in found:
        found["alternate"] = found["other"]
    return found


def _address(element: Element, fields: Fields, links: dict[str, str], guid: str, base: str) -> str:
    """FeedBurner's original before its counter, then the link, then a guid that is an address."""
    for text in (
        _first_word(fields, "feedburner:origLink"),
        _first_word(fields, "link"),
        links.get("alternate", ""),
        element.get(ABOUT) or "",
    ):
        if address := usable(text, base):
            return address
    permanent = all(item.get("isPermaLink", "true").lower() != "false" for item in fields.get("guid", ()))
    if permanent and guid.lower().startswith(("http://", "https://")):
        return usable(guid, base)
    return ""


def _authors(fields: Fields) -> tuple[str, ...]:
    names: list[str] = []
    for name in ("dc:creator", "author", "atom:author", "itunes:author", "dc:author"):
        for element in fields.get(name, ()):
            inner = [text_of(child) for child in element if name_of(child).rpartition(":")[2] == "name"]
            names += inner or ([text_of(element)] if len(element) == 0 else [])
        if names:
            break
    parts = [author_of(part) for name in names for part in name.split(";")]
    return tuple(dict.fromkeys(part for part in parts if part))[:20]


def _categories(fields: Fields) -> tuple[str, ...]:
    found: list[str] = []
    for name in ("category", "atom:category", "dc:subject", "media:category"):
        for element in fields.get(name, ()):
            label = element.get("label") or element.get("term") or text_of(element)
            if label := title_of(label):
                found.append(label[:200])
    return tuple(dict.fromkeys(found))[:30]


def _image(fields: Fields) -> str:
    """The widest picture offered; of equal ones the first."""
    offers: list[tuple[int, str]] = []
    for name in ("media:content", "media:thumbnail", "enclosure"):
        for element in fields.get(name, ()):
            address = element.get("url") or ""
            kind = f"{element.get('medium') or ''} {element.get('type') or ''}".lower()
            picture = "image" in kind or name == "media:thumbnail"
            if not kind.strip():
                picture = picture or address.partition("?")[0].lower().endswith(_PICTURE_ENDINGS)
            if address and picture:
                width = element.get("width") or ""
                offers.append((int(width) if width.isdecimal() and len(width) < 7 else 0, address))
    offers += [(0, element.get("href") or "") for element in fields.get("itunes:image", ())]
    return max(offers, key=lambda offer: offer[0], default=(0, ""))[1]


def _licence(fields: Fields, base: str) -> str:
    for name in ("cc:license", "dcterms:license", "cc:licence"):
        for element in fields.get(name, ()):
            if address := usable(element.get(RESOURCE) or element.get("href") or text_of(element), base):
                return address
    return usable(_links(fields).get("license", ""), base)


def _rights(fields: Fields) -> str:
    text = _first_text(fields, "dc:rights", "atom:rights", "rights", "copyright", "media:copyright", "dcterms:rights")
    return plain(text)[:1000]


def _least_interval(fields: Fields) -> timedelta | None:
    ttl = _first_text(fields, "ttl")
    if ttl.isdecimal() and 0 < len(ttl) < 7:
        return timedelta(minutes=int(ttl))
    period = _PERIODS.get(_first_text(fields, "sy:updatePeriod").lower())
    times = _first_text(fields, "sy:updateFrequency") or "1"
    if period is None or not times.isdecimal() or len(times) > 6:
        return None
    return timedelta(minutes=period / max(int(times), 1))
