"""Editions on the site: as pages, in feeds, and no longer where rights end."""

import json
from datetime import timedelta

import pytest

from broadsheet.letters.models import Edition, Item, Letter
from tests.factories import NOW, make_article, make_publisher, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return Letter.objects.create(slug="morning", name="Morning")


def send(letter, *stories, issue=1, state="sent", **more):
    more = {"started_at": NOW + timedelta(days=issue), **more}
    edition = Edition.objects.create(letter=letter, issue=issue, state=state, until=NOW, **more)
    for place, story in enumerate(stories):
        Item.objects.create(edition=edition, position=place, story=story)
    return edition


def story_called(headline, **more):
    return make_story(make_article(make_publisher(mode="extract"), headline=headline, **more))


def test_an_edition_has_a_page(client, letter):
    edition = send(letter, story_called("Ferry sails"), introduction="Good **morning**.")
    Item.objects.create(edition=edition, position=9, kind="words", headline="From the desk", words="More tomorrow.")
    page = client.get("/letters/morning/1").content.decode()
    for words in (
        "Ferry sails",
        "The ferry sails again.",
        "Good <strong>morning</strong>.",
        "From the desk",
        "More tomorrow.",
    ):
        assert words in page
    assert '<link rel="canonical"' not in page or "/letters/morning/1" in page


def test_a_letter_lists_its_editions_newest_first(client, letter):
    for number in (1, 2):
        send(letter, story_called(f"Headline {number}"), issue=number)
    page = client.get("/letters/morning").content.decode()
    assert page.index("Headline 2") < page.index("Headline 1")
    assert "Headline 2" not in client.get("/letters/morning/before/2").content.decode()


@pytest.mark.parametrize("state", ["draft", "scheduled", "dropped"])
def test_what_was_not_sent_is_not_shown(client, letter, state):
    send(letter, story_called("Not yet"), state=state)
    assert client.get("/letters/morning/1").status_code == 404
    assert "Not yet" not in client.get("/letters/morning").content.decode()
    assert "Not yet" not in client.get("/letters/morning.json").content.decode()


def test_what_was_stopped_before_it_began_is_not_shown(client, letter):
    send(letter, story_called("Never left"), state="stopped", started_at=None)
    assert client.get("/letters/morning/1").status_code == 404


@pytest.mark.parametrize("kind", ["personal", "story"])
def test_letters_of_one_reader_have_no_archive(client, kind):
    send(Letter.objects.create(slug="mine", name="Mine", kind=kind), story_called("Only mine"))
    for path in ("/letters/mine", "/letters/mine/1", "/letters/mine.atom"):
        assert client.get(path).status_code == 404


def test_what_is_taken_down_leaves_pages_and_feeds(client, letter):
    story, other = story_called("Taken down"), story_called("Stays")
    send(letter, story, other)
    assert "Taken down" in client.get("/letters/morning/1").content.decode()
    story.lead.state = "removed"
    story.lead.save()
    for path in ("/letters/morning/1", "/letters/morning", "/letters/morning.atom"):
        body = client.get(path).content.decode()
        assert "Taken down" not in body
        assert "Stays" in body


def test_a_feed_of_a_letter(client, letter):
    send(letter, story_called("Ferry sails"), story_called("Bank lifts rate"), introduction="Good **morning**.")
    feed = json.loads(client.get("/letters/morning.json").content)
    (entry,) = feed["items"]
    assert entry["title"] == "Ferry sails"
    assert entry["url"].endswith("/letters/morning/1")
    assert entry["content_text"] == "Good morning.\n· Ferry sails\n· Bank lifts rate"
    for form in ("atom", "rss"):
        assert b"Bank lifts rate" in client.get(f"/letters/morning.{form}").content


def test_what_no_feed_may_tell_is_in_none(client, letter):
    story = make_story(make_article(make_publisher(mode="headline"), headline="Not onward"))
    story.lead.publisher.ledger.update(onward=False)
    send(letter, story)
    assert "Not onward" not in client.get("/letters/morning.json").content.decode()


def test_editions_are_in_the_sitemap(client, letter):
    send(letter, story_called("Ferry sails"))
    assert b"/sitemaps/editions-1.xml" in client.get("/sitemap.xml").content
    assert b"/letters/morning/1</loc>" in client.get("/sitemaps/editions-1.xml").content


def test_an_editors_words_cannot_bring_markup(client, letter):
    send(letter, story_called("<script>x</script>"), introduction="<script>alert(1)</script> [a](javascript:x)")
    page = client.get("/letters/morning/1").content.decode()
    assert "<script>x" not in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_archive_learns_of_an_edition_when_it_begins_to_go_out(letter, monkeypatch):
    from broadsheet.finished.models import Purge
    from broadsheet.letters import sending

    monkeypatch.setattr(sending, "refusal", lambda: "")
    edition = send(letter, story_called("Ferry sails"), state="scheduled", started_at=None, go_at=NOW)
    assert sending.begin(edition, now=NOW)
    assert Purge.objects.filter(tag="letter:morning").exists()
