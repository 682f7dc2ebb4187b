"""What an operator knows better about one source: selectors for what to keep, drop and read.

Rules are data, from a mapping or a TOML file, checked when they are read so that a spelling mistake is an error with
its place and not a silent nothing. They are applied on top of the general method; none of them ships with the
library. A source's table looks like this:

    drop = ["aside.quiz", ".sponsor-note"]
    keep = ["div.recipe-steps"]
    author = "span.writer"
    date = "p.stamp"
    headline = "h2.title"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.metadata import people
from broadsheet.extraction.metadata.microdata import value_of
from broadsheet.text.times import parse_time

MAX_SELECTOR = 300
MAX_SELECTORS = 50
_MANY = frozenset({"keep", "drop"})


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
        try:
            return cls.from_mapping(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise RuleError(f"rules are not valid TOML: {error}") from error

    def find_headline(self, tree: LexborHTMLParser) -> str:
        """The text of the first headline element, "" if none."""
        return next((text for node in _all(tree, self.headline) if (text := _text(node))), "")

    def find_authors(self, tree: LexborHTMLParser) -> tuple[str, ...]:
        """The names in all author elements, cleaned as bylines are."""
        names = [name for node in _all(tree, self.author) for name in people.split_names(value_of(node))]
        return tuple(dict.fromkeys(names))

    def find_date(self, tree: LexborHTMLParser) -> datetime | None:
        """The first date that a date element holds, machine-written or for readers."""
        for node in _all(tree, self.date):
            moment = parse_time(value_of(node)) or parse_time(_text(node))
            if moment is not None:
                return moment
        return None


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
        _EMPTY.css(selector)
    except Exception as error:  # the library raises several types for a bad selector
        raise RuleError(f"rule {name!r} is no CSS selector: {selector!r}") from error
    return selector


_EMPTY = LexborHTMLParser("<p></p>")


def _all(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    return tree.css(selector)[:200] if selector else []


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
