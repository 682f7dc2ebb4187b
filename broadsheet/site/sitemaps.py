"""Sitemaps (sitemaps.org): an index, files of stories, topics, own pages and own articles, and the news sitemap.

Files of stories and topics hold a range of numbers each, so that old files never change their members. The news sitemap
lists our own work only, of the last two days, at most 1,000 a file; it may well be empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, Mention, Section, Topic
from broadsheet.articles.queries import listed, newest_first
from broadsheet.letters.archive import sent
from broadsheet.looks import site_name
from broadsheet.rights import Basis, Output
from broadsheet.site.head import absolute
from broadsheet.sources.models import LedgerLine, Publisher
from broadsheet.stories.models import Story

PER_FILE = 10_000
"""The protocol allows 50,000; these stay small enough to be made at once."""
NEWS_PER_FILE = 1_000
NEWS_FOR = timedelta(days=2)
WORTH_A_PAGE = 3
"""Articles that make a topic's page worth finding."""
OWN_PAGES = (
    "/",
    "/latest",
    "/sections",
    "/sources",
    "/archive",
    "/about",
    "/how-we-choose",
    "/corrections",
    "/imprint",
    "/privacy",
    "/terms",
    "/accessibility",
)
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    changed_at: datetime | None = None


def index(*, now: datetime) -> str:
    """The index of all files. Five queries."""
    files = ["pages", "news-1", *(f"news-{number}" for number in range(2, _news_files(now) + 1))]
    files += [f"{kind}-{number}" for kind, rows in _KINDS.items() for number in range(1, _files(rows()) + 1)]
    lines = [f"<sitemap><loc>{_xml(absolute(f'/sitemaps/{name}.xml'))}</loc></sitemap>" for name in files]
    return _document("sitemapindex", lines)


def pages() -> str:
    """Own pages, sections and newsrooms. Invented newsrooms are of no use to a search engine. Two queries."""
    sections = [Place(f"/sections/{slug}") for slug in Section.objects.values_list("slug", flat=True)]
    newsrooms = Publisher.objects.filter(is_sample=False).values_list("slug", flat=True)
    return _urlset([*map(Place, OWN_PAGES), *sections, *(Place(f"/sources/{slug}") for slug in newsrooms)])


def stories(number: int) -> str:
    """Stories that more than one report tells. One query."""
    rows = _range(Story.objects.filter(merged_into=None, is_sample=False, articles_count__gt=1), number)
    return _urlset(
        Place(f"/stories/{pk}-{slug}" if slug else f"/stories/{pk}", moved_at)
        for pk, slug, moved_at in rows.values_list("pk", "slug", "moved_at")
    )


def topics(number: int) -> str:
    """Topics that some articles name. One query."""
    rows = (
        Mention.objects.filter(
            topic__gt=(number - 1) * PER_FILE, topic__lte=number * PER_FILE, article__is_sample=False
        )
        .values_list("topic__slug")
        .annotate(articles=Count("pk"), newest=Max("shown_at"))
        .filter(articles__gte=WORTH_A_PAGE)
        .order_by("topic")
    )
    return _urlset(Place(f"/topics/{slug}", newest) for slug, _articles, newest in rows)


def editions(number: int) -> str:
    """Editions of letters that were sent. One query."""
    rows = _range(sent(), number).values_list("letter__slug", "issue", "started_at")
    return _urlset(Place(f"/letters/{slug}/{issue}", at) for slug, issue, at in rows)


def articles(number: int, *, now: datetime) -> str:
    """Our own articles. Two queries."""
    shown = _own(_range(_candidates(), number), now)
    return _urlset(Place(found.article.path, _changed(found.article)) for found in shown)


def news(number: int, *, now: datetime) -> str:
    """Our own articles of the last two days, newest first, as Google's news extension wants them. Two queries."""
    start = (number - 1) * NEWS_PER_FILE
    rows = newest_first(_candidates().filter(shown_at__gte=now - NEWS_FOR, shown_at__lte=now))
    shown = _own(rows[start : start + NEWS_PER_FILE], now)
    return _document("urlset", [_news_line(found) for found in shown if found.shows_headline], news=True)


def exists(kind: str, number: int, *, now: datetime) -> bool:
    """Whether there is a file of this number. The first of each kind always exists, if only empty."""
    return number == 1 or number <= (_news_files(now) if kind == "news" else _files(_KINDS[kind]()))


def _news_line(shown: Displayed) -> str:
    article = shown.article
    return (
        f"<url><loc>{_xml(absolute(article.path))}</loc><news:news>"
        f"<news:publication><news:name>{_xml(site_name())}</news:name>"
        f"<news:language>{_xml(_news_language(article.language))}</news:language></news:publication>"
        f"<news:publication_date>{_moment(article.shown_at)}</news:publication_date>"
        f"<news:title>{_xml(shown.headline)}</news:title></news:news></url>"
    )


def _news_language(tag: str) -> str:
    """ISO 639, of two or three letters; for Chinese the extension tells zh-cn and zh-tw apart."""
    tag = (settings.LANGUAGE_CODE if tag in ("", "und") else tag).lower()
    if tag.startswith("zh"):
        return "zh-tw" if any(part in tag for part in ("tw", "hk", "hant")) else "zh-cn"
    return tag.partition("-")[0]


def _candidates() -> QuerySet[Article]:
    """Articles that may be our own: the ledger calls something of their publisher's so. Rights decide then."""
    ours = LedgerLine.objects.filter(basis=Basis.OWN).values("publisher")
    return listed().filter(publisher__in=ours)


def _own(rows: Iterable[Article], now: datetime) -> list[Displayed]:
    """Output "sitemap" shows our own work and nothing else."""
    found = list(rows)
    return Displays(found, Output.SITEMAP, now=now).shown(found)


def _changed(article: Article) -> datetime:
    return max(article.shown_at, article.updated_at) if article.updated_at else article.shown_at


_KINDS = {"stories": Story.objects.all, "topics": Topic.objects.all, "articles": _candidates, "editions": sent}


def _files(rows: QuerySet[Any]) -> int:
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    return -(-last // PER_FILE)


def _news_files(now: datetime) -> int:
    return -(-_candidates().filter(shown_at__gte=now - NEWS_FOR, shown_at__lte=now).count() // NEWS_PER_FILE)


def _range(rows: QuerySet[Any], number: int) -> QuerySet[Any]:
    return rows.filter(pk__gt=(number - 1) * PER_FILE, pk__lte=number * PER_FILE).order_by("pk")


def _urlset(places: Iterable[Place]) -> str:
    return _document("urlset", _lines(places))


def _lines(places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        changed = f"<lastmod>{_moment(place.changed_at)}</lastmod>" if place.changed_at else ""
        yield f"<url><loc>{_xml(absolute(place.path))}</loc>{changed}</url>"


def _document(root: str, lines: Iterable[str], *, news: bool = False) -> str:
    spaces = f'xmlns="{SITEMAPS}"' + (f' xmlns:news="{NEWS}"' if news else "")
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {spaces}>", *lines, f"</{root}>", ""])


def _xml(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text), {'"': "&quot;", "'": "&apos;"})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
