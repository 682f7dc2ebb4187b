"""The sample edition's values: invented publishers, their articles and pictures.

Every time is counted back from `now`, so the edition is fresh on any first start and the same for the same
`now`; who wants it stable over restarts keeps the first `now`. Reading the content is left to `reading`,
serving it to `server`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.resources import files

from broadsheet.sample.markup import Calendar

SECTIONS = frozenset({"world", "politics", "economy", "climate", "technology", "culture", "sport", "science"})
SHAPES = frozenset({"jsonld", "opengraph", "microdata", "plain"})
FEEDS = frozenset({"rss", "atom", "json", "sitemap"})
DISPLAYS = frozenset({"full", "extract", "headline", "link"})
KINDS = frozenset({"news", "opinion", "live", "gallery", "interview"})


@dataclass(frozen=True, slots=True)
class SamplePublisher:
    """An invented publisher.

    host: the name it would have, always under .example. country: a code of the range that ISO 3166 leaves to
    users, as invented countries have none. display: the mode its ledger grants. licence: address of the
    licence its pages state, else "". shape, feed: how its pages and its feed are made. wall: whether a
    registration wall closes its articles after `open_pieces` pieces.
    """

    slug: str
    name: str
    host: str
    country: str
    country_name: str
    language: str
    direction: str
    kind: str
    owner: str
    about: str
    utc_offset: timezone
    display: str
    licence: str
    shape: str
    feed: str
    color: str
    font: str
    wall: bool = False
    open_pieces: int = 0
    is_sample: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our own making, `width_px` by `height_px`; `file` lies in `pictures/`."""

    name: str
    file: str
    alt: str
    caption: str
    credit: str
    width_px: int = 1200
    height_px: int = 675

    def read(self) -> bytes:
        return (files(__package__) / "pictures" / self.file).read_bytes()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as it stands in one article, in the article's language."""

    picture: Picture
    caption: str
    alt: str

    @property
    def credit(self) -> str:
        return self.picture.credit


@dataclass(frozen=True, slots=True)
class Piece:
    """kind: paragraph, subheading, list, quotation, figure or entry. List items are separated by newlines.

    posted: when a live-blog entry was posted.
    """

    kind: str
    text: str
    figure: Figure | None = None
    posted: datetime | None = None

    @property
    def items(self) -> list[str]:
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Correction:
    note: str
    made: datetime


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One publisher's report. version is 2 once corrected; copy_of names the article it reprints."""

    id: str
    publisher: str
    story: str
    section: str
    section_name: str
    kind: str
    language: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    agency: str
    published: datetime
    modified: datetime
    lead: Figure | None
    pieces: tuple[Piece, ...]
    open_pieces: int
    copy_of: str | None = None
    version: int = 1
    correction: Correction | None = None

    @property
    def path(self) -> str:
        return f"/{self.section}/{self.published:%Y/%m/%d}/{self.id}"

    @property
    def shown_pieces(self) -> tuple[Piece, ...]:
        """What the publisher hands out: everything, or what stands before its wall."""
        return self.pieces[: self.open_pieces] if self.open_pieces else self.pieces

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text that can be had: no figures, no entry heads."""
        return tuple(piece.text for piece in self.shown_pieces if piece.kind not in {"figure", "entry"})

    @property
    def figures(self) -> tuple[Figure, ...]:
        inside = tuple(piece.figure for piece in self.shown_pieces if piece.figure)
        return ((self.lead, *inside)) if self.lead else inside


@dataclass(frozen=True, slots=True)
class SampleStory:
    slug: str
    section: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """publishers, articles and pictures by slug, id and name; stories in the order of their files."""

    now: datetime
    corrected: bool
    publishers: Mapping[str, SamplePublisher]
    stories: tuple[SampleStory, ...]
    articles: Mapping[str, SampleArticle]
    pictures: Mapping[str, Picture]
    words: Mapping[str, Mapping[str, str]]
    calendars: Mapping[str, Calendar]

    def articles_of(self, publisher: str) -> list[SampleArticle]:
        """A publisher's articles, newest first."""
        own = [article for article in self.articles.values() if article.publisher == publisher]
        return sorted(own, key=lambda article: (article.published, article.id), reverse=True)
