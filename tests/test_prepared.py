from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from broadsheet.articles import queries as article_queries
from broadsheet.articles.models import Article
from broadsheet.finished import purges
from broadsheet.finished.actions import purge
from broadsheet.prepared import Prepared, ask, is_remembered, until_written
from broadsheet.sources import queries as source_queries
from broadsheet.stories import queries as story_queries
from tests.factories import (
    make_article,
    make_picture,
    make_publisher,
    make_quotation,
    make_revision,
    make_section,
    make_story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    section = make_section()
    publishers = [make_publisher(mode="full", is_sample=True), make_publisher(mode="extract"), make_publisher()]
    articles = [make_article(one, section=section, blocks=["Text."], minutes_ago=n) for n, one in enumerate(publishers)]
    other = make_article(publishers[1], section=section)
    make_picture(articles[0])
    make_revision(articles[1], "Old headline", "Old text.", is_announced=True)
    make_quotation(articles[0])
    story = make_story(*articles, weight=3.0, copies={articles[2]: articles[0]})
    make_story(other, weight=2.0)
    purge(["front", "latest"])
    return story


def columns(row, depth=3):
    if isinstance(row, tuple):
        return row
    fields = [field.attname for field in row._meta.concrete_fields if field.attname in row.__dict__]
    cached = row._state.fields_cache if depth else {}  # both ends of a one-to-one hold each other
    related = {name: columns(value, depth - 1) for name, value in cached.items() if value is not None}
    return {name: getattr(row, name) for name in fields}, related


def test_every_prepared_query_finds_what_its_queryset_finds(newsroom):
    ids = sorted(Article.objects.values_list("pk", flat=True))
    lead, section = newsroom.lead, newsroom.section
    cases = {
        article_queries._ARTICLE: ((lead.pk,), {}),
        article_queries._BLOCKS: ((lead.pk,), {}),
        article_queries._BLOCKS_BY_ARTICLE: ((ids,), {}),
        article_queries._PICTURES: ((lead.pk,), {}),
        article_queries._STORED: ((ids,), {}),
        article_queries._REVISIONS: ((ids,), {}),
        article_queries._CORRECTIONS: ((datetime(1970, 1, 1, tzinfo=UTC),), {"limit": 5}),
        article_queries._LATEST: ((), {"start": 1, "limit": 2}),
        article_queries._SECTIONS: ((), {}),
        article_queries._SECTION: (("politics",), {}),
        story_queries._HEAVIEST: ((), {"limit": 5}),
        story_queries._IN_SECTION: ((section.pk,), {"start": 0, "limit": 5}),
        story_queries._STORIES: (([newsroom.pk, newsroom.pk + 1, newsroom.pk + 2],), {}),
        story_queries._STORY: ((newsroom.pk,), {}),
        story_queries._MEMBERS: ((newsroom.pk,), {"limit": 10}),
        story_queries._NEIGHBORS: ((section.pk, newsroom.pk), {"limit": 3}),
        source_queries._LEDGER: (([lead.publisher_id], ["", "x", "y"]), {}),
        source_queries._SAMPLE: ((), {}),
        purges._AFTER: ((0,), {}),
        purges._NEWEST: ((), {}),
    }
    for prepared, (values, shape) in cases.items():
        wanted = [columns(row) for row in prepared._build(*values, **shape)]
        assert wanted, "a case must find something"
        for _again in range(2):
            assert [columns(row) for row in prepared(*values, **shape)] == wanted


def test_collections_of_any_length_are_asked_for_whole():
    articles = [make_article() for _ in range(5)]
    by_id = Prepared(lambda ids: Article.objects.filter(pk__in=ids).order_by("pk"))
    for length in range(1, 6):
        ids = [article.pk for article in articles[:length]]
        assert [row.pk for row in by_id(ids)] == ids


def test_an_empty_collection_is_not_asked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(lambda ids: Article.objects.filter(pk__in=ids))([]) == []


def test_a_value_that_the_query_does_not_use_is_refused():
    with pytest.raises(TypeError, match="every value"):
        Prepared(lambda _pk: Article.objects.all())(4)


def test_values_are_bound_never_written_into_the_query():
    make_article(slug="x")
    by_slug = Prepared(lambda slug: Article.objects.filter(slug=slug))
    assert len(by_slug("x")) == 1
    assert by_slug("x' OR '1'='1") == []
    assert by_slug("%s") == []


@pytest.mark.parametrize("words", ['It\'s 100 %s, 5 %% or "more" ?; --', 'It\'s 100 %s, 5 %% or "more"\n; --'])
def test_what_never_changes_means_the_same_wherever_it_is_written(words):
    article = make_article(headline=words)
    make_article(headline="It's 100 other, 5 % or more")
    odd = Prepared(lambda pk: Article.objects.filter(headline=words, is_sample=False, version=1, pk__gte=pk))
    assert [row.pk for row in odd(0)] == [article.pk]
    part = Prepared(lambda pk: Article.objects.filter(headline__contains="% or", pk__gte=pk).order_by("pk"))
    assert len(part(0)) == 2


def test_single_columns_come_as_plain_values():
    moments = Prepared(lambda ids: Article.objects.filter(pk__in=ids).values_list("shown_at", flat=True))
    article = make_article()
    assert moments([article.pk]) == [article.shown_at]


def test_who_looks_on_sees_the_same_rows(django_assert_num_queries):
    article = make_article()
    by_id = Prepared(lambda ids: Article.objects.filter(pk__in=ids))
    unseen = by_id([article.pk])
    with django_assert_num_queries(1):
        assert [columns(row) for row in by_id([article.pk])] == [columns(row) for row in unseen]


def test_what_the_database_refuses_is_an_error_of_django():
    with pytest.raises(DatabaseError):
        ask("SELECT nothing FROM nowhere")


def test_rows_share_what_they_relate_to():
    publisher = make_publisher()
    for _ in range(2):
        make_article(publisher)
    first, second = Prepared(lambda: Article.objects.select_related("publisher", "section"))()
    assert first.publisher is second.publisher
    assert first.publisher == publisher
    assert first.section is None


def test_a_remembered_row_is_the_same_until_the_database_tells_otherwise_of_it_or_what_it_relates_to(newsroom):
    def card():
        return story_queries.front_cards_with([newsroom.pk])[newsroom.pk]

    first = card()
    assert card() is first
    assert is_remembered(first)
    assert not is_remembered(story_queries.stories_with([newsroom.pk])[newsroom.pk])

    type(newsroom).objects.filter(pk=newsroom.pk).update(outlets=9)
    second = card()
    assert (first.outlets, second.outlets) == (3, 9)

    publisher = second.lead.publisher
    type(publisher).objects.filter(pk=publisher.pk).update(name="Renamed")
    assert publisher.name != "Renamed"
    assert card().lead.publisher.name == "Renamed"


def test_remembered_rows_of_one_publisher_share_it(newsroom):
    rows = article_queries.latest_articles(start=0, limit=4)
    publishers = [row.publisher for row in rows]
    assert len({id(publisher) for publisher in publishers}) == len({publisher.pk for publisher in publishers}) == 3


class Reading:
    """Reads the names of publishers, and counts how often it really did."""

    def __init__(self):
        self.times = 0
        self.names = until_written(self._names)

    def _names(self):
        self.times += 1
        return [row.name for row in source_queries.publishers_by_name()]


def elsewhere(act):
    """In another thread, whose connection is another one."""

    def acted():
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(acted).result()


@pytest.mark.django_db(transaction=True)
def test_what_holds_until_something_is_written_is_read_once_and_anew_after_each_write():
    publisher = make_publisher(name="Courier")
    rename = type(publisher).objects.filter(pk=publisher.pk).update
    reading = Reading()
    assert [reading.names() for _ in range(3)] == [["Courier"]] * 3
    if connection.vendor == "sqlite":
        assert reading.times == 1

    rename(name="Herald")
    assert reading.names() == ["Herald"]
    elsewhere(lambda: rename(name="Ledger"))
    assert reading.names() == ["Ledger"]


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_reads_is_not_kept_beyond_it():
    publisher = make_publisher(name="Courier")
    reading = Reading()
    with transaction.atomic():
        type(publisher).objects.filter(pk=publisher.pk).update(name="Never")
        assert reading.names() == ["Never"]
        transaction.set_rollback(True)
    assert reading.names() == ["Courier"]


@pytest.mark.django_db(transaction=True)
def test_who_looks_on_sees_what_is_kept_asked_for(django_assert_num_queries):
    reading = Reading()
    reading.names()
    with django_assert_num_queries(2):
        reading.names()
        reading.names()
