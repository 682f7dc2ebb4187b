"""Following before an account and with one, muting, keeping, feeds, and taking all of it along."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

import tests.factories as make
from broadsheet.articles.models import Mention, Topic
from broadsheet.readers import candidates, following
from broadsheet.readers.lists import read_list, write_list
from broadsheet.readers.models import Follow, MuteKind, ReadMark, Saved
from broadsheet.readers.targets import Thing, find_thing, search_words
from tests.readers.conftest import log_in, make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(monkeypatch):
    """A story of two newsrooms about ferries, one of grain; the index is made anew."""
    monkeypatch.setattr(make, "NOW", datetime.now(UTC))
    candidates.kept.forget()
    world = make.make_section("world", "World")
    ferries = Topic.objects.create(slug="ferries", name="Ferries", kind="subject")
    first = make.make_article(make.make_publisher("Harbor Courier"), section=world, headline="Ferry sails again")
    second = make.make_article(make.make_publisher("Island Post"), section=world, headline="The ferry is back")
    grain = make.make_article(make.make_publisher("Grain Gazette"), headline="Grain talks go on")
    for article in (first, second):
        Mention.objects.create(article=article, topic=ferries, shown_at=article.shown_at)
    ferry_story = make.make_story(first, second)
    grain_story = make.make_story(grain)
    yield {"ferry": ferry_story, "grain": grain_story, "topic": ferries, "section": world, "article": first}
    candidates.kept.forget()


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


class TestWithAnAccount:
    def test_what_is_followed_comes_with_its_reason(self, client, reader, edition):
        client.force_login(reader)
        client.post("/follow", {"kind": "topic", "name": "ferries"})
        client.post("/follow", {"kind": "section", "name": "world"})

        page = words_of(client.get("/my"))

        assert "Ferry sails again" in page
        assert "Because you follow Ferries and World; 2 independent outlets" in page
        assert "Grain talks" not in page

    def test_opening_the_page_of_a_button_changes_nothing(self, client, reader, edition):
        client.force_login(reader)
        for path in ("/follow?kind=topic&name=ferries", "/mute?kind=topic&name=ferries", "/save?kind=story&name=1"):
            client.get(path)

        assert not reader.follows.exists()
        assert not reader.mutes.exists()
        assert not Saved.objects.exists()

    def test_following_twice_is_following_once_and_stopping_stops(self, client, reader, edition):
        client.force_login(reader)
        for _ in range(2):
            client.post("/follow", {"kind": "source", "name": "harbor-courier"})
        assert Follow.objects.count() == 1

        client.post("/follow", {"kind": "source", "name": "harbor-courier", "act": "unfollow"})

        assert Follow.objects.count() == 0

    @pytest.mark.parametrize(
        "query", ["kind=topic&name=nowhere", "kind=nothing&name=x", "", "kind=story&name=٣", "kind=story&name=99999999"]
    )
    def test_what_does_not_exist_is_not_followed(self, client, reader, edition, query):
        client.force_login(reader)

        assert client.get(f"/follow?{query}").status_code == 404

    def test_a_search_is_followed_by_its_words(self, client, reader, edition):
        client.force_login(reader)
        client.post("/follow", {"kind": "search", "name": "q=grain&section=world"})

        assert Follow.objects.get().name == "grain section:world"
        assert "grain section:world" in words_of(client.get("/my/follows"))

    def test_big_stories_outside_are_told_apart(self, client, reader, edition):
        client.force_login(reader)
        client.post("/follow", {"kind": "source", "name": "grain-gazette"})

        page = words_of(client.get("/my"))

        assert "What you would miss" in page
        assert "Outside of what you follow; 2 independent outlets" in page

    def test_what_is_muted_goes_from_page_feed_and_digest(self, client, reader, edition):
        client.force_login(reader)
        following.follow(reader, [Thing("section", "world")])
        feed = f"/my/feed/{following.feed_key(reader)}.atom"
        assert "Ferry sails again" in client.get(feed).content.decode()

        client.post("/my/follows", {"act": "mute", "words": "Ferry"})

        now = datetime.now(UTC)
        assert "Ferry sails again" not in client.get("/my").content.decode()
        assert "Ferry sails again" not in client.get(feed).content.decode()
        assert list(candidates.digests([reader.pk], now=now)) == []

    def test_a_muted_source_does_not_lead_a_story(self, client, reader, edition):
        client.force_login(reader)
        following.follow(reader, [Thing("topic", "ferries")])
        client.post("/mute", {"kind": "source", "name": "harbor-courier"})

        page = client.get("/my").content.decode()

        assert "The ferry is back" in page
        assert "Ferry sails again" not in page

    def test_a_word_without_letters_mutes_nothing(self, client, reader):
        client.force_login(reader)
        client.post("/my/follows", {"act": "mute", "words": " … "})

        assert not reader.mutes.exists()

    def test_what_was_read_is_remembered_only_if_wished_and_forgotten_at_once(self, client, reader, edition):
        client.force_login(reader)
        following.follow(reader, [Thing("section", "world")])
        client.post("/my/read", {"stories": str(edition["ferry"].pk)})
        assert not ReadMark.objects.exists()

        client.post("/my/follows", {"act": "read", "wanted": "yes"})
        client.post("/my/read", {"stories": str(edition["ferry"].pk)})
        assert "Ferry sails again" not in client.get("/my").content.decode()

        client.post("/my/follows", {"act": "read", "wanted": "no"})
        assert not ReadMark.objects.exists()

    def test_kept_articles_are_listed_until_taken_off(self, client, reader, edition):
        client.force_login(reader)
        number = str(edition["article"].pk)
        client.post("/save", {"kind": "article", "name": number})
        assert "Ferry sails again" in client.get("/my/saved").content.decode()

        client.post("/save", {"kind": "article", "name": number, "act": "unsave"})

        assert "Ferry sails again" not in client.get("/my/saved").content.decode()

    def test_the_feed_needs_its_key_and_a_new_key_ends_the_old_one(self, client, reader, edition):
        old = following.feed_key(reader)
        following.follow(reader, [Thing("topic", "ferries")])
        stranger = Client()
        feed = stranger.get(f"/my/feed/{old}.atom")
        assert "Because you follow Ferries" in feed.content.decode()
        assert not feed.cookies
        assert feed["Cache-Control"] == "private, no-store"

        client.force_login(reader)
        client.post("/my/follows", {"act": "feed"})

        assert stranger.get(f"/my/feed/{old}.atom").status_code == 404
        assert stranger.get("/my/feed/x.atom").status_code == 404

    def test_all_of_it_is_taken_along_as_opml(self, client, reader, edition):
        client.force_login(reader)
        following.follow(reader, [Thing("topic", "ferries"), Thing("search", "grain")])

        text = client.get("/my/follows.opml").content
        assert b'xmlUrl="/topics/ferries.atom"' in text
        assert b'xmlUrl="/search.atom?q=grain"' in text
        assert f'xmlUrl="/my/feed/{following.feed_key(reader)}.atom"'.encode() in text

    def test_nobody_sees_or_changes_another_persons_wishes(self, client, reader, edition):
        following.follow(reader, [Thing("topic", "ferries")])
        following.mute(reader, MuteKind.WORD, "grain")
        bob = make_reader("bob@harbor.example")
        client.force_login(bob)

        client.post("/my/follows", {"act": "unmute", "name": reader.mutes.get().pk})
        client.post("/my/follows", {"act": "unfollow", "kind": "topic", "name": "ferries"})

        assert reader.mutes.count() == reader.follows.count() == 1
        assert "Ferries" not in client.get("/my/follows").content.decode()

    def test_pages_cost_the_same_however_much_is_followed(self, client, reader, edition, django_assert_max_num_queries):
        client.force_login(reader)
        topics = [Topic(slug=f"t{number}", name=f"T{number}", kind="subject") for number in range(50)]
        Topic.objects.bulk_create(topics)
        following.follow(reader, [Thing("topic", "ferries"), *(Thing("topic", one.slug) for one in topics)])
        client.get("/my")

        with django_assert_max_num_queries(14):
            client.get("/my")


class TestWithoutAnAccount:
    def test_the_list_is_a_link_and_nothing_is_kept(self, client, edition):
        done = client.post("/follow", {"kind": "topic", "name": "ferries"})

        assert done["Location"].startswith("/my/list/")
        assert "follows" not in done.cookies
        assert Follow.objects.count() == 0
        page = Client().get(done["Location"])
        assert "Ferry sails again" in page.content.decode()
        assert "Because you follow Ferries" in Client().get(done["Location"] + ".atom").content.decode()

    def test_it_grows_on_the_device_only_where_the_reader_chose_so(self, client, edition):
        first = client.post("/follow", {"kind": "topic", "name": "ferries"})["Location"]
        client.post("/my/keep", {"list": first.rpartition("/")[2], "act": "device"})
        assert client.cookies["follows"]["httponly"]

        second = client.post("/follow", {"kind": "source", "name": "grain-gazette"})["Location"]

        assert len(read_list(second.rpartition("/")[2])) == 2
        assert client.get("/my")["Location"] == second
        client.post("/my/keep", {"list": second.rpartition("/")[2], "act": "forget"})
        assert client.cookies["follows"].value == ""

    def test_it_moves_into_the_account(self, client, reader, edition, mailbox):
        link = client.post("/follow", {"kind": "topic", "name": "ferries"})["Location"]
        word = link.rpartition("/")[2]
        asked = client.post("/my/keep", {"list": word, "act": "account"})
        assert asked["Location"].startswith("/account/join?next=")
        log_in(client, reader.email, mailbox)

        client.post("/my/keep", {"list": word, "act": "account"})

        assert [Thing(*row) for row in reader.follows.values_list("kind", "name")] == [Thing("topic", "ferries")]
        assert client.cookies["follows"].value == ""

    @pytest.mark.parametrize("word", ["x", "x:y", ".eJw:abc", "a" * 5_000])
    def test_made_up_lists_are_no_lists(self, client, word):
        assert read_list(word) == []
        assert client.get(f"/my/list/{word}").status_code == 404

    def test_a_list_says_the_same_when_read_again(self):
        things = [Thing("search", "فيري"), Thing("topic", "ferries"), Thing("story", "12")]

        assert set(read_list(write_list(things))) == set(things)
        assert write_list(things) == write_list(list(reversed(things)))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=ferry", "ferry"),
        ("q=ferry+back&section=world&source=x", "ferry back section:world source:x"),
        ("ferry", "ferry"),
        ("section=world", "section:world"),
        ("q=", ""),
    ],
)
def test_a_search_is_told_by_its_words(query, words):
    assert search_words(query) == words
    assert (find_thing("search", query) is None) == (not words)
