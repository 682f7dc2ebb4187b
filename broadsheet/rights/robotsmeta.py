"""Values of `<meta name="robots">` and of the `X-Robots-Tag` field.

Source: developers.google.com/search/docs/crawling-indexing/robots-meta-tag, the de facto standard; there is no RFC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 2_000
_NAMES = frozenset({
    "all", "index", "follow", "none", "noindex", "nofollow", "noarchive", "nocache", "nosnippet", "noimageindex",
    "notranslate", "nositelinkssearchbox", "indexifembedded", "noodp", "noydir",
    "max-snippet", "max-image-preview", "max-video-preview", "unavailable_after",
})  # fmt: skip
_PIECE = re.compile(r"\s*([A-Za-z0-9_.*-]{1,60})\s*(:?)\s*([^,]{0,200})")


@dataclass(frozen=True, slots=True)
class RobotsValues:
    """max_snippet: characters, 0 for none at all, None for no limit. images: whether a preview may be shown."""

    noindex: bool = False
    noarchive: bool = False
    max_snippet: int | None = None
    images: bool = True
    unavailable_after: datetime | None = None


def read_robots_values(text: str, agent: str = "broadsheet") -> RobotsValues:
    """Read one value or several joined by commas; of two that disagree the stricter counts.

    A crawler's name before a colon binds what follows it, up to the next name, to that crawler.
    """
    noindex = noarchive = False
    images = True
    snippets: list[int] = []
    expiries: list[datetime] = []
    ours = True
    for name, value in _pieces(text[:LONGEST]):
        if name not in _NAMES:
            if value is not None:
                ours = name in ("*", "robots", agent.lower())
            continue
        if not ours:
            continue
        noindex |= name in ("noindex", "none")
        noarchive |= name in ("noarchive", "nocache")
        images &= not (name == "noimageindex" or (name == "max-image-preview" and value == "none"))
        if name == "nosnippet":
            snippets.append(0)
        if name == "max-snippet" and (number := _number(value)) is not None:
            snippets.append(number)
        if name == "unavailable_after" and (moment := _moment(value)):
            expiries.append(moment)
    return RobotsValues(noindex, noarchive, min(snippets, default=None), images, min(expiries, default=None))


def _pieces(text: str) -> list[tuple[str, str | None]]:
    """(name, value) in order; value is None without a colon. An agent is a name with a value of ""."""
    pieces: list[tuple[str, str | None]] = []
    for part in text.split(","):
        found = _PIECE.match(part)
        name = found[1].lower() if found else ""
        if found and found[2] and name not in _NAMES:
            pieces.append((name, ""))
            found = _PIECE.match(found[3])
            name = found[1].lower() if found else ""
        if found and name in _NAMES:
            pieces.append((name, found[3].strip().lower() if found[2] else None))
        elif pieces and pieces[-1][0] == "unavailable_after" and pieces[-1][1] is not None:
            # Dates hold commas: "unavailable_after: Saturday, 20 Jun 2026 10:00:00 GMT".
            pieces[-1] = ("unavailable_after", f"{pieces[-1][1]}, {part.strip()}")
    return pieces


def _number(value: str | None) -> int | None:
    """The limit, None for -1 ("no limit") and for what is no number."""
    if value is None or not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
        return None
    number = int(value)
    return number if number >= 0 else None


def _moment(value: str | None) -> datetime | None:
    """A date of RFC 822, RFC 850 or ISO 8601; without a zone it is UTC."""
    text = (value or "").strip().upper()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
