"""The article's own headline, without the site's name.

Publishers write up to five titles: the heading on the page, one for sharing, one for search engines in JSON-LD, one
for the browser's tab. Each is cleaned of the site's name; `_decide` says which of them is the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.embedded import Embedded, plain
from broadsheet.extraction.metadata.body import Body
from broadsheet.extraction.metadata.head import Head
from broadsheet.extraction.metadata.headings import clean, key, main_headings, said_by, shown_heading

SURE = 25
"""Characters from which a title cannot be the site's name."""
_SEPARATOR = re.compile(  # each alternative begins with a character of its own, so that the rest is skipped fast
    r"( [|\-–—·•»«›:~/│]+ | [|｜│] ?| [-–—|»›]+$|\| ?|｜ ?|│ ?|：(?=[^：_]{1,20}$)|_(?=[^：_]{1,20}$)"
    r"|:(?=\S[^:]{1,20}$)|--+|——)"
)
_MARKS = frozenset("|-–—·•»«›:~/│｜_：")


def site_words(names: Iterable[str], url: str) -> set[str]:
    """Keys of the site's names and its host, by which a title's tail is known as the site's."""
    words = {key(name) for name in names if name}
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    words |= {key(host), *(key(label) for label in labels[:-1] if len(label) > 2)}
    if len(labels) > 2:
        words.add(key(".".join(labels[-2:])))
    return {w for w in words if w} | {w.replace(" ", "") for w in words if w}


def without_site(title: str, site: set[str], others: Iterable[str] = ()) -> str:
    """Cut the site's name (and sections before it) off a title's end, or its start.

    others: keys of other titles of the page; a cut that yields one of them is right whatever the tail says.
    """
    if _MARKS.isdisjoint(title):
        return title
    parts = _SEPARATOR.split(title)
    if len(parts) < 3:
        return title
    known = {other for other in others if len(other) > 12}
    for end in range(1, len(parts), 2):
        rest = "".join(parts[:end]).strip()
        if key(rest) in known:
            return rest
        rest = "".join(parts[end + 1 :]).strip()
        if key(rest) in known:
            return rest
    for end in range(1, len(parts), 2):
        if _is_site(parts[end + 1], site) and any(key(p) for p in parts[:end:2]):
            rest = "".join(parts[:end]).strip()
            return rest if not _is_site(rest, site) else "".join(parts[end + 1 :]).strip()
    return "".join(parts[2:]).strip() if _is_site(parts[0], site) else title


def _is_site(piece: str, site: set[str]) -> bool:
    found = key(piece)
    return bool(found) and (found in site or found.replace(" ", "") in site)


class Headline(NamedTuple):
    """text: the headline, "" if the page has no title at all. node: the heading above the article, None if there is
    none that could be told."""

    text: str
    node: LexborNode | None


def choose_headline(tree: LexborHTMLParser, body: Body, head: Head, embedded: Embedded, site: set[str]) -> Headline:
    """The article's headline, and where it stands."""
    data = clean(plain(embedded.article.get("headline")) or plain(embedded.article.get("name")))
    shared = clean(plain(head.first("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title")))
    tab = clean(plain(head.title))
    nodes = main_headings(body.headings)
    if data == shared or not data or not tab.startswith(data):
        plainly = _plainly(nodes, shared, data)
        if plainly is not None:
            return plainly
    carded = clean(head.first("twitter:title"))
    d, s = key(data), key(shared)
    keys = [k for k in (d, s, key(tab), key(carded) if carded != shared else "") if k]
    said = [said_by(node, keys) for node, _ in nodes]
    keys = [k for k in (d, s, *map(key, said)) if k]
    shared, tab, data = (without_site(text, site, keys) for text in (shared, tab, data))
    shared = "" if _is_site(shared, site) else shared
    heading, node, trail = _page_heading(nodes, said, (shared, data, tab), site)
    h, s, d = key(heading), key(shared), key(data)
    agreed = h == (s or d) and not (trail and s != d)
    if trail or (not agreed and not (s and h.endswith(" " + s))):
        other = clean(plain(embedded.article.get("alternativeHeadline")))
        titles = {key(t): t for t in (shared, data, other, carded) if t}
        if agreed:
            node = shown_heading(tree, titles)[1] or node
        else:
            titles.pop(h, None)
            text, second = shown_heading(tree, titles) if titles else ("", None)
            if text and (trail or not heading or key(text) == s):
                return Headline(text, second)
    return Headline(_decide(heading, shared, data, tab), node)


def _plainly(nodes: list[tuple[LexborNode, bool]], shared: str, data: str) -> Headline | None:
    """The heading where the page has one and the sharing title says just the same: most pages of news.

    A tail in the sharing title is the site's name where JSON-LD has the headline without it.
    """
    if len(nodes) != 1 or nodes[0][1]:
        return None
    node = nodes[0][0]
    text = clean(node.text(separator=" "))
    if len(text) < SURE:
        return None
    same = text == shared or (text == data and shared.startswith(text)) or key(text) == key(shared)
    return Headline(text, node) if same else None


def _decide(heading: str, shared: str, data: str, tab: str) -> str:
    """Which of the titles is the headline; the figures are pages of the development sets for and against.

    1. Without a heading: JSON-LD, sharing title, tab; JSON-LD often cuts headlines, then the whole one.
    2. A sharing title that is the heading without its kicker wins (9 : 3).
    3. JSON-LD and tab against heading and sharing title win (4 : 2): the heading is a variant for the front page.
    4. JSON-LD that confirms the heading decides for it (40 : 8).
    5. A heading that is the beginning or end of the sharing title wins (16 : 4), and the other way round (4 : 0).
    6. Else the sharing title wins where it is nearly the heading, or where the heading is about something else, a
       section or the site (20 : 19); where it is a variant, the heading is what readers see (51 : 15).
    """
    h, s, d, t = key(heading), key(shared), key(data), key(tab)
    if not heading:
        return shared if d and s.startswith(d) else data or shared or tab
    if s and h.endswith(" " + s):
        return shared
    if d and d == t and d != h and s in (h, ""):
        return data
    if not s or s == h or d == h or (d and d != s):
        return heading
    if s.startswith(h + " ") or h.startswith(s + " ") or (s.endswith(" " + h) and not s == d == t):
        return heading
    words, others = set(h.split()), set(s.split())
    overlap = len(words & others) / len(words | others)
    return shared if overlap > 0.6 or overlap < 0.2 else heading


def tail_of(tab: str, headline: str) -> str:
    """What a tab's title says after the headline: the site's name, where nothing else names it. "" if nothing."""
    if not headline or not tab.startswith(headline):
        return ""
    parts = _SEPARATOR.split(tab[len(headline) :])
    tail = parts[-1].strip() if len(parts) > 1 else ""
    return tail if len(tail) < 40 else ""


def may_name_site(headline: str) -> bool:
    """Whether a headline has a mark after which a site's name could stand."""
    return not _MARKS.isdisjoint(headline) and _SEPARATOR.search(headline) is not None


def seen_in(headline: str, lines: Iterable[str]) -> str:
    """A tab's title cut to the part that stands as a line of its own in the page, where one does.

    For pages without any heading or name of the site, whose tab still says "Headline | Site".
    """
    parts = _SEPARATOR.split(headline)
    if len(parts) < 3:
        return headline
    wanted = {key(part): part for end in range(1, len(parts) + 1, 2) if (part := "".join(parts[:end]).strip())}
    shown = [wanted[k] for line in lines if (k := key(line)) in wanted and len(k) > 12]
    return max(shown, key=len, default=headline)


def _page_heading(
    nodes: list[tuple[LexborNode, bool]], said: list[str], others: tuple[str, ...], site: set[str]
) -> tuple[str, LexborNode | None, bool]:
    """(text, element, whether it stands in a breadcrumb) of the h1 that is most like another title."""
    best: tuple[str, LexborNode | None, bool] = ("", None, False)
    if len(nodes) == 1 and said[0]:
        return best if _is_site(said[0], site) else (said[0], *nodes[0])
    best_score = 0.0
    known = [set(key(o).split()) for o in others if o]
    for (node, trail), text in zip(nodes, said, strict=True):
        words = set(key(text).split())
        if not words or _is_site(text, site):
            continue
        score = max((len(words & o) / len(words | o) for o in known), default=0.0) + (0.01 if not best[0] else 0.0)
        if score > best_score:
            best, best_score = (text, node, trail), score
    return best
