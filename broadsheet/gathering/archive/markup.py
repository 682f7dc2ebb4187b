"""Markup that comes with an archive is believed only as far as it is the kind that extraction makes.

Texts carry sanitised inline markup that pages show as it is. An archive may come from anywhere: what holds anything
else is sanitised again, and counted.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from broadsheet.text.sanitize import clean_inline

_TAGS = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp"}
    | {"rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "p", "ul", "ol", "li"}
    | {"blockquote", "table", "caption", "tbody", "thead", "tfoot", "tr", "td", "th", "figure", "figcaption", "img"}
    | {"pre", "h2", "h3", "h4", "h5", "h6", "html", "head", "body", "-text"}
)
_ATTRIBUTES = frozenset(
    {"lang", "dir", "href", "hreflang", "title", "datetime", "cite", "rel", "src", "alt", "width", "height"}
    | {"colspan", "rowspan", "scope", "start", "reversed", "value"}
)
_CELL = re.compile(r"<(?:t[drhbf]|ca|co)", re.IGNORECASE)
_ADDRESSES = frozenset({"href", "src", "cite"})
_SCHEMES = frozenset({"http", "https", "mailto"})


def clean_blocks(blocks: Any) -> int:
    """Sanitise, in place, the markup of blocks that needs it. Returns how many did. Raises ValueError for no blocks."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise ValueError("it is no list of blocks")
    cleaned = 0
    for block in blocks:
        html = block.get("html", "")
        if not isinstance(html, str):
            raise ValueError("its markup is no text")
        if not is_safe(html):
            block["html"] = clean_inline(html)
            cleaned += 1
    return cleaned


def is_safe(html: str) -> bool:
    """Whether it holds nothing but elements, attributes and addresses that extraction makes."""
    if "<" not in html:
        return True
    if "<!" in html or "<?" in html:
        return False
    # Outside a table the parser drops the tags of cells, and with them what they carry.
    readings = [html, f"<table>{html}</table>"] if _CELL.search(html) else [html]
    for reading in readings:
        root = LexborHTMLParser(reading).root
        for node in root.traverse(include_text=True) if root is not None else ():
            if node.tag not in _TAGS or not all(map(_is_harmless, node.attributes.items())):
                return False
    return True


def _is_harmless(attribute: tuple[str, str | None]) -> bool:
    name, value = attribute
    if name not in _ATTRIBUTES:
        return False
    if name not in _ADDRESSES:
        return True
    try:
        parts = urlsplit((value or "").strip())
    except ValueError:
        return False
    return parts.scheme in _SCHEMES
