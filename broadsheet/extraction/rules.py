"""What an operator knows better about one source: selectors for what to keep, drop and read.

Rules are data, from a mapping or a TOML file, checked when they are read so that a spelling mistake is an error with
its place and not a silent nothing. They are applied on top of the general method; none of them ships with the
library. A source's table looks like this:

    drop = ["aside.quiz", ".sponsor-note"]
    keep = ["div.recipe-steps"]
    author = "span.writer"
    date = "p.stamp"
    headline = "h2.title"

Selectors are CSS as `selectors` understands it. None of them names the whole page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, tzinfo
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.decoding import decode
from broadsheet.extraction.depth import shallow
from broadsheet.extraction.metadata import people
from broadsheet.extraction.metadata.microdata import value_of
from broadsheet.extraction.selectors import outermost, read_selector, select
from broadsheet.text.times import parse_time

MAX_SELECTOR = 300
MAX_SELECTORS = 50
MAX_TEXT = 20_000
"""Characters of one source's rules as a TOML file."""
EXCERPT = 60
"""Characters shown of an element that does not hold what was sought."""
MOST = 200
"""Elements looked at for one field."""
_MANY = frozenset({"keep", "drop"})
_WHOLE = frozenset({"html", "head", "body"})
"""Elements that are never meant: without them there is no page, and all of it is no rule."""


class RuleError(ValueError):
    """A rule that cannot be used; the message names the rule, the value and what was expected."""


@dataclass(frozen=True, slots=True)
class Rules:
    """CSS selectors of one source. Empty ones leave the field to the general method.

    keep: elements whose text belongs to the article whatever the method thinks. drop: elements that never do.
    author, date, headline: elements that hold these; the first that yields a value is taken (all, for authors).
    """

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    headline: str = ""

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Rules:
        """Check and read one source's rules. Raises RuleError for unknown names, wrong types and bad selectors."""
        names = [f.name for f in fields(cls)]
        for name in given:
            if name not in names:
                raise RuleError(f"unknown rule {name!r}: expected one of {', '.join(names)}")
        return cls(**{name: _read(name, value) for name, value in given.items()})

    @classmethod
    def from_toml(cls, text: str) -> Rules:
        """The same from the text of a TOML file. Raises RuleError, also for text that is no TOML."""
        if len(text) > MAX_TEXT:
            raise RuleError(f"rules have {len(text)} characters: at most {MAX_TEXT} are allowed")
        try:
            given = tomllib.loads(text)
        except RecursionError as error:
            raise RuleError("rules are not valid TOML: too many brackets") from error
        except ValueError as error:  # also for a number of thousands of digits
            raise RuleError(f"rules are not valid TOML: {str(error).lower()}") from error
        return cls.from_mapping(given)

    def find_headline(self, tree: LexborHTMLParser) -> str:
        """The text of the first headline element, "" if none."""
        return next((text for node in _elements(tree, self.headline)[:MOST] if (text := _text(node))), "")

    def find_authors(self, tree: LexborHTMLParser) -> tuple[str, ...]:
        """The names in all author elements, cleaned as bylines are."""
        names = [name for node in _elements(tree, self.author)[:MOST] for name in _names(value_of(node))]
        return tuple(dict.fromkeys(names))

    def find_date(self, tree: LexborHTMLParser, zone: tzinfo = UTC) -> datetime | None:
        """The first date that a date element holds, machine-written or for readers. zone: of times that name none."""
        for node in _elements(tree, self.date)[:MOST]:
            moment = parse_time(value_of(node), zone=zone) or parse_time(_text(node), zone=zone)
            if moment is not None:
                return moment
        return None

    def drop_from(self, tree: LexborHTMLParser) -> None:
        """Take what `drop` names out of the page. An empty element stays in its place: words before and after it that
        nobody wrote in a row are not read so."""
        for node in outermost(node for selector in self.drop for node in _elements(tree, selector)):
            node.insert_before(tree.create_node("hr"), move=True)
            node.decompose()

    def find_kept(self, tree: LexborHTMLParser) -> list[LexborNode]:
        """The elements that `keep` names, without those inside of others."""
        return outermost(node for selector in self.keep for node in _elements(tree, selector))


def idle_rules(rules: Rules, html: bytes) -> tuple[str, ...]:
    """The rules that change nothing on this page, each with its selector and why: for who tries them out."""
    tree = LexborHTMLParser(shallow(decode(html).utf8), scripting=True)
    idle = []
    read = (("headline", rules.find_headline), ("author", rules.find_authors), ("date", rules.find_date))
    for name, find in read:
        selector = getattr(rules, name)
        if selector and not find(tree):
            held = [_text(node)[:EXCERPT] for node in _elements(tree, selector)[:1]]
            why = f"matches elements without {name}; the first holds {held[0]!r}" if held else "matches nothing"
            idle.append(f"{name} = {selector!r} {why}")
    idle += [f"drop = {selector!r} matches nothing" for selector in rules.drop if not _elements(tree, selector)]
    kept = [selector for selector in rules.keep if _elements(tree, selector)]
    rules.drop_from(tree)
    for selector in rules.keep:
        if not _elements(tree, selector):
            idle.append(f"keep = {selector!r} matches " + ("only what is dropped" if selector in kept else "nothing"))
    return tuple(idle)


def _read(name: str, value: Any) -> Any:
    if name not in _MANY:
        if not isinstance(value, str):
            raise RuleError(f"rule {name!r} is {type(value).__name__}: expected one CSS selector in quotes")
        return _check(name, value)
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
        raise RuleError(f"rule {name!r} is {type(value).__name__}: expected a list of CSS selectors")
    if len(values) > MAX_SELECTORS:
        raise RuleError(f"rule {name!r} has {len(values)} selectors: at most {MAX_SELECTORS} are allowed")
    return tuple(_check(name, v) for v in values)


def _check(name: str, selector: str) -> str:
    selector = selector.strip()
    if not selector:
        raise RuleError(f"rule {name!r} is empty: expected a CSS selector")
    if len(selector) > MAX_SELECTOR:
        raise RuleError(f"rule {name!r} has {len(selector)} characters: at most {MAX_SELECTOR} are allowed")
    try:
        read_selector(selector)
        names_all = bool(select(_NO_PAGE, selector))
    except Exception as error:  # the parser raises several types for a bad selector
        what = f"no CSS selector that rules know: {selector!r}"
        at = f", at {str(error)!r}" if type(error) is ValueError and str(error) != selector else ""
        raise RuleError(f"rule {name!r} is {what}{at}") from error
    if names_all:
        raise RuleError(f"rule {name!r} names the whole page: {selector!r}")
    return selector


_NO_PAGE = LexborHTMLParser("<html><head></head><body></body></html>")


def _elements(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    return [node for node in select(tree, selector) if node.tag not in _WHOLE] if selector else []


def _names(text: str) -> list[str]:
    """An operator knows that somebody is named there, whatever word stands before the name."""
    return people.split_names(text) or people.split_names(text.rpartition(":")[2])


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
