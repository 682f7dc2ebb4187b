"""Which heading of a page readers take for the article's headline, and what it says without its kicker.

Not every `h1` is one: mastheads wrap the site's name in it, and breadcrumbs end in one that carries the title for
search engines, while the headline above the text is an `h2`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 20
"""Boxes in boxes of a heading that are opened in search of its parts; each is read whole."""
MAX_HEADINGS = 12
MAX_HEADLINE = 400
"""Characters; what is longer is a paragraph in the wrong element."""
LONGEST = 20 * MAX_HEADLINE
"""Characters of an element that are read to know its words: a heading that was never closed holds the whole page."""
PROSE = 100
"""Characters of a paragraph."""
_LISTS = frozenset(("ol", "ul", "li"))
_KICKER_NAMES = """kicker overline topline eyebrow dachzeile roofline overtitle surtitle suptitle pretitle pre-title
    pretitulo antetitulo occhiello chapeu preheadline pre-headline headline-pre spitzmarke superheadline supertitle
    headline__sup topic subheadline sub-headline subtitle sub-title subline flag badge rubric ressort sr-only
    screen-reader visually-hidden offscreen"""
_KICKER = tuple(_KICKER_NAMES.split())
"""Names of elements in a heading that hold the line above or below the headline, or words for screen readers."""
_EDGES = " \n-–—|:·•/"
_ENDS = " \t\r\n.,:;!?…·|–—-()[]{}\"'“”„«»‘’›‹*/\u00a0\u00ad\u200b。！？」』）"
_WORD = re.compile(r"\w+")
_ARCHIVED = re.compile(r"(?:https?://[\w.]{1,60})?/web/\d{4,14}\w{0,3}/(?=https?://)", re.A)
"""What an archive of the web writes before an address."""
_TONGUE = re.compile(r"(?:lang|language|locale|hl|l)=[\w-]{2,8}", re.A)
"""A query that only chooses a language."""


def clean(text: str) -> str:
    """Fold white space and drop what cannot belong to a headline."""
    if not text.isascii():
        text = text.replace("\u200b", "")
    return " ".join(text.split())[:MAX_HEADLINE]


def key(text: str) -> str:
    """What makes two spellings of a headline the same: its letters and digits, wherever lines may break."""
    low = text.casefold()
    if low.replace(" ", "").isalnum():
        return low
    return " ".join(_WORD.findall(low if low.isascii() else low.replace("\u00ad", "")))


def is_telling(title: str) -> bool:
    """Whether the `key` of a title is long enough to be no other text's by chance; Han and Kana are denser."""
    return len(title) > 12 or (len(title) > 5 and title[0] >= "\u2e80")


def text_of(node: LexborNode, titles: Collection[str] = ()) -> str:
    """What a heading says. Elements in it stand apart, as a kicker does from the headline, unless the page has a
    title that reads as if they did not: then they are letters of one word. titles: `key` of such titles."""
    first = node.first_child
    if first is None or (first.is_text_node and first.next is None):
        return clean(node.text())
    parts = _words_in(node)
    apart = clean(" ".join(parts))
    if len(parts) > 1 and titles and key(apart) not in titles:
        joined = clean("".join(parts))
        if key(joined) in titles:
            return joined
    return apart


def _words_in(node: LexborNode) -> list[str]:
    """The texts of an element, without those of styles that scripts leave in it."""
    text = node.text(separator="\0")
    if "{" not in text:
        return text[:LONGEST].split("\0")
    words: list[str] = []
    size = 0
    for at in node.traverse(include_text=True):
        if at.is_text_node and (at.parent is None or at.parent.tag not in ("style", "script")):
            words.append(at.text_content or "")
            size += len(words[-1])
            if size > LONGEST:
                break
    return words


def main_headings(headings: list[LexborNode], site: set[str]) -> list[tuple[LexborNode, bool]]:
    """(heading, in a breadcrumb) for each `h1` with text that is no part of the navigation or the masthead.

    site: takes the `key` of what a masthead says, the site's name.
    """
    found = []
    for node in headings:
        if node.first_child is None:
            continue
        place = _place_of(node)
        if _leads_home(node):
            site.add(key(node.text()))
        elif place != "nav":
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
    """Whether all of a heading is a link to the front page, in it or around it: the site's name."""
    first = node.first_child
    link = node.parent
    if link is None or link.tag != "a":
        if first is None or (first.is_text_node and first.next is None):
            return False
        links = node.css("a[href]")[:2]
        if len(links) != 1 or key(links[0].text()[:LONGEST]) != key(node.text()[:LONGEST]):
            return False
        link = links[0]
    href = (link.attributes.get("href") or "").strip()
    archived = _ARCHIVED.match(href)
    try:
        parts = urlsplit(href[archived.end() :] if archived else href)
    except ValueError:
        return False
    elsewhere = parts.query and not _TONGUE.fullmatch(parts.query)
    return href != "" and not href.startswith("#") and parts.path in ("", "/") and not elsewhere


def said_by(node: LexborNode, titles: Collection[str]) -> str:
    """The text of a heading; without its kicker where markup tells the two apart and no other title has it too.

    titles: `key` of the page's other titles.
    """
    whole = text_of(node, titles)
    first = node.first_child
    if first is None or (first.is_text_node and first.next is None):
        return whole
    parts = _parts(node)
    for _ in range(DEEPEST):
        if len(parts) != 1 or parts[0][0] is None:
            break
        parts = _parts(parts[0][0])
    if len(parts) < 2:
        return whole
    alone = next((text for _, text in parts if 12 < len(text) <= LONGEST and key(text) in titles), "")
    kept = [text for part, text in parts if part is None or not _is_kicker(part)]
    if alone or len(kept) == len(parts) or any(key(whole) in title for title in titles):
        return clean(alone) or whole
    return clean(" ".join(kept)).strip(_EDGES) or whole


def follows_prose(node: LexborNode | None) -> bool:
    """Whether two of the elements right before a heading are paragraphs of text: then it stands inside the article."""
    prose = 0
    at = node.prev if node is not None else None
    for _ in range(MAX_HEADINGS):
        if at is None or prose > 1:
            break
        prose += at.tag in ("p", "blockquote") and len(at.text()) > PROSE
        at = at.prev
    return prose > 1


def says(node: LexborNode | None, headline: str) -> bool:
    """Whether a heading holds a headline word for word."""
    return node is not None and headline in text_of(node, (key(headline),))


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
    last_words = tuple(title.rpartition(" ")[2] for title in wanted)
    for node in tree.tags("h2")[:MAX_HEADINGS] if wanted else ():
        text = node.text(separator=" ")
        if not text.casefold().rstrip(_ENDS).endswith(last_words):
            continue  # a quick look spares most headings the whole comparison
        found = key(text)
        if not is_telling(found):
            continue
        if found in wanted:
            return said_by(node, wanted), node
        for other, title in wanted.items():
            if len(other) > 20 and found.endswith(" " + other):
                return title, node
    return "", None
