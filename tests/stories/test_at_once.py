"""The grouping and an editor at work at once, and a worker killed in the middle: nothing lost, nothing undone."""

import os
import signal
import subprocess
import sys
import textwrap
import threading

import pytest
from django.conf import settings
from django.db import connections

from broadsheet.articles.models import Article
from broadsheet.stories import actions, editing
from broadsheet.stories.models import Membership, Story, StoryChange
from tests.stories.test_actions import (
    BRIDGE,
    BRIDGE_AGAIN,
    HARVEST,
    NOW,
    article,
    fresh_memory,
    place_all,
    publisher,
    story_of,
)

__all__ = ["fresh_memory"]
HOW = {"actor": "Rosa Editor", "reason": "one event", "now": NOW}


@pytest.mark.django_db(transaction=True)
def test_what_is_placed_during_a_merge_ends_in_the_story_kept(monkeypatch):
    papers = [publisher(f"paper{number}") for number in range(4)]
    bridge = article(papers[0], "Karsund bridge reopens", BRIDGE)
    harvest = article(papers[1], "Smallest apple harvest", HARVEST)
    place_all()
    keep, give = story_of(bridge), story_of(harvest)
    late = article(papers[2], "Apple harvest smallest in decades", HARVEST + " Prices rose.", hours=2)
    under_way, begun = threading.Event(), threading.Event()
    refresh = actions.refresh_stories

    def slowly(stories, *, now):
        under_way.set()
        begun.wait(5)
        begun.wait(0.3)  # long enough for the editor to be at the door
        refresh(stories, now=now)

    def place():
        try:
            actions.place_articles(now=NOW)
        finally:
            connections.close_all()

    monkeypatch.setattr(actions, "refresh_stories", slowly)
    worker = threading.Thread(target=place)
    worker.start()
    assert under_way.wait(10)
    begun.set()
    editing.merge_stories(keep=keep, give=give, **HOW)
    worker.join(30)

    assert story_of(late) == story_of(harvest) == story_of(bridge) == keep
    assert Story.objects.get(pk=keep.pk).articles_count == 3
    assert Story.objects.get(pk=give.pk).merged_into == keep


@pytest.mark.django_db(transaction=True)
def test_editors_and_worker_at_once_leave_every_article_in_one_living_story():
    papers = [publisher(f"paper{number}") for number in range(4)]
    first = [article(papers[n % 4], f"{text[:30]} {n}", text, hours=n) for n, text in enumerate([BRIDGE, HARVEST] * 3)]
    place_all()
    for n in range(6, 24):
        article(papers[n % 4], f"Report {n}", (BRIDGE, BRIDGE_AGAIN, HARVEST)[n % 3] + f" Point {n}.", hours=n)

    def place():
        try:
            while actions.place_articles(now=NOW, limit=2).articles:
                pass
        finally:
            connections.close_all()

    worker = threading.Thread(target=place)
    worker.start()
    done = 0
    for made in first:
        for act in (_split, _move):
            try:
                act(made, first)
                done += 1
            except editing.EditingError:
                pass
    worker.join(60)

    assert done
    assert StoryChange.objects.filter(actor="Rosa Editor").count() == done
    assert Membership.objects.count() == Article.objects.count() == 24
    assert not Membership.objects.filter(story__merged_into__isnull=False).exists()
    for story in Story.objects.filter(merged_into=None):
        assert story.articles_count == Membership.objects.filter(story=story).count()


def _split(made, _all):
    editing.split_story(story_of(made), [made], **HOW)


def _move(made, everything):
    editing.move_article(made, story_of(everything[0]), **HOW)


KILLED = """
    import os, signal, sys
    import django
    django.setup()
    from datetime import datetime, UTC
    from django.conf import settings
    from django.db import connections
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[1]
    from broadsheet.stories import actions
    refresh, calls = actions.refresh_stories, []

    def refresh_stories(stories, *, now):
        refresh(stories, now=now)
        calls.append(1)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    actions.refresh_stories = refresh_stories
    while actions.place_articles(now=datetime(2026, 11, 22, 9, tzinfo=UTC), limit=2).articles:
        pass
"""


@pytest.mark.django_db(transaction=True)
def test_after_a_kill_the_next_worker_goes_on_to_the_same_answers():
    papers = [publisher(f"paper{number}") for number in range(4)]
    texts = [BRIDGE, HARVEST, BRIDGE_AGAIN, BRIDGE, HARVEST + " Prices rose.", BRIDGE_AGAIN + " Rain fell.", HARVEST]
    for n, text in enumerate(texts * 2):
        article(papers[n % 4], text[:40], text + f" Point {n}.", hours=n)
    path = settings.DATABASES["default"]["NAME"]
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("the other process is pointed at a file")
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(path)], env=os.environ, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert Membership.objects.count() == 4  # two batches, and nothing of the third

    place_all()
    after_kill = list(Membership.objects.order_by("sequence").values_list("article__key", "story__key"))
    Membership.objects.all().delete()
    Story.objects.all().delete()
    Article.objects.update(grouped_at=None)
    actions.memory.forget()
    place_all()
    assert list(Membership.objects.order_by("sequence").values_list("article__key", "story__key")) == after_kill
