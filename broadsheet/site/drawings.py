"""Where the marks of small drawings lie. Pure; the numbers stand beside each drawing as words or a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from broadsheet.site.account import EventView

WIDTH, HEIGHT = 320, 48
LANES = (10, 24, 38)
"""Heights of the lanes: own reports, copies, edits."""
EDGE = 8
_LANE_OF = {"first": 0, "report": 0, "further": 0, "copies": 1, "correction": 2, "headline": 2, "text": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """lane: place in `LANES`. r: radius, by the square root of the reports it stands for."""

    x: float
    y: int
    lane: int
    r: float


@dataclass(frozen=True, slots=True)
class TimelineView:
    """reports, copies, edits: how many marks of each kind, for the words beside the drawing."""

    width: int
    height: int
    lanes: tuple[int, ...]
    marks: tuple[Mark, ...]
    first_at: datetime
    last_at: datetime
    reports: int
    copies: int
    edits: int


def timeline_view(events: Sequence[EventView]) -> TimelineView | None:
    """The course of a story along the clock; None for a story that did not move."""
    told = [event for event in events if event.kind in _LANE_OF]
    if len(told) < 3 or told[0].at == told[-1].at:
        return None
    first, last = told[0].at, told[-1].at
    marks = []
    counts = [0, 0, 0]
    for event in told:
        lane = _LANE_OF[event.kind]
        times = max(event.outlets, 1) if lane == 1 else 1
        counts[lane] += times
        share = (event.at - first) / (last - first)
        marks.append(
            Mark(round(EDGE + share * (WIDTH - 2 * EDGE), 1), LANES[lane], lane, round(min(3 * sqrt(times), 9), 1))
        )
    lanes = tuple(height for place, height in enumerate(LANES) if counts[place])
    return TimelineView(WIDTH, HEIGHT, lanes, tuple(marks), first, last, *counts)
