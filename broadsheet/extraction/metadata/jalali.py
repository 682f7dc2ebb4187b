"""Dates of the Persian (Jalali) calendar, as news sites in Iran and Afghanistan show them.

Source of the arithmetic: Borkowski 1996, "The Persian calendar for 3000 years", in its common 33-year cycle form,
which is exact for the years from 1300 to 1500 (1921 to 2121).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from broadsheet.extraction.metadata.digits import western

MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_WORDS = {name: number for number, name in enumerate(MONTHS, 1)}
_NAMED = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(1[34]\d\d)")
_NUMERIC = re.compile(r"(?<!\d)(1[34]\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_EPOCH = date(1921, 3, 21)
"""First day of the year 1300."""


def find_jalali(text: str) -> date | None:
    """The day that a Persian date in a short text names, as a day of our calendar; None if there is none."""
    text = western(text).replace("ي", "ی").replace("ك", "ک")
    found = _NAMED.search(text)
    if found:
        return to_gregorian(int(found[3]), _WORDS[found[2]], int(found[1]))
    found = _NUMERIC.search(text)
    return to_gregorian(int(found[1]), int(found[2]), int(found[3])) if found else None


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The day of our calendar for a Persian date between 1300 and 1500, None outside or for no date."""
    if not (1300 <= year <= 1500 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    leaps = sum(1 for y in range(1300, year) if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _EPOCH + timedelta(days=365 * (year - 1300) + leaps + before + day - 1)
