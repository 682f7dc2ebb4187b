"""Reads of articles by who signs them and by the day they came, for pages. Bounded however much the site holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import connection

from broadsheet.articles.models import Article, ArticleState, Author, Byline
from broadsheet.articles.queries import listed, newest_first
from broadsheet.prepared import Prepared

SIGNED = 1000
"""Newest articles of an author among which a page looks: an agency signs more than anybody reads."""
COUNTED = 1000
"""Articles of a day that are counted; there may be more."""


def author_with_slug(slug: str) -> Author | None:
    return next(iter(_AUTHOR(slug)), None)


_AUTHOR = Prepared(lambda slug: Author.objects.filter(slug=slug))


def authors_of(article: Article) -> list[Author]:
    """Who signs the article, in the order of the page. One query."""
    return _AUTHORS(article.pk)


_AUTHORS = Prepared(lambda article: Author.objects.filter(bylines__article=article).order_by("bylines__position"))


def signed_by(author: Author, *, start: int, limit: int) -> list[Article]:
    """The author's articles as lists show them, newest first. One query."""
    signed = Byline.objects.filter(author=author).order_by("-pk").values("article")[:SIGNED]
    return list(newest_first(listed().filter(pk__in=signed))[start : start + limit])


def articles_between(since: datetime, until: datetime, *, start: int, limit: int) -> list[Article]:
    """Articles shown from `since` until before `until`, newest first. One query."""
    return _BETWEEN(since, until, start=start, limit=limit)


_BETWEEN = Prepared(
    lambda since, until, start, limit: newest_first(listed().filter(shown_at__gte=since, shown_at__lt=until))[
        start : start + limit
    ]
)


def counts_between(edges: Sequence[datetime], *, most: int = COUNTED) -> list[int]:
    """How many articles lie between each two neighboring edges, each at most `most`. One query."""
    if len(edges) < 2:
        return []
    count = (
        "(SELECT COUNT(*) FROM (SELECT 1 FROM articles_article WHERE state <> %s AND shown_at >= %s AND shown_at < %s"
        " LIMIT %s) AS of_it)"
    )
    moments = [connection.ops.adapt_datetimefield_value(edge) for edge in edges]
    removed = str(ArticleState.REMOVED)
    values = [value for since, until in pairwise(moments) for value in (removed, since, until, most)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([count] * (len(edges) - 1)), values)
        return [int(found) for found in cursor.fetchone() or ()]


def neighbors_of(since: datetime, until: datetime) -> tuple[datetime | None, datetime | None]:
    """The last moment before `since` and the first from `until` on at which an article was shown. Two queries."""
    before, after = _BEFORE(since), _FROM(until)
    return (before[0][0] if before else None), (after[0][0] if after else None)


def oldest_at() -> datetime | None:
    """When the oldest article was shown. One query."""
    found = _OLDEST()
    return found[0][0] if found else None


_SHOWN = Article.objects.exclude(state=ArticleState.REMOVED)
_BEFORE = Prepared(lambda at: _SHOWN.filter(shown_at__lt=at).order_by("-shown_at", "-pk").values_list("shown_at")[:1])
_FROM = Prepared(lambda at: _SHOWN.filter(shown_at__gte=at).order_by("shown_at", "pk").values_list("shown_at")[:1])
_OLDEST = Prepared(lambda: _SHOWN.order_by("shown_at", "pk").values_list("shown_at")[:1])
