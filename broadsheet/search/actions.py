"""Writes of the search room: articles into the index, and out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from broadsheet.articles.models import Article, ArticleState
from broadsheet.search import names, prompts
from broadsheet.search.documents import Entry, entries_of
from broadsheet.search.engines import engine, places_taken, rows_in
from broadsheet.search.state import note_version
from broadsheet.search.terms import next_place, place_of


@transaction.atomic
def index_articles(articles: Iterable[int], *, now: datetime, count_again: bool = False) -> None:
    """Bring the index in line with these articles as they are now: new, changed, removed or gone.

    count_again: count the names of known articles too, as a rebuild does that has set all counts to zero.
    """
    ids = sorted(set(articles))
    known = {
        row[0]: row[1] for row in rows_in("SELECT article_id, place FROM search_document WHERE article_id IN", ids)
    }
    rows = list(Article.objects.filter(pk__in=ids).exclude(state=ArticleState.REMOVED).select_related("publisher"))
    moments = {row.pk: row.shown_at for row in rows}
    entries = entries_of(rows, now)
    _forget(list(known.values()))
    places = _places(
        {entry.document.article: place_of(moments[entry.document.article], entry.document.article) for entry in entries}
    )
    entries = [
        replace(entry, document=replace(entry.document, place=places[entry.document.article])) for entry in entries
    ]
    put_entries(entries)
    count_entries([entry for entry in entries if count_again or entry.document.article not in known])
    note_version()


def _forget(places: Sequence[int]) -> None:
    engine().remove(places)
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_document WHERE place = %s", [(place,) for place in places])


def _places(wished: dict[int, int]) -> dict[int, int]:
    """A free place for each article: its own minute's, or that of the first minute after it with a free slot."""
    chosen: dict[int, int] = {}
    waiting = dict(wished)
    given: set[int] = set()
    while waiting:
        taken = places_taken(waiting.values()) | given
        for article, place in list(waiting.items()):
            if place in taken or place in given:
                waiting[article] = next_place(place)
            else:
                chosen[article] = place
                given.add(place)
                del waiting[article]
    return chosen


def put_entries(entries: Sequence[Entry]) -> None:
    documents = [entry.document for entry in entries]
    engine().put(documents)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_document(place, article_id, language, fields) VALUES (%s, %s, %s, %s)",
            [(row.place, row.article, row.language, row.fields) for row in documents],
        )


def count_entries(entries: Collection[Entry]) -> None:
    """What suggestions and spelling go by: in how many articles a language, a name, a topic, a source occurs."""
    languages = Counter(entry.document.language for entry in entries)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_language(language, articles) VALUES (%s, %s)"
            " ON CONFLICT (language) DO UPDATE SET articles = search_language.articles + excluded.articles",
            sorted(languages.items()),
        )
    names.count_names(Counter(name for entry in entries for name in entry.names))
    prompts.count_topics(Counter(topic for entry in entries for topic in entry.topics))
    prompts.count_publishers(Counter(entry.publisher for entry in entries))
