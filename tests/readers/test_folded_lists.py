"""Front page and lists on pages of one's own: what is muted is folded, and told by others where others tell it."""

import pytest
from django.test import Client

import tests.factories as make
from broadsheet.articles.models import Author, Byline, Mention, Topic
from broadsheet.readers import following
from broadsheet.readers.models import MuteKind
from tests.readers.test_folds import folded

LOUD = "Harbor chaos shocks town"


@pytest.fixture
def world(db):
    return make.make_section("world", "World")


@pytest.fixture
def loud(db):
    return make.make_publisher("Loud Paper", mode="headline")


@pytest.fixture
def calm(db):
    return make.make_publisher("Calm Paper", mode="headline")


@pytest.fixture
def paper(world, loud, calm):
    """A story that the loud paper leads and the calm one reports too, and one of the calm paper alone."""
    led = make.make_article(loud, section=world, headline=LOUD)
    shared = make.make_story(led, make.make_article(calm, section=world, headline="Harbor opens"))
    alone = make.make_story(make.make_article(calm, section=world, headline="Rain until Friday"))
    return shared, alone


@pytest.fixture
def logged_in(reader):
    client = Client()
    client.force_login(reader)
    return client


def shown(client, path):
    """What the reader's own page has inside of folded lists, and outside of them."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return folded(answer.content.decode())


def lists(story):
    topic = Topic.objects.create(slug="skerries", name="Skerries", kind="place")
    author = Author.objects.create(slug="bo-tarrant", name="Bo Tarrant")
    for row in story.memberships.select_related("article"):
        Mention.objects.create(article=row.article, topic=topic, shown_at=row.article.shown_at)
        Byline.objects.create(article=row.article, author=author, position=0)
    day = story.memberships.first().article.shown_at
    return ["/my/front", "/my/latest", "/my/sections/world", "/my/topics/skerries", "/my/authors/bo-tarrant",
            f"/my/archive/{day:%Y/%m/%d}"]  # fmt: skip


def test_a_muted_word_is_folded_in_every_list_of_its_reader_alone(logged_in, reader, paper):
    following.mute(reader, MuteKind.WORD, "harbor")
    for path in lists(paper[0]):
        inside, outside = shown(logged_in, path)

        assert LOUD in inside, path
        assert "Harbor" not in outside, path
    everybody = Client().get("/").content.decode()
    assert LOUD in everybody
    assert "you have muted" not in everybody


def test_a_story_that_a_muted_source_leads_is_told_by_another(logged_in, reader, paper):
    following.mute(reader, MuteKind.SOURCE, "loud-paper")
    for path in ("/my/front", "/my/sections/world"):
        _inside, outside = shown(logged_in, path)

        assert "Harbor opens" in outside, path
        assert LOUD not in outside, path
    assert LOUD in shown(logged_in, "/my/latest")[0]


def test_nobody_else_tells_it_where_their_words_are_muted_too(logged_in, reader, paper):
    following.mute(reader, MuteKind.SOURCE, "loud-paper")
    following.mute(reader, MuteKind.WORD, "opens")

    inside, outside = shown(logged_in, "/my/front")

    assert LOUD in inside
    assert "Harbor" not in outside
    assert "Rain until Friday" in outside


def test_when_all_is_muted_the_page_does_not_say_that_nothing_came_in(logged_in, reader, paper):
    for word in ("harbor", "rain"):
        following.mute(reader, MuteKind.WORD, word)
    for path in ("/my/front", "/my/latest", "/my/sections/world"):
        inside, outside = shown(logged_in, path)

        assert "Rain until Friday" in inside, path
        assert "othing" not in outside.partition("<main")[2].partition("</main>")[0], path


def test_a_topic_or_source_that_is_asked_for_by_name_is_shown(logged_in, reader, paper):
    lists(paper[0])
    following.mute(reader, MuteKind.TOPIC, "skerries")
    assert "Harbor" in shown(logged_in, "/my/topics/skerries")[1]
    assert "Harbor" not in shown(logged_in, "/my/front")[1]

    reader.mutes.all().delete()
    following.mute(reader, MuteKind.SOURCE, "loud-paper")
    assert LOUD in shown(logged_in, "/my/sources/loud-paper")[1]
    assert LOUD not in shown(logged_in, "/my/latest")[1]


def test_queries_do_not_grow_with_what_is_muted(
    logged_in, reader, paper, loud, calm, world, django_assert_max_num_queries
):
    for number in range(6):
        led = make.make_article(loud, section=world, headline=f"{LOUD} {number}")
        make.make_story(led, make.make_article(calm, section=world, headline=f"Calm again {number}"))
    following.mute(reader, MuteKind.SOURCE, "loud-paper")
    following.mute(reader, MuteKind.TOPIC, "skerries")
    logged_in.get("/my/front")

    with django_assert_max_num_queries(24):
        logged_in.get("/my/front")


@pytest.mark.parametrize(
    ("own", "everybodys"),
    [
        ("/my/front", "/"),
        ("/my/latest?page=2", "/latest?page=2"),
        ("/my/sections/world", "/sections/world"),
        ("/my/topics/gr%C3%B6%C3%9Fe", "/topics/gr%C3%B6%C3%9Fe"),
        ("/my/archive/2026/11/22", "/archive/2026/11/22"),
    ],
)
def test_without_an_account_it_is_everybodys_page_and_the_cookie_goes(db, own, everybodys):
    client = Client()
    client.cookies["folds"] = "1"
    answer = client.get(own)

    assert (answer.status_code, answer["Location"]) == (302, everybodys)
    assert answer.cookies["folds"].value == ""


@pytest.mark.parametrize("path", ["sections/none", "topics/none", "authors/none", "sources/none", "archive/2026/13/40"])
def test_what_is_not_there_is_not_found(logged_in, path):
    assert logged_in.get(f"/my/{path}").status_code == 404


def test_pages_of_ones_own_are_kept_by_nobody(logged_in, paper):
    answer = logged_in.get("/my/front")

    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
