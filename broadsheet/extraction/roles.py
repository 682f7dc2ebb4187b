"""What a piece may be in the article, and the choice that is made of all pieces."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, auto

from broadsheet.extraction.cues import NO_CUE
from broadsheet.extraction.page import Page


class Role(IntEnum):
    """What a piece is in the article; OUT: nothing."""

    OUT = 0
    PARAGRAPH = auto()
    SUBHEADING = auto()
    ITEM = auto()
    QUOTATION = auto()
    CELL = auto()
    ROW = auto()
    CAPTION = auto()
    PULL_QUOTE = auto()
    FACT_BOX = auto()
    EMBED = auto()


OUT, CAPTION, PARAGRAPH, SUBHEADING = Role.OUT, Role.CAPTION, Role.PARAGRAPH, Role.SUBHEADING
"""The roles that loops over all pieces ask for; to find a member in its class takes ten times as long as a name."""
TEXT = frozenset({Role.PARAGRAPH, Role.SUBHEADING, Role.ITEM, Role.QUOTATION, Role.ROW})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Choice:
    """roles: one for each piece. chances: log-odds that each is the article's. kept: places of text pieces, in order.
    cued: places of pieces with a phrase of their own. entries: heads of live-blog entries by the piece they stand
    before: words and time. standfirst: its place, or -1."""

    def __init__(self, page: Page, chances: list[float]) -> None:
        self.page = page
        self.chances = chances
        self.roles: list[Role] = [OUT] * len(chances)
        self.kept: list[int] = []
        self.cued = [i for i, piece in enumerate(page.pieces) if piece.cue is not NO_CUE]
        self.entries: dict[int, tuple[str, datetime | None]] = {}
        self.standfirst = -1
