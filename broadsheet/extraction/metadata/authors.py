"""Who wrote an article: persons, with organisations only where nobody else is named, and agencies apart.

Declared names first (JSON-LD, `meta`, microdata); where those name nobody or only the publisher, the byline that
readers see: elements marked as an author's, then lines under the headline that begin with "By".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.embedded import Embedded, plain, types_of
from broadsheet.extraction.metadata import bylines, labels, people
from broadsheet.extraction.metadata.head import Head
from broadsheet.extraction.metadata.lines import Lines
from broadsheet.extraction.metadata.microdata import Items, value_of
from broadsheet.extraction.metadata.near import Element

METAS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "citation_author", "article:author_name", "cxenseparse:author", "mediator_author",
    "authors", "creator", "rbauthors", "og:author", "book:author", "byline", "dcsext.author", "dc.contributor",
)  # fmt: skip
_RANKS = {name: rank for rank, name in enumerate(METAS)}
MOST = 12
"""More names than this are a masthead, not a byline."""

_MARKED = (
    '[rel~="author"], a[href*="/author"], [class*="uthor"], [class*="yline"], span.fn, span[class*="eporter"], '
    ':is(div, p)[class*="writer"]'
)
_MARKED_ELSEWHERE = _MARKED + ', [class*="utor"], [class*="uteur"]'
"""The same for pages in other languages than English."""
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor|auteur|fn)(?:[\s_-]?(?:name|link|s|info|title))?(?:$|\s)", re.I
)


_PEN_NAME = re.compile(r"^[^\W\d_][\w.'’-]{1,20}(?: [\w.'’-]{1,20}){0,2}$")
_NO_BYLINE = frozenset({"img", "script", "meta", "link", "body", "html", "input"})


class Names(NamedTuple):
    """persons: names of people, or of organisations where no person is named. agencies: wire services credited."""

    persons: tuple[str, ...]
    agencies: tuple[str, ...]


def choose_authors(
    tree: LexborHTMLParser, head: Head, embedded: Embedded, items: Items, site: set[str], lines: Lines
) -> Names:
    """The names of the first source that names a person; else the first organisation or pen name of any source.

    What is declared comes first, then what stands near the headline; the rest of the page is only searched where
    nobody is declared at all.
    """
    found = _Found(site)
    for names in _declared(head, embedded):
        if found.take(names):
            return found.names()
    kind = _declared_as(embedded)
    if kind == "person" and not found.pen_name and _is_own_name(found.fallback):
        found.pen_name = found.fallback
    for names in _near(items, lines, declared=bool(found.pen_name or found.fallback)):
        if found.take(names):
            return found.names()
    if not (found.pen_name or found.agencies or kind):
        for names in _searched(tree, lines):
            if found.take(names):
                return found.names()
        if not found.pen_name and not found.fallback:
            found.fallback = bylines.from_notice(lines)
    return found.names()


class _Found:
    """What the sources have given so far. site: keys of the site's own names, which are no persons."""

    def __init__(self, site: set[str]) -> None:
        self.site = site
        self.persons: list[str] = []
        self.pen_name: list[str] = []
        self.fallback: list[str] = []
        self.agencies: list[str] = []

    def take(self, names: list[str]) -> bool:
        """Note the names of one source; whether they settle who wrote it."""
        found = list(dict.fromkeys(n for n in names if n))
        if not 0 < len(found) <= MOST:
            return False
        self.agencies += [people.agency(n) for n in found if people.agency(n)]
        persons = [n for n in found if not people.is_organisation(n, self.site)]
        if any(map(people.looks_like_person, persons)):
            if not self.pen_name or _fuller(self.pen_name, persons):
                self.persons = persons
                return True
        elif persons and not self.fallback and len(persons) == len(found) and not _initials(persons):
            self.pen_name = self.pen_name or persons
        self.fallback = self.fallback or found
        return False

    def names(self) -> Names:
        persons = self.persons or (self.pen_name or self.fallback)[:3]
        return Names(tuple(persons), tuple(dict.fromkeys(self.agencies)))


def _declared_as(embedded: Embedded) -> str:
    """What JSON-LD plainly says the author is: "person", "organization" or ""."""
    value = embedded.article.get("author")
    first = embedded.resolve(value[0] if isinstance(value, list) and value else value)
    if not isinstance(first, dict) or not first.get("name"):
        return ""
    kinds = " ".join(types_of(first))
    return "organization" if "organization" in kinds else "person" if "person" in kinds else ""


def _is_own_name(names: list[str]) -> bool:
    """Whether a site's name can be a person's: "Ann Oak" on annoak.example, not "Oak Times"."""
    return len(names) == 1 and people.looks_like_person(names[0]) and not people.is_organisation(names[0])


def _fuller(short: list[str], names: list[str]) -> bool:
    """Whether names say in full what a pen name says: "Ann Oak" for "ann-oak" or "Ann"."""
    full = " ".join(names).casefold()
    return any(name.casefold().replace("-", " ") in full for name in short)


def _initials(names: list[str]) -> bool:
    return all(len(n) < 4 or (len(n) < 6 and n.islower()) for n in names)


def _declared(head: Head, embedded: Embedded) -> Iterator[list[str]]:
    """Names of each place in the head that may name the authors, surest first."""
    yield _from_ld(embedded.article.get("author"), embedded)
    yield _from_ld(embedded.article.get("creator"), embedded)
    yield [name for value in head.ranked(_RANKS) for name in people.names_of(value)]
    yield _from_cards(head)
    for item in embedded.objects:
        if item is not embedded.article and item.get("author") and "comment" not in types_of(item):
            yield _from_ld(item["author"], embedded)


def _near(items: Items, lines: Lines, *, declared: bool) -> Iterator[list[str]]:
    """Names in microdata and in places near the headline that are surely a byline, and signatures of the text.

    declared: an organisation or nickname is declared, so this is the last look for a person.
    """
    near = [e.node for e in lines.near.elements if e.given.get("itemprop") == "author"]
    yield [name for node in (near if declared else items.named("author"))[:MOST] for name in _from_item(node)]
    elements = [e for e in lines.near.elements if _is_marked(e.given)]
    yield from (names for sure, names in _from_marked(elements, lines) if sure)
    yield from bylines.from_lines(lines, lines.near.lines[: bylines.NEAR])
    yield bylines.from_dateline(lines, lines.near.lines[:12])
    if declared:
        yield from bylines.from_signature(lines)


def _searched(tree: LexborHTMLParser, lines: Lines) -> Iterator[list[str]]:
    """Names in the whole page, where nothing is declared."""
    marked = _MARKED if lines.language.startswith("en") else _MARKED_ELSEWHERE
    elements = [Element(node, node.attributes) for node in tree.css(marked)[:60]]
    yield from (names for _, names in _from_marked(elements, lines))
    yield from bylines.from_lines(lines, lines.all[lines.start :])
    yield bylines.from_dateline(lines, lines.after(12))


def _is_marked(given: Mapping[str, str | None]) -> bool:
    """Whether class, relation or address say that an element names an author, nearly as `_MARKED_ELSEWHERE`."""
    name = given.get("class")
    if name and ("uthor" in name or "yline" in name or "utor" in name or "uteur" in name or "writer" in name):
        return True
    return "author" in (given.get("rel") or "") or "/author" in (given.get("href") or "")


def _from_cards(head: Head) -> list[str]:
    """Names in the labelled fields of sharing cards: "twitter:label1" says "Written by", "twitter:data1" by whom."""
    for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if people.words().by.match(head.first(label) + " "):
            return people.names_of(head.first(data))
    return people.names_of(head.first("twitter:misc:written by"))


def _from_ld(value: Any, embedded: Embedded) -> list[str]:
    names: list[str] = []
    for one in (value if isinstance(value, list) else [value])[: MOST * 2]:
        one = embedded.resolve(one)
        if isinstance(one, list):
            names += _from_ld(one, embedded) if len(one) < MOST else []
        elif isinstance(one, dict):
            names += _from_person(one)
        elif isinstance(one, str):
            names += people.names_of(plain(one))
    return names


def _from_person(person: dict[str, Any]) -> list[str]:
    name = person.get("name")
    if isinstance(name, list):
        return [n for one in name for n in people.names_of(plain(one))]
    text = plain(name) or f"{plain(person.get('givenName'))} {plain(person.get('familyName'))}".strip()
    if "organization" in " ".join(types_of(person)):
        return [text] if text and not text.startswith("http") else []
    return people.names_of(text) or ([text] if 1 < len(text) < 40 and not text.startswith("http") else [])


def _from_item(node: LexborNode) -> list[str]:
    inner = node.css_first('[itemprop="name"]')
    if inner is not None:
        return people.names_of(value_of(inner))
    return people.names_of(node.attributes.get("content") or _lines_of(node))


def _lines_of(node: LexborNode) -> str:
    """Text of an element with a line for each piece, so that a name and the role beside it stay apart."""
    return "\n".join(line for line in (" ".join(t.split()) for t in node.text(separator="\n").split("\n")) if line)


def _from_marked(elements: Iterable[Element], lines: Lines) -> Iterator[tuple[bool, list[str]]]:
    """Bylines in elements that are marked as an author's, surest first, those in lists and boxes left out.

    Elements of one kind that stand side by side name the authors together.
    """
    sure: dict[tuple[str, int], list[str]] = {}
    likely: list[tuple[bool, list[str]]] = []
    beside: list[str] = []
    pen_names: list[str] = []
    for node, given in elements:
        label = f"{given.get('class') or ''} {given.get('id') or ''}".lower()
        if node.tag in _NO_BYLINE or labels.says(label, labels.NO_BYLINE):
            continue
        text = _lines_of(node)
        if not 2 <= len(text) <= 160:
            continue
        names = people.names_of(text)
        if labels.stands_apart(node, lines.near.around) or _in_figure(node):
            beside += [n for n in names if n not in beside]
            continue
        persons = [n for n in names if people.looks_like_person(n) or people.agency(n)]
        linked = "author" in (given.get("rel") or "").split() or "/author/" in (given.get("href") or "")
        marked = linked or _NAMED.search(label)
        if persons and (marked or people.words().by.match(text)):
            holder = node.parent.parent if node.parent is not None and node.parent.parent is not None else node
            together = sure.setdefault((label, holder.mem_id), [])
            together += [n for n in persons if n not in together]
        elif persons or (names and marked and len(text) < 40):
            likely.append((linked and names == [text], persons or names))
        elif marked and _PEN_NAME.match(text) and people.may_name(text):
            pen_names.append(text)
    for names in sure.values():
        yield True, [n for n in names if not lines.is_common(n)]
    for alone, names in likely:
        yield alone, [n for n in names if not lines.is_common(n)]
    if len(beside) == 1:  # one name in all boxes at the side: the author's box, not a list of other articles
        yield False, beside
    yield False, pen_names[:1]


def _in_figure(node: LexborNode) -> bool:
    """Who is named under a picture or beside a player made that, not the article."""
    at = node.parent
    for _ in range(4):
        if at is None or at.tag in ("figure", "figcaption"):
            return at is not None
        at = at.parent
    return False
