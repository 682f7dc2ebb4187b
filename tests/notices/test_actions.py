"""Taking notices in: once each, so many an hour, and nothing kept longer than it serves."""

from datetime import timedelta

import pytest

from broadsheet.notices.actions import (
    FROM_ALL,
    FROM_ONE,
    KEPT_DECIDED,
    NoticeLimitError,
    decide_notice,
    prune_notices,
    receive_notice,
)
from broadsheet.notices.models import Notice, NoticeKind
from broadsheet.notices.queries import open_notices
from tests.factories import NOW, make_article, make_story

pytestmark = pytest.mark.django_db


def send(about, words="The pier is in Skerry.", *, caller="192.0.2.1", now=NOW, contact=""):
    return receive_notice(about, kind=NoticeKind.MISTAKE, words=words, contact=contact, caller=caller, now=now)


def test_a_notice_is_kept_with_what_it_is_about():
    article = make_article()
    story = make_story(article)

    one, other = send(article), send(story)

    assert (one.article, one.story, one.path) == (article, None, article.path)
    assert (other.article, other.story, other.path) == (None, story, story.path)
    assert list(open_notices()) == [one, other]
    assert one.reference != other.reference


def test_the_same_words_sent_twice_are_one_notice():
    article = make_article()
    assert send(article) == send(article, caller="192.0.2.9")
    assert send(article) != send(article, words="And the captain is called Lund.")
    assert Notice.objects.count() == 2


def test_who_writes_too_often_waits_and_others_do_not():
    article = make_article()
    for number in range(FROM_ONE):
        send(article, f"Wrong {number}")
    with pytest.raises(NoticeLimitError):
        send(article, "Wrong again")
    send(article, "Somebody else", caller="192.0.2.2")
    send(article, "Wrong again", now=NOW + timedelta(minutes=61))


def test_a_flood_from_everywhere_is_stopped():
    article = make_article()
    for number in range(FROM_ALL):
        send(article, f"Wrong {number}", caller=f"192.0.2.{number}")
    with pytest.raises(NoticeLimitError):
        send(article, "One more", caller="198.51.100.7")


def test_no_address_is_kept_and_its_trace_goes_after_a_day():
    notice = send(make_article(), caller="192.0.2.77")
    assert "192.0.2.77" not in str(Notice.objects.values().get())
    prune_notices(now=NOW + timedelta(hours=23))
    assert Notice.objects.get().sender == notice.sender != ""
    prune_notices(now=NOW + timedelta(hours=25))
    assert Notice.objects.get().sender == ""


def test_decided_notices_leave_the_list_and_are_forgotten_in_time():
    decided, waiting = send(make_article()), send(make_article())
    decide_notice(decided, decision="Corrected.", now=NOW)
    assert list(open_notices()) == [waiting]
    assert prune_notices(now=NOW + KEPT_DECIDED - timedelta(days=1)) == 0
    assert prune_notices(now=NOW + KEPT_DECIDED + timedelta(days=1)) == 1
    assert list(Notice.objects.all()) == [waiting]


def test_a_notice_outlives_what_it_is_about():
    article = make_article()
    notice = send(article)
    article.delete()
    notice.refresh_from_db()
    assert notice.article is None
    assert notice.path
