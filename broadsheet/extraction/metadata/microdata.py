"""Microdata and RDFa-like `itemprop` values of the page, read once.

Only what metadata asks for is kept: the first values of a handful of properties, with their element, in page order.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

WANTED = frozenset({"author", "datepublished", "datemodified", "isaccessibleforfree"})
MAX_ITEMS = 400


def read_items(tree: LexborHTMLParser) -> dict[str, list[LexborNode]]:
    """Lower-case itemprop -> its elements, in page order. Items inside comments and lists of other articles are not
    told apart here; callers take the first."""
    items: dict[str, list[LexborNode]] = {}
    for node in tree.css("body [itemprop]")[:MAX_ITEMS]:
        for name in (node.attrs.get("itemprop") or "").lower().split():
            if name in WANTED:
                items.setdefault(name, []).append(node)
    return items


def value_of(node: LexborNode) -> str:
    """The value an element carries: content, datetime or address attribute, else its text."""
    given = node.attributes
    for key in ("content", "datetime", "title" if node.tag == "abbr" else ""):
        value = given.get(key) if key else None
        if value:
            return " ".join(value.split())
    if node.tag in ("link", "a"):
        return (given.get("href") or "").strip()
    return " ".join(node.text(separator=" ").split())
