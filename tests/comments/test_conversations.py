"""Reading: orders, pages, two levels, veils over what was taken away, a fixed number of queries, names and erasure."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.models import Act, Comment, CommentState, Persona, Thread
from broadsheet.comments.moderating import decide
from broadsheet.comments.personas import NameRefusedError, forget_writer, ignore, take_name, tidied_name
from broadsheet.comments.posting import delete_comment, mark_useful
from broadsheet.comments.queries import (
    Order,
    conversation,
    counts_of,
    exchange,
    held,
    latest,
    own_waiting,
    picks,
    threads_of,
)
from broadsheet.readers.models import Reader
from tests.factories import NOW, make_article, make_story

pytestmark = pytest.mark.django_db


def fill(story, tops, replies=0):
    """A conversation made directly: `tops` comments, each a minute after the other, each with so many replies."""
    Thread.objects.update_or_create(story=story, defaults={"count": tops * (1 + replies)})
    blank = {"thread_id": story.pk, "state": CommentState.PUBLISHED, "markdown": "x", "html": "<p>x</p>", "key": ""}
    made = Comment.objects.bulk_create(
        Comment(
            **blank,
            token=secrets.token_hex(8),
            posted_at=NOW + timedelta(minutes=n),
            useful=n % 7,
            replies_count=replies,
            name=f"Writer {n}",
        )
        for n in range(tops)
    )
    Comment.objects.bulk_create(
        Comment(
            **blank,
            token=secrets.token_hex(8),
            parent=top,
            answers=top,
            posted_at=top.posted_at + timedelta(seconds=n),
            name=f"Replier {n}",
        )
        for top in made
        for n in range(replies)
    )
    return made


@pytest.mark.parametrize("order", list(Order))
def test_every_comment_stands_on_exactly_one_page_in_order(story, order):
    fill(story, 53)
    seen, after = [], ""
    while True:
        page = conversation([story.pk], order, after, limit=10)
        seen.extend(page.comments)
        after = page.after
        if not after:
            break
    assert len({shown.id for shown in seen}) == len(seen) == 53
    key = {
        Order.NEWEST: lambda c: (-c.posted_at.timestamp(), -c.id),
        Order.OLDEST: lambda c: (c.posted_at.timestamp(), c.id),
        Order.USEFUL: lambda c: (-c.useful, -c.id),
    }[order]
    assert seen == sorted(seen, key=key)


@given(st.text(max_size=60))
@pytest.mark.django_db
def test_a_cursor_that_makes_no_sense_begins_at_the_beginning_or_ends(after):
    conversation([make_story_once().pk], Order.NEWEST, after)
    conversation([make_story_once().pk], Order.USEFUL, after)


def make_story_once():
    from broadsheet.stories.models import Story

    return Story.objects.first() or make_story(make_article())


def test_queries_do_not_grow_with_the_conversation(story, django_assert_max_num_queries):
    fill(story, 30, replies=3)
    with django_assert_max_num_queries(4):
        assert len(conversation([story.pk]).comments) == 20
    other = make_story(make_article())
    fill(other, 200, replies=30)
    with django_assert_max_num_queries(4):
        assert len(conversation([other.pk]).comments) == 20


def test_long_exchanges_show_their_beginning_and_stand_whole_on_their_own_page(story):
    (top,) = fill(story, 1, replies=130)
    shown = conversation([story.pk]).comments[0]
    assert (len(shown.replies), shown.hidden_replies) == (20, 110)
    assert [reply.name for reply in shown.replies[:2]] == ["Replier 0", "Replier 1"]
    whole, count = exchange(top, limit=100)
    assert (len(whole.replies), count) == (100, 130)
    rest, _ = exchange(Comment.objects.filter(parent=top).first(), start=100)
    assert len(rest.replies) == 30


def test_what_was_taken_away_is_a_veil_only_where_replies_hang_on_it(story, writer, moderator, say):
    ada, bo = writer(), writer("Bo")
    alone, kept = say(ada, "Alone and soon gone"), say(ada, "Answered and soon gone", minutes=1)
    removed = say(bo, "Removed but answered", minutes=2)
    say(bo, "The first answer", answers=kept, minutes=3)
    say(ada, "The second answer", answers=removed, minutes=4)
    delete_comment(alone, ada)
    delete_comment(kept, ada)
    decide(removed, moderator(), Act.REMOVE, now=NOW, reason="insult")
    shown = conversation([story.pk], Order.OLDEST).comments
    assert [(one.state, one.html, one.name, one.reason) for one in shown] == [
        ("deleted", "", "", ""),
        ("removed", "", "", "insult"),
    ]
    assert [len(one.replies) for one in shown] == [1, 1]
    assert "soon gone" not in repr(shown)


def test_held_comments_are_seen_by_their_writer_and_the_desk_alone(story, writer, say):
    ada = writer(known=False)
    comment = say(ada, "Hello to all of you")
    assert conversation([story.pk]).comments == ()
    assert latest(story) == []
    assert own_waiting(story, ada) == [comment]
    assert own_waiting(story, writer("Bo")) == []
    assert list(held()) == [comment]


def test_conversations_of_merged_stories_are_read_and_counted_together(story, writer, say):
    other = make_story(make_article())
    say(writer(), "On the first story")
    say(writer("Bo"), "On the second story", on=other)
    other.merged_into = story
    other.save()
    assert len(conversation([one.pk for one in threads_of(story)]).comments) == 2
    assert counts_of([story.pk, 999]) == {story.pk: 2}


def test_picks_are_the_editors(story, writer, moderator, say):
    comment = say(writer(), "A remark worth reading")
    say(writer("Bo"), "Another one, not picked")
    decide(comment, moderator(), Act.FEATURE, now=NOW)
    assert [pick.id for pick in picks([story.pk])] == [comment.pk]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("A", "short"),
        ("A" * 41, "long"),
        ("<b>Ada</b>", "letters"),
        ("Ada\nLund", None),
        ("https://a.example", "letters"),
        ("Аdа Lund", "mixed"),
        ("Ada Лунд", "mixed"),
        ("Admin", "official"),
        ("m0derator", "official"),
        ("EDlTOR", "official"),
        ("Ada\u202eLund", "letters"),
        ("Zoë O’Hara-Lund Jr.", None),
        ("محمد علي", None),
        ("王小明", None),
        ("Иван Петров", None),
        ("ada_99", None),
    ],
)
def test_names(name, code):
    if code is None:
        assert tidied_name(name)
    else:
        with pytest.raises(NameRefusedError) as caught:
            tidied_name(name)
        assert caught.value.code == code


def test_a_look_alike_cannot_be_taken(writer):
    writer("Jill Miller")
    other = Reader.objects.create_user("x@mail.example")
    for name in ("jill miller", "JiII MiIIer", "Ji11 Mi11er", "JillMiller", "Jíll Miller"):
        with pytest.raises(NameRefusedError, match="taken"):
            take_name(other, name, now=NOW)
    assert take_name(other, "Jack Miller", now=NOW).name == "Jack Miller"


def test_erasure_leaves_the_thread_readable(story, writer, say):
    ada, bo = writer(), writer("Bo")
    top = say(ada, "A thought to begin with")
    say(bo, "An answer to the thought", answers=top, minutes=1)
    assert forget_writer(ada, words=False) == 1
    (shown,) = conversation([story.pk]).comments
    assert (shown.name, shown.html) == ("", "<p>A thought to begin with</p>")
    assert not Persona.objects.filter(reader=ada).exists()
    assert forget_writer(bo, words=True) == 1
    assert Comment.objects.filter(markdown="", state=CommentState.DELETED).count() == 1


def test_erased_accounts_keep_their_replies_places(story, writer, say):
    ada = writer()
    top = say(ada, "A thought to begin with")
    say(writer("Bo"), "An answer to the thought", answers=top)
    forget_writer(ada, words=True)
    ada.delete()
    (shown,) = conversation([story.pk]).comments
    assert (shown.state, len(shown.replies)) == ("deleted", 1)


def test_ignoring_is_private_and_never_of_oneself(writer):
    ada, bo = writer(), writer("Bo")
    ignore(ada, bo, is_ignored=True)
    ignore(ada, ada, is_ignored=True)
    assert list(ada.ignores.values_list("ignored", flat=True)) == [bo.pk]
    ignore(ada, bo, is_ignored=False)
    assert not ada.ignores.exists()


def test_useful_order_follows_the_marks(story, writer, say):
    first, second = say(writer(), "The first of two"), say(writer("Bo"), "The second of two", minutes=1)
    mark_useful(first, writer("Cy"), is_useful=True)
    assert [one.id for one in conversation([story.pk], Order.USEFUL).comments] == [first.pk, second.pk]
