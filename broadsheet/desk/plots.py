"""Where the bars of the desk's plots lie. Pure; the same numbers stand beside each plot as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 640, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: two heights, of what came and of what was done."""

    day: date
    x: float
    width: float
    came: int
    done: int
    came_height: float
    done_height: float


@dataclass(frozen=True, slots=True)
class DayPlot:
    width: int
    height: int
    bars: tuple[Bar, ...]
    most: int


def day_plot(numbers: Mapping[date, tuple[int, int]], first: date, last: date) -> DayPlot:
    """Bars for every day from first to last, empty ones too."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    most = max((max(pair) for pair in numbers.values()), default=0)
    step = WIDTH / len(days)
    bars = []
    for place, day in enumerate(days):
        came, done = numbers.get(day, (0, 0))
        scale = HEIGHT / most if most else 0
        bars.append(
            Bar(
                day,
                round(place * step, 1),
                round(step * 0.42, 1),
                came,
                done,
                round(came * scale, 1),
                round(done * scale, 1),
            )
        )
    return DayPlot(WIDTH, HEIGHT, tuple(bars), most)
