"""What the API answers, as dataclasses: the answers are made of them and the OpenAPI document is read off them.

The text beside a type is its description in the document. Every field is always there; null means "not known" or
"not ours to say".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

Address = Annotated[str, "uri-reference", "Absolute, once the site knows its own address."]
Language = Annotated[str | None, "BCP 47 tag; null when it is not known."]
Direction = Annotated[Literal["ltr", "rtl"], "Which way the words run."]
Shown = Annotated[
    Literal["link", "headline", "extract", "full"],
    "How much of the article its publisher's rights let this interface say.",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherRef:
    """The newsroom that made a report."""

    slug: Annotated[str, "Its name in addresses of this interface."]
    name: str
    home: Annotated[str, "Its own front page."]
    url: Annotated[Address, "Our page about it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRef:
    """The open licence a text stands under. It has to be named wherever the text goes."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleItem:
    """One newsroom's report, as far as its rights allow."""

    id: int
    url: Annotated[Address, "Our page about it."]
    original_url: Annotated[str, "Where the report stands, at its publisher. Send readers there."]
    mode: Shown
    headline: Annotated[str | None, "Null in mode link."]
    extract: Annotated[str | None, "The publisher's own summary, cut to what is allowed; null below mode extract."]
    byline: str | None
    language: Language
    direction: Direction
    publisher: PublisherRef
    section: Annotated[str | None, "Slug of the section."]
    kind: Annotated[str, "news, opinion, live …"]
    access: Annotated[str, "open, or what a reader meets at the publisher: metered, subscribers …"]
    licence: LicenceRef | None
    published_at: Annotated[datetime, "Never later than we first saw it."]
    updated_at: Annotated[datetime | None, "By the publisher's word."]
    version: Annotated[int, "1 for a report that was never changed."]
    story: Annotated[int | None, "Number of the story it belongs to; null until it is placed."]
    copy_of: Annotated[int | None, "Number of the article whose text this one repeats."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a full text in reading order, word for word."""

    kind: Annotated[str, "paragraph, subheading, list, quotation, figure …"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureItem:
    """A picture that may be shown, with its words."""

    url: Address
    width: int | None
    height: int | None
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFull(ArticleItem):
    """One report with everything that may be said of it."""

    standfirst: Annotated[str | None, "In mode full only."]
    blocks: Annotated[tuple[Block, ...], "The text; empty below mode full."]
    pictures: tuple[PictureItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """The reports about one event."""

    id: int
    url: Annotated[Address, "Our page about it."]
    headline: str
    language: Language
    direction: Direction
    section: Annotated[str | None, "Slug of the section."]
    independents: Annotated[int, "Newsrooms with a report of their own."]
    outlets: Annotated[int, "Newsrooms that carry it, copies included."]
    articles_count: int
    weight: Annotated[float, "Order of the front page; comparable at one moment only."]
    first_at: datetime
    moved_at: Annotated[datetime, "When the last independent report or change came."]
    lead: ArticleItem


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationItem:
    """Words that a report puts between quotation marks."""

    id: int
    text: Annotated[str, "As it stands in the report, cut where it is long."]
    speaker: Annotated[str | None, "Who said it, by the report's word."]
    role: str | None
    person: Annotated[str | None, "Slug of the person's topic; null when the report gives no full name."]
    language: Language
    direction: Direction
    same: Annotated[str, "Equal for the same words in several reports."]
    article: Annotated[int, "Number of the article."]
    url: Annotated[Address, "Our page about the article."]
    story: int | None
    publisher: PublisherRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFull(StoryItem):
    """One story with its reports, oldest first, and who said what."""

    articles: tuple[ArticleItem, ...]
    quotations: tuple[QuotationItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """A newsroom this site reads."""

    slug: str
    name: str
    home: Annotated[str, "Its own front page."]
    url: Annotated[Address, "Our page about it."]
    country: Annotated[str | None, "ISO 3166 code."]
    language: Language
    owner: str | None
    kind: str | None
    is_sample: Annotated[bool, "Invented for the first look."]
    articles_count: int
    watched: Annotated[int, "Addresses of it that are watched."]
    failing: Annotated[int, "Watched addresses that did not answer well the last time."]
    answered_at: Annotated[datetime | None, "The last time any of them answered well."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAddress:
    """One address that is watched for a newsroom."""

    address: str
    kind: Annotated[str, "feed, sitemap or page."]
    title: str | None
    state: Annotated[str, "active, paused or gone."]
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFull(SourceItem):
    """A newsroom with what is measured of it over the last 30 days."""

    addresses: tuple[WatchedAddress, ...]
    grouped: Annotated[int, "Its articles that were compared with others."]
    copies: Annotated[int, "How many of them repeat another's text."]
    corrections: Annotated[int, "Changes it announced."]
    silent_edits: Annotated[int, "Changes it did not announce."]


Next = Annotated[str | None, "Address of the next page; null on the last."]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """A page of stories. It may hold fewer than asked for: what rights do not let us name is left out."""

    data: tuple[StoryItem, ...]
    next: Next


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleList:
    """A page of articles. It may hold fewer than asked for: what rights do not let us name is left out."""

    data: tuple[ArticleItem, ...]
    next: Next


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationList:
    """A page of quotations. It may hold fewer than asked for: of each report only some may be said."""

    data: tuple[QuotationItem, ...]
    next: Next


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """All newsrooms, by name."""

    data: tuple[SourceItem, ...]
    next: Next


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchList:
    """A page of hits, best first."""

    data: tuple[ArticleItem, ...]
    next: Next
    total: Annotated[int, "Matches that were ranked."]
    is_bounded: Annotated[bool, "Only the newest matches were ranked; there may be older ones."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong (RFC 9457)."""

    type: Annotated[str, "about:blank: the status says it all."]
    title: str
    status: int
    detail: Annotated[str, "A sentence for the person who reads it."]
