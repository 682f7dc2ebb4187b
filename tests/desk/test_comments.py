"""Moderating from the desk: who may enter, every queue, bulk acts, two pairs of eyes, objections, rules tried first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.comments.guard import Rules
from broadsheet.comments.guarding import house, set_house
from broadsheet.comments.models import Act, Appeal, Comment, CommentState, Decision, Persona, SavedAnswer, Thread
from broadsheet.comments.moderating import appeal, decide
from broadsheet.comments.reporting import Notice, report_comment
from broadsheet.readers.models import Role
from tests.site.test_comments import logged_in, page, reader, say, story

__all__ = ["story"]
pytestmark = pytest.mark.django_db


def moderator(name="Mod Erika"):
    made = reader(name)
    Role.objects.create(reader=made, kind="moderator")
    return made


@pytest.fixture
def erika():
    return logged_in(moderator())


PATHS = ["", "/held", "/reported", "/recent", "/appeals", "/second", "/rules", "/counts", "/statements.csv"]


@pytest.mark.parametrize("path", PATHS)
def test_the_desk_does_not_exist_for_readers(client, path):
    assert client.get(f"/desk/comments{path}")["Location"].startswith("/account/login")
    assert logged_in(reader("Bo")).get(f"/desk/comments{path}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_every_page_of_the_desk_opens_and_is_kept_by_nobody(erika, path):
    response = erika.get(f"/desk/comments{path}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_readers_cannot_act_whatever_they_send(story):
    comment = say(reader("Cy"), story, "A harmless remark")
    bo = logged_in(reader("Bo"))
    sent = {"comments": comment.pk, "act": "remove", "reason": "insult"}
    assert bo.post("/desk/comments/act", sent).status_code == 404
    assert bo.post("/desk/comments/rules", {"spam": 1}).status_code == 404
    assert bo.post(f"/desk/comments/{comment.pk}/trusted", {"trusted": "yes"}).status_code == 404
    assert bo.post(f"/desk/comments/stories/{story.pk}", {"opening": "off"}).status_code == 404
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(moderator())
    assert forged.post("/desk/comments/act", sent).status_code == 403


def test_held_comments_are_approved_together(erika, story):
    comments = [say(reader(f"Person {n}", known=False), story, f"Hello from number {n}") for n in range(3)]
    queue = page(erika, "/desk/comments")
    assert "Hello from number 2" in queue
    assert "first comment of everyone new here" in queue
    sent = {"comments": [comment.pk for comment in comments], "act": "approve", "back": "/desk/comments/held"}
    done = erika.post("/desk/comments/act", sent, follow=True).content.decode()
    assert "3 comments: let stand" in done
    assert "Nothing waits here" in done
    assert Thread.objects.get().count == 3


def test_a_removal_without_reason_is_explained(erika, story):
    comment = say(reader("Cy"), story, "A harmless remark")
    done = erika.post("/desk/comments/act", {"comments": comment.pk, "act": "remove"}, follow=True).content.decode()
    assert "need a reason" in done
    assert (
        "Tick the comments first" in erika.post("/desk/comments/act", {"act": "remove"}, follow=True).content.decode()
    )


def test_a_reported_comment_stands_once_with_all_its_notices(erika, story):
    comment = say(reader("Cy"), story, "I know where you live")
    for n in range(2):
        report_comment(comment, Notice("rules", "insult", words=f"Notice {n}", sender=f"s{n}"), now=timezone.now())
    grave = Notice(
        "illegal",
        "illegal_threat",
        "He will come",
        "Nora Vik",
        "n@mail.example",
        in_good_faith=True,
        threatens_life=True,
    )
    report_comment(comment, grave, now=timezone.now())
    queue = page(erika, "/desk/comments/reported")
    assert queue.count("I know where you live") == 1
    assert "Notice 0" in queue
    assert "call the police" in queue
    erika.post("/desk/comments/act", {"comments": comment.pk, "act": "remove", "reason": "illegal_threat"})
    assert "Nothing waits here" in page(erika, "/desk/comments/reported")


def test_one_comment_with_all_around_it(erika, story):
    cy = reader("Cy")
    top = say(cy, story, "A thought to begin with")
    say(reader("Bo"), story, "An answer to the thought", answers=top)
    decide(top, moderator("Mod Otto"), Act.WARN, now=timezone.now(), reason="insult")
    shown = page(erika, f"/desk/comments/{top.pk}")
    for words in ("An answer to the thought", "its writer was warned", "Insult or harassment", "Mod Otto"):
        assert words in shown
    assert erika.get("/desk/comments/999999").status_code == 404
    erika.post(f"/desk/comments/{top.pk}/trusted", {"trusted": "yes"})
    assert Persona.objects.get(reader=cy).is_trusted


def test_a_ban_from_the_desk_has_its_days(erika, story):
    comment = say(reader("Cy"), story, "Insult after insult")
    erika.post("/desk/comments/act", {"comments": comment.pk, "act": "ban", "reason": "insult", "days": "3"})
    ban = comment.author.sanctions.get()
    assert ban.until is not None
    assert 2.9 < (ban.until - ban.since).total_seconds() / 86_400 < 3.1


def test_a_second_pair_of_eyes(erika, story):
    set_house(Rules(), actor="x", now=timezone.now(), needs_two=True)
    comment = say(reader("Cy"), story, "I know where you live")
    erika.post("/desk/comments/act", {"comments": comment.pk, "act": "remove", "reason": "illegal_threat"})
    pending = Decision.objects.get(is_pending=True)
    path = f"/desk/comments/decisions/{pending.pk}"
    assert "Another moderator" in erika.post(path, {"agrees": "yes"}, follow=True).content.decode()
    otto = logged_in(moderator("Mod Otto"))
    assert "I know where you live" in page(otto, "/desk/comments/second")
    otto.post(path, {"agrees": "yes"})
    comment.refresh_from_db()
    assert comment.state == CommentState.REMOVED


def test_an_objection_is_answered_from_the_desk(erika, story):
    comment = say(reader("Cy"), story, "A sharp but fair remark")
    decision = decide(comment, moderator("Mod Otto"), Act.REMOVE, now=timezone.now(), reason="insult")
    made = appeal(decision, "It was about the plan.", now=timezone.now())
    path = f"/desk/comments/objections/{made.pk}"
    assert "It was about the plan." in page(erika, path)
    refused = erika.post(path, {"answer": "You are right."})
    assert refused.status_code == 422
    assert "You are right." in refused.content.decode()
    erika.post(path, {"answer": "You are right.", "upheld": "yes"})
    assert Appeal.objects.get().is_upheld
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED


def test_rules_are_tried_before_they_count(erika, story):
    say(reader("Cy"), story, "Only a nitwit would say so")
    values = {"shortest": 2, "longest": 5000, "per_minute": 3, "per_hour": 20, "per_day": 80, "repeat_s": 86400}
    values |= {"links": 2, "refused_links": 10, "newcomer": 1, "burst": 30, "burst_s": 600, "spam": 0.7, "reports": 3}
    values |= {
        "held_words": "nitwit\n",
        "refused_words": "",
        "languages": "",
        "edit_minutes": 7,
        "closes_after_days": 9,
    }
    values |= {"edit_minutes": 7, "closes_after_days": 9, "is_offered": "yes"}
    tried = erika.post("/desk/comments/rules", {**values, "try": "yes"}).content.decode()
    assert "1 of the last thousand would be stopped" in tried
    assert house().rules == Rules()
    wrong = erika.post("/desk/comments/rules", {**values, "held_words": "x*"})
    assert wrong.status_code == 422
    assert "three letters" in wrong.content.decode()
    erika.post("/desk/comments/rules", values)
    assert house().rules.held_words.entries == ("nitwit",)
    assert house().edit_for.total_seconds() == 420


def test_a_conversation_is_closed_from_the_desk(erika, story):
    say(reader("Cy"), story, "A thought to begin with")
    erika.post(f"/desk/comments/stories/{story.pk}", {"opening": "closed", "back": "https://evil.example"})
    assert Thread.objects.get().opening == "closed"


def test_numbers_and_the_export(erika, story):
    comment = say(reader("Cy"), story, "A harmless remark")
    decide(comment, moderator("Mod Otto"), Act.REMOVE, now=timezone.now(), reason="insult")
    assert "Insult or harassment" in page(erika, "/desk/comments/counts")
    rows = erika.get("/desk/comments/statements.csv").content.decode().splitlines()
    assert len(rows) == 2
    assert "DECISION_GROUND_INCOMPATIBLE_CONTENT" in rows[1]


def test_saved_answers_are_at_hand(erika, story):
    SavedAnswer.objects.create(title="Off topic", words="Please stay with the story.")
    say(reader("Cy", known=False), story, "Hello to all of you")
    assert "Please stay with the story." in page(erika, "/desk/comments")


def test_nothing_hostile_in_a_comment_reaches_the_desk(erika, story):
    say(
        reader("Cy", known=False),
        story,
        '<script>alert(1)</script> [x](javascript:alert(1)) "><img src=x onerror=alert(1)>',
    )
    shown = page(erika, "/desk/comments")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert Comment.objects.get().markdown.startswith("<script>")
