"""The values that leave the extraction room: an article, its blocks and the receipt.

Every value is frozen and plain, so it can be stored, compared and sent between processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    LIST = "list"
    QUOTATION = "quotation"
    TABLE = "table"
    FIGURE = "figure"
    EMBED = "embed"
    PULL_QUOTE = "pull_quote"
    FACT_BOX = "fact_box"
    ENTRY = "entry"
    """Head of a live-blog entry; `Block.time` says when it was posted."""


TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.SUBHEADING, BlockKind.LIST, BlockKind.QUOTATION})
"""Kinds whose text makes `Article.text`."""


class Access(StrEnum):
    """What a reader who follows the link will meet."""

    OPEN = "open"
    REGISTRATION = "registration"
    SUBSCRIPTION = "subscription"
    METERED = "metered"


class Kind(StrEnum):
    NEWS = "news"
    OPINION = "opinion"
    LIVE = "live"
    GALLERY = "gallery"
    VIDEO = "video"
    AUDIO = "audio"
    INTERVIEW = "interview"
    PRESS_RELEASE = "press_release"


class Verdict(StrEnum):
    GOOD = "good"
    DOUBTFUL = "doubtful"
    """Held for the desk and shown as a link only; `Receipt.reasons` says why."""
    EMPTY = "empty"
    """The page holds no article."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article. Addresses are absolute; sizes in pixels where the page says them."""

    address: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the article in reading order.

    text: the plain words as they stand in the page, white space folded; list items are separated by newlines.
    html: the same as sanitised inline markup, safe to place in a page.
    level: heading level as in the page (2 to 6) for subheadings, else 0.
    time: for live-blog entries, when the entry was posted.
    image: for figures.
    """

    kind: BlockKind
    text: str
    html: str = ""
    level: int = 0
    time: datetime | None = None
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """Text that stood in or near the article and was left out.

    kind: wall, consent, newsletter, promo, related, share, caption, author_box, legal, advertisement, comment
    or navigation. excerpt: at most 120 characters of it. characters: length of all text of this piece.
    """

    kind: str
    excerpt: str
    characters: int


@dataclass(frozen=True, slots=True)
class Damage:
    """Words that a naive tool broke, such as "reed" for "remained". Reported, never repaired.

    missing: the piece that was lost ("main"). words: the broken words with their likely originals, in order.
    certain: True when the undamaged text was known.
    """

    missing: str
    words: tuple[tuple[str, str], ...]
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """How sure the extraction is, and what it left out. score is in [0, 1]."""

    score: float
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    omitted: tuple[Omission, ...] = ()
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A publisher's report as its page told it.

    authors: persons, without "By" and roles; an organisation only where no person is named.
    agencies: wire services credited ("Reuters", "dpa").
    published, modified: aware datetimes, or None when the page does not say.
    language: BCP 47 tag, "und" when unknown. direction: "ltr" or "rtl".
    licence: address or short name of the licence the page states, else "".
    signals: reservations found in the page, lower-case name to value, as `rights` reads them
    (robots, tdm-reservation, tdm-policy, licence, is_accessible_for_free, copyright ...).
    further_pages: addresses of the article's other pages, in order. amp: address of an AMP twin.
    """

    headline: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    section: str = ""
    language: str = "und"
    direction: str = "ltr"
    publisher: str = ""
    canonical: str = ""
    image: Image | None = None
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    access: Access = Access.OPEN
    kind: Kind = Kind.NEWS
    licence: str = ""
    signals: Mapping[str, str] = field(default_factory=dict)
    further_pages: tuple[str, ...] = ()
    amp: str = ""
    receipt: Receipt = Receipt(score=0.0, verdict=Verdict.EMPTY)

    @property
    def text(self) -> str:
        """Paragraphs, subheadings, list items and quotations, joined by blank lines."""
        return "\n\n".join(b.text for b in self.blocks if b.kind in TEXT_KINDS)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's pieces one by one, for exports."""
        return tuple(b.text for b in self.blocks if b.kind in TEXT_KINDS)
