"""The whole index anew, a batch at a time, while the old one answers; and whether index and articles agree.

Each batch is one short transaction. How far it came is noted with it, so a rebuild that was broken off goes on there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from broadsheet.articles.models import Article, ArticleState
from broadsheet.search.actions import index_articles
from broadsheet.search.documents import entries_of
from broadsheet.search.engines import engine
from broadsheet.search.state import read_state, write_state
from broadsheet.search.terms import VERSION

BATCH = 200
LOOKED_INTO = 1_000
"""Articles that are missing in the index whose rights are asked, to see whether they should be."""


@dataclass(frozen=True, slots=True)
class Health:
    """is_current: made by this version, and no rebuild was broken off.

    missing: articles that should be found and are not (of the first `LOOKED_INTO` that are not in the index); stray:
    entries whose article was removed or is gone; lost: entries that one half of the index holds and the other not.
    """

    is_current: bool
    missing: int
    stray: int
    lost: int


def rebuild(*, now: datetime, batch: int = BATCH) -> Iterator[int]:
    """Index every article again, in the order of their ids. Yields how many were done after each batch.

    Begins where the last one was broken off, if it was. Entries without an article are taken out at the end.
    """
    _begin()
    done = 0
    while ids := _next_articles(int(read_state("rebuilt")), batch):
        with transaction.atomic():
            index_articles(ids, now=now, count_again=True)
            write_state("rebuilt", str(ids[-1]))
        done += len(ids)
        yield done
    while stray := _stray(batch):
        index_articles(stray, now=now)
    while lost := _without(engine().table, "search_document"):
        _take_out(lost)
    while engine().tidy():
        pass
    _end()


def rebuilding() -> bool:
    """Whether a rebuild was begun and not ended."""
    return read_state("rebuilt") != ""


def health(*, now: datetime) -> Health:
    """Does the index hold what it should? Reads all ids of articles and entries."""
    own = engine().table
    return Health(
        is_current=not rebuilding() and read_state("version") in {"", VERSION},
        missing=_missing(now),
        stray=len(_stray(LOOKED_INTO)),
        lost=len(_without("search_document", own)) + len(_without(own, "search_document")),
    )


@transaction.atomic
def _begin() -> None:
    if rebuilding():
        return
    write_state("rebuilt", "0")
    with connection.cursor() as cursor:
        # Names stay known while they are counted anew, so that spelling and suggestions go on.
        for table in ("search_language", "search_name", "search_prompt"):
            cursor.execute(f"UPDATE {table} SET articles = 0")


@transaction.atomic
def _end() -> None:
    with connection.cursor() as cursor:
        for table in ("search_language", "search_name", "search_prompt"):
            cursor.execute(f"DELETE FROM {table} WHERE articles = 0")
        cursor.execute("DELETE FROM search_state WHERE name = 'rebuilt'")
    write_state("version", VERSION)


def _next_articles(after: int, limit: int) -> list[int]:
    rows = Article.objects.filter(pk__gt=after, grouped_at__isnull=False).exclude(state=ArticleState.REMOVED)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def _stray(limit: int) -> list[int]:
    sql = (
        "SELECT d.article_id FROM search_document d LEFT JOIN articles_article a ON a.id = d.article_id"
        " WHERE a.id IS NULL OR a.state = 'removed' LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [limit])
        return [row[0] for row in cursor.fetchall()]


def _without(table: str, other: str) -> list[int]:
    """Places that one half of the index holds and the other does not, `LOOKED_INTO` of them at most."""
    sql = f"SELECT t.place FROM {table} t LEFT JOIN {other} o ON o.place = t.place WHERE o.place IS NULL LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [LOOKED_INTO])
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def _take_out(places: list[int]) -> None:
    engine().remove(places)


def _missing(now: datetime) -> int:
    sql = (
        "SELECT a.id FROM articles_article a LEFT JOIN search_document d ON d.article_id = a.id"
        " WHERE d.article_id IS NULL AND a.state <> 'removed' AND a.grouped_at IS NOT NULL LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [LOOKED_INTO])
        ids = [row[0] for row in cursor.fetchall()]
    return len(entries_of(list(Article.objects.filter(pk__in=ids).select_related("publisher")), now))
