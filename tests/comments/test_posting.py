"""Writing, editing, deleting: what is taken is kept once, counted right, and purged from the pages that show it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from broadsheet.comments.guard import Rules
from broadsheet.comments.guarding import dry_run, house, set_house
from broadsheet.comments.models import Act, Comment, CommentState, Opening, Persona, Thread, Version
from broadsheet.comments.moderating import decide, set_thread
from broadsheet.comments.personas import ignore
from broadsheet.comments.posting import (
    GuardError,
    PostingError,
    delete_comment,
    edit_comment,
    mark_useful,
    post_comment,
)
from broadsheet.finished.models import Purge
from tests.factories import NOW, make_article, make_story

pytestmark = pytest.mark.django_db


def count(story):
    thread = Thread.objects.get(pk=story.pk)
    return thread.count, thread.waiting


def code(call, *args, **more):
    with pytest.raises(PostingError) as caught:
        call(*args, **more)
    return caught.value.code


def test_a_known_writers_comment_is_published_rendered_and_purges_the_story(story, writer, say):
    comment = say(writer(), "The **bridge** was closed in 1998 too.")
    assert (comment.state, comment.name) == (CommentState.PUBLISHED, "Ada")
    assert comment.html == "<p>The <strong>bridge</strong> was closed in 1998 too.</p>"
    assert count(story) == (1, 0)
    assert Purge.objects.filter(tag=story.tag).exists()


def test_a_newcomers_comment_waits_and_purges_nothing(story, writer, say):
    comment = say(writer(known=False), "Hello to all of you")
    assert comment.state == CommentState.HELD
    assert [finding["reason"] for finding in comment.held_for] == ["newcomer"]
    assert count(story) == (0, 1)
    assert not Purge.objects.filter(tag=story.tag).exists()


def test_one_form_is_one_comment_however_often_it_is_sent(story, writer):
    ada = writer()
    first = post_comment(ada, story, "Once and no more", token="t1", now=NOW)
    again = post_comment(ada, story, "Once and no more", token="t1", now=NOW)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.comment == again.comment
    assert count(story) == (1, 0)
    assert code(post_comment, writer("Bo"), story, "Mine now", token="t1", now=NOW) == "token_of_another"


def test_refused_words_leave_nothing_behind(story, writer):
    with pytest.raises(GuardError) as caught:
        post_comment(writer(), story, "!", token="t", now=NOW)
    assert caught.value.judgement.reasons == ("empty",)
    assert not Comment.objects.exists()


def test_who_has_no_name_yet_is_told_so(story, writer):
    ada = writer()
    Persona.objects.all().delete()
    assert code(post_comment, ada, story, "Hello there", token="t", now=NOW) == "no_name"


@pytest.mark.parametrize("opening", [Opening.CLOSED, Opening.OFF])
def test_closed_conversations_take_nothing(story, writer, opening):
    set_thread(story, opening=opening)
    assert code(post_comment, writer(), story, "Hello there", token="t", now=NOW) == "closed"


def test_conversations_close_on_their_date_and_with_age(story, writer, say):
    set_thread(story, opening=Opening.OPEN, closes_at=NOW + timedelta(minutes=5))
    ada = writer()
    say(ada, "Just in time")
    assert code(say, ada, "Too late for it", minutes=5) == "closed"
    set_thread(story, opening=Opening.OPEN)
    assert code(say, ada, "A month too late", minutes=31 * 24 * 60) == "closed"


def test_premoderated_conversations_hold_everything(story, writer, say):
    set_thread(story, opening=Opening.PREMODERATED)
    assert say(writer(), "Hello there").state == CommentState.HELD


def test_replies_keep_two_levels_and_remember_whom_they_answer(story, writer, say):
    top = say(writer(), "A thought to begin with")
    reply = say(writer("Bo"), "An answer to the thought", answers=top)
    deeper = say(writer("Cy"), "An answer to the answer", answers=reply)
    assert (reply.parent, deeper.parent, deeper.answers) == (top, top, reply)
    top.refresh_from_db()
    assert top.replies_count == 2


def test_one_cannot_answer_what_others_cannot_read_or_what_stands_elsewhere(story, writer, say):
    held = say(writer(known=False), "Waiting for an editor")
    elsewhere = make_story(make_article())
    other = say(writer("Bo"), "In another place", on=elsewhere)
    assert code(say, writer("Cy"), "An answer", answers=held) == "wrong_answer"
    assert code(say, writer("Di"), "An answer", answers=other) == "wrong_answer"


def test_comments_go_to_the_story_that_another_was_merged_into(story, writer, say):
    gone = make_story(make_article(), merged_into=story)
    assert say(writer(), "On the old address", on=gone).thread_id == story.pk


def test_edits_keep_what_stood_before_and_end_after_their_time(story, writer, say):
    ada = writer()
    comment = say(ada, "The bridge was closed in 1989.")
    edited = edit_comment(comment, ada, "The bridge was closed in 1998.", now=NOW + timedelta(minutes=4))
    assert (edited.html, edited.edited_at) == ("<p>The bridge was closed in 1998.</p>", NOW + timedelta(minutes=4))
    assert Version.objects.get().markdown == "The bridge was closed in 1989."
    assert code(edit_comment, comment, ada, "Never", now=NOW + timedelta(minutes=5)) == "too_late"
    assert code(edit_comment, comment, writer("Bo"), "Mine", now=NOW) == "not_yours"


def test_an_edit_cannot_smuggle_past_the_guard(story, writer, say):
    ada = writer()
    comment = say(ada, "A harmless remark")
    links = " ".join(f"https://{n}.example" for n in range(5))
    assert edit_comment(comment, ada, f"Buy {links}", now=NOW + timedelta(minutes=1)).state == CommentState.HELD
    assert count(story) == (0, 1)
    with pytest.raises(GuardError):
        edit_comment(comment, ada, " ".join(f"https://{n}.example" for n in range(20)), now=NOW + timedelta(minutes=2))
    assert Comment.objects.get().markdown == f"Buy {links}"


def test_an_edit_that_only_mends_is_no_repetition(writer, say):
    ada = writer()
    comment = say(ada, "The same words, nearly all of them the same")
    edited = edit_comment(comment, ada, "The same words; nearly all of them the same", now=NOW + timedelta(minutes=1))
    assert edited.state == CommentState.PUBLISHED


def test_deleted_words_are_no_longer_counted_and_only_their_writer_may(story, writer, say):
    ada = writer()
    top = say(ada, "A thought to begin with")
    reply = say(writer("Bo"), "An answer to the thought", answers=top)
    assert code(delete_comment, reply, ada) == "not_yours"
    delete_comment(top, ada)
    assert Comment.objects.get(pk=top.pk).state == CommentState.DELETED
    assert count(story) == (1, 0)


def test_useful_counts_each_reader_once_and_never_the_writer(writer, say):
    ada, bo = writer(), writer("Bo")
    comment = say(ada, "A thought to begin with")
    assert mark_useful(comment, ada, is_useful=True) == 0
    assert [mark_useful(comment, bo, is_useful=yes) for yes in (True, True, False, False)] == [1, 1, 0, 0]


def test_rules_are_kept_with_their_history_and_tried_on_the_past(writer, say):
    ada = writer()
    say(ada, "Nobody but a nitwit would close it")
    say(ada, "I disagree with all of you", minutes=1)
    changed = Rules.from_mapping({"held_words": ["nitwit"]})
    verdicts = [judgement.reasons for _, judgement in dry_run(changed)]
    assert verdicts == [(), ("held_word",)]
    set_house(changed, actor="Erika", now=NOW, edit_minutes=10)
    assert (house().rules, house().edit_for) == (changed, timedelta(minutes=10))


def test_who_asked_for_it_is_told_of_answers_and_mentions(writer, say, sent):
    ada, bo = writer(), writer("Bo Lund")
    Persona.objects.filter(reader__in=[ada, bo]).update(mails_replies=True)
    top = say(ada, "A thought to begin with")
    answer, mails = sent(say, writer("Cy"), "I think so too, and so does @bolund", answers=top)
    assert {message.to for message in mails} == {ada.email, bo.email}
    assert all("I think so too" in message.body and answer.path in message.body for message in mails)
    _, mails = sent(say, ada, "Answering myself", answers=top, minutes=1)
    assert mails == []


def test_held_answers_are_told_when_they_appear_and_mutes_are_heard(writer, moderator, say, sent):
    ada, bo = writer(), writer("Bo", known=False)
    Persona.objects.filter(reader=ada).update(mails_replies=True)
    top = say(ada, "A thought to begin with")
    held, mails = sent(say, bo, "An answer that waits", answers=top)
    assert mails == []
    _, mails = sent(decide, held, moderator(), Act.APPROVE, now=NOW)
    assert [message.to for message in mails] == [ada.email]
    ignore(ada, bo, is_ignored=True)
    _, mails = sent(say, bo, "Another answer of mine", answers=top, minutes=2)
    assert mails == []


def test_where_readers_ask_only_editors_answer(story, writer, moderator, say):
    set_thread(story, opening=Opening.OPEN, is_questions=True)
    question = say(writer(), "When will the bridge open again?")
    assert code(say, writer("Bo"), "Never, I am told", answers=question) == "for_editors"
    assert say(moderator(), "In May, says the council", answers=question).parent == question


def test_no_name_can_add_a_line_to_a_letter(writer, say, sent):
    ada = writer()
    Persona.objects.filter(reader=ada).update(mails_replies=True)
    top = say(ada, "A thought to begin with")
    bo = writer("Bo")
    Persona.objects.filter(reader=bo).update(name="Bo\nBcc: all@mail.example")
    _, mails = sent(say, bo, "Subject: hello\r\nBcc: x@mail.example", answers=top)
    assert "\n" not in mails[0].subject
    assert mails[0].to == ada.email
