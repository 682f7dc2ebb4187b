"""One comment as another system had it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CommentsFileError(ValueError):
    """A file that cannot be read; the message names it, the place and the next step."""


class State(StrEnum):
    """What the other system had decided."""

    APPROVED = "approved"
    WAITING = "waiting"
    SPAM = "spam"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """id, parent: unique within the file; parent is "" at the top of a thread. page: address of the page it stood
    under. markdown: its words in our subset. at: aware, UTC. mail, site: as given, never shown. score: votes up less
    votes down."""

    id: str
    parent: str
    page: str
    title: str
    name: str
    mail: str
    site: str
    at: datetime
    markdown: str
    state: State
    score: int = 0
