"""Reads of articles, for pages. Lists never load bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from broadsheet.articles.models import (
    Article,
    ArticleState,
    Body,
    Mention,
    Picture,
    Revision,
    Section,
    Topic,
)
from broadsheet.prepared import Prepared
from broadsheet.sources.models import Publisher

LISTED = (
    "key",
    "address",
    "state",
    "slug",
    "headline",
    "standfirst",
    "summary",
    "byline",
    "language",
    "direction",
    "kind",
    "access",
    "licence",
    "signals",
    "shown_at",
    "updated_at",
    "version",
    "is_sample",
    "section_id",
    "publisher__slug",
    "publisher__name",
    "publisher__home",
    "publisher__language",
    "publisher__country",
    "publisher__is_sample",
)
"""What lists show of an article and its publisher."""


CARDED = (
    "key", "address", "state", "slug", "headline", "standfirst", "summary", "byline", "language", "direction", "kind",
    "access", "signals", "shown_at", "section_id", "publisher__slug", "publisher__name", "publisher__language",
)  # fmt: skip
"""What a card shows of them, and what decides about it."""


def listed(*further: str) -> QuerySet[Article]:
    """Articles as lists show them: with their publisher, without what only their own page needs.

    further: names of fields to load besides.
    """
    return Article.objects.exclude(state=ArticleState.REMOVED).select_related("publisher").only(*LISTED, *further)


def carded(*further: str) -> QuerySet[Article]:
    """The same with what a card shows of them, and nothing else: long lists are made of cards."""
    return Article.objects.exclude(state=ArticleState.REMOVED).select_related("publisher").only(*CARDED, *further)


def newest_first(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.order_by("-shown_at", "-pk")


def article_for_page(pk: int) -> Article | None:
    """The article with its publisher, section and story; None when there is none. Removed ones are returned too."""
    return next(iter(_ARTICLE(pk)), None)


_ARTICLE = Prepared(
    lambda pk: Article.objects.select_related("publisher", "section", "membership__story__section").filter(pk=pk)
)


def blocks_of(article: Article) -> list[dict[str, Any]]:
    """The blocks of its text in reading order; empty when none are kept. Only for outputs that may show them."""
    found: list[Any] = _BLOCKS(article.pk)  # the field holds packed JSON, which its type does not say
    return list(found[0][0] or ()) if found else []


_BLOCKS = Prepared(lambda article: Body.objects.filter(article=article).values_list("blocks"))


def blocks_by_article(articles: Collection[int]) -> Mapping[int, list[dict[str, Any]]]:
    """The same for several articles. One query."""
    found: list[Any] = _BLOCKS_BY_ARTICLE(sorted(articles))
    return {article: list(blocks or ()) for article, blocks in found}


_BLOCKS_BY_ARTICLE = Prepared(
    lambda articles: Body.objects.filter(article__in=articles).values_list("article_id", "blocks")
)


def pictures_of(article: Article) -> list[Picture]:
    return _PICTURES(article.pk)


_PICTURES = Prepared(lambda article: Picture.objects.filter(article=article).order_by("position"))


def stored_pictures(articles: Collection[int]) -> Mapping[int, Picture]:
    """The first kept picture of each of these articles. One query."""
    found: dict[int, Picture] = {}
    for picture in _STORED(sorted(articles)):
        found.setdefault(picture.article_id, picture)
    return found


_STORED = Prepared(
    lambda articles: (
        Picture.objects.filter(article__in=articles, position__lte=3).exclude(stored="").order_by("position")
    ),
    remembered=200,
)


def revisions_of(articles: Collection[int]) -> Mapping[int, list[Revision]]:
    """What these articles said before, oldest first, by article. One query."""
    found: defaultdict[int, list[Revision]] = defaultdict(list)
    for revision in _REVISIONS(sorted(articles)):
        found[revision.article_id].append(revision)
    return found


_REVISIONS = Prepared(lambda articles: Revision.objects.filter(article__in=articles).order_by("article", "number"))


def announced_corrections(limit: int, *, since: datetime | None = None) -> list[Revision]:
    """The newest corrections that their publishers announced, each with the article and its publisher."""
    return _CORRECTIONS(since or _LONG_AGO, limit=limit)


_CORRECTIONS = Prepared(
    lambda since, limit: (
        Revision.objects.filter(is_announced=True, replaced_at__gte=since)
        .exclude(article__state=ArticleState.REMOVED)
        .select_related("article__publisher")
        .defer("blocks", "standfirst")
        .order_by("-replaced_at", "-pk")[:limit]
    )
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def latest_articles(*, start: int, limit: int) -> list[Article]:
    """Articles as cards show them, newest first."""
    return _LATEST(start=start, limit=limit)


_LATEST = Prepared(lambda start, limit: newest_first(carded())[start : start + limit], remembered=200)


def carded_with(ids: Collection[int]) -> list[Article]:
    """The articles with these numbers as cards show them, in no order."""
    return _CARDED(sorted(ids))


_CARDED = Prepared(lambda ids: carded().filter(pk__in=ids))


def newest_of(publisher: Publisher, *, limit: int) -> list[Article]:
    """A publisher's articles as lists show them, newest first."""
    return _NEWEST_OF(publisher.pk, limit=limit)


_NEWEST_OF = Prepared(lambda publisher, limit: newest_first(listed().filter(publisher=publisher))[:limit])


def sections() -> list[Section]:
    return _SECTIONS()


_SECTIONS = Prepared(lambda: Section.objects.order_by("position", "name"), remembered=100)


def section_with_slug(slug: str) -> Section | None:
    return next(iter(_SECTION(slug)), None)


_SECTION = Prepared(lambda slug: Section.objects.filter(slug=slug))


def topic_with_slug(slug: str) -> Topic | None:
    return next(iter(_TOPIC(slug)), None)


_TOPIC = Prepared(lambda slug: Topic.objects.filter(slug=slug))


def topics_with(slugs: Collection[str]) -> Mapping[str, str]:
    """The addresses of those of these topics that have a page, by slug. One query."""
    return {topic.slug: topic.path for topic in _TOPICS(sorted(slugs))}


_TOPICS = Prepared(lambda slugs: Topic.objects.filter(slug__in=slugs))


def articles_on(topic: Topic) -> QuerySet[Article]:
    """Articles that name the topic, newest first by its own index."""
    mentions = Mention.objects.filter(topic=topic).order_by("-shown_at").values("article")[:1000]
    return newest_first(listed().filter(pk__in=mentions))


def article_counts() -> Mapping[int, int]:
    """How many articles of each publisher the site knows. Two queries, by index; only removed ones are read."""
    counts = _per_publisher(Article.objects.all())
    removed = _per_publisher(Article.objects.filter(state=ArticleState.REMOVED))
    return {publisher: count - removed.get(publisher, 0) for publisher, count in counts.items()}


def article_count(publisher: Publisher) -> int:
    """The same of one publisher. Two queries, by index; only removed ones are read."""
    own = Article.objects.filter(publisher=publisher)
    return own.count() - own.filter(state=ArticleState.REMOVED).count()


def _per_publisher(articles: QuerySet[Article]) -> Mapping[int, int]:
    return dict(articles.order_by().values_list("publisher").annotate(count=Count("pk")))


def edit_counts(publisher: int, *, since: datetime) -> tuple[int, int]:
    """Corrections that a publisher announced since then, and edits that it did not announce. One query."""
    row = Revision.objects.filter(article__publisher=publisher, replaced_at__gte=since).aggregate(
        announced=Count("pk", filter=Q(is_announced=True)), silent=Count("pk", filter=Q(is_announced=False))
    )
    return row["announced"], row["silent"]
