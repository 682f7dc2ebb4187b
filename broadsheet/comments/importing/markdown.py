"""HTML of another system's comments as our Markdown subset; what the subset lacks is left as words."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.comments.markup import LONGEST
from broadsheet.text.sanitize import plain

_MARKS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "code": "`",
    "tt": "`",
}
_BLOCKS = frozenset(
    {"p", "div", "blockquote", "ul", "ol", "li", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"}
)
_UNREAD = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "head", "title"})
_ESCAPED = re.compile(r"([\\`*_\[\]<>~])")
_MANY_BREAKS = re.compile(r"\n{3,}")
_DEEPEST = 200


def from_html(html: str) -> str:
    """Markdown with the same words, links and emphasis. html: a fragment; plain text with line breaks is fine too."""
    tree = LexborHTMLParser(html[: 4 * LONGEST])
    if tree.body is None:
        return ""
    text = _inner(tree.body, 0)
    return _MANY_BREAKS.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()[:LONGEST]


def _inner(node: LexborNode, depth: int) -> str:
    if depth > _DEEPEST:
        return _escaped(plain(node.html or ""))
    parts = []
    child = node.child
    while child is not None:
        parts.append(_written(child, depth + 1))
        child = child.next
    return "".join(parts)


def _written(node: LexborNode, depth: int) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return _escaped(node.text_content or "")
    if tag in _UNREAD or tag.startswith(("-", "!")):
        return ""
    if tag == "br":
        return "\n"
    inner = _inner(node, depth)
    if mark := _MARKS.get(tag):
        words = inner.strip()
        return inner.replace(words, f"{mark}{words}{mark}", 1) if words and "\n\n" not in words else inner
    if tag == "a":
        return _link(inner, (node.attributes.get("href") or "").strip())
    if tag == "blockquote":
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in inner.strip().split("\n")) + "\n\n"
    if tag == "li":
        return "\n- " + inner.strip()
    return f"\n\n{inner}\n\n" if tag in _BLOCKS else inner


def _link(words: str, address: str) -> str:
    if not address.startswith(("http://", "https://")) or re.search(r"[\s<>()]", address):
        return words
    said = words.strip().replace("\\", "")
    return address if not said or said.rstrip(".…") in address else f"[{words.strip()}]({address})"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", text)
