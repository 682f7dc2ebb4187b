"""The index comes back as it was, also when it is broken off, and doctor sees when it must."""

import pytest
from django.db import connection

from broadsheet.articles.models import Article
from broadsheet.search.queries import suggest
from broadsheet.search.rebuild import health, rebuild, rebuilding
from broadsheet.search.state import write_state
from tests.search.conftest import NOW

WELL = (True, 0, 0, 0)


def state():
    found = health(now=NOW)
    return found.is_current, found.missing, found.stray, found.lost


def forget(*tables):
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def filled(library):
    library.rows = [library.article(f"Treaty, day {day}", "Of fishing.", days=day) for day in range(7)]
    return library


def test_fresh_index_is_well(filled):
    assert state() == WELL


def test_missing_and_stray_entries_are_seen_and_mended(filled):
    Article.objects.filter(pk=filled.rows[0]).update(state="removed")
    Article.objects.filter(pk=filled.rows[1]).update(headline="Renamed pact")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_document WHERE article_id = %s", [filled.rows[2]])
    assert state() == (True, 1, 1, 1)

    assert list(rebuild(now=NOW, batch=2)) == [2, 4, 6]

    assert filled.find("pact") == [filled.rows[1]]
    assert sorted(filled.find("fishing")) == filled.rows[1:]
    assert state() == WELL


def test_broken_off_it_answers_and_goes_on_where_it_was(filled):
    begun = rebuild(now=NOW, batch=3)
    assert next(begun) == 3
    begun.close()

    assert rebuilding()
    assert not health(now=NOW).is_current
    assert len(filled.find("treaty")) == 7
    assert list(rebuild(now=NOW, batch=3)) == [3, 4]
    assert state() == WELL


def test_counts_are_the_same_afterwards(filled):
    def counts():
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind, key, articles FROM search_prompt ORDER BY 1, 2")
            return cursor.fetchall(), suggest("tid")

    before = counts()
    list(rebuild(now=NOW))
    list(rebuild(now=NOW))

    assert counts() == before


def test_index_of_another_version_wants_to_be_rebuilt(filled):
    write_state("version", "0")
    assert not health(now=NOW).is_current

    list(rebuild(now=NOW))

    assert health(now=NOW).is_current
