"""Moderation: every act with its reason, its line in the log, its counts, its letters, and a way to object."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.comments.counts import COLUMNS, per_day, statements, tally
from broadsheet.comments.guard import Rules
from broadsheet.comments.guarding import remembered_filter, set_house
from broadsheet.comments.models import Act, CommentState, Decision, FeatureCount, Persona, Report, Thread
from broadsheet.comments.moderating import (
    APPEAL_FOR,
    ModerationError,
    answer_appeal,
    appeal,
    decide,
    decide_all,
    second,
    trust,
)
from broadsheet.comments.posting import PostingError
from broadsheet.comments.reporting import Notice, ReportError, report_comment
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)
ILLEGAL = Notice(
    kind="illegal",
    ground="illegal_threat",
    words="He says that he will come to my house.",
    name="Nora Vik",
    address="nora@mail.example",
    in_good_faith=True,
    sender="s1",
)


def refused(act, *args, **more):
    with pytest.raises((ModerationError, ReportError)) as caught:
        act(*args, **more)
    return caught.value.code


def test_approval_publishes_counts_and_teaches(story, writer, moderator, say):
    ada = writer(known=False)
    comment = say(ada, "Hello to all of you")
    decision = decide(comment, moderator(), Act.APPROVE, now=LATER)
    assert (decision.before, decision.after, decision.waited_s) == ("held", "published", 3600)
    thread = Thread.objects.get()
    assert (thread.count, thread.waiting) == (1, 0)
    assert Persona.objects.get(reader=ada).approved == 1
    assert FeatureCount.objects.get(feature="").wanted == 1
    assert say(ada, "And a second thing", minutes=90).state == CommentState.PUBLISHED


def test_removal_needs_a_reason_and_tells_the_writer(story, writer, moderator, say, sent):
    comment = say(writer(), "Buy my pills")
    erika = moderator()
    assert refused(decide, comment, erika, Act.REMOVE, now=LATER) == "reason"
    assert refused(decide, comment, erika, Act.REMOVE, now=LATER, reason="because") == "reason"
    decision, mails = sent(decide, comment, erika, Act.REMOVE, now=LATER, reason="spam", facts="It names a shop.")
    assert decision.after == CommentState.REMOVED
    assert len(mails) == 1
    assert mails[0].subject.startswith("Your comment was removed")
    for said in (
        "Buy my pills",
        "Advertising or spam",
        "It names a shop.",
        "A person made",
        "six months",
        "/comments/decisions/",
    ):
        assert said in mails[0].body
    assert Decision.objects.get(pk=decision.pk).told_at is not None
    assert Thread.objects.get().count == 0
    assert FeatureCount.objects.get(feature="").spam == 1


def test_a_decision_reversed_is_unlearned(writer, moderator, say):
    comment = say(writer(), "Perfectly fine words")
    erika = moderator()
    decide(comment, erika, Act.REMOVE, now=LATER, reason="spam")
    decide(comment, erika, Act.RESTORE, now=LATER)
    learned = remembered_filter(["perfectly"])
    assert learned.counts == {"": (0, 1), "perfectly": (0, 1)}


def test_nobody_moderates_himself_and_nothing_that_is_gone(writer, moderator, say):
    erika = moderator()
    own = say(erika, "A moderator's own words")
    assert refused(decide, own, erika, Act.REMOVE, now=LATER, reason="spam") == "own_comment"
    comment = say(writer(), "Words to be deleted")
    comment.state = CommentState.DELETED
    comment.save()
    assert refused(decide, comment, erika, Act.APPROVE, now=LATER) == "deleted"


def test_a_ban_is_told_ends_and_can_be_lifted(writer, moderator, say, sent):
    ada = writer()
    comment = say(ada, "Insult after insult")
    until = LATER + timedelta(days=3)
    _, mails = sent(decide, comment, moderator(), Act.BAN, now=LATER, reason="insult", until=until)
    assert "You may write again from 2026-11-25 10:30 UTC" in mails[0].body
    with pytest.raises(PostingError) as caught:
        say(ada, "May I?", minutes=120)
    assert (caught.value.code, caught.value.until) == ("banned", until)
    assert say(ada, "Back again now", minutes=60 + 3 * 24 * 60).state == CommentState.PUBLISHED
    decide(comment, moderator("Mod Two"), Act.BAN, now=LATER + timedelta(days=4), reason="insult")
    decide(comment, moderator("Mod Six"), Act.LIFT, now=LATER + timedelta(days=5))
    assert say(ada, "Forgiven, it seems", minutes=6 * 24 * 60).state == CommentState.PUBLISHED


def test_four_eyes_hide_first_and_act_second(story, writer, moderator, say, sent):
    set_house(Rules(), actor="Erika", now=NOW, needs_two=True)
    comment = say(writer(), "I know where you live")
    erika, otto = moderator(), moderator("Mod Otto")
    proposed, mails = sent(decide, comment, erika, Act.REMOVE, now=LATER, reason="illegal_threat")
    assert (proposed.is_pending, proposed.after, mails) == (True, CommentState.HIDDEN, [])
    assert refused(second, proposed, erika, agrees=True, now=LATER) == "same"
    done, mails = sent(second, proposed, otto, agrees=True, now=LATER)
    assert (done.after, done.seconded_by, len(mails)) == (CommentState.REMOVED, otto, 1)
    assert refused(second, done, otto, agrees=True, now=LATER) == "settled"


def test_a_second_who_disagrees_lets_it_stand(writer, moderator, say):
    set_house(Rules(), actor="Erika", now=NOW, needs_two=True)
    comment = say(writer(), "I know where you live")
    proposed = decide(comment, moderator(), Act.REMOVE, now=LATER, reason="illegal_threat")
    second(proposed, moderator("Mod Otto"), agrees=False, now=LATER)
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED


def test_many_at_once_each_for_itself(writer, moderator, say):
    erika = moderator()
    comments = [say(writer(f"Writer {n}"), f"Words of number {n}") for n in ("one", "two", "three")]
    own = say(erika, "A moderator's own words")
    done, errors = decide_all([*comments, own], erika, Act.REMOVE, now=LATER, reason="off_topic")
    assert (len(done), [error.code for error in errors]) == (3, ["own_comment"])


def test_a_notice_is_receipted_decided_and_answered(writer, moderator, say, sent):
    comment = say(writer(), "I know where you live")
    report, mails = sent(report_comment, comment, ILLEGAL, now=NOW)
    assert [message.to for message in mails] == ["nora@mail.example"]
    assert report.receipt in mails[0].body
    decision, mails = sent(decide, comment, moderator(), Act.REMOVE, now=LATER, reason="illegal_threat")
    report.refresh_from_db()
    assert report.decision == decision
    assert decision.waited_s == 3600
    assert {message.to for message in mails} == {"nora@mail.example", comment.author.email}
    assert any("removed it" in message.body for message in mails)
    assert refused(report_comment, comment, ILLEGAL, now=LATER) == "gone"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"in_good_faith": False}, "faith"),
        ({"words": " "}, "words"),
        ({"name": ""}, "name"),
        ({"address": ""}, "address"),
        ({"ground": "spam"}, "ground"),
        ({"ground": "nonsense"}, "ground"),
    ],
)
def test_a_notice_of_illegal_content_needs_what_the_law_asks(writer, say, change, code):
    assert refused(report_comment, say(writer(), "Some words here"), replace(ILLEGAL, **change), now=NOW) == code


def test_notices_about_children_need_no_name(writer, say):
    notice = replace(ILLEGAL, ground="illegal_children", name="", address="")
    assert report_comment(say(writer(), "Some words here"), notice, now=NOW).pk


def test_enough_readers_hide_a_comment_once(story, writer, moderator, say):
    comment = say(writer(), "A disputed remark")
    for _ in range(2):
        report_comment(comment, Notice("rules", "insult", sender="same"), now=NOW)
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED
    report_comment(comment, Notice("rules", "insult", sender="two"), now=NOW)
    report_comment(comment, Notice("rules", "insult", sender="three"), now=NOW)
    comment.refresh_from_db()
    assert comment.state == CommentState.HIDDEN
    hidden = Decision.objects.get(act=Act.HIDE)
    assert (hidden.is_automated, hidden.reason) == (True, "reported")
    decide(comment, moderator(), Act.APPROVE, now=LATER)
    for n in range(4, 9):
        report_comment(comment, Notice("rules", "insult", sender=f"s{n}"), now=LATER)
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED


def test_a_flood_of_notices_is_stopped(writer, say):
    comment = say(writer(), "A disputed remark")
    codes = []
    for _ in range(12):
        try:
            report_comment(comment, Notice("rules", "insult", sender="one"), now=NOW)
        except ReportError as error:
            codes.append(error.code)
    assert codes == ["too_many", "too_many"]
    assert Report.objects.count() == 10


def test_an_objection_is_answered_by_somebody_else_and_undoes(writer, moderator, say, sent):
    comment = say(writer(), "A sharp but fair remark")
    erika = moderator()
    decision = decide(comment, erika, Act.REMOVE, now=LATER, reason="insult")
    assert refused(appeal, decision, " ", now=LATER) == "words"
    assert refused(appeal, decision, "Late", now=LATER + APPEAL_FOR + timedelta(seconds=1)) == "late"
    made = appeal(decision, "It was about the plan, not the man.", now=LATER)
    assert refused(appeal, decision, "Again", now=LATER) == "appealed"
    otto = moderator("Mod Otto")
    assert refused(answer_appeal, made, erika, is_upheld=True, answer="Yes", now=LATER) == "same"
    _, mails = sent(answer_appeal, made, otto, is_upheld=True, answer="You are right, sorry.", now=LATER)
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED
    assert any("You are right, sorry." in message.body for message in mails)
    assert refused(answer_appeal, made, otto, is_upheld=False, answer="No", now=LATER) == "settled"


def test_a_newsroom_of_one_answers_its_own_objections(writer, moderator, say):
    erika = moderator()
    made = appeal(
        decide(say(writer(), "A sharp remark"), erika, Act.REMOVE, now=LATER, reason="insult"), "No", now=LATER
    )
    assert answer_appeal(made, erika, is_upheld=False, answer="Yes, it was.", now=LATER).is_upheld is False


def test_counts_and_the_transparency_export(writer, moderator, say):
    erika = moderator()
    first = say(writer(), "Words to be removed")
    report_comment(first, ILLEGAL, now=NOW)
    appeal(decide(first, erika, Act.REMOVE, now=LATER, reason="illegal_threat"), "No", now=LATER)
    decide(say(writer("Bo", known=False), "Words of somebody new"), erika, Act.APPROVE, now=LATER)
    told = tally(NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert (told.posted, told.held_share, told.notices, told.appeals, told.backlog) == (2, 0.5, 1, 1, 0)
    assert told.by_act == {"remove": 1, "approve": 1}
    assert told.by_reason == {"illegal_threat": 1}
    assert told.median_wait_s == 3600
    assert per_day(NOW - timedelta(days=1), NOW + timedelta(days=1)) == {NOW.date(): (2, 2)}
    (row,) = statements(NOW - timedelta(days=1), NOW + timedelta(days=1))
    said = dict(zip(COLUMNS, row, strict=True))
    assert said["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    assert said["source_type"] == "SOURCE_ARTICLE_16"
    assert said["category"] == "STATEMENT_CATEGORY_VIOLENCE"
    assert "live" not in " ".join(row)


def test_the_trusted_are_spared_what_guesses(writer, say):
    ada = writer(known=False)
    trust(Persona.objects.get(reader=ada), is_trusted=True)
    assert say(ada, "My very first words").state == CommentState.PUBLISHED
