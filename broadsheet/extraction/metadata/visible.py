"""Dates that readers see: `time` elements, lines after the headline, elements that are named for dates.

Dear compared with reading declared times, so only asked where nothing is declared. Each candidate is a short text;
reading it is the business of `broadsheet.text.times`, relative times ("3 hours ago") are read here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from importlib import resources

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.metadata import labels
from broadsheet.extraction.metadata.digits import western
from broadsheet.extraction.metadata.jalali import find_jalali
from broadsheet.extraction.metadata.lines import Lines, joined
from broadsheet.text.times import parse_time

LONGEST = 110
"""Characters of a line that may be a date line."""
OPENING = 40
"""Characters of prose in which a date may stand that begins it."""
NEAR = 25
"""Lines after the headline that are looked at before others."""

_NAMED = (
    '[class*="date"], [class*="Date"], [id*="date"], [class*="ublish"], [class*="osted"], [class*="time"]:not(time), '
    "[data-datetime], [data-timestamp], abbr[title]"
)
_OPENING = re.compile(
    r"[(\[]?\d{1,2}[./-]\d{1,2}[./-]\d{4}|[(\[]?\d{4}[./-]\d{1,2}[./-]\d{1,2}|[^\d]{2,24}\d{1,2}\.? [^\W\d]{3,10} \d{4}"
)
_SHAPE = re.compile(
    r"\d{1,2}[^\d]{1,22}\d{4}|\d{4}[^\d]{1,3}\d{1,2}|[^\W\d]{3,12}\.? \d{1,2},? \d{4}|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}\W{1,3}\w{3,9}\W{1,3}\d{2}"
)
_FIGURES = re.compile(r"\d\d")
_MIXED = re.compile(r"\b[^\W\d_]{2,}\d+\b")  # names such as "user2012"
_NOT_ONE = re.compile(r"\d{4}\s?[-–—]\s?\d{4}|©|copyright", re.I)


def visible_date(
    tree: LexborHTMLParser, lines: Lines, zone: tzinfo, now: datetime, *, far: bool = True
) -> datetime | None:
    """The first date a reader meets that can be the publication's, or None. far: looked for in the whole page."""
    for stage in (_near_heading(tree, lines), _elsewhere(tree, lines) if far else ()):
        updated: datetime | None = None
        for text, exact in stage:
            moment = _date_line(text, exact, zone, now, lines.language)
            if moment is None:
                continue
            if exact or not _is_update(text):
                return moment
            updated = updated or moment
        if updated is not None:
            return updated
    return _relative_near(tree, lines, now)


def _date_line(text: str, exact: bool, zone: tzinfo, now: datetime, language: str) -> datetime | None:
    if not exact and (not _FIGURES.search(text) or not _SHAPE.search(text) or _NOT_ONE.search(text) or _is_clock(text)):
        return None
    moment = read_date(text, zone, language)
    good = moment is not None and 1990 <= moment.year <= now.year and moment <= now + timedelta(days=2)
    return moment if good else None


def read_date(text: str, zone: tzinfo, language: str = "") -> datetime | None:
    """A written date as a moment; day and month are told apart by the language where figures leave it open."""
    text = _MIXED.sub(" ", western(text))
    persian = find_jalali(text) if language[:2] in ("fa", "ps", "ku", "") else None
    if persian is not None:
        return datetime(persian.year, persian.month, persian.day, tzinfo=UTC)
    return parse_time(text, zone=zone, day_first=language != "en-US" and language != "en")


def _near_heading(tree: LexborHTMLParser, lines: Lines) -> Iterator[tuple[str, bool]]:
    """(text, machine-written) of places where a publication's date is expected, likeliest first."""
    times = tree.tags("time")[:40]
    for node in times:
        if not _in_list(node) and not _is_update(node.attributes.get("class") or ""):
            value = node.attributes.get("datetime")
            if value:
                yield value, True
            yield _line(node), False
    after = lines.after(NEAR)
    yield from ((line, False) for line in joined(_without_others(after)))
    yield from ((line, False) for line in joined(lines.before(12)))
    prose = 0
    for line in after:
        if len(line) > OPENING and prose < 3 and _OPENING.match(line):
            yield line[:OPENING], False
        prose += len(line) > LONGEST


def _without_others(lines: list[str]) -> list[str]:
    """The lines without those behind a label of another date: "Joined:", and the day in the next line."""
    others = words()["others"]
    return [line for i, line in enumerate(lines) if not (i and lines[i - 1].rstrip(": ").casefold() in others)]


def _elsewhere(tree: LexborHTMLParser, lines: Lines) -> Iterator[tuple[str, bool]]:
    """The same for elements named for dates anywhere, then for all short lines."""
    for node in tree.css(_NAMED)[:120]:
        given = node.attributes
        if _in_list(node):
            continue
        for name in ("data-datetime", "data-timestamp", "title"):
            if given.get(name):
                yield str(given[name]), True
        text = _line(node)
        if 5 < len(text) <= LONGEST:
            yield text, False
    yield from ((line, False) for line in lines.all if 5 < len(line) <= LONGEST and _FIGURES.search(line))


def _line(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())[: LONGEST + 1]


def _in_list(node: LexborNode) -> bool:
    """Inside a link, a list item, an aside or a live entry: the date of something else."""
    parent = node.parent
    for _ in range(6):
        if parent is None:
            return False
        if parent.tag in ("li", "aside", "nav", "footer", "a") or "live" in labels.label_of(parent):
            return True
        parent = parent.parent
    return False


def _is_update(text: str) -> bool:
    low = text.casefold()
    return any(word in low for word in words()["updated"])


def _is_clock(text: str) -> bool:
    """A line that tells the reader what time it is now."""
    low = text.casefold()
    return any(word in low for word in words()["now"])


def _relative_near(tree: LexborHTMLParser, lines: Lines, now: datetime) -> datetime | None:
    """ "3 hours ago" in a `time` element or soon after the headline."""
    for text in (*(_line(n) for n in tree.tags("time")[:5] if not _in_list(n)), *lines.after(NEAR)):
        moment = relative(text, now)
        if moment is not None:
            return moment
    return None


@cache
def words() -> dict[str, list[str]]:
    """Words of `times.toml`: marks of an update, units and signs of relative times."""
    raw = tomllib.loads((resources.files("broadsheet.extraction.metadata") / "times.toml").read_text("utf-8"))
    return {name: list(values) for name, values in raw.items()}


@cache
def _units() -> dict[str, timedelta]:
    lengths = {
        "minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1),
        "weeks": timedelta(weeks=1), "months": timedelta(days=30), "years": timedelta(days=365),
    }  # fmt: skip
    return {word: length for name, length in lengths.items() for word in words()[name]}


_COUNT = re.compile(r"(\d{1,3})\s*([^\W\d]+)")


def relative(text: str, now: datetime) -> datetime | None:
    """The moment of "3 hours ago", "vor 2 Tagen", "yesterday" in any of the languages known, or None."""
    low = western(text).casefold().strip()
    if not low or len(low) > 40:
        return None
    for days, name in enumerate(("today", "yesterday")):
        if any(low == word or low.startswith((word + ",", word + " at", word + " um")) for word in words()[name]):
            return (now - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    if not any(sign in low for sign in words()["ago"]):
        return None
    found = _COUNT.search(low)
    unit = next((length for word, length in _units().items() if found and found[2].startswith(word)), None)
    return now - int(found[1]) * unit if found and unit else None
