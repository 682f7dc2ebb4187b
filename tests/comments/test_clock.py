"""What is kept of a conversation that the clock closes is thrown away when it closes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.comments.guard import Rules
from broadsheet.comments.guarding import set_house
from broadsheet.comments.models import Opening
from broadsheet.comments.moderating import set_thread
from broadsheet.site.finishing import keeping_of, next_midnight
from tests.factories import NOW

CLOSED = "This conversation is closed"


def kept_until(path):
    return keeping_of(Client().get(path)).until


def closes(story, at, after_days=0):
    set_house(Rules(), actor="test", now=NOW, closes_after_days=after_days)
    set_thread(story, opening=Opening.OPEN, closes_at=at)


@pytest.mark.parametrize("where", ["", "/comments", "/comments/oldest"])
def test_a_kept_page_ends_when_its_conversation_closes(story, where):
    at = timezone.now() + timedelta(minutes=3)
    closes(story, at)

    assert kept_until(story.path + where) == min(at, next_midnight(timezone.now()))
    assert CLOSED not in Client().get(story.path + where).content.decode()


def test_by_the_age_of_the_story_too(story):
    moved_at = timezone.now() - timedelta(days=30) + timedelta(minutes=2)
    type(story).objects.update(moved_at=moved_at)
    closes(story, None, after_days=30)

    assert kept_until(f"{story.path}/comments") <= moved_at + timedelta(days=30)


def test_the_earlier_of_two_clocks_counts(story):
    soon = timezone.now() + timedelta(minutes=5)
    type(story).objects.update(moved_at=timezone.now())
    closes(story, soon, after_days=30)

    assert kept_until(f"{story.path}/comments") <= soon


def test_what_is_closed_already_is_kept_as_other_pages_are(story):
    closes(story, timezone.now() - timedelta(days=900))

    assert kept_until(f"{story.path}/comments") > timezone.now()
    assert CLOSED in Client().get(f"{story.path}/comments").content.decode()
