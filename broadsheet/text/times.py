"""Reading the times that feeds and pages write, and what to do with those from the future.

A time is an aware datetime that keeps the offset its source wrote; `astimezone(UTC)` loses it and `offset_minutes`
tells it. What is ambiguous is not guessed: 03/04/2026 is no date unless the order of day and month is known.
Sources: RFC 822, 2822, 3339, ISO 8601, W3C-DTF, and the ways feeds fall short of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadsheet.text.months import MONTHS, PLACES, ZONES

LONGEST = 120
"""Characters; dates are shorter, and what is longer is prose."""
EARLIEST = 1800
_EPOCH_ENDS = datetime(1970, 1, 3, tzinfo=UTC)
"""Times before this and after 1969 are a machine's zero, not a date."""
TOLERATED = timedelta(minutes=5)
"""How far a clock may run ahead before its time counts as from the future."""

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T_ ,]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,12}))?)?)?)?\s*(\S.*)?",
    re.IGNORECASE,
)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?([1-7])(?:T.*)?", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>\d{1,2})(?:[:hH](?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?|\.(?P<dot>\d{2}))"
    r"(?!\d|[./-]\d)\s*(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_CLOCK_EAST = re.compile(
    r"(?P<half>[上下]午|午[前後后]|오[전후])?\s*(?<!\d)(?P<h>\d{1,2})\s*(?:[时時點点시:]\s*)(?P<m>\d{1,2})?\s*[分분]?"
    r"(?:\s*(?P<s>\d{1,2})\s*[秒초])?"
)
_DATE_EAST = re.compile(r"(\d{4})\s*[年년.]\s*(\d{1,2})\s*[月월.]\s*(\d{1,2})\s*[日일]?")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|ª)?[\s.,/-]*(?:(?:de|of|del|di)\s+)?(?P<month>[^\W\d_]+)"
    r"[\s.,/-]*(?:(?:de|del)\s+)?(?P<year>\d{4}|\d{2})?(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?P<month>(?<![^\W\d_])[^\W\d_]+)[\s.,/-]*(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th)?[\s.,/-]*(?P<year>\d{4})?(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d)")
_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s*([+\-−])\s*(\d{1,2}):?(\d{2})?(?!\d)", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][A-Za-z]{2,20}(?:/[A-Z][A-Za-z_-]{2,30}){1,2}")
_WORD = re.compile(r"[^\W\d_]+")
_AFTERNOON = frozenset({"下午", "午後", "午后", "오후"})
_DIGITS = re.compile(r"[+-]?\d{9,17}(?:\.\d{1,9})?")


class Clamped(NamedTuple):
    """at: the time to use. from_future: whether the source's own lay ahead and was replaced."""

    at: datetime
    from_future: bool


def parse_time(text: str | float | None, *, zone: tzinfo = UTC, day_first: bool | None = None) -> datetime | None:
    """The moment a text names, aware, in the offset it was written with; None when it names none for certain.

    zone: for times that name no zone. day_first: how 03/04/2026 is meant, if known. Dates without a time are midnight
    in their zone. Numbers are seconds, milli- or microseconds since 1970. Coarser dates ("2026", "March 2026") are
    None: they would sort an article to the wrong day.
    """
    if text is None or isinstance(text, bool):
        return None
    if isinstance(text, int | float):
        return _plausible(_epoch(float(text)))
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    try:
        return _plausible(_iso(text, zone) or _number(text) or _written(text, zone, day_first))
    except (ValueError, OverflowError):
        return None


def clamp(moment: datetime | None, first_seen: datetime) -> Clamped:
    """No article is newer than the moment it was first seen; without a time of its own it has that one."""
    if moment is None:
        return Clamped(first_seen, from_future=False)
    if moment > first_seen + TOLERATED:
        return Clamped(first_seen, from_future=True)
    return Clamped(min(moment, first_seen), from_future=False)


def offset_minutes(moment: datetime) -> int:
    """Minutes east of Greenwich that the source wrote; 0 for UTC."""
    offset = moment.utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)


def with_offset(moment: datetime, minutes: int) -> datetime:
    """The same moment in the offset kept beside it, the other way round from storage."""
    return moment.astimezone(_fixed(minutes))


# Readers, each for one family; None means "not mine"


def _plausible(moment: datetime | None) -> datetime | None:
    if moment is None or not EARLIEST <= moment.year <= 9990:
        return None
    if moment.year in (1969, 1970) and datetime(1969, 12, 31, tzinfo=UTC) <= moment < _EPOCH_ENDS:
        return None
    return moment


def _epoch(number: float) -> datetime | None:
    for unit in (1, 1e3, 1e6):
        # From 1990 on: shorter numbers are something else.
        if 631_152_000 <= number / unit < 4_102_444_800:
            return datetime.fromtimestamp(number / unit, UTC)
    return None


def _number(text: str) -> datetime | None:
    return _epoch(float(text)) if _DIGITS.fullmatch(text) and text.isascii() else None


def _iso(text: str, zone: tzinfo) -> datetime | None:
    if week := _ISO_WEEK.fullmatch(text):
        return datetime.fromisocalendar(int(week[1]), int(week[2]), int(week[3])).replace(tzinfo=zone)
    match = _ISO.fullmatch(text)
    if not match or (text[4] != "-" and len(text) < 15 and not (match[4] is None and len(text) == 8)):
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    micro = int((match[7] or "0")[:6].ljust(6, "0"))
    rest = match[8] or ""
    noon = re.fullmatch(r"([ap])\.?m\.?\b\s*(.*)", rest, re.IGNORECASE)
    if noon and 1 <= hour <= 12:
        hour, rest = hour % 12 + (12 if noon[1].lower() == "p" else 0), noon[2]
    found = _zone(rest, zone)
    return None if found is None else _build(year, month, day, hour, minute, second, micro, found)


def _written(text: str, zone: tzinfo, day_first: bool | None) -> datetime | None:
    """Everything with words or with dots and slashes: find the clock, the zone after it and the date around it."""
    clock = (None if text.isascii() else _CLOCK_EAST.search(text)) or _CLOCK.search(text)
    before, after = (text[: clock.start()], text[clock.end() :]) if clock else (text, "")
    found, after = _zone_and_rest(after, zone)
    date = _date(before, day_first) or _date(f"{before} {after}", day_first)
    if date is None:
        return None
    hour, minute, second = _time_of_day(clock.groupdict()) if clock else (0, 0, 0)
    return _build(*date, hour, minute, second, 0, found)


def _time_of_day(clock: dict[str, str | None]) -> tuple[int, int, int]:
    hour, minute, second = (int(clock.get(part) or 0) for part in "hms")
    minute = minute or int(clock.get("dot") or 0)
    half = (clock["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") or half in _AFTERNOON else 0)
    return hour, minute, second


def _date(text: str, day_first: bool | None) -> tuple[int, int, int] | None:
    if match := _DATE_EAST.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.search(text):
        return _numeric(match, day_first)
    # Day first before month first: in "mar. 3 févr. 2026" the first word is a Tuesday.
    for form in (_DAY_MONTH, _MONTH_DAY):
        for match in form.finditer(text):
            month = MONTHS.get(match["month"].lower())
            year = match["year"] or next(iter(_YEAR.findall(text)), "")
            if month and year:
                return _full_year(int(year)), month, int(match["day"])
    return None


def _numeric(match: re.Match[str], day_first: bool | None) -> tuple[int, int, int] | None:
    first, mark, middle, last = int(match[1]), match[2], int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return first, middle, last
    if len(match[4]) not in (2, 4) or len(match[1]) > 2:
        return None
    year = _full_year(last)
    if middle > 12 >= first:
        return year, first, middle
    # Dots are written where the day comes first; slashes and dashes on both sides of the ocean.
    if first > 12 or first == middle or mark == "." or day_first:
        return year, middle, first
    return (year, first, middle) if day_first is False else None


def _full_year(year: int) -> int:
    """RFC 2822 section 4.3."""
    if year < 50:
        return year + 2000
    return year + 1900 if year < 1000 else year


def _zone(text: str, zone: tzinfo) -> tzinfo | None:
    """The zone a text names, the given one for an empty text, None for a text that is something else."""
    text = text.strip()
    if not text:
        return zone
    found, rest = _zone_and_rest(text, None)
    return found if found is not None and not re.search(r"\d", rest) else None


def _zone_and_rest(text: str, zone: tzinfo | None) -> tuple[tzinfo | None, str]:
    stripped = text.lstrip()
    if match := _OFFSET.match(stripped):
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours <= 15 and minutes < 60:
            sign = 1 if match[1] == "+" else -1
            return _fixed(sign * (hours * 60 + minutes)), stripped[match.end() :]
    if (match := _PLACE.match(stripped.lstrip("[("))) and (place := _place(match[0])):
        return place, ""
    word = _WORD.match(stripped)
    if word and word[0] in PLACES:
        return ZoneInfo(PLACES[word[0]]), stripped[word.end() :]
    if word and word[0].upper() in ZONES:
        return _fixed(ZONES[word[0].upper()]), stripped[word.end() :]
    return zone, text


def _place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _fixed(minutes: int) -> tzinfo:
    return UTC if minutes == 0 else timezone(timedelta(minutes=minutes))


def _build(
    year: int, month: int, day: int, hour: int, minute: int, second: int, micro: int, zone: tzinfo | None
) -> datetime:
    """Hour 24 and second 60 are legal ways to write the next minute. Raises ValueError for impossible dates."""
    later = timedelta()
    if hour == 24 and minute == second == 0:
        hour, later = 0, timedelta(days=1)
    if second == 60:
        second, later = 59, later + timedelta(seconds=1)
    return datetime(year, month, day, hour, minute, second, micro, tzinfo=zone or UTC) + later
