"""Mutes and ignored writers on pages of one's own; the pages for everybody know nothing of them."""

import pytest
from django.test import Client

import tests.factories as make
from broadsheet.articles.models import Mention, Topic
from broadsheet.comments.personas import ignore, take_name
from broadsheet.comments.posting import post_comment
from broadsheet.readers import following
from broadsheet.readers.following import Mutes, mutes_from
from broadsheet.readers.models import MuteKind
from broadsheet.readers.muting import muted
from broadsheet.search.actions import index_articles
from broadsheet.site.requests import folded_page
from tests.readers.conftest import make_reader


@pytest.fixture
def story(db):
    section = make.make_section("world", "World")
    loud = make.make_publisher("Loud Paper", mode="headline")
    own = make.make_article(
        make.make_publisher("Calm Paper", mode="headline"), section=section, headline="Harbor opens"
    )
    return make.make_story(own, make.make_article(loud, section=section, headline="Harbor chaos shocks town"))


@pytest.fixture
def logged_in(reader):
    client = Client()
    client.force_login(reader)
    return client


def folded(text):
    """What stands in the lists that are opened by hand, and what stands outside of them."""
    inside = [part.partition("</details>")[0] for part in text.split("<details")[1:]]
    outside = text
    for part in inside:
        outside = outside.replace(part, "")
    return "".join(inside), outside


class TestMuted:
    @pytest.mark.parametrize(
        ("rows", "count"),
        [
            ([], 0),
            ([("source", "loud-paper")], 1),
            ([("word", "harbor")], 2),
            ([("word", "arbor")], 0),
            ([("topic", "skerries")], 1),
            ([("topic", "nowhere")], 0),
        ],
    )
    def test_by_source_word_and_topic(self, story, rows, count):
        articles = [row.article for row in story.memberships.select_related("article__publisher")]
        topic = Topic.objects.create(slug="skerries", name="Skerries", kind="place")
        Mention.objects.create(article=articles[0], topic=topic, shown_at=articles[0].shown_at)

        assert len(muted(articles, mutes_from(rows))) == count

    def test_without_mutes_nothing_is_asked(self, django_assert_num_queries, db):
        with django_assert_num_queries(0):
            assert muted([], Mutes()) == frozenset()


class TestStory:
    def test_a_muted_source_is_folded_in_the_cluster_of_its_reader_alone(self, logged_in, reader, story):
        following.mute(reader, MuteKind.SOURCE, "loud-paper")

        inside, outside = folded(logged_in.get(f"/my/stories/{story.pk}").content.decode())
        everybody = Client().get(story.path).content.decode()

        assert "Harbor chaos shocks town" in inside
        assert "Harbor chaos shocks town" not in outside
        assert "Harbor opens" in outside
        assert "you have muted" not in everybody
        assert "Harbor chaos shocks town" in everybody

    def test_a_story_that_is_muted_altogether_was_asked_for_and_is_shown(self, logged_in, reader, story):
        following.mute(reader, MuteKind.WORD, "harbor")

        inside, outside = folded(logged_in.get(f"/my/stories/{story.pk}").content.decode())

        assert "Harbor opens" in outside
        assert "you have muted" not in inside + outside

    def test_without_an_account_it_is_everybodys_page_and_the_cookie_goes(self, story):
        client = Client()
        client.cookies["folds"] = "1"
        answer = client.get(f"/my/stories/{story.pk}")

        assert answer.status_code == 302
        assert answer["Location"] == f"/stories/{story.pk}"
        assert answer.cookies["folds"].value == ""


class TestSearch:
    def test_muted_hits_are_folded(self, logged_in, reader, story):
        index_articles([row.article_id for row in story.memberships.all()], now=make.NOW)
        following.mute(reader, MuteKind.WORD, "chaos")

        inside, outside = folded(logged_in.get("/my/search?q=harbor").content.decode())

        assert "Harbor chaos shocks town" in inside
        assert "chaos" not in outside

    def test_everybody_finds_everything(self, reader, story):
        index_articles([row.article_id for row in story.memberships.all()], now=make.NOW)
        following.mute(reader, MuteKind.WORD, "chaos")

        assert "chaos" in Client().get("/search?q=harbor").content.decode()
        assert Client().get("/my/search?q=harbor")["Location"] == "/search?q=harbor"


class TestConversation:
    @pytest.fixture
    def said(self, story):
        bo = make_reader("bo@harbor.example")
        take_name(bo, "Bo Tarrant", now=make.NOW).reader.persona.__class__.objects.update(approved=1)
        top = post_comment(bo, story, "What a racket this is", token="t" * 20, now=make.NOW).comment
        return bo, top

    def test_an_ignored_writer_is_folded_not_lost(self, logged_in, reader, story, said):
        bo, top = said
        ignore(reader, bo, is_ignored=True)

        for path in (
            f"/my/stories/{story.pk}",
            f"/my/stories/{story.pk}/comments",
            f"/my/stories/{story.pk}/comments/oldest",
            f"/my/exchanges/{top.pk}",
        ):
            inside, outside = folded(logged_in.get(path).content.decode())
            assert "What a racket" in inside, path
            assert "What a racket" not in outside, path
        assert "you ignore" not in Client().get(f"/stories/{story.pk}-{story.slug}/comments").content.decode()

    def test_answers_of_others_to_an_ignored_writer_are_seen(self, logged_in, reader, story, said):
        bo, top = said
        cy = make_reader("cy@harbor.example")
        take_name(cy, "Cy Lund", now=make.NOW)
        type(cy.persona).objects.update(approved=1)
        post_comment(cy, story, "I beg to differ here", token="u" * 20, now=make.NOW, answers=top)
        ignore(reader, bo, is_ignored=True)

        _inside, outside = folded(logged_in.get(f"/my/stories/{story.pk}/comments").content.decode())

        assert "I beg to differ" in outside


class TestCookie:
    def test_it_comes_with_the_first_mute_and_goes_with_the_last(self, logged_in, reader):
        answer = logged_in.post("/my/follows", {"act": "mute", "words": "football"})
        assert answer.cookies["folds"].value == "1"
        assert answer.cookies["folds"]["httponly"]

        gone = logged_in.post("/my/follows", {"act": "unmute", "name": reader.mutes.get().pk})
        assert gone.cookies["folds"].value == ""

    def test_who_logs_in_on_another_device_has_it_there(self, reader, mailbox):
        from tests.readers.conftest import log_in

        following.mute(reader, MuteKind.WORD, "football")
        client = Client()
        assert log_in(client, reader.email, mailbox).cookies["folds"].value == "1"
        assert client.post("/account/logout").cookies["folds"].value == ""

    def test_who_mutes_nothing_has_none(self, reader, mailbox):
        from tests.readers.conftest import log_in

        client = Client()
        log_in(client, reader.email, mailbox)
        assert "folds" not in client.cookies or client.cookies["folds"].value == ""

    @pytest.mark.parametrize(
        ("path", "query", "own"),
        [
            ("/stories/7-harbor", "", "/my/stories/7"),
            ("/stories/7", "", "/my/stories/7"),
            ("/stories/7-harbor/comments", "", "/my/stories/7/comments"),
            ("/stories/7-harbor/comments/oldest/12-3", "", "/my/stories/7/comments/oldest/12-3"),
            ("/comments/9", "", "/my/exchanges/9"),
            ("/comments/9/from/100", "", "/my/exchanges/9/from/100"),
            ("/search", "q=a", "/my/search?q=a"),
            ("/stories/7.atom", "", ""),
            ("/stories/7-harbor/comments.atom", "", ""),
            ("/search.atom", "q=a", ""),
            ("/comments/rules", "", ""),
            ("/stories/7-größe", "", "/my/stories/7"),
            ("/", "", "/my/front"),
            ("/latest", "", "/my/latest"),
            ("/latest", "page=2&x=y", "/my/latest?page=2"),
            ("/latest.atom", "", ""),
            ("/sections", "", ""),
            ("/sections/world", "", "/my/sections/world"),
            ("/topics/größe", "", "/my/topics/gr%C3%B6%C3%9Fe"),
            ("/topics/skerries.json", "", ""),
            ("/authors/bo", "page=x", "/my/authors/bo"),
            ("/sources/loud-paper", "sort=name", "/my/sources/loud-paper"),
            ("/archive/2026/11/22", "", "/my/archive/2026/11/22"),
            ("/archive/2026/11", "", ""),
            ("/sections/x\nLocation: evil", "", ""),
            ("/stories/7-x\nLocation: //evil", "", ""),
        ],
    )
    def test_it_leads_to_the_page_of_ones_own(self, path, query, own):
        assert folded_page(path, query, "a=b; folds=1") == own
        assert folded_page(path, query, "a=b") == ""
        assert folded_page(path, query, None) == ""
