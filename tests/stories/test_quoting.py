"""Quotations are shown within what the rights allow, over all outputs, and found by index."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.rights import Output
from broadsheet.stories.queries import members_of
from broadsheet.stories.quoting import said_by, speakers_of
from tests.factories import NOW, make_article, make_publisher, make_quotation, make_story

pytestmark = pytest.mark.django_db


def spoken(*articles):
    story = make_story(*articles)
    members = members_of(story, 200)
    return speakers_of(members, Displays(members, Output.PAGE, now=NOW))


def texts(speakers):
    return [saying.text for speaker in speakers for saying in speaker.sayings]


def test_quotations_are_capped_by_number_and_length(monkeypatch):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "quotations", 2)
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "quotation_length", 40)
    article = make_article()
    for rank, word in enumerate(["bridge", "harbor", "ferry", "winter"]):
        make_quotation(article, f"{word} " * 9 + "and nothing else", rank=rank)

    found = texts(spoken(article))

    assert len(found) == 2
    assert all(len(text) <= 40 for text in found)
    assert texts([]) == []
    assert [len(saying.text) <= 40 for saying in said_by("ada-lund", start=0, now=NOW).sayings] == [True, True]


def test_full_text_needs_no_cap(monkeypatch):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "quotations", 1)
    article = make_article(make_publisher(mode="full"))
    make_quotation(article, "The first of two things that were said", rank=0)
    make_quotation(article, "And the other one, which is not like it", rank=1)

    assert len(texts(spoken(article))) == 2


def test_below_headline_and_under_reservation_nothing_is_quoted():
    linked = make_article(make_publisher(mode="link"))
    reserved = make_article(signals={"tdm-reservation": "1"})
    held = make_article(state="held")
    for article in (linked, reserved, held):
        make_quotation(article, f"Words that nobody may show from {article.pk}")

    assert spoken(linked, reserved, held) == []
    assert said_by("ada-lund", start=0, now=NOW).sayings == ()


def test_quotations_of_a_text_that_has_changed_since_wait_for_their_places():
    article = make_article(grouped_at=None)
    make_quotation(article)

    assert spoken(article) == []
    assert said_by("ada-lund", start=0, now=NOW).sayings == ()


def test_person_is_quoted_newest_first_over_stories():
    for minutes in (300, 20, 100):
        article = make_article(minutes_ago=minutes)
        make_story(article)
        make_quotation(article, f"{minutes} " * 8, role="Harbor Master")
    make_quotation(make_article(state="removed"), "What was taken down is not quoted")

    said = said_by("ada-lund", start=0, now=NOW)

    assert [saying.at for saying in said.sayings] == [NOW - timedelta(minutes=ago) for ago in (20, 100, 300)]
    assert [role for role, _article in said.roles] == ["Harbor Master"]
    assert {place.article for saying in said.sayings for place in saying.places} == set(said.articles)


def test_person_has_pages():
    for number in range(5):
        make_quotation(make_article(minutes_ago=number + 1), f"{number}{number} " * 8)

    first, second = (said_by("ada-lund", start=start, now=NOW, limit=3) for start in (0, 3))

    assert (len(first.sayings), first.has_more) == (3, True)
    assert (len(second.sayings), second.has_more) == (2, False)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_person_is_found_by_index_alone():
    make_quotation(make_article())
    with CaptureQueriesContext(connection) as asked:
        said_by("ada-lund", start=0, now=NOW)
    sql = next(query["sql"] for query in asked if "stories_quotation" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "quotation_person_latest" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("reports", [1, 6])
def test_queries_do_not_grow_with_the_story(reports, django_assert_num_queries):
    articles = [make_article() for _ in range(reports)]
    for article in articles:
        make_quotation(article, f"Something about {article.pk} that was said aloud")
    members = members_of(make_story(*articles), 200)
    displays = Displays(members, Output.PAGE, now=NOW)

    with django_assert_num_queries(1):
        speakers_of(members, displays)
    with django_assert_num_queries(3):
        said_by("ada-lund", start=0, now=NOW)
    assert Article.objects.count() == reports
