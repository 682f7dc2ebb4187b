"""The elements that every page is asked for, found in one pass: JSON-LD, headings, pictures and links to itself.

Each pass over a page touches all of its memory, so three cost three times as much as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.embedded import JSON_LD
from broadsheet.extraction.metadata.headings import MAX_HEADINGS

FREE = 'meta[itemprop="isAccessibleForFree" i]'
MAX_PICTURES = 60
MAX_LINKS = 400
MAX_TAIL = 32
"""Characters behind an article's name in which the number of a page stands; links for sharing have more."""
_DIGIT = re.compile(r"\d")
_SLUG = re.compile(r"[\w-]{4,80}", re.A)


@dataclass(slots=True)
class Body:
    """scripts: JSON-LD, as text. headings: each `h1`. pictures: each `img`. above: how many of them stand above the
    first heading, None without one. free: what microdata says of free access. licences: addresses of licences linked
    to. links: links to this very article with a number behind its name, with their addresses. All in page order."""

    scripts: list[str] = field(default_factory=list)
    headings: list[LexborNode] = field(default_factory=list)
    pictures: list[LexborNode] = field(default_factory=list)
    above: int | None = None
    free: str = ""
    licences: list[str] = field(default_factory=list)
    links: list[tuple[LexborNode, str]] = field(default_factory=list)


def read_body(tree: LexborHTMLParser, url: str) -> Body:
    """Find them. url: the page's address, "" if unknown."""
    body = Body()
    own = _own_name(url)
    links = f'[href*="{own}"], ' if own else ""
    for node in tree.css(f'{JSON_LD}, h1, img, {FREE}, a:is({links}[href^="?"], [rel*="license"])'):
        tag = node.tag
        if tag == "a":
            given = node.attributes
            if "license" in (given.get("rel") or "").lower():
                body.licences.append(given.get("href") or "")
            elif len(body.links) < MAX_LINKS:
                href = given.get("href") or ""
                tail = (href.rpartition(own)[2] if own else href).partition("#")[0]
                if len(tail) < MAX_TAIL and _DIGIT.search(tail):
                    body.links.append((node, href))
        elif tag == "img":
            if len(body.pictures) < MAX_PICTURES:
                body.pictures.append(node)
        elif tag == "meta":
            body.free = body.free or node.attributes.get("content") or ""
        elif tag == "script":
            body.scripts.append(node.text())
        elif len(body.headings) < MAX_HEADINGS:
            if body.above is None:
                body.above = len(body.pictures)
            body.headings.append(node)
    return body


def _own_name(url: str) -> str:
    """The name by which this article's address ends, without a number: links to its pages hold it too."""
    path = url.partition("//")[2].partition("?")[0].partition("#")[0].partition("/")[2]
    last = path.rstrip("/").rpartition("/")[2]
    name = max(_SLUG.findall(last), key=len, default="").rstrip("0123456789-_")
    return name if len(name) > 3 else ""
