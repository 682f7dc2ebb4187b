"""What grouping needs to know of an article, read once from any mapping and bounded there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MAX_TITLE = 500
MAX_TEXT = 200_000
"""Characters of an article that are ever looked at; a longer one is cut, not refused."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as grouping sees it."""

    id: str
    title: str
    text: str
    hours: float | None
    """Hours since 1970 in UTC when it was published; None if unknown."""
    source: str
    language: str
    """Two or three letters, lower case; "" if unknown."""


def read_document(doc: Mapping[str, Any]) -> Document:
    """Read {id, title, text, published, source, lang}; only `id` must be there.

    published: ISO 8601 text, an aware or naive (then UTC) datetime, or None; what cannot be read counts as unknown.
    """
    return Document(
        id=str(doc["id"]),
        title=str(doc.get("title") or "")[:MAX_TITLE],
        text=str(doc.get("text") or "")[:MAX_TEXT],
        hours=to_hours(doc.get("published")),
        source=str(doc.get("source") or ""),
        language=str(doc.get("lang") or "").replace("_", "-").split("-")[0].lower()[:3],
    )


def to_hours(published: object) -> float | None:
    if isinstance(published, str) and published:
        try:
            published = datetime.fromisoformat(published)
        except ValueError:
            return None
    if not isinstance(published, datetime):
        return None
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return published.timestamp() / 3600
