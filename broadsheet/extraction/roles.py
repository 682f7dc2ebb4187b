"""What a piece may be in the article, and the choice that is made of all pieces."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, auto

from broadsheet.extraction.page import Page
from broadsheet.extraction.surroundings import Settings


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


TEXT = frozenset({Role.PARAGRAPH, Role.SUBHEADING, Role.ITEM, Role.QUOTATION, Role.ROW})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Choice:
    """roles: one for each piece. chances: log-odds that each is the article's. kept: places of text pieces, in order.
    entries: heads of live-blog entries by the piece they stand before: words and time. standfirst: its place, or -1."""

    def __init__(self, page: Page, chances: list[float], settings: Settings) -> None:
        self.page = page
        self.chances = chances
        self.settings = settings
        self.roles: list[Role] = [Role.OUT] * len(chances)
        self.kept: list[int] = []
        self.entries: dict[int, tuple[str, datetime | None]] = {}
        self.standfirst = -1
