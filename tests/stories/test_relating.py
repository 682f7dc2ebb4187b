"""What else to read has a reason, is no copy, and costs the same however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from broadsheet.articles.models import Mention, Topic
from broadsheet.stories.relating import NEAREST, beside_article, beside_story
from tests.factories import make_article, make_section, make_story
from tests.plans import plan_of

pytestmark = pytest.mark.django_db
DAY = 1440


def name(article, *topics):
    for topic in topics:
        kind = "person" if " " in topic else "place"
        row, _ = Topic.objects.get_or_create(
            slug=topic.lower().replace(" ", "-"), defaults={"name": topic, "kind": kind}
        )
        Mention.objects.create(article=article, topic=row, shown_at=article.shown_at)
    return article


def test_same_people_and_place_come_with_a_reason():
    read = name(make_article(), "Ada Lund", "Karsund")
    story = make_story(read)
    kin = make_story(name(make_article(minutes_ago=3 * DAY), "Ada Lund", "Karsund"))
    make_story(name(make_article(), "Petr Holm"))

    (found,) = beside_story(story, [read])

    assert found.story == kin
    assert found.reason == "Same person and place, 3 days earlier"
    assert found.names == ("Ada Lund", "Karsund")
    assert [one.story for one in beside_article(read, story)] == [kin]


def test_a_shared_place_alone_relates_nothing():
    read = name(make_article(), "Karsund")
    make_story(name(make_article(), "Karsund"))

    assert beside_story(make_story(read), [read]) == []


def test_copies_of_what_was_read_are_not_offered():
    read = name(make_article(), "Ada Lund")
    copy, own = name(make_article(), "Ada Lund"), make_article()
    story = make_story(read)
    make_story(copy, own, copies={copy: read})

    assert beside_story(story, [read]) == []


def test_merged_and_removed_stories_are_not_offered():
    read = name(make_article(), "Ada Lund")
    story = make_story(read)
    make_story(name(make_article(), "Ada Lund"), merged_into=story)
    make_story(name(make_article(state="removed"), "Ada Lund"))

    assert beside_story(story, [read]) == []


def test_name_that_is_everywhere_says_nothing():
    read = name(make_article(), "Ada Lund")
    for _ in range(NEAREST + 5):
        make_story(name(make_article(), "Ada Lund"))

    assert beside_story(make_story(read), [read]) == []


def test_where_nothing_is_related_the_section_goes_on():
    section = make_section("politics")
    read = make_article(section=section)
    other = make_story(make_article(section=section))

    story = make_story(read)
    (found,) = beside_story(story, [read])
    with translation.override("de"):
        (german,) = beside_story(story, [read])

    assert (found.story, found.reason) == (other, "Also in Politics")
    assert german.reason == "Auch unter Politik"


@pytest.mark.parametrize("others", [1, 12])
def test_queries_do_not_grow(others, django_assert_max_num_queries):
    read = name(make_article(section=make_section()), "Ada Lund", "Petr Holm", "Karsund")
    story = make_story(read)
    for number in range(others):
        make_story(name(make_article(), "Ada Lund" if number % 2 else "Petr Holm", "Karsund"))

    with django_assert_max_num_queries(5):
        assert beside_story(story, [read])
    with django_assert_max_num_queries(5):
        beside_article(read, None)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_mentions_are_read_from_their_index_alone():
    read = name(make_article(), "Ada Lund", "Karsund")
    about = list(Topic.objects.all())
    with CaptureQueriesContext(connection) as related:
        beside_article(read, None, about=about)

    steps = [step for step in plan_of(related, "articles_mention") if " near " in step]

    assert len(steps) == 2
    assert all("COVERING INDEX mention_topic_latest (topic_id=? AND shown_at<?)" in step for step in steps), steps
