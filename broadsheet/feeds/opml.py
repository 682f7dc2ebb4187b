"""Lists of subscriptions as OPML 1 and 2, read from anybody and written for everybody. Folders are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

from broadsheet.feeds.cleaning import decode, mended, without_dress
from broadsheet.feeds.entries import Subscription
from broadsheet.feeds.errors import FeedError
from broadsheet.feeds.texts import folded
from broadsheet.feeds.trees import Element, name_of, parse_tree
from broadsheet.text.addresses import usable

MOST_SUBSCRIPTIONS = 20_000
_DEEPEST = 20


def read_opml(body: bytes, name: str = "OPML file") -> list[Subscription]:
    """The subscriptions in a file, one for each address, in order.

    name: what to call the file in an error. Lines whose address cannot be used are left out.
    Raises FeedError if it is no OPML.
    """
    text, _ = decode(body)
    text = without_dress(text)
    tree = parse_tree(text, recover=False)
    if tree is None:
        tree = parse_tree(mended(text), recover=True)
    if tree is None or name_of(tree).lower() != "opml":
        raise FeedError(name, "other", "This is not an OPML file.")
    found: dict[str, Subscription] = {}
    for subscription in _walk(tree):
        found.setdefault(subscription.address, subscription)
        if len(found) >= MOST_SUBSCRIPTIONS:
            break
    return list(found.values())


def _walk(tree: Element) -> Iterable[Subscription]:
    """Outlines in document order with their folders, without recursion: the file decides the depth."""
    waiting: list[tuple[Element, tuple[str, ...]]] = [(child, ()) for child in reversed(list(tree))]
    while waiting:
        element, folder = waiting.pop()
        inner = folder
        if name_of(element).lower() == "outline":
            values = {key.lower(): value for key, value in element.attrib.items()}
            label = folded(values.get("text") or values.get("title") or "")[:500]
            address = values.get("xmlurl") or (values.get("url", "") if values.get("type", "").lower() == "rss" else "")
            if address:
                if subscription := _subscription(address, label, values, folder):
                    yield subscription
            elif label and len(folder) < _DEEPEST:
                inner = (*folder, label)
        waiting += [(child, inner) for child in reversed(list(element))]


def _subscription(address: str, label: str, values: dict[str, str], folder: tuple[str, ...]) -> Subscription | None:
    address = usable(address.removeprefix("feed:").removeprefix("//"))
    if not address:
        return None
    return Subscription(address, label, usable(values.get("htmlurl", "")), values.get("language", "")[:35], folder)


def write_opml(subscriptions: Iterable[Subscription], title: str, now: datetime) -> bytes:
    """The subscriptions as OPML 2.0 in UTF-8, with their folders. now: aware, for the head."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _legal(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    folders: dict[tuple[str, ...], Any] = {(): etree.SubElement(root, "body")}
    for one in subscriptions:
        line = etree.SubElement(_folder(folders, one.folder), "outline", type="rss")
        values = (("text", one.title or one.address), ("title", one.title), ("xmlUrl", one.address))
        for key, value in (*values, ("htmlUrl", one.home), ("language", one.language)):
            if value:
                line.set(key, _legal(value))
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _folder(folders: dict[tuple[str, ...], Any], path: tuple[str, ...]) -> Any:
    if path not in folders:
        parent = _folder(folders, path[:-1])
        folders[path] = etree.SubElement(parent, "outline", text=_legal(path[-1]), title=_legal(path[-1]))
    return folders[path]


def _legal(text: str) -> str:
    """Without the characters XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
