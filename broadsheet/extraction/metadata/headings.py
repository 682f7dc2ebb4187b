"""Which heading of a page readers take for the article's headline, and what it says without its kicker.

Not every `h1` is one: mastheads wrap the site's name in it, and breadcrumbs end in one that carries the title for
search engines, while the headline above the text is an `h2`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_HEADINGS = 12
MAX_HEADLINE = 400
"""Characters; what is longer is a paragraph in the wrong element."""
_LISTS = frozenset(("ol", "ul", "li"))
_KICKER_NAMES = """kicker overline topline eyebrow dachzeile roofline overtitle surtitle suptitle pretitle pre-title
    pretitulo antetitulo occhiello chapeu preheadline pre-headline headline-pre spitzmarke superheadline supertitle
    headline__sup topic subheadline sub-headline subtitle sub-title subline flag badge rubric ressort sr-only
    screen-reader visually-hidden offscreen"""
_KICKER = tuple(_KICKER_NAMES.split())
"""Names of elements in a heading that hold the line above or below the headline, or words for screen readers."""
_EDGES = " \n-–—|:·•/"
_WORD = re.compile(r"\w+")


def clean(text: str) -> str:
    """Fold white space and drop what cannot belong to a headline."""
    if not text.isascii():
        text = text.replace("\u00ad", "").replace("\u200b", "")
    return " ".join(text.split())[:MAX_HEADLINE]


def key(text: str) -> str:
    """What makes two spellings of a headline the same: its letters and digits."""
    low = text.casefold()
    return low if low.replace(" ", "").isalnum() else " ".join(_WORD.findall(low))


def main_headings(headings: list[LexborNode]) -> list[tuple[LexborNode, bool]]:
    """(heading, in a breadcrumb) for each `h1` with text that is no part of the navigation or the masthead."""
    found = []
    for node in headings:
        if node.first_child is None:
            continue
        place = _place_of(node)
        if place != "nav" and not _leads_home(node):
            found.append((node, place != ""))
    return found


def _place_of(node: LexborNode) -> str:
    """ "nav", "list" or "breadcrumb" where a heading stands in one, else ""."""
    at: LexborNode | None = node
    for _ in range(5):
        if at is None or at.tag in ("body", "article", "main"):
            break
        if at.tag == "nav":
            return "nav"
        if at.tag in _LISTS:
            return "list"
        name = at.attributes.get("class")
        if name and ("breadcrumb" in name.lower() or "seotitle" in name.lower()):
            return "breadcrumb"
        at = at.parent
    return ""


def _leads_home(node: LexborNode) -> bool:
    """Whether all of a heading is a link to the front page: the site's name."""
    first = node.first_child
    if first is None or (first.is_text_node and first.next is None):
        return False
    links = node.css("a[href]")[:2]
    if len(links) != 1:
        return False
    href = (links[0].attributes.get("href") or "").strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    home = href != "" and not href.startswith("#") and parts.path in ("", "/") and not parts.query
    return home and key(links[0].text()) == key(node.text())


def said_by(node: LexborNode, titles: Iterable[str]) -> str:
    """The text of a heading; without its kicker where markup tells the two apart and no other title has it too.

    titles: `key` of the page's other titles.
    """
    whole = clean(node.text(separator=" "))
    first = node.first_child
    if first is None or (first.is_text_node and first.next is None):
        return whole
    parts = _parts(node)
    while len(parts) == 1 and parts[0][0] is not None:
        parts = _parts(parts[0][0])
    if len(parts) < 2:
        return whole
    alone = next((text for part, text in parts if part is not None and len(text) > 12 and key(text) in titles), "")
    kept = [text for part, text in parts if part is None or not _is_kicker(part)]
    if alone or len(kept) == len(parts) or any(key(whole) in title for title in titles):
        return clean(alone) or whole
    return clean(" ".join(kept)).strip(_EDGES) or whole


def says(node: LexborNode | None, headline: str) -> bool:
    """Whether a heading holds a headline word for word."""
    return node is not None and headline in clean(node.text(separator=" "))


def _parts(node: LexborNode) -> list[tuple[LexborNode | None, str]]:
    """(element, or None for bare text, its text) for each child that shows text."""
    found: list[tuple[LexborNode | None, str]] = []
    for child in node.iter(include_text=True):
        text = child.text_content if child.is_text_node else child.text(separator=" ")
        if text and not text.isspace():
            found.append((None if child.is_text_node else child, text))
    return found


def _is_kicker(node: LexborNode) -> bool:
    name = (node.attributes.get("class") or "").lower()
    return any(word in name for word in _KICKER)


def shown_heading(tree: LexborHTMLParser, wanted: dict[str, str]) -> tuple[str, LexborNode | None]:
    """The first `h2` that says one of the page's titles, ("", None) if none does; its kicker may stand before it.

    wanted: `key` of each title -> the title.
    """
    for node in tree.tags("h2")[:MAX_HEADINGS]:
        found = key(clean(node.text(separator=" ")))
        if len(found) < 12:
            continue
        if found in wanted:
            return said_by(node, wanted), node
        for other, title in wanted.items():
            if len(other) > 20 and found.endswith(" " + other):
                return title, node
    return "", None
