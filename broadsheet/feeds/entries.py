"""The values that leave the feeds room. Frozen and plain; all text unescaped, all addresses absolute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FeedKind(StrEnum):
    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source announces.

    address: of the article, normalized, with its tracking parameters (some lead nowhere without them).
    id: as the source gives it, else the address; sources repeat and change them, so identity rests on the address.
    published, updated: aware, with the offset the source wrote; not clamped, see `text.times.clamp`.
    summary: plain text, at most 4,000 characters. content: HTML as sent, NOT sanitized, empty if there is none.
    language: BCP 47 as written, or that of the feed. image: address of the largest picture offered.
    licence: address of a licence. rights: the notice in words. section: the first category; categories: all.
    """

    address: str
    id: str
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    content: str = ""
    image: str = ""
    licence: str = ""
    rights: str = ""
    section: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, or one page of it.

    entries: in the order of the source, one for each address. home: the site's page. hub: WebSub hub. next_page: the
    next page of a paged feed (RFC 5005). self_address: where the feed says it lives. least_interval: how long the
    feed asks not to be asked again. warnings: what was repaired or left out, in words.
    """

    kind: FeedKind
    title: str = ""
    home: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    hub: str = ""
    licence: str = ""
    rights: str = ""
    next_page: str = ""
    self_address: str = ""
    least_interval: timedelta | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapLink:
    """A sitemap that an index names. updated: aware, None if not said."""

    address: str
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """entries of a list, or sitemaps of an index; one of them is empty. is_news: it uses the news extension."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[SitemapLink, ...] = ()
    is_news: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that a site may have.

    kind: "feed", "sitemap" or "opml". how: "announced" (link rel=alternate), "linked" (a visible link), "robots"
    (robots.txt) or "usual" (a well-known path, nothing points to it). score: in [0, 1], best first.
    """

    address: str
    title: str = ""
    kind: str = "feed"
    how: str = "announced"
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link on a section page that looks like an article. score: in [0, 1]."""

    address: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Subscription:
    """One line of an OPML file. folder: names from the outermost."""

    address: str
    title: str = ""
    home: str = ""
    language: str = ""
    folder: tuple[str, ...] = ()
