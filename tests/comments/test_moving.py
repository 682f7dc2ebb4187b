"""Moving in: onto the right story, in threads, once; moving out: everything but addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.articles.models import Article
from broadsheet.comments.importing import ImportedComment
from broadsheet.comments.importing.comment import State
from broadsheet.comments.models import Comment, CommentState, Thread
from broadsheet.comments.moving import bring_in, take_out
from broadsheet.comments.queries import conversation
from broadsheet.sources.keys import page_key
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PAGE = "https://old.example/bridge"
FIRST = ImportedComment(
    id="1", parent="", page=PAGE, title="The bridge", name="Ada", mail="ada@mail.example", site="", at=NOW,
    markdown="First **words**", state=State.APPROVED, score=3,
)  # fmt: skip
SECOND = replace(FIRST, id="2", parent="1", name="Bo", markdown="An answer", at=NOW + timedelta(minutes=1), score=-2)
THIRD = replace(SECOND, id="3", parent="2", markdown="An answer to that", at=NOW + timedelta(minutes=2))


@pytest.fixture
def bridge(story):
    Article.objects.filter(pk=story.lead_id).update(key=page_key(PAGE))
    return story


def test_comments_find_their_story_and_their_place(bridge):
    moved = bring_in([THIRD, SECOND, FIRST], "disqus", now=NOW)
    assert (moved.published, moved.lost) == (3, {})
    (top,) = conversation([bridge.pk]).comments
    assert (top.name, top.useful, top.html) == ("Ada", 3, "<p>First <strong>words</strong></p>")
    assert [(one.name, one.useful) for one in top.replies] == [("Bo", 0), ("Bo", 0)]
    assert Comment.objects.get(markdown="An answer to that").answers.markdown == "An answer"
    assert Thread.objects.get().count == 3


def test_the_same_file_twice_brings_nothing_twice(bridge):
    bring_in([FIRST, SECOND], "disqus", now=NOW)
    again = bring_in([FIRST, SECOND, THIRD], "disqus", now=NOW)
    assert (again.published, again.known) == (1, 2)
    assert Comment.objects.count() == 3
    assert conversation([bridge.pk]).comments[0].replies_count == 2


def test_what_waits_waits_and_what_was_removed_stays_behind(bridge):
    gone = replace(FIRST, id="9", state=State.SPAM)
    orphan = replace(SECOND, id="10", parent="9", markdown="An answer to spam")
    waiting = replace(FIRST, id="11", state=State.WAITING, markdown="Still waiting")
    moved = bring_in([gone, orphan, waiting], "isso", now=NOW)
    assert (moved.published, moved.waiting, moved.left) == (1, 1, 1)
    assert Comment.objects.get(markdown="Still waiting").state == CommentState.HELD
    assert Comment.objects.get(markdown="An answer to spam").parent is None


def test_a_dry_run_changes_nothing_and_pages_without_article_are_named(bridge):
    elsewhere = replace(FIRST, id="4", page="https://old.example/other")
    nowhere = replace(FIRST, id="5", page="not an address")
    moved = bring_in([FIRST, elsewhere, nowhere], "disqus", now=NOW, dry_run=True)
    assert moved.published == 1
    assert moved.lost == {"https://old.example/other": 1, "not an address": 1}
    assert not Comment.objects.exists()


def test_hostile_words_are_made_harmless(bridge):
    bring_in(
        [replace(FIRST, markdown="<script>alert(1)</script>[x](javascript:1)", name="<b>Ada</b>")], "isso", now=NOW
    )
    comment = Comment.objects.get()
    assert "<script" not in comment.html
    assert "javascript:1" not in comment.html.replace("](javascript:1)", "")


def test_what_is_taken_out_has_threads_and_no_addresses(bridge):
    bring_in([FIRST, SECOND], "disqus", now=NOW)
    first, second = take_out()
    assert second["answers"] == second["parent"] == first["id"]
    assert first["story"] == bridge.path
    assert "mail.example" not in json.dumps([first, second])
