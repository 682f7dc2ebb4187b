"""The small notation in which the sample articles are written.

Pieces are separated by blank lines: `## ` begins a subheading, `- ` a list item, `> ` a quotation,
`![caption](picture)` is a picture, `@ 2.5 | Heading` the head of a live-blog entry posted two and a half
hours before the edition; everything else is a paragraph. `{day}`, `{day-1}`, `{date+12}` and `{year}` stand
for the day of the event, so that the edition reads as today's whenever it is first opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

_BLANK = re.compile(r"\n[ \t]*\n")
_FIGURE = re.compile(r"!\[([^\]]+)\]\(([a-z0-9-]+)\)")
_ENTRY = re.compile(r"@ (\d+(?:\.\d+)?) \| (.+)")
_DATE = re.compile(r"\{(day|date|year)([+-]\d{1,3})?\}")


@dataclass(frozen=True, slots=True)
class Chunk:
    """kind: paragraph, subheading, list, quotation, figure or entry.

    text: list items are separated by newlines; a figure's text is its caption. target: the picture of a
    figure, or the hours of an entry.
    """

    kind: str
    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a language writes days. weekdays start on Monday; date has {d}, {month}, {m} and {y}."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    date: str

    def write_day(self, when: datetime) -> str:
        return self.day.format(d=when.day, month=self.months[when.month - 1], m=when.month)

    def write_date(self, when: datetime) -> str:
        return self.date.format(d=when.day, month=self.months[when.month - 1], m=when.month, y=when.year)


def read_chunks(body: str) -> list[Chunk]:
    """Split a body into its pieces. Raises ValueError, with the piece, on a broken notation."""
    return [_read_chunk(piece.strip()) for piece in _BLANK.split(body.strip()) if piece.strip()]


def fill_dates(text: str, event: datetime, calendars: Mapping[str, Calendar], language: str) -> str:
    """Write the days of the event in the words of the language ("en", "de" ... without region)."""

    def write(match: re.Match[str]) -> str:
        when = event + timedelta(days=int(match[2] or 0))
        calendar = calendars[language]
        match match[1]:
            case "day":
                return calendar.weekdays[when.weekday()]
            case "date":
                return calendar.write_day(when)
            case _:
                return str(when.year)

    return _DATE.sub(write, text)


def _read_chunk(piece: str) -> Chunk:
    if piece.startswith("## "):
        return Chunk("subheading", piece[3:].strip())
    if piece.startswith("> "):
        return Chunk("quotation", piece[2:].strip())
    if piece.startswith("- "):
        lines = piece.splitlines()
        if not all(line.startswith("- ") for line in lines):
            raise ValueError(f"each line of a list begins with '- ': {piece[:60]!r}")
        return Chunk("list", "\n".join(line[2:].strip() for line in lines))
    if piece.startswith("!["):
        if not (figure := _FIGURE.fullmatch(piece)):
            raise ValueError(f"a picture is ![caption](name): {piece[:60]!r}")
        return Chunk("figure", figure[1], figure[2])
    if piece.startswith("@ "):
        if not (entry := _ENTRY.fullmatch(piece)):
            raise ValueError(f"an entry is @ hours | heading: {piece[:60]!r}")
        return Chunk("entry", entry[2], entry[1])
    if "\n" in piece:
        raise ValueError(f"a paragraph is one line: {piece[:60]!r}")
    return Chunk("paragraph", piece)
