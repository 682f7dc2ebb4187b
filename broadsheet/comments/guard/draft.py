"""What the guard is told: the words, who writes them, and what happened around them lately."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']{1,2000}", re.IGNORECASE)
_FOLDED = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Draft:
    """A comment before it is one.

    text: as the writer typed it, Markdown and all. at: aware time of writing. reply_to: whether it answers somebody.
    """

    text: str
    at: datetime
    reply_to: bool = False

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Addresses in the text, spelled out or as the target of a Markdown link, each as often as it stands there."""
        return tuple(_LINK.findall(self.text))

    @cached_property
    def key(self) -> str:
        """The words alone: two texts that differ in case, marks or spaces only have one key."""
        return _FOLDED.sub("", unicodedata.normalize("NFKC", self.text).casefold())


@dataclass(frozen=True, slots=True)
class Author:
    """What the site knows of a writer.

    approved, refused: comments of theirs that were let stand, or were removed by an editor. trusted: editors and
    those whom an editor freed from holds. posted: times of their latest comments, any order.
    """

    approved: int = 0
    refused: int = 0
    trusted: bool = False
    posted: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A recent comment to compare with. own: by the same writer."""

    key: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The conversation at this moment.

    earlier: recent comments of this story and of this writer. lately: times of the story's latest comments by anyone.
    premoderated: the story's setting says that every comment waits. language: the story's, or "".
    """

    author: Author = Author()
    earlier: tuple[Earlier, ...] = ()
    lately: tuple[datetime, ...] = ()
    premoderated: bool = False
    language: str = ""
