"""Articles as plain rows, for `broadsheet export articles`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article, ArticleState, Body, Byline, Picture
from broadsheet.rights import Mode, Output, read_licence
from broadsheet.stories.models import Membership

CHUNK = 200
TEXT_KINDS = frozenset({"paragraph", "subheading", "list", "quotation"})


def count_articles(*, announced: bool = False) -> int:
    return _chosen(announced).count()


def _chosen(announced: bool) -> QuerySet[Article]:
    states = [ArticleState.LIVE, ArticleState.HELD, *([ArticleState.ANNOUNCED] if announced else [])]
    return Article.objects.filter(state__in=states).select_related("publisher", "source", "section").order_by("pk")


def export_articles(*, announced: bool = False, for_others: bool = False) -> Iterator[dict[str, Any]]:
    """Rows in order of arrival: url canonical source publisher title authors published updated lang section paragraphs
    captions image licence access story duplicate_of.

    The house's own working copy holds all that may be kept (output `store` decided that when it came in).
    for_others: only what output `export` may pass on. Times are RFC 3339 in UTC.
    """
    last = 0
    while articles := list(_chosen(announced).filter(pk__gt=last)[:CHUNK]):
        last = articles[-1].pk
        yield from _rows(articles, for_others=for_others)


def _rows(articles: list[Article], *, for_others: bool) -> Iterator[dict[str, Any]]:
    ids = [article.pk for article in articles]
    displays = Displays(articles, Output.EXPORT, now=datetime.now(UTC))
    bodies = Body.objects.in_bulk(ids)
    authors: dict[int, list[str]] = {}
    for byline in Byline.objects.filter(article__in=ids).select_related("author").order_by("position"):
        if not byline.author.is_agency:
            authors.setdefault(byline.article_id, []).append(byline.author.name)
    pictures: dict[int, list[Picture]] = {}
    for picture in Picture.objects.filter(article__in=ids).order_by("position"):
        pictures.setdefault(picture.article_id, []).append(picture)
    members = {row.article_id: row for row in Membership.objects.filter(article__in=ids).select_related("original")}
    for article in articles:
        shown = displays.of(article)
        if not for_others or shown.mode > Mode.NONE:
            full = not for_others or shown.mode is Mode.FULL
            body = bodies.get(article.pk) if full else None
            found = pictures.get(article.pk, [])
            member = members.get(article.pk)
            yield {
                "url": article.address,
                "canonical": article.canonical,
                "source": article.source.address if article.source else "",
                "publisher": article.publisher.name,
                "title": article.headline if not for_others or shown.mode >= Mode.HEADLINE else "",
                "authors": authors.get(article.pk, []),
                "published": _moment(article.published_at),
                "updated": _moment(article.updated_at),
                "lang": article.language,
                "section": article.section.slug if article.section else "",
                "paragraphs": [b["text"] for b in body.blocks if b["kind"] in TEXT_KINDS] if body else [],
                "captions": [picture.caption for picture in found if picture.caption] if full else [],
                "image": found[0].address if found and (not for_others or shown.image) else "",
                "licence": _licence(article.licence),
                "access": article.access,
                "story": member.story_id if member else None,
                "duplicate_of": member.original.address if member and member.original else None,
            }


def _licence(stated: str) -> str | None:
    """The licence's SPDX identifier where it is one we know, else what the page states; None when it states none."""
    known = read_licence(stated) if stated else None
    if known is None:
        return stated or None
    return "-".join(filter(None, (known.name.replace(" ", "-"), known.version)))


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
