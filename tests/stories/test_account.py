"""A story's and a topic's account: complete, within the rights, in a fixed number of queries."""

from datetime import timedelta

import pytest

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Mention, Topic
from broadsheet.rights import Output
from broadsheet.stories.account import headline_rule, story_account
from broadsheet.stories.queries import members_of
from broadsheet.stories.timeline import EventKind
from broadsheet.stories.topic_pages import topic_account
from broadsheet.stories.weighing import why_here
from tests.factories import (
    NOW,
    make_article,
    make_publisher,
    make_quotation,
    make_revision,
    make_story,
)

pytestmark = pytest.mark.django_db


def account(story):
    members = members_of(story, 200)
    return story_account(story, members, Displays(members, Output.PAGE, now=NOW), now=NOW)


def story_of_two(**more):
    first, second = make_article(minutes_ago=200), make_article(minutes_ago=100)
    Topic.objects.create(slug="ada-lund", name="Ada Lund", kind="person")
    for article in (first, second):
        make_quotation(article, "The ferry will sail on Monday whatever happens")
    make_revision(first, "Ferry line closes", minutes_ago=50)
    return make_story(first, second, **more)


def test_account_tells_the_story():
    older = make_story(make_article(minutes_ago=5000))
    story = story_of_two(continues=older)
    newer = make_story(make_article(minutes_ago=5), continues=story)

    told = account(story)

    assert [(speaker.name, len(speaker.sayings[0].places)) for speaker in told.speakers] == [("Ada Lund", 2)]
    assert told.topics == {"ada-lund": "/topics/ada-lund"}
    assert [event.kind for event in told.events] == [
        EventKind.CONTINUES,
        EventKind.FIRST,
        EventKind.REPORT,
        EventKind.HEADLINE,
    ]
    assert told.moved.kind is EventKind.HEADLINE
    assert (told.continues, told.continued_by) == (older, (newer,))
    assert told.spread.outlets == 2
    assert told.why.newsrooms == 2
    assert told.summary == ()


def test_what_may_not_be_named_is_in_no_part():
    secret = make_article(make_publisher(mode="link"), headline="Secret headline")
    make_quotation(secret, "Secret words that nobody may show to anyone")
    make_revision(secret, "Old secret headline")

    told = account(make_story(secret))

    assert "secret" not in repr((told.speakers, told.edits, told.summary)).lower()


def test_headline_rule_says_when_an_editor_chose():
    assert "editor" in headline_rule(make_story(make_article(), editors_headline="Ours"))
    assert "earliest independent report" in headline_rule(make_story(make_article()))


def test_weight_names_its_parts():
    chain = [make_article(make_publisher(owner="Chain")) for _ in range(4)]
    copy = make_article()
    story = make_story(*chain, copy, copies={copy: chain[0]})

    why = why_here(story, now=NOW + timedelta(hours=24))

    assert (why.newsrooms, why.owners, why.copies) == (4, 1, 1)
    assert why.weight.outlets == 2.0
    assert why.weight.value == pytest.approx(why.weight.reach * why.weight.freshness * why.weight.movement)
    assert why.weight.freshness < 0.5
    assert not why.is_pinned


@pytest.mark.parametrize("more", [0, 8])
def test_queries_do_not_grow_with_the_story(more, django_assert_max_num_queries):
    full = [make_article(make_publisher(mode="full"), blocks=["Something was said here."]) for _ in range(2 + more)]
    for article in full:
        make_quotation(article, f"Something else was said by me about {article.pk}")
        make_revision(article, "Another headline", "Other words.")
    story = make_story(*full)
    members = members_of(story, 200)
    displays = Displays(members, Output.PAGE, now=NOW)

    with django_assert_max_num_queries(14):
        story_account(story, members, displays, now=NOW)


def named(topic, *articles):
    for article in articles:
        Mention.objects.create(article=article, topic=topic, shown_at=article.shown_at)


def test_topic_tells_facts_stories_and_quotations():
    topic = Topic.objects.create(slug="ada-lund", name="Ada Lund", kind="person")
    place = Topic.objects.create(slug="karsund", name="Karsund", kind="place")
    old, new, loose = make_article(minutes_ago=3000), make_article(minutes_ago=10), make_article(minutes_ago=20)
    named(topic, old, new, loose)
    named(place, old)
    stories = [make_story(new), make_story(old)]
    make_quotation(new, "The ferry will sail on Monday whatever happens")

    told = topic_account(topic, now=NOW)

    assert list(told.stories) == stories
    assert (told.facts.reports, told.facts.has_more) == (3, False)
    assert (told.facts.first_at, told.facts.last_at) == (old.shown_at, new.shown_at)
    assert sum(count for _, count in told.facts.days) == 3
    assert len(told.said.sayings) == 1
    assert told.named_with == (place,)
    assert topic_account(place, now=NOW).said is None


def test_topic_has_pages_of_stories_and_is_never_empty_in_error(django_assert_max_num_queries):
    topic = Topic.objects.create(slug="karsund", name="Karsund", kind="place")
    articles = [make_article(minutes_ago=number + 1) for number in range(25)]
    named(topic, *articles)
    for article in articles:
        make_story(article)

    with django_assert_max_num_queries(8):
        first = topic_account(topic, now=NOW)
    rest = topic_account(topic, now=NOW, start=20)

    assert (len(first.stories), first.has_more_stories) == (20, True)
    assert (len(rest.stories), rest.has_more_stories) == (5, False)
    assert topic_account(Topic.objects.create(slug="x", name="X", kind="place"), now=NOW).facts.reports == 0
