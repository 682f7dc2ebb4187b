"""What kind of article it is, and in which section: declared types first, then labels that readers see, then addresses.

A label is a section's name, the line above the headline or the first words of a headline before a colon ("Comment:
..."). Parts of an address are the weakest evidence and count only where nothing else speaks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from selectolax.lexbor import LexborNode

from broadsheet.extraction.article import Kind
from broadsheet.extraction.embedded import Embedded, plain, types_of
from broadsheet.extraction.metadata.head import Head
from broadsheet.extraction.metadata.headings import key

LONGEST = 40
"""Characters of a label."""
ABOVE = 4
"""Nodes above a heading among which a label may stand."""
_TYPES = {
    "liveblogposting": Kind.LIVE, "opinionnewsarticle": Kind.OPINION, "reviewnewsarticle": Kind.OPINION,
    "imagegallery": Kind.GALLERY, "mediagallery": Kind.GALLERY, "videoobject": Kind.VIDEO, "audioobject": Kind.AUDIO,
    "podcastepisode": Kind.AUDIO, "interview": Kind.INTERVIEW, "advertisercontentarticle": Kind.PRESS_RELEASE,
}  # fmt: skip
_PAGE_TYPES = {"video": Kind.VIDEO, "audio": Kind.AUDIO, "gallery": Kind.GALLERY, "opinion": Kind.OPINION}
_EDGES = " \t\n|:·•-–—+*#»›[](){}"


@cache
def _words(table: str) -> dict[str, Kind]:
    raw = tomllib.loads((resources.files("broadsheet.extraction.metadata") / "kinds.toml").read_text("utf-8"))
    return {word: Kind(kind) for kind, words in raw[table].items() for word in words}


def kind_of(
    url_parts: list[str], section: str, headline: str, heading: LexborNode | None, head: Head, embedded: Embedded
) -> Kind:
    """The kind of article, news unless the page says otherwise. url_parts: parts of the path, decoded.

    heading: the element of the headline, None if unknown.
    """
    for name in types_of(embedded.article):
        if name in _TYPES:
            return _TYPES[name]
    if any("LiveBlogPosting" in str(item.get("@type")) for item in embedded.objects[:20]):
        return Kind.LIVE
    if "true" in (value.lower() for value in head.every("article:opinion")):
        return Kind.OPINION
    page_type = head.first("og:type").lower().partition(".")[0]
    if page_type in _PAGE_TYPES:
        return _PAGE_TYPES[page_type]
    labels = (*labels_above(heading), _prefix(headline), section, *head.every("article:section"))
    return _first(labels, _words("labels")) or _first(url_parts[:-1], _words("paths")) or Kind.NEWS


def _first(labels: Iterable[str], words: dict[str, Kind]) -> Kind | None:
    for label in labels:
        if 0 < len(label) <= LONGEST:
            for piece in label.lower().split("/"):
                found = words.get("-".join(piece.strip(_EDGES).split()))
                if found is not None:
                    return found
    return None


def _prefix(headline: str) -> str:
    """What stands before the first colon or bar of a headline, "" if nothing does."""
    for mark in (":", "：", "|", "｜"):
        before, found, after = headline.partition(mark)
        if found and after and len(before) <= LONGEST:
            return before
    return ""


def labels_above(heading: LexborNode | None) -> list[str]:
    """Short texts in the heading and right above it: kickers and names of sections, nearest first."""
    if heading is None:
        return []
    found = [text for text in _texts(heading.first_child, "next") if text]
    parent = heading.parent
    above = heading
    if heading.prev is None or not any(_texts(heading.prev, "prev")):
        above = parent if parent is not None and parent.tag in ("header", "hgroup", "div") else heading
    return [*found[:2], *_texts(above.prev, "prev")]


def _texts(node: LexborNode | None, step: str) -> Iterator[str]:
    for _ in range(ABOVE):
        if node is None:
            return
        if not node.is_text_node:
            text = node.text(separator=" ").strip()
            if 0 < len(text) <= LONGEST:
                yield text
        node = getattr(node, step)


def section_of(head: Head, embedded: Embedded, headline: str) -> str:
    """The section the page names, as written: JSON-LD, then metas, then the first step of the breadcrumb."""
    value = embedded.article.get("articleSection")
    if isinstance(value, list):
        value = value[0] if value else None
    declared = plain(value) or plain(
        head.first("article:section", "parsely-section", "sailthru.section", "section", "cxenseparse:section")
    )
    return (declared or next(_breadcrumb(head, embedded, headline), ""))[:200]


def _breadcrumb(head: Head, embedded: Embedded, headline: str) -> Iterator[str]:
    """Names of the steps of a declared breadcrumb, without the front page and the article itself."""
    own = {key(headline), key(head.first("og:site_name"))}
    for item in embedded.objects[:20]:
        if "breadcrumblist" not in types_of(item):
            continue
        steps = item.get("itemListElement")
        for position, step in enumerate(steps[:6] if isinstance(steps, list) else ()):
            name, address = _step(step)
            home = position == 0 and (address.count("/") < 4 if "//" in address else key(name) in _HOME)
            if name and len(name) <= LONGEST and not home and key(name) not in own:
                yield name


def _step(step: Any) -> tuple[str, str]:
    """(name, address) of one step of a breadcrumb."""
    if not isinstance(step, dict):
        return "", ""
    target = step.get("item")
    inner = target if isinstance(target, dict) else {}
    address = inner.get("@id") or inner.get("url") or (target if isinstance(target, str) else "")
    return plain(step.get("name")) or plain(inner.get("name")), str(address).rstrip("/")


_HOME = frozenset(("home", "homepage", "start", "startseite", "accueil", "inicio", "portada", "início", "главная",
                   "головна", "anasayfa", "strona główna", "الرئيسية", "首页", "首頁", "ホーム", "トップ"))  # fmt: skip
