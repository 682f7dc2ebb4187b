"""Everything about an article that is not its text: headline, authors, times, picture, rights and so on.

`read_metadata` reads the head once, JSON-LD once (given as `Embedded`), and looks into the body only for what was
not declared. Which blocks make the text is left to the walk; what may be shown is left to `broadsheet.rights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.article import Access, Image, Kind
from broadsheet.extraction.embedded import Embedded, plain
from broadsheet.extraction.metadata import authors, dates, images, kinds, languages, notices, pages, titles
from broadsheet.extraction.metadata.body import Body, read_body
from broadsheet.extraction.metadata.head import Head, read_head
from broadsheet.extraction.metadata.headings import clean, says
from broadsheet.extraction.metadata.lines import Lines
from broadsheet.extraction.metadata.microdata import Items
from broadsheet.extraction.metadata.notices import access_with_walls, bars_the_way

MAX_NAME = 200
"""Characters of a publisher's name."""

__all__ = ["Metadata", "access_with_walls", "bars_the_way", "read_body", "read_metadata"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of `Article` that do not depend on its blocks; meanings as there.

    access is what markup declares; join it with the walls met in the text by `access_with_walls`.
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
    access: Access = Access.OPEN
    kind: Kind = Kind.NEWS
    licence: str = ""
    signals: Mapping[str, str] = field(default_factory=dict)
    further_pages: tuple[str, ...] = ()
    amp: str = ""


def read_metadata(
    tree: LexborHTMLParser, url: str, embedded: Embedded, *, body: Body | None = None, now: datetime | None = None
) -> Metadata:
    """Read the metadata of one page. The tree is not changed.

    body: what `read_body` found in it, if it has been read. url: where the page came from, "" if unknown; relative
    addresses need it. now: dates further in the future are no dates of news, and "3 hours ago" counts back from it;
    the clock if None.
    """
    now = now or datetime.now(UTC)
    url = pages.web_address(url, "")
    head = read_head(tree)
    body = body or read_body(tree, url)
    publisher = publisher_of(head, embedded)
    site = titles.site_words((publisher, head.first("og:site_name"), head.first("application-name")), url)
    headline, heading = titles.choose_headline(tree, body, head, embedded, site)
    description = head.first("description", "og:description")
    language = languages.language_of(tree, head, embedded, f"{headline} {description}")
    lines = Lines(tree, headline, language, heading)
    if headline == clean(head.title) and not says(heading, headline):
        headline = lines.headline = titles.seen_in(headline, lines)
    items = Items(tree)
    canonical = pages.canonical_of(url, head, embedded)
    published, modified = dates.choose_dates(tree, url, lines, head, embedded, items, now)
    names = authors.choose_authors(tree, head, embedded, items, site, lines)
    section = kinds.section_of(head, embedded, headline)
    licence = notices.licence_of(url, head, embedded, body.licences)
    return Metadata(
        headline=headline,
        standfirst=standfirst_of(head, embedded),
        authors=names.persons,
        agencies=names.agencies,
        published=published,
        modified=modified,
        section=section,
        language=language,
        direction=languages.direction_of(tree, language),
        publisher=publisher or titles.tail_of(head.title, headline) or host_name(canonical or url),
        canonical=canonical,
        image=images.choose_image(body, url, head, embedded, lines.near.around),
        access=notices.access_of(head, embedded, body.free),
        kind=kinds.kind_of(_parts(url), section, headline, heading, head, embedded),
        licence=licence,
        signals=notices.signals_of(head, embedded, licence),
        further_pages=pages.further_pages(body.links, url, canonical, head),
        amp=pages.amp_of(url, head),
    )


def _parts(url: str) -> list[str]:
    """The parts of an address's path, decoded."""
    return [unquote(part) for part in urlsplit(url).path.split("/") if part]


def publisher_of(head: Head, embedded: Embedded) -> str:
    """The publisher's name as JSON-LD or the head gives it, else ""."""
    for item in (embedded.article, *embedded.objects[:20]):
        value = embedded.resolve(item.get("publisher"))
        value = value[0] if isinstance(value, list) and value else value
        name = plain(value.get("name")) if isinstance(value, dict) else plain(value)
        if name and not name.startswith("http"):
            return name[:MAX_NAME]
    named = head.first("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title")
    return plain(named)[:MAX_NAME]


def host_name(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def standfirst_of(head: Head, embedded: Embedded) -> str:
    """The summary the publisher wrote for the article; cut ones ("...") only where no whole one is there."""
    cut = ""
    for value in (
        head.first("og:description"), embedded.article.get("description"), head.first("description"),
        head.first("twitter:description"), embedded.article.get("alternativeHeadline"),
    ):  # fmt: skip
        text = plain(value)
        if len(text) > 20 or (len(text) > 10 and min(text) >= "\u2e80"):  # Han and Kana are denser
            if not text.endswith(("...", "…", "[…]", "[...]")):
                return text
            cut = cut or text
    return cut
