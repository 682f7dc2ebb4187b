"""Data that a page carries beside its markup: JSON-LD, and the state that scripts would draw the page from.

JSON-LD is parsed once, mended where publishers commonly break it, and its objects are linked by `@id`. The body
text found there is offered as evidence only: taken blindly it makes extraction worse. Choosing between values
is left to `metadata`, choosing between bodies to the walk.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

JSON_LD = "script[type*='ld+json' i]"
"""Selector of the scripts that hold JSON-LD."""
MAX_SCRIPT = 4_000_000
"""Characters of one script that are read at all."""
MAX_OBJECTS = 4_000
"""JSON-LD objects kept of one page; real pages hold fewer than a hundred."""

_ARTICLE_TYPES = """article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle
    reviewnewsarticle
    backgroundnewsarticle askpublicnewsarticle advertisercontentarticle satiricalarticle liveblogposting interview
    scholarlyarticle techarticle report socialmediaposting discussionforumposting review criticreview posting
    medicalscholarlyarticle newspaper videoobject webarticle recipe"""
ARTICLE_TYPES = frozenset(_ARTICLE_TYPES.split())
_WEAK_TYPES = frozenset({"videoobject", "recipe", "review", "newspaper", "webpage"})
_HOLDERS = (dict, list)
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "hasPart", "subjectOf", "about")

_DECODER = json.JSONDecoder(strict=False)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_FIELD = re.compile(
    r'"(headline|datePublished|dateCreated|dateModified|@type|articleSection|description|inLanguage|articleBody)"\s{0,20}:\s{0,20}'
    r'"((?:[^"\\]|\\.){1,2000})"'
)
_AUTHOR = re.compile(
    r'"author"\s{0,20}:[^"\]}]{0,40}(?:"@type"\s{0,20}:\s{0,20}"(\w{1,40})"\s{0,20},\s{0,20})?"name"\s{0,20}:\s{0,20}"((?:[^"\\]|\\.){1,200})"'
)
_TAG = re.compile(r"<[^<>]{0,2000}>")

Json = dict[str, Any]
"""One JSON object as the page wrote it; nothing about its values may be assumed."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """objects: every JSON-LD object worth a look, in page order, outer before inner.
    by_id: the same by `@id`. article: the object that describes this page's article, {} if none."""

    objects: tuple[Json, ...] = ()
    by_id: dict[str, Json] = field(default_factory=dict)
    article: Json = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The article's text as JSON-LD has it, without markup: evidence, not truth."""
        return plain(self.article.get("articleBody")) or plain(self.article.get("text"))

    def resolve(self, value: Any) -> Any:
        """A value, or the full object where the value is only a reference to it."""
        if isinstance(value, dict) and "@id" in value and len(value) <= 2 and "name" not in value:
            return self.by_id.get(str(value["@id"]), value)
        return value


def read_embedded(tree: LexborHTMLParser, url: str = "", scripts: Sequence[str] | None = None) -> Embedded:
    """Parse all JSON-LD of a page once. url: the page's address, to tell its article from others on it.

    scripts: the texts of the scripts that `JSON_LD` selects, if somebody has found them already.
    """
    texts = [script.text() for script in tree.css(JSON_LD)] if scripts is None else scripts
    roots = [root for text in texts for root in parse_json(text)]
    objects = tuple(_objects(roots))
    by_id: dict[str, Json] = {}
    for item in objects:
        key = item.get("@id")
        if isinstance(key, str) and len(item) > len(by_id.get(key, ())):
            by_id[key] = item
    return Embedded(objects, by_id, _main_article(objects, url))


def parse_json(text: str) -> list[Any]:
    """All JSON values of a script, mended where it is broken in a common way; [] where nothing can be read."""
    if len(text) > MAX_SCRIPT:
        return []
    text = text.strip().lstrip("\ufeff")
    try:
        return [_DECODER.decode(text)] if text else []
    except (ValueError, RecursionError):
        return _parse_broken(text)


def _parse_broken(text: str) -> list[Any]:
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";").strip()
    if "&quot;" in text[:200]:
        text = html.unescape(text)
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        found = _in_a_row(candidate)
        if found:
            return found
    return _fields(text)


def _in_a_row(text: str) -> list[Any]:
    """Values written one after another, with nothing or commas between."""
    at = 0
    found: list[Any] = []
    while at < len(text) and len(found) < MAX_OBJECTS:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found
        found.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return found


def _fields(text: str) -> list[Any]:
    """What single fields of an unreadable script still say."""
    item: Json = {}
    for name, value in _FIELD.findall(text):
        item.setdefault(name, _unescape(value))
    people = [{"@type": kind or "Person", "name": _unescape(name)} for kind, name in _AUTHOR.findall(text)]
    if people:
        item["author"] = people
    if "headline" in item:
        item.setdefault("@type", "NewsArticle")
    return [item] if item else []


def _unescape(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value.replace('\\"', '"')


def _objects(roots: list[Any]) -> Iterator[Json]:
    """Objects that may describe the page, breadth first, so that the outer ones come first."""
    queue, seen = list(roots), 0
    while queue and seen < MAX_OBJECTS:
        value = queue.pop(0) if len(queue) < 64 else queue.pop()
        if isinstance(value, list):
            queue.extend(value[:MAX_OBJECTS])
        elif isinstance(value, dict):
            seen += 1
            yield value
            queue.extend([value[k] for k in _NESTED if isinstance(value.get(k), _HOLDERS)])


def types_of(item: Json) -> list[str]:
    """Lower-case schema.org types of an object, without prefix."""
    kinds = item.get("@type")
    values = kinds if isinstance(kinds, list) else (kinds,)
    return [str(k).rpartition("/")[2].rpartition(":")[2].lower() for k in values if k]


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/")


def _main_article(objects: tuple[Json, ...], url: str) -> Json:
    best: Json = {}
    best_score = 0.0
    path = _bare(url)
    for item in objects:
        score = _article_score(item, path)
        if score > best_score:
            best, best_score = item, score
    return best


def _article_score(item: Json, path: str) -> float:
    kinds = types_of(item)
    if ARTICLE_TYPES.isdisjoint(kinds):
        return 0.0
    score = 1.0 if _WEAK_TYPES.issuperset(kinds) else 3.0
    score += bool(item.get("headline")) + 0.5 * bool(item.get("datePublished")) + 0.5 * bool(item.get("author"))
    if path and any(path == _bare(address) for address in _addresses(item)):
        score += 2
    return score


def _addresses(item: Json) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def plain(value: Any) -> str:
    """Text of a JSON value: entities resolved, tags cut out, space folded; "" for anything but text."""
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = html.unescape(value)
        if "&" in value and ";" in value:
            value = html.unescape(value)
    if "<" in value:
        value = _TAG.sub(" ", value)
    return " ".join(value.split())
