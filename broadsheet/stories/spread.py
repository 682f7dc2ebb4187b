"""How a story spread over newsrooms and countries: numbers for a small drawing and the table beside it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from broadsheet.articles.models import Article

BARS = 24
"""At most this many bars are drawn."""
_WIDTHS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 180, 360, 720, 1440, 2880, 10080, 43200))


@dataclass(frozen=True, slots=True)
class Bar:
    """What came from `at` until the next bar. outlets, countries: how many carry the story by its end."""

    at: datetime
    independents: int
    copies: int
    outlets: int
    countries: int

    @property
    def articles(self) -> int:
        return self.independents + self.copies


@dataclass(frozen=True, slots=True)
class Country:
    """code: ISO 3166, empty for publishers whose country is not known."""

    code: str
    outlets: int
    independents: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Spread:
    """width: time that one bar stands for. countries: most outlets first, empty where none is known. highest: articles
    of the highest bar."""

    width: timedelta
    bars: tuple[Bar, ...]
    countries: tuple[Country, ...]
    outlets: int

    @property
    def highest(self) -> int:
        return max((bar.articles for bar in self.bars), default=0)


def spread(members: Sequence[Article]) -> Spread | None:
    """The spread of these articles, oldest first, each with publisher and membership; None below two outlets."""
    outlets = {member.publisher_id for member in members}
    if len(outlets) < 2:
        return None
    first, last = members[0].shown_at, members[-1].shown_at
    width = next((width for width in _WIDTHS if (last - first) / width < BARS - 1), (last - first) / (BARS - 2))
    start = _floor(first, width)
    return Spread(width, tuple(_bars(members, start, width)), tuple(_countries(members)), len(outlets))


def _bars(members: Sequence[Article], start: datetime, width: timedelta) -> list[Bar]:
    count = (members[-1].shown_at - start) // width + 1
    rows: list[list[Article]] = [[] for _ in range(count)]
    for member in members:
        rows[(member.shown_at - start) // width].append(member)
    bars = []
    outlets: set[int] = set()
    countries: set[str] = set()
    for place, row in enumerate(rows):
        outlets |= {member.publisher_id for member in row}
        countries |= {member.publisher.country for member in row if member.publisher.country}
        copies = sum(member.membership.original_id is not None for member in row)
        bars.append(Bar(start + place * width, len(row) - copies, copies, len(outlets), len(countries)))
    return bars


def _countries(members: Sequence[Article]) -> list[Country]:
    if not any(member.publisher.country for member in members):
        return []
    found: dict[str, list[Article]] = {}
    for member in members:
        found.setdefault(member.publisher.country, []).append(member)
    countries = [
        Country(
            code,
            outlets=len({member.publisher_id for member in rows}),
            independents=len({member.publisher_id for member in rows if member.membership.original_id is None}),
            first_at=rows[0].shown_at,
        )
        for code, rows in found.items()
    ]
    return sorted(countries, key=lambda country: (-country.outlets, country.first_at))


def _floor(at: datetime, width: timedelta) -> datetime:
    """The full five minutes, hour or day before, so that bars begin where a reader expects it."""
    if width > timedelta(days=1):
        return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // width * width
