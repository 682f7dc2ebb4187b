"""The words rights are spoken in: modes, outputs, bases and scopes.

All are strings, so they can be stored and sent as they are. Order matters only for `Mode` and `Scope`.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Mode(StrEnum):
    """How much of an article an output may show; ordered, none < link < headline < extract < full."""

    NONE = "none"
    """Nothing in this output; `Display.gone` says whether the page answers 410."""
    LINK = "link"
    """The publisher's name and a link."""
    HEADLINE = "headline"
    """Headline, byline, date and link."""
    EXTRACT = "extract"
    """The above and a few words of the publisher's own."""
    FULL = "full"

    # As of any str: pages look modes up in tables hundreds of times, and an Enum's own hash is a function in Python.
    __hash__ = str.__hash__

    @property
    def rank(self) -> int:
        """Place in the order, 0 for none to 4 for full."""
        return _RANKS[self]

    # str compares letter by letter, and "extract" < "link" would be a silent leak.
    def __lt__(self, other: str) -> bool:
        return _RANKS[self] < _rank(other)

    def __le__(self, other: str) -> bool:
        return _RANKS[self] <= _rank(other)

    def __gt__(self, other: str) -> bool:
        return _RANKS[self] > _rank(other)

    def __ge__(self, other: str) -> bool:
        return _RANKS[self] >= _rank(other)


_RANKS: dict[str, int] = {mode: rank for rank, mode in enumerate(Mode)}


def _rank(mode: str) -> int:
    """Raises ValueError for what is no mode. Pages compare modes hundreds of times: a look into a table is all."""
    found = _RANKS.get(mode)
    return Mode(mode).rank if found is None else found


class Output(StrEnum):
    """Where something would be shown or used."""

    PAGE = "page"
    FEED = "feed"
    LETTER = "letter"
    SEARCH = "search"
    API = "api"
    EXPORT = "export"
    SITEMAP = "sitemap"
    STRUCTURED_DATA = "structured_data"
    QUOTATION = "quotation"
    """Quotations taken from the text, with speaker and source."""
    MINING = "mining"
    """Reading the full text by machine: vectors for grouping, finding quotations. Full = the text may be read,
    headline = only headline, link, date and what the feed says."""
    FEDERATION = "federation"
    STORE = "store"
    """Keeping the text in the database, shown to nobody. Full = may be kept."""

    __hash__ = str.__hash__  # as of `Mode`


ONWARD = frozenset({Output.FEED, Output.API, Output.FEDERATION})
"""Outputs from which others take the material on by machine."""

UNSEEN = frozenset({Output.MINING, Output.STORE})
"""Outputs that no reader sees; the law's exceptions, not the display mode, are their starting point."""


class Basis(StrEnum):
    """What a ledger line rests on."""

    NONE = "none"
    LICENCE = "licence"
    """A contract with the publisher."""
    PERMISSION = "permission"
    """Leave given in writing, without a contract."""
    OPEN_LICENCE = "open_licence"
    """A public licence such as Creative Commons; `LedgerEntry.licence` holds its address."""
    OWN = "own"
    SAMPLE = "sample"
    """The invented sample edition: our own work, but of no use to a search engine."""
    TAKEDOWN = "takedown"
    """A notice that was decided; it stands above every other line."""


class Scope(IntEnum):
    """What a ledger line speaks about; the closer line wins."""

    HOUSE = 0
    PUBLISHER = 1
    SOURCE = 2
    ARTICLE = 3
