"""How much a story weighs on a front page: independent reports, freshness and movement, nothing else.

    weight = reach x freshness x movement x section

    reach      log2(1 + outlets), where an outlet counts once however often it writes and copies count for nobody;
               outlets of one owner count as the square root of their number
    freshness  0.5 ^ (hours since the first report / 24)
    movement   0.5 ^ (hours since the last independent report / 12)
    section    a factor the editors set, 1 by default

Every factor is returned beside the product, so that a page can say why a story stands where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log2

FRESH_HALF_LIFE_H = 24.0
MOVEMENT_HALF_LIFE_H = 12.0


@dataclass(frozen=True, slots=True)
class Weight:
    """The product and what it is made of."""

    value: float
    outlets: float
    """Independent outlets, those of one owner counted by their square root."""
    reach: float
    freshness: float
    movement: float
    section: float


def weight(
    independent_outlets: float | Iterable[str],
    first: datetime,
    last_movement: datetime,
    now: datetime,
    *,
    owners: Mapping[str, str] | None = None,
    section: float = 1.0,
) -> Weight:
    """Weigh a story.

    independent_outlets: how many, or their names (repeats count once).  Outlets that only carried copies stay out.
    first, last_movement: aware times of the first report and of the newest independent one; a time after `now`
    counts as `now`, so a date in the future cannot lift a story.
    owners: outlet name to owner, for names only.
    """
    if isinstance(independent_outlets, int | float):
        outlets = float(max(0, independent_outlets))
    else:
        outlets = _by_owner(set(independent_outlets), owners or {})
    reach = log2(1 + outlets)
    freshness = 0.5 ** (_hours(first, now) / FRESH_HALF_LIFE_H)
    movement = 0.5 ** (_hours(last_movement, now) / MOVEMENT_HALF_LIFE_H)
    return Weight(reach * freshness * movement * section, outlets, reach, freshness, movement, section)


def _by_owner(outlets: set[str], owners: Mapping[str, str]) -> float:
    size: dict[str, int] = {}
    for outlet in sorted(outlets):
        owner = owners.get(outlet, outlet)
        size[owner] = size.get(owner, 0) + 1
    return float(sum(n**0.5 for n in size.values()))


def _hours(then: datetime, now: datetime) -> float:
    return max(0.0, (now - then).total_seconds() / 3600)
