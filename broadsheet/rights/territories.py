"""What a territory's law leaves free without a licence: the table is `territories.toml`.

Engineering caution with sources and dates, not legal advice.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Territory:
    """extract: characters of a publisher's own summary. strict: none of them without a basis in the ledger."""

    code: str
    extract: int
    strict: bool
    source: str
    noted: date

    @property
    def noted_at(self) -> datetime:
        """The day its row was written down, as a moment."""
        return datetime(self.noted.year, self.noted.month, self.noted.day, tzinfo=UTC)


def territory_of(code: str | None) -> Territory:
    """The row for a country code (ISO 3166-1 alpha-2, any case) or "EU"; unknown and None give the strict default."""
    rows, groups = _table()
    code = (code or "").strip().upper()[:8]
    return rows.get(code) or rows.get(groups.get(code, "")) or rows[""]


def covers(codes: frozenset[str], territory: str | None) -> bool:
    """Whether a ledger line for these territories speaks for this one; an empty set speaks for all."""
    if not codes:
        return True
    code = (territory or "").strip().upper()[:8]
    return code in codes or _table()[1].get(code, "?") in codes


@cache
def _table() -> tuple[dict[str, Territory], dict[str, str]]:
    raw = tomllib.loads(files(__package__).joinpath("territories.toml").read_text("utf-8"))
    rows = {code: _row(code, row) for code, row in raw["territories"].items()}
    rows[""] = _row("", raw["default"])
    groups = {member: group for group, members in raw["groups"].items() for member in members}
    return rows, groups


def _row(code: str, row: dict[str, Any]) -> Territory:
    return Territory(code, row["extract"], row.get("strict", False), row["source"], row["noted"])
