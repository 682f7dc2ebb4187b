"""The ledger as pages ask for it: kept in memory, and never older than its newest line."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from broadsheet.articles.displays import display_article
from broadsheet.rights import Output
from broadsheet.sources import queries
from broadsheet.sources.ledger import NO_LINES
from broadsheet.sources.models import LedgerLine
from tests.factories import NOW, make_article, make_publisher
from tests.plans import plan_of


def note(publisher, mode, article=None):
    LedgerLine.objects.create(
        publisher=publisher,
        article_key=article.key if article else "",
        mode=mode,
        basis="licence",
        evidence="letter of 4 May",
        noted_at=NOW,
    )


def mode_of(article):
    return str(display_article(article, Output.PAGE, now=NOW).mode)


@pytest.mark.django_db(transaction=True)
def test_a_new_line_counts_at_once_and_only_for_what_it_speaks_of():
    publisher = make_publisher(mode="full")
    first, second, other = make_article(publisher), make_article(publisher), make_article(make_publisher(mode="full"))
    for _again in range(2):
        assert [mode_of(one) for one in (first, second, other)] == ["full", "full", "full"]

    note(publisher, "link", first)
    for _again in range(2):
        assert [mode_of(one) for one in (first, second, other)] == ["link", "full", "full"]

    note(publisher, "headline")
    assert [mode_of(one) for one in (first, second, other)] == ["link", "headline", "full"]


@pytest.mark.django_db(transaction=True)
def test_a_line_that_was_never_noted_in_the_end_is_forgotten():
    publisher = make_publisher(mode="full")
    article = make_article(publisher)
    assert mode_of(article) == "full"
    with transaction.atomic():
        note(publisher, "link")
        assert mode_of(article) == "link"
        transaction.set_rollback(True)
    assert mode_of(article) == "full"
    note(make_publisher(), "headline")  # may get the number of the one that was taken back
    assert mode_of(article) == "full"


@pytest.mark.django_db(transaction=True)
def test_lines_that_are_known_are_not_read_again(django_assert_num_queries):
    publishers = [make_publisher(mode="full"), make_publisher()]
    ids = {one.pk for one in publishers}
    first = queries.entries_of(ids)
    if connection.vendor == "sqlite":
        with django_assert_num_queries(1):
            assert queries.entries_of(ids) == first
    assert [len(first.get(one.pk, NO_LINES).common) for one in publishers] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_more_publishers_than_are_kept_are_told_of_all_the_same(monkeypatch):
    monkeypatch.setattr(queries, "KEPT", 2)
    publishers = [make_publisher(mode="full") for _ in range(5)]
    ids = [one.pk for one in publishers]
    for asked in (ids[:2], ids[1:4], ids, ids[:1]):
        assert {one: len(found.common) for one, found in queries.entries_of(asked).items()} == dict.fromkeys(asked, 1)


@pytest.mark.django_db
def test_a_sample_is_there_when_a_publisher_is_of_it():
    publisher = make_publisher()
    assert not queries.has_sample()

    publisher.is_sample = True
    publisher.save()

    assert queries.has_sample()


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_whether_there_is_a_sample_is_told_without_reading_the_publishers():
    with CaptureQueriesContext(connection) as asked:
        queries.has_sample()

    assert "INDEX publisher_sample" in " ".join(plan_of(asked, "sources_publisher"))
