"""What a reader's archive holds of the conversation, and what goes with an erased account."""

from __future__ import annotations

from typing import Any

from broadsheet.comments.models import Comment
from broadsheet.comments.personas import forget_writer
from broadsheet.readers.models import Reader


def held(reader: Reader) -> list[dict[str, Any]]:
    """Everything a reader wrote, oldest first."""
    rows = Comment.objects.filter(author=reader).order_by("posted_at", "pk")
    fields = ("posted_at", "edited_at", "name", "state", "markdown", "thread_id")
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in rows.values(*fields)
    ]


def forget(reader: Reader, *, words: bool) -> None:
    forget_writer(reader, words=words)
