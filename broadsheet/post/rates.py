"""How fast, how many and when to stop: data, read from `rates.toml` and an operator's own file over it.

A lane is a group of receiving domains of one provider. Each lane is served by one worker at a time, which therefore
knows all that goes there. Domains that no lane names share a few lanes, each domain with a pace of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

FILE = "rates.toml"
OTHERS = 4
"""Lanes for all domains without one of their own: as many workers can share them."""


class RatesError(ValueError):
    """The operator's file cannot be used; the message names the place."""


@dataclass(frozen=True, slots=True)
class Lane:
    """connections: at once, to our server, with mail for this lane. per_minute: 0 stands for no limit."""

    domains: tuple[str, ...]
    connections: int
    per_minute: int


@dataclass(frozen=True)
class Rates:
    connections: int
    per_minute: int
    other_per_minute: int
    lanes: Mapping[str, Lane]
    warm_up_since: date | None
    warm_up: tuple[int, ...]
    brake: Brake

    @cached_property
    def _lane_of(self) -> dict[str, str]:
        return {domain: name for name, lane in self.lanes.items() for domain in lane.domains}

    def lane_of(self, domain: str) -> str:
        """The lane of a receiving domain; stable, because it is kept with each delivery."""
        return self._lane_of.get(domain) or f"other-{crc32(domain.encode()) % OTHERS}"

    def connections_of(self, lane: str) -> int:
        return min(self.lanes[lane].connections if lane in self.lanes else self.connections, self.connections)

    def pace_of(self, lane: str, domain: str) -> tuple[str, int]:
        """What is counted together, and how many of it a minute."""
        return (lane, self.lanes[lane].per_minute) if lane in self.lanes else (domain, self.other_per_minute)

    def day_limit(self, today: date) -> int | None:
        """Mails of a lane on this day of the warm-up; None: no limit."""
        if self.warm_up_since is None:
            return None
        day = (today - self.warm_up_since).days
        if day < 0:
            return 0
        return self.warm_up[day] if day < len(self.warm_up) else None


@dataclass(frozen=True, slots=True)
class Brake:
    complaints: float
    complaints_least: int
    hard: float
    hard_least: int
    blocked_in_a_row: int

    def reason(self, *, sent: int, complaints: int, hard: int) -> str:
        """Why an edition has to stop, as a code; empty: it may go on."""
        if complaints >= self.complaints_least and complaints >= self.complaints * sent:
            return "complaints"
        if hard >= self.hard_least and hard >= self.hard * (sent + hard):
            return "hard"
        return ""


@dataclass(slots=True)
class Pace:
    """No more than so many a minute, spread evenly: each takes the next place in time."""

    per_minute: int
    _next: float = field(default=0.0)

    def wait(self, now: float) -> float:
        """Seconds until the next may go; 0: now."""
        return max(self._next - now, 0.0) if self.per_minute else 0.0

    def count(self, now: float) -> None:
        if self.per_minute:
            self._next = max(self._next, now - 1.0) + 60.0 / self.per_minute


def read_rates(folder: Path | None = None) -> Rates:
    """Ours, with the operator's over them. Raises RatesError."""
    ours = tomllib.loads((Path(__file__).parent / FILE).read_text(encoding="utf-8"))
    path = folder / FILE if folder else None
    if path is not None and path.exists():
        try:
            theirs = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RatesError(f"{path}: {error}") from error
        ours = _merged(ours, theirs, str(path))
    try:
        return _rates(ours)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RatesError(f"{path or FILE}: {error}") from error


def _merged(ours: dict[str, Any], theirs: dict[str, Any], place: str) -> dict[str, Any]:
    found = dict(ours)
    for name, value in theirs.items():
        is_lane = place.endswith("lanes")
        if name not in ours and not is_lane:
            raise RatesError(f"{place}: {name} is not known; there are {', '.join(ours)}")
        if isinstance(value, dict):
            new: dict[str, Any] = {"domains": [], "connections": 1, "per_minute": 60}
            found[name] = _merged(ours.get(name, new), value, f"{place}: {name}")
        else:
            found[name] = value
    return found


def _rates(data: dict[str, Any]) -> Rates:
    lanes = {
        str(name)[:20]: Lane(
            tuple(str(domain).lower() for domain in lane["domains"]),
            _number(name, lane["connections"], least=1),
            _number(name, lane["per_minute"]),
        )
        for name, lane in data["lanes"].items()
    }
    since = data["warm_up"]["since"]
    if isinstance(since, datetime):
        since = since.date()
    brake = data["brake"]
    return Rates(
        connections=_number("server.connections", data["server"]["connections"], least=1),
        per_minute=_number("server.per_minute", data["server"]["per_minute"]),
        other_per_minute=_number("other.per_minute", data["other"]["per_minute"]),
        lanes=lanes,
        warm_up_since=since if isinstance(since, date) else date.fromisoformat(since) if since else None,
        warm_up=tuple(_number("warm_up.per_day", value) for value in data["warm_up"]["per_day"]),
        brake=Brake(
            complaints=float(brake["complaints"]),
            complaints_least=_number("brake.complaints_least", brake["complaints_least"], least=1),
            hard=float(brake["hard"]),
            hard_least=_number("brake.hard_least", brake["hard_least"], least=1),
            blocked_in_a_row=_number("brake.blocked_in_a_row", brake["blocked_in_a_row"], least=1),
        ),
    )


def _number(name: str, value: Any, *, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least or value > 10_000_000:
        raise ValueError(f"{name} should be a whole number of at least {least}, not {value!r}")
    return value
