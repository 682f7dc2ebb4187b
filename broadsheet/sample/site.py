"""What a sample publisher answers to a path: home page, articles, feed, robots.txt, pictures.

Pure: an edition and the publishers' addresses in, finished bytes out. Listening is left to `server`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from broadsheet.sample.edition import Edition, SampleArticle, SamplePublisher
from broadsheet.sample.feeds import PATHS, TYPES, write_feed

ROBOTS = "User-agent: *\nDisallow: /account/\nDisallow: /share/\n"
"""Kept away: forms and share links, which hold no article."""

SCHEMA_TYPES = {
    "news": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "live": "LiveBlogPosting",
    "gallery": "NewsArticle",
    "interview": "NewsArticle",
}


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class SampleSite:
    """All sample publishers' pages for one edition. bases: address of each publisher, without a last slash."""

    def __init__(self, edition: Edition, bases: Mapping[str, str]) -> None:
        self.edition = edition
        self.bases = bases
        self._pages: dict[tuple[str, str], Page | None] = {}
        self._by_path = {(a.publisher, a.path): a for a in edition.articles.values()}
        self._jinja = Environment(
            loader=PackageLoader(__package__),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, publisher: str, path: str) -> Page | None:
        """The page of a publisher under a path such as "/feed.xml", or None where there is none."""
        known = (publisher, path)
        if known not in self._pages:
            page = self._make(self.edition.publishers[publisher], path)
            if page is None:
                return None
            self._pages[known] = page
        return self._pages[known]

    def address(self, article: SampleArticle) -> str:
        return self.bases[article.publisher] + article.path

    def _make(self, publisher: SamplePublisher, path: str) -> Page | None:
        article = self._by_path.get((publisher.slug, path))
        if article:
            return self._html(f"{publisher.shape}.html", publisher, article.modified, **self._about(article))
        own = self.edition.articles_of(publisher.slug)
        newest = max((article.modified for article in own), default=self.edition.now)
        if own and path == PATHS[publisher.feed]:
            body = write_feed(publisher, self.bases[publisher.slug], own)
            return Page(body, f"{TYPES[publisher.feed]}; charset=utf-8", newest)
        match path:
            case "/":
                return self._html("home.html", publisher, newest)
            case "/about":
                return self._html("about.html", publisher, newest)
            case "/robots.txt":
                return Page(self.robots(publisher.slug).encode(), "text/plain; charset=utf-8", newest)
            case "/style.css":
                css = self._jinja.get_template("style.css")
                body = css.render(color=publisher.color, font=Markup(publisher.font)).encode()  # noqa: S704  ours
                return Page(body, "text/css; charset=utf-8", self.edition.now)
            case _:
                return self._picture(path)

    def robots(self, *publishers: str) -> str:
        """robots.txt for a host on which these publishers live."""
        maps = [
            f"Sitemap: {self.bases[slug]}{PATHS['sitemap']}\n"
            for slug in publishers
            if self.edition.publishers[slug].feed == "sitemap"
        ]
        return ROBOTS + "".join(maps)

    def _picture(self, path: str) -> Page | None:
        name = path.removeprefix("/pictures/").removesuffix(".webp")
        picture = self.edition.pictures.get(name)
        if picture is None or path != f"/pictures/{picture.file}":
            return None
        return Page(picture.read(), "image/webp", self.edition.now)

    def _html(self, template: str, publisher: SamplePublisher, modified: datetime, **more: object) -> Page:
        calendar = self.edition.calendars[publisher.language.partition("-")[0]]

        def local(when: datetime) -> datetime:
            return when.astimezone(publisher.utc_offset)

        def date(when: datetime) -> str:
            return f"{calendar.write_date(local(when))}, {local(when):%H:%M}"

        html = self._jinja.get_template(template).render(
            publisher=publisher,
            base=self.bases[publisher.slug],
            words=self.edition.words[publisher.language.partition("-")[0]],
            sections=self._sections(publisher),
            feed_path=PATHS[publisher.feed],
            feed_type=TYPES[publisher.feed],
            year=self.edition.now.year,
            local=local,
            date=date,
            **more,
        )
        return Page(html.encode(), "text/html; charset=utf-8", modified)

    def _sections(self, publisher: SamplePublisher) -> list[dict[str, object]]:
        found: dict[str, list[SampleArticle]] = {}
        for article in self.edition.articles_of(publisher.slug):
            found.setdefault(article.section, []).append(article)
        return [
            {"slug": slug, "name": articles[0].section_name, "articles": articles} for slug, articles in found.items()
        ]

    def _about(self, article: SampleArticle) -> dict[str, object]:
        own = self.edition.articles_of(article.publisher)
        return {
            "article": article,
            "address": self.address(article),
            "related": [other for other in own if other.story != article.story][:4],
            "schema_type": SCHEMA_TYPES[article.kind],
            "json_ld": Markup(_script_safe(self._json_ld(article))),  # noqa: S704  escaped there
        }

    def _json_ld(self, article: SampleArticle) -> dict[str, object]:
        publisher = self.edition.publishers[article.publisher]
        said: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": SCHEMA_TYPES[article.kind],
            "mainEntityOfPage": self.address(article),
            "headline": article.headline,
            "description": article.standfirst,
            "datePublished": article.published.astimezone(publisher.utc_offset).isoformat(),
            "dateModified": article.modified.astimezone(publisher.utc_offset).isoformat(),
            "inLanguage": article.language,
            "articleSection": article.section_name,
            "author": [{"@type": "Person", "name": name} for name in article.authors],
            "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name},
            "isAccessibleForFree": not article.open_pieces,
        }
        if article.agency:
            said["sourceOrganization"] = {"@type": "Organization", "name": article.agency}
        if article.lead:
            said["image"] = f"{self.bases[publisher.slug]}/pictures/{article.lead.picture.file}"
        if publisher.licence:
            said["license"] = publisher.licence
        if article.correction:
            said["correction"] = article.correction.note
        if article.open_pieces:
            said["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".wall"}
        return said


def _script_safe(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
