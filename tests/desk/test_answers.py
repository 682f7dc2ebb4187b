"""Saved answers: written, changed, deleted and used, with and without a script."""

import pytest
from django.test import Client

from broadsheet.comments.models import Decision, SavedAnswer
from broadsheet.desk.answers import MOST
from tests.desk.test_comments import moderator
from tests.site.test_comments import logged_in, reader, say, story

__all__ = ["story"]
pytestmark = pytest.mark.django_db
PATH = "/desk/comments/answers"


@pytest.fixture
def erika():
    return logged_in(moderator())


@pytest.fixture
def answer():
    return SavedAnswer.objects.create(title="Off topic", words="Please stay with the <story>.")


def test_one_is_written_changed_and_deleted(erika):
    assert erika.post(PATH, {"answer": "", "title": "Off topic", "words": "Stay with it."}).status_code == 302
    made = SavedAnswer.objects.get()
    erika.post(PATH, {"answer": made.pk, "title": "Off topic", "words": "Please stay with it."})
    assert SavedAnswer.objects.get().words == "Please stay with it."
    assert "Please stay with it." in erika.get(PATH).content.decode()

    erika.post(PATH, {"answer": made.pk, "act": "delete"})
    assert not SavedAnswer.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"answer": "", "title": "", "words": "Words"}, 422),
        ({"answer": "", "title": "Title", "words": " "}, 422),
        ({"answer": "", "title": "x" * 81, "words": "Words"}, 422),
        ({"answer": "", "title": "Title", "words": "x" * 4_001}, 422),
        ({"answer": "", "title": "Off topic", "words": "Another"}, 422),
        ({"answer": "x", "title": "Title", "words": "Words"}, 422),
        ({"answer": "99", "title": "Title", "words": "Words"}, 404),
        ({"answer": "99", "act": "delete"}, 404),
        ({"act": "delete"}, 404),
        ({}, 422),
    ],
)
def test_nonsense_changes_nothing_and_loses_no_words(erika, answer, sent, status):
    shown = erika.post(PATH, sent)

    assert shown.status_code == status
    assert list(SavedAnswer.objects.values_list("title", "words")) == [(answer.title, answer.words)]
    if sent.get("words") == "Another":
        assert ">\nAnother</textarea>" in shown.content.decode()


def test_there_is_an_end_to_them(erika):
    SavedAnswer.objects.bulk_create([SavedAnswer(title=f"Number {n}", words="x") for n in range(MOST)])
    assert erika.post(PATH, {"answer": "", "title": "One more", "words": "x"}).status_code == 422


def test_one_is_used_without_a_script(erika, answer, story):
    comment = say(reader("Cy"), story, "Look at my garden")
    sent = {"comments": comment.pk, "act": "remove", "reason": "off_topic", "facts": " ", "saved": answer.pk}
    erika.post("/desk/comments/act", sent)

    assert Decision.objects.get().facts == answer.words


def test_what_is_typed_counts_instead(erika, answer, story):
    comment = say(reader("Cy"), story, "Look at my garden")
    sent = {"comments": comment.pk, "act": "remove", "reason": "off_topic", "facts": "No gardens.", "saved": answer.pk}
    erika.post("/desk/comments/act", sent)

    assert Decision.objects.get().facts == "No gardens."


def test_a_made_up_answer_is_refused(erika, answer, story):
    comment = say(reader("Cy"), story, "Look at my garden")
    erika.post("/desk/comments/act", {"comments": comment.pk, "act": "remove", "reason": "off_topic", "saved": "999"})
    assert not Decision.objects.exists()


def test_readers_have_none_of_it(answer):
    assert Client().get(PATH)["Location"].startswith("/account/login")
    bo = logged_in(reader("Bo"))
    assert bo.get(PATH).status_code == 404
    assert bo.post(PATH, {"answer": answer.pk, "act": "delete"}).status_code == 404
    assert SavedAnswer.objects.exists()
