"""What the head of a page declares: title, `meta` and `link`, read in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_LINKS = ", ".join(f"[rel*={rel} i]" for rel in ("canonical", "amphtml", "next", "licen", "image_src"))
_WANTED = f"meta, title, link:is({_LINKS})"
_NAMES = frozenset(("property", "name", "itemprop", "http-equiv"))
RELATIONS = frozenset(("canonical", "amphtml", "next", "license", "licence", "image_src"))
"""Relations of links that are kept."""
MAX_TAGS = 3_000
"""Tags of the head that are read; the rest of a longer head is passed over."""


@dataclass(slots=True)
class Head:
    """title: text of the title element. metas: lower-case name, property or http-equiv -> contents in page order.
    links: lower-case rel -> the attributes of each such link, in page order."""

    title: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[dict[str, str | None]]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first non-empty content among the names, tried in order."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return ""

    def every(self, *names: str) -> list[str]:
        return [value for name in names for value in self.metas.get(name, ()) if value]

    def ranked(self, ranks: Mapping[str, int]) -> list[str]:
        """The same for many names, each with its rank: a look at the page's metas costs less than one at all names."""
        names = sorted(self.metas.keys() & ranks.keys(), key=ranks.__getitem__)
        return [value for name in names for value in self.metas[name] if value]

    def link(self, rel: str) -> str:
        """The address of the first link with this relation, as written."""
        return next((a["href"] or "" for a in self.links.get(rel, ()) if a.get("href")), "")


def read_head(tree: LexborHTMLParser) -> Head:
    """Read title, metas and links; looks in the body as well where the head shows none of the usual metas."""
    head = Head()
    if tree.head is not None:
        for node in tree.head.css(_WANTED)[:MAX_TAGS]:
            _note(head, node)
    if not any(name in head.metas for name in ("og:title", "description", "og:url", "og:type")):
        for stray in tree.css("body meta, body link[rel]")[:MAX_TAGS]:
            _note(head, stray)
    if not head.title:
        stray_title = tree.css_first("title")
        head.title = " ".join(stray_title.text().split()) if stray_title is not None else ""
    return head


def _note(head: Head, node: LexborNode) -> None:
    given = node.attributes
    content = given["content"] if "content" in given else given.get("value")  # a slip that some systems make
    if content is not None:
        if "\n" in content or "  " in content or content[:1] == " " or content[-1:] == " ":
            content = " ".join(content.split())
        metas = head.metas
        for attribute, name in given.items():
            if name and attribute in _NAMES:
                name = name.strip().lower()
                if name in metas:
                    metas[name].append(content)
                else:
                    metas[name] = [content]
    elif "rel" in given:
        for rel in (given["rel"] or "").lower().split():
            if rel in RELATIONS:
                head.links.setdefault(rel, []).append(given)
    elif not head.title and node.tag == "title":
        head.title = " ".join(node.text().split())
