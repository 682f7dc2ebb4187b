"""The article's own headline, without the site's name.

Publishers write up to five titles: the heading on the page, one for sharing, one for search engines in JSON-LD, one
for the browser's tab. Each is cleaned of the site's name; `_decide` says which of them is the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.embedded import Embedded, plain
from broadsheet.extraction.metadata.body import Body
from broadsheet.extraction.metadata.head import Head
from broadsheet.extraction.metadata.headings import (
    clean,
    follows_prose,
    is_telling,
    key,
    main_headings,
    said_by,
    shown_heading,
    text_of,
)
from broadsheet.extraction.metadata.lines import Lines

SURE = 25
"""Characters from which a title cannot be the site's name."""
MAX_PARTS = 8
"""Parts of a tab's title that are told apart."""
SOFT = "\u00ad"
"""A place where a word may be cut at the end of a line."""
NEARLY, ALIEN = 0.6, 0.2
"""Shares of common words above which titles say the same, below which they speak of different things."""
SHORT, LONG = 5, 30
"""Words between which a heading is a headline, whatever it is about."""
_SEPARATOR = re.compile(  # each alternative begins with a character of its own, so that the rest is skipped fast
    r"( [|\-–—·•»«›:~/│]+ | [|｜│] ?| [-–—|»›]+$|\| ?|｜ ?|│ ?|：(?=[^：_]{1,20}$)|_(?=[^：_]{1,20}$)"
    r"|:(?=\S[^:]{1,20}$)|--+|——)"
)
_BARS = re.compile(r"[|│｜·•»«›~/_—]| [–-] |--")
"""Marks before a site's name, not those inside sentences."""
_MARKS = frozenset("|-–—·•»«›:~/│｜_：")


def site_words(names: Iterable[str], url: str) -> set[str]:
    """Keys of the site's names and its host, by which a title's tail is known as the site's."""
    words = {key(name) for name in set(names)}
    host = url.partition("//")[2].partition("/")[0].partition(":")[0].lower().removeprefix("www.")
    labels = host.split(".")
    words.update(key(label) for label in (host, *labels[:-1]) if len(label) > 2)
    if len(labels) > 2:
        words.add(key(".".join(labels[-2:])))
    words.discard("")
    return words | {w.replace(" ", "") for w in words if " " in w}


def without_site(title: str, site: set[str], others: Iterable[str] = ()) -> str:
    """Cut the site's name (and sections before it) off a title's end, or its start.

    others: keys of other titles of the page; a cut that yields one of them is right whatever the tail says.
    """
    if _MARKS.isdisjoint(title):
        return title
    parts = _SEPARATOR.split(title)
    if len(parts) < 3:
        return title
    known = set(filter(is_telling, others))
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
    nodes = main_headings(body.headings, site)
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
    agreed = h != "" and h == (s or d) and not (trail and s != d)
    if trail or not heading:
        other = clean(plain(embedded.article.get("alternativeHeadline")))
        titles = {key(t): t for t in (shared, data, other, carded) if t}
        if agreed:
            node = shown_heading(tree, titles)[1] or node
        else:
            titles.pop(h, None)
            text, second = shown_heading(tree, titles if titles or heading else parts_of(tab))
            if text:
                return Headline(text, second)
    elif s and not agreed and s != h and not h.endswith(" " + s):
        text, second = shown_heading(tree, {s: shared})
        if text:
            return Headline(text, second)
    if s and h not in (s, d) and follows_prose(node):
        heading, node = "", None
    return Headline(_smooth(_decide(heading, shared, data, tab), (shared, data, tab)), node)


def _smooth(headline: str, others: tuple[str, ...]) -> str:
    """The headline without places for hyphens, if another title has it without."""
    if SOFT not in headline:
        return headline
    plain_one = headline.replace(SOFT, "")
    return plain_one if plain_one in others else headline


def _plainly(nodes: list[tuple[LexborNode, bool]], shared: str, data: str) -> Headline | None:
    """The heading where the page has one and the sharing title says just the same: most pages of news.

    A tail in the sharing title is the site's name where JSON-LD has the headline without it.
    """
    if len(nodes) != 1 or nodes[0][1]:
        return None
    node = nodes[0][0]
    text = text_of(node)
    if len(text) < SURE:
        return None
    same = text == shared or (text == data and shared.startswith(text)) or key(text) == key(shared)
    return Headline(_smooth(text, (shared, data)), node) if same else None


def _decide(heading: str, shared: str, data: str, tab: str) -> str:
    """Which of the titles is the headline; the figures are pages of the development sets for and against.

    1. Without a heading: JSON-LD, sharing title, tab; JSON-LD often cuts headlines, then the whole one.
    2. A sharing title that is the heading without its kicker wins (5 : 3).
    3. JSON-LD and tab against heading and sharing title win (3 : 3; news 3 : 0): the heading is for the front page.
    4. JSON-LD that confirms the heading decides for it (50 : 7).
    5. A heading that is the beginning or end of the sharing title wins (13 : 1), and the other way round (4 : 0).
    6. Where titles differ by a year alone, the heading is kept up to date (3 : 0).
    7. Else the sharing title wins where it is nearly the heading (14 : 8), or where the heading is short and about
       something else, a section or the site (8 : 0); any other heading is what readers see (65 : 13).
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
    label = s.endswith(" " + h) and (s.count(" ") == h.count(" ") + 1 or not s == d == t)
    if label or s.startswith(h + " ") or h.startswith(s + " "):
        return heading
    words, others = set(h.split()), set(s.split())
    overlap = len(words & others) / len(words | others)
    if overlap < ALIEN:
        return heading if SHORT <= len(h.split()) < LONG or shared.startswith(heading) else shared
    return shared if overlap > NEARLY and any(not word.isdigit() for word in words ^ others) else heading


def tail_of(tab: str, headline: str) -> str:
    """What a tab's title says after the headline: the site's name, where nothing else names it. "" if nothing."""
    if not headline or not tab.startswith(headline):
        return ""
    parts = _SEPARATOR.split(tab[len(headline) :])
    tail = parts[-1].strip() if len(parts) > 1 else ""
    return tail if len(tail) < 40 else ""


def seen_in(headline: str, lines: Lines) -> str:
    """A tab's title cut to the part that stands as a line of its own in the page, where one does.

    For pages without any heading or name of the site, whose tab still says "Headline | Site".
    """
    wanted = parts_of(headline) if _BARS.search(headline) else {}
    if not wanted:
        return headline
    shown = [wanted[k] for line in lines.all if (k := key(line)) in wanted and is_telling(k)]
    return max(shown, key=len, default=headline)


def parts_of(title: str) -> dict[str, str]:
    """`key` of each run of parts between a title's marks -> the run: one of them may be the headline."""
    parts = _SEPARATOR.split(title)[: 2 * MAX_PARTS]
    if len(parts) < 3:
        return {}
    places = range(0, len(parts), 2)
    runs = ("".join(parts[a : b + 1]).strip() for a in places for b in places if b >= a)
    return {key(run): run for run in runs if run}


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
