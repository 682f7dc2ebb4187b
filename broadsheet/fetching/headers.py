"""Reading the few response fields that steer fetching."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_SECONDS = re.compile(r"\s*(\d{1,9})(?:\.\d*)?\s*", re.ASCII)


def flatten(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Lower-case names; repeated fields joined by ", " (RFC 9110 section 5.3)."""
    flat: dict[str, str] = {}
    for name, value in fields:
        name = name.lower()
        flat[name] = f"{flat[name]}, {value}" if name in flat else value
    return flat


def retry_after(text: str, now: datetime, *, cap: timedelta) -> timedelta | None:
    """How long a `Retry-After` asks to wait: seconds or a date (RFC 9110 section 10.2.3); None if unreadable.

    Never negative, never above `cap`.
    """
    if match := _SECONDS.fullmatch(text):
        return min(timedelta(seconds=int(match[1])), cap)
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max(then - now, timedelta()), cap)


def max_age(cache_control: str) -> timedelta | None:
    """Freshness that `Cache-Control` states; zero for `no-cache` and `no-store`, None if it says nothing."""
    lowered = cache_control.lower()
    if "no-cache" in lowered or "no-store" in lowered:
        return timedelta()
    match = _MAX_AGE.search(cache_control)
    return timedelta(seconds=min(int(match[1]), 10**9)) if match else None
