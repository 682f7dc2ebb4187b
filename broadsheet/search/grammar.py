"""The search language: words, "phrases", -without, and filters such as source: by: section: lang: kind: after: before:.

query = item*        item = [-] ( word | "phrase" | name:value | name:"value" )

Pure. `docs/reference/search.md` tells it to readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

LONGEST = 500
"""Characters of a query that are read."""
MOST_TERMS = 24
MOST_FILTERS = 12

_OPENING, _CLOSING = '"“”„‟«»‹›「『《〈〝＂″', '"“”„‟«»‹›」』》〉〞〟＂″'
_ITEM = re.compile(
    rf"""(?P<minus>(?<!\S)[-−–])?(?:(?P<name>source|by|section|lang|kind|after|before)[:：])?"""
    rf"""(?:[{_OPENING}](?P<phrase>[^{_CLOSING}]*)[{_CLOSING}]?"""
    # A single quotation mark counts at the beginning of a word only: inside and after one it is an apostrophe.
    rf"""|(?<!\w)‘(?P<single>[^{_CLOSING}’]*(?:’(?=\w)[^{_CLOSING}’]*)*)’?"""
    rf"""|(?P<word>[^\s{_OPENING}]+))""",
    re.IGNORECASE,
)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(days=7), "m": timedelta(days=30),
          "y": timedelta(days=365)}  # fmt: skip
_RELATIVE = re.compile(r"([0-9]{1,4})([hdwmy])", re.IGNORECASE)


class QueryError(ValueError):
    """A part of the query cannot be understood; the message is a sentence for a reader."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must, or with `without` must not, stand there; as a phrase in this order.

    start, end: where the words stand in the cleaned query, without minus and marks.
    """

    text: str
    is_phrase: bool = False
    without: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """name: source, by, section, lang or kind. Filters of one name: any of their values may hold."""

    name: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader looks for. after is inclusive, before exclusive; both aware. text: the cleaned query."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    after: datetime | None = None
    before: datetime | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing that should be there."""
        terms = any(not term.without for term in self.terms)
        return not (terms or any(not part.without for part in self.filters) or self.after or self.before)

    def values(self, name: str) -> list[str]:
        """What the filters of a name wish for."""
        return [part.value for part in self.filters if part.name == name and not part.without]

    def replaced(self, words: dict[Term, str]) -> str:
        """The query with other words in place of these terms."""
        text = self.text
        for term in sorted(words, key=lambda term: -term.start):
            text = text[: term.start] + words[term] + text[term.end :]
        return text


def parse_query(text: str, now: datetime | None = None) -> Query:
    """Read a query. Raises QueryError for dates that are none; everything else has a meaning.

    now: what "after:7d" counts from, and whose zone days begin in; by default the present, in UTC.
    """
    now = now or datetime.now(UTC)
    text = clean(text)
    terms: list[Term] = []
    filters: list[Filter] = []
    moments: dict[str, datetime] = {}
    for match in _ITEM.finditer(text):
        name, group = (match["name"] or "").lower(), match.lastgroup or "word"
        value = match[group].strip()
        if not value:
            continue
        if name in {"after", "before"}:
            moments[name] = _moment(name, value, now)
        elif name:
            filters.append(Filter(name, value, bool(match["minus"])))
        elif len(terms) < MOST_TERMS:
            start = match.start(group) + match[group].index(value)
            terms.append(Term(value, group != "word", bool(match["minus"]), start, start + len(value)))
    return Query(tuple(terms), tuple(filters[:MOST_FILTERS]), moments.get("after"), moments.get("before"), text)


def clean(text: str) -> str:
    """What is read of something typed: printable characters, others are spaces, up to a length."""
    return "".join(char if char.isprintable() else " " for char in text[:LONGEST]).strip()


def _moment(name: str, value: str, now: datetime) -> datetime:
    try:
        if relative := _RELATIVE.fullmatch(value):
            return now - int(relative[1]) * _UNITS[relative[2].lower()]
        return datetime.combine(_day(value), time(), now.tzinfo)
    except (ValueError, OverflowError):
        raise QueryError(f"{name}: wants a date such as 2026-11-22, or 7d, not “{value[:40]}”.") from None


def _day(value: str) -> date:
    if re.fullmatch(r"[0-9]{4}", value):
        return date(int(value), 1, 1)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
        return date.fromisoformat(value + "-01")
    return date.fromisoformat(value)
