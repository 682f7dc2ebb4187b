"""Finding feeds on a home page, and articles on a section page that has no feed. Looks only, never asks.

Feeds come from four places, believed in this order: what the page announces, what it links to, what robots.txt
names, and where such things usually are. A caller tries candidates from the top until one parses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.feeds.cleaning import decode
from broadsheet.feeds.entries import ArticleLink, Candidate
from broadsheet.feeds.places import FEED_TYPES, SIDE_FEEDS, SIDE_PATHS, USUAL_FEEDS, USUAL_SITEMAPS
from broadsheet.feeds.texts import folded
from broadsheet.text.addresses import authority_of, canonical, normalize, same_site, usable

MOST_BYTES = 8_000_000
MOST_CANDIDATES = 60
MOST_LINKS = 3_000
_FEED_PATH = re.compile(r"(?:^|[/._?=&-])(?:rss2?|feeds?|atom|rdf|index\.xml|feed\.json)(?:$|[/._?=&-])", re.IGNORECASE)
_FEED_WORD = re.compile(r"\b(?:rss|atom|web-?feeds?|news-?feeds?|feeds?|xml)\b", re.IGNORECASE)
_DATE_PATH = re.compile(r"/(?:19|20)\d\d(?:[/-]?[01]\d|/[a-z]{3})(?:[/-]?[0-3]\d)?(?=[/-])", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|ece|story|article)$", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|css|js|xml|json|rss|ico|docx?|xlsx?|ics)$", re.IGNORECASE
)


def discover(html: bytes | str, address: str, *, robots_sitemaps: tuple[str, ...] = ()) -> list[Candidate]:
    """Feeds and news sitemaps that the site at `address` may have, best first.

    html: its home page; may be empty, then only the usual places remain. robots_sitemaps: from its robots.txt.
    Raises AddressError when `address` itself is unusable.
    """
    home = normalize(address)
    tree = _tree(html)
    base = _base(tree, home)
    found: dict[str, Candidate] = {}
    for candidate in (
        *_announced(tree, base, home),
        *_linked(tree, base, home),
        *_from_robots(robots_sitemaps, home),
        *_usual(home),
    ):
        known = found.get(candidate.address)
        if known is None or known.score < candidate.score:
            found[candidate.address] = candidate
    return sorted(found.values(), key=lambda candidate: -candidate.score)[:MOST_CANDIDATES]


def _tree(html: bytes | str) -> LexborHTMLParser:
    text = decode(html[:MOST_BYTES])[0] if isinstance(html, bytes) else html[:MOST_BYTES]
    return LexborHTMLParser(text)


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    return _target(node.attributes.get("href") if node else "", address) or address


def _target(href: str | None, base: str) -> str:
    """Where a link leads; "" for places in the page and schemes of other programs."""
    return "" if not href or href.lstrip().startswith("#") else usable(href, base)


# Feeds


def _announced(tree: LexborHTMLParser, base: str, home: str) -> Iterator[Candidate]:
    for position, node in enumerate(tree.css("link[rel][href]")[:500]):
        given = node.attributes
        relations = (given.get("rel") or "").lower().split()
        kind = (given.get("type") or "").partition(";")[0].strip().lower()
        surety = FEED_TYPES.get(kind, 0.0)
        if "feed" in relations:
            surety = max(surety, 0.9)
        elif "alternate" not in relations:
            continue
        found = _target(given.get("href"), base)
        if kind in ("application/xml", "text/xml", "application/json") and not _FEED_PATH.search(found):
            surety = min(surety, 0.2)
        if not surety or not found:
            continue
        title = folded(given.get("title") or "")[:300]
        # The first announced feed is the main one by custom.
        score = 0.95 * surety - 0.01 * min(position, 20)
        yield Candidate(found, title, "feed", "announced", _for_side(score, found, title, home))


def _linked(tree: LexborHTMLParser, base: str, home: str) -> Iterator[Candidate]:
    for node in tree.css("a[href]")[:MOST_LINKS]:
        href = node.attributes.get("href") or ""
        if not _FEED_PATH.search(href) and not _FEED_WORD.search(node.text()[:100]):
            continue
        found = _target(href, base)
        if not found or (not same_site(found, home) and "feedburner" not in found):
            continue
        title = folded(node.text() or node.attributes.get("title") or "")[:300]
        path = found.rpartition("/")[2].lower()
        ending = path.endswith((".xml", ".rss", ".rdf", ".atom")) or path in ("feed", "rss", "atom", "rss2")
        score = 0.7 if ending else 0.5 if _FEED_PATH.search(found) else 0.3
        yield Candidate(found, title, "feed", "linked", _for_side(score, found, title, home))


def _for_side(score: float, address: str, title: str, home: str) -> float:
    """Less for comments, single authors and other people's sites."""
    words = f"{address} {title}".lower()
    if any(word in words for word in SIDE_FEEDS):
        score *= 0.3
    if not same_site(address, home):
        score *= 0.8
    return round(max(0.0, min(score, 1.0)), 4)


def _from_robots(sitemaps: tuple[str, ...], home: str) -> Iterator[Candidate]:
    for text in sitemaps[:50]:
        if found := _target(text, home):
            yield Candidate(found, "", "sitemap", "robots", 0.6 if "news" in found.lower() else 0.35)


def _usual(home: str) -> Iterator[Candidate]:
    root = str(authority_of(home))
    for position, path in enumerate(USUAL_FEEDS):
        yield Candidate(normalize(root + path), "", "feed", "usual", round(0.25 - 0.01 * position, 4))
    for position, path in enumerate(USUAL_SITEMAPS):
        yield Candidate(root + path, "", "sitemap", "usual", round(0.14 - 0.01 * position, 4))


# Articles


def find_article_links(html: bytes | str, address: str) -> list[ArticleLink]:
    """Links of a section page that look like the publisher's articles, best first; of equal ones, page order.

    Judged by the words of the link and the shape of its address; links outside the site, in navigation and to pages
    about the site are left out. A score below 0.5 is a guess.
    Raises AddressError when `address` itself is unusable.
    """
    here = normalize(address)
    tree = _tree(html)
    base = _base(tree, here)
    found: dict[str, ArticleLink] = {}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        target = _target(node.attributes.get("href"), base)
        if not target or not same_site(target, here):
            continue
        title = _link_title(node)
        score = _article_score(canonical(target), title, node)
        known = found.get(target)
        if score > 0 and (known is None or (score, len(title)) > (known.score, len(known.title))):
            found[target] = ArticleLink(target, title, score)
    found.pop(here, None)
    return sorted(found.values(), key=lambda link: -link.score)


def _link_title(node: LexborNode) -> str:
    heading = node.css_first("h1, h2, h3, h4")
    text = (heading or node).text(separator=" ")
    return folded(text or node.attributes.get("title") or node.attributes.get("aria-label") or "")[:500]


def _article_score(address: str, title: str, node: LexborNode) -> float:
    path = "/" + address.partition("://")[2].partition("/")[2]
    path, _, query = path.partition("?")
    segments = [segment for segment in path.lower().split("/") if segment]
    if _FILE.search(path) or any(segment in SIDE_PATHS for segment in segments) or not (segments or query):
        return 0.0
    return round(min(_shape_score(path, query, segments) + _title_score(title) + _place_score(node), 1.0), 4)


def _shape_score(path: str, query: str, segments: list[str]) -> float:
    last = _ENDING.sub("", segments[-1]) if segments else ""
    words = len([word for word in re.split(r"[-_]", last) if word])
    score = 0.0
    if _DATE_PATH.search(path + "/"):
        score += 0.3
    if words >= 4:
        score += 0.3
    elif words >= 3:
        score += 0.15
    if _NUMBER.search(path) or re.search(r"(?:^|&)(?:id|p|article|story|aid|nid)=\d+", query):
        score += 0.2
    if _ENDING.search(path) and len(segments) > 1:
        score += 0.1
    return score if score else -0.3


def _title_score(title: str) -> float:
    """Headlines have several words; scripts without spaces are counted by letters."""
    words = len(title.split())
    if words < 3 and len(title) >= 10 and any(letter > "\u2e7f" for letter in title):
        words = len(title) // 2
    if words >= 5:
        return 0.35
    return 0.15 if words >= 3 else -0.2


def _place_score(node: LexborNode) -> float:
    """Inside a heading or an article element is better, in navigation or a footer is out."""
    score = 0.0
    parent = node.parent
    for _ in range(8):
        if parent is None:
            break
        if parent.tag in ("nav", "footer", "aside", "form"):
            return -1.0
        if parent.tag in ("h1", "h2", "h3", "h4"):
            score = max(score, 0.25)
        elif parent.tag in ("article", "main"):
            score = max(score, 0.15)
        parent = parent.parent
    return max(score, 0.2) if node.css_first("h1, h2, h3, h4") else score
