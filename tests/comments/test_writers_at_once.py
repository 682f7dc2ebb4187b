"""Sixty-four writers at one story, and one killed in the middle: none lost, none doubled, the counts right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, connections

from broadsheet.comments.models import Comment, Thread
from broadsheet.comments.posting import mark_useful, post_comment
from tests.factories import NOW

WRITERS = 64
WORDS = ["harbor", "ferry", "pier", "mast", "sail", "wharf", "anchor", "tide"]


@pytest.mark.django_db(transaction=True)
def test_none_is_lost_and_none_doubled(story, writer):
    writers = [writer(f"Writer {WORDS[n % 8]} {WORDS[n // 8]}") for n in range(WRITERS)]

    def post(n):
        try:
            words = f"{writers[n].persona.name} says a thing of their own"
            for _ in range(2):  # impatient: the button pressed twice
                post_comment(writers[n], story, words, token=f"form-{n}", now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(post, range(WRITERS)))
    assert Comment.objects.count() == WRITERS
    thread = Thread.objects.get(pk=story.pk)
    # the guard holds what comes in a burst; held or published, each is counted once
    assert thread.count + thread.waiting == WRITERS
    assert thread.count == Comment.objects.filter(state="published").count()


@pytest.mark.django_db(transaction=True)
def test_useful_marks_at_once_are_all_counted(story, writer, say):
    comment = say(writer(), "A remark worth reading")
    readers = [writer(f"Reader {WORDS[n % 8]} {WORDS[n // 8]}") for n in range(16)]

    def mark(reader):
        try:
            for _ in range(2):
                mark_useful(comment, reader, is_useful=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(mark, readers))
    comment.refresh_from_db()
    assert comment.useful == 16


_KILLED = textwrap.dedent(
    """
    import sys, django
    from django.conf import settings
    import broadsheet.settings
    broadsheet.settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from broadsheet.comments.posting import post_comment
    from broadsheet.readers.models import Reader
    from broadsheet.stories.models import Story
    from datetime import datetime, timedelta, UTC
    writer, story = Reader.objects.get(), Story.objects.get()
    start = datetime.fromisoformat(sys.argv[2])
    for n in range(10_000):
        post_comment(writer, story, f"Remark of number {n}", token=f"form-{n}", now=start + timedelta(minutes=20 * n))
        print(n, flush=True)  # acknowledged
    """
)


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_survives_a_kill(story, writer):
    if connection.vendor != "sqlite":
        pytest.skip("the child opens the SQLite file by its name")
    writer()
    command = [sys.executable, "-c", _KILLED, str(settings.DATABASES["default"]["NAME"]), NOW.isoformat()]
    here = os.environ | {"DJANGO_SETTINGS_MODULE": "broadsheet.settings"}
    acknowledged = -1
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=here, text=True) as child:
        try:
            while acknowledged < 15:
                acknowledged = int(child.stdout.readline())
        finally:
            child.send_signal(signal.SIGKILL)
            rest = child.stdout.read().split()
    acknowledged = int(rest[-1]) if rest else acknowledged
    kept = set(Comment.objects.values_list("token", flat=True))
    assert {f"form-{n}" for n in range(acknowledged + 1)} <= kept
    thread = Thread.objects.get(pk=story.pk)
    assert thread.count == len(kept)
