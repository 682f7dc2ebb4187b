"""Microdata and RDFa-like `itemprop` values of the page, read once.

Only what metadata asks for is kept: the first values of a handful of properties, with their element, in page order.
"""

from __future__ import annotations

from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

WANTED = frozenset({"author", "datepublished", "datemodified"})
MAX_ITEMS = 400


class Items:
    """The values of a page, looked for when the first of them is asked for: most pages declare everything elsewhere."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree

    def named(self, name: str) -> list[LexborNode]:
        """Elements of one property, its name in small letters, in page order. Those inside comments and lists of
        other articles are not told apart here; callers take the first."""
        return self._found.get(name, [])

    @cached_property
    def _found(self) -> dict[str, list[LexborNode]]:
        items: dict[str, list[LexborNode]] = {}
        for node in self._tree.css("body [itemprop]")[:MAX_ITEMS]:
            for name in (node.attributes.get("itemprop") or "").lower().split():
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
