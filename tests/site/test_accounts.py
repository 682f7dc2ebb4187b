"""Story and topic pages tell what was said, what changed and why, within the rights, at a bounded cost."""

import re

import pytest

from broadsheet.articles.models import Mention, Topic
from tests.factories import (
    make_article,
    make_publisher,
    make_quotation,
    make_revision,
    make_section,
    make_story,
)

pytestmark = pytest.mark.django_db
SAID = "The ferry will sail on Monday whatever the wind may say"


def words(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def named(name, kind, *articles):
    topic, _ = Topic.objects.get_or_create(slug=name.lower().replace(" ", "-"), defaults={"name": name, "kind": kind})
    for article in articles:
        Mention.objects.create(article=article, topic=topic, shown_at=article.shown_at)
    return topic


def reported(count=3, **more):
    section = make_section("politics", "Politics")
    return [make_article(section=section, minutes_ago=200 - number, **more) for number in range(count)]


def test_story_page_tells_who_said_what_and_where_it_differs(client):
    first, second, third = reported()
    make_quotation(first, SAID)
    make_quotation(second, SAID.replace("Monday", "Sunday"))
    make_quotation(third, "whatever the wind may say about sailing")
    make_quotation(third, SAID, "Ada Lund", rank=1)
    named("Ada Lund", "person", first)
    make_revision(first, "Ferry line closes")

    page = words(client, make_story(first, second, third).path)

    assert page.count("Ada Lund") >= 2
    assert f"{second.publisher.name} has other words" in page
    assert "changes its headline" in page
    assert "newsrooms with reports of their own" in page


def test_story_page_shows_no_more_quotations_than_allowed(client, settings, monkeypatch):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "quotations", 1)
    (article,) = reported(1)
    make_quotation(article, SAID, rank=0)
    make_quotation(article, "Nobody asked the harbor before all this was decided", rank=1)

    page = words(client, make_story(article).path)

    assert SAID in page
    assert "Nobody asked" not in page


def test_editors_headline_stands_over_the_leads(client):
    (article,) = reported(1)
    page = words(client, make_story(article, editors_headline="Ferries: what we know").path)

    assert "Ferries: what we know" in page
    assert "written by an editor of this site" in page


def test_continued_story_is_linked_with_its_leads_rights(client):
    secret = make_story(make_article(make_publisher(mode="link"), headline="Secret words", minutes_ago=4000))
    open_story = make_story(make_article(headline="Ferry strike begins", minutes_ago=4000))
    for older, shown in ((secret, False), (open_story, True)):
        page = words(client, make_story(make_article(), continues=older).path)
        assert ("Ferry strike begins" in page) is shown
        assert "Secret words" not in page


def test_person_page_gathers_stories_and_quotations(client):
    first, second = reported(2)
    topic = named("Ada Lund", "person", first, second)
    named("Karsund", "place", first)
    make_story(first)
    make_story(second)
    make_quotation(first, SAID, role="Harbor Master")

    page = words(client, topic.path)

    assert SAID in page
    assert "Harbor Master" in page
    assert first.headline in page
    assert second.headline in page
    assert "Karsund" in page


def test_topic_page_keeps_what_may_only_be_linked(client):
    secret = make_article(make_publisher(mode="link"), headline="Secret words")
    topic = named("Ada Lund", "person", secret)
    make_story(secret)
    make_quotation(secret, SAID)

    page = words(client, topic.path)

    assert "Secret words" not in page
    assert SAID not in page


def test_article_names_its_topics_and_related_stories(client):
    article, other = reported(2)
    named("Ada Lund", "person", article, other)
    make_story(article)
    make_story(other)

    page = words(client, article.path)

    assert "About: Ada Lund" in page
    assert "Same person, within a day: Ada Lund" in page


def test_topic_page_asks_the_same_however_much_it_tells(client, django_assert_num_queries):
    topic = named("Ada Lund", "person", *reported(1))
    for grown in range(3):
        for article in reported(6 * grown):
            named("Ada Lund", "person", article)
            make_story(article)
            make_quotation(article, f"{article.pk} " * 9)
        with django_assert_num_queries(12, exact=False):
            client.get(topic.path)


@pytest.mark.parametrize("page", ["0", "x", "41"])
def test_topic_has_no_such_page(client, page):
    topic = named("Karsund", "place", *reported(1))

    assert client.get(f"{topic.path}?page={page}").status_code == 404
