import secrets
from datetime import timedelta
from typing import NamedTuple

import pytest

from broadsheet.comments import statements as statements_room
from broadsheet.comments.personas import take_name
from broadsheet.comments.posting import post_comment
from broadsheet.readers.models import Reader, Role
from tests.factories import NOW, make_article, make_section, make_story


@pytest.fixture
def story(db):
    return make_story(make_article(section=make_section()))


@pytest.fixture
def writer(db):
    """make(name, trusted) -> a reader with a name to write under, known to the guard unless said otherwise."""

    def make(name="Ada", *, known=True, trusted=False):
        reader = Reader.objects.create_user(f"{secrets.token_hex(4)}@mail.example", confirmed_at=NOW)
        persona = take_name(reader, name, now=NOW)
        persona.approved, persona.is_trusted = int(known), trusted
        persona.save()
        return reader

    return make


@pytest.fixture
def moderator(writer):
    def make(name="Mod Erika", kind="moderator"):
        reader = writer(name, trusted=True)
        Role.objects.create(reader=reader, kind=kind)
        return reader

    return make


@pytest.fixture
def say(story):
    """say(writer, words, minutes=0, answers=None) -> the comment."""

    def post(writer, words, *, minutes=0, answers=None, on=None, token=None):
        posted = post_comment(
            writer,
            on or story,
            words,
            token=token or secrets.token_urlsafe(8),
            now=NOW + timedelta(minutes=minutes),
            answers=answers,
        )
        return posted.comment

    return post


class Sent(NamedTuple):
    to: str
    subject: str
    body: str
    language: str


@pytest.fixture
def sent(django_capture_on_commit_callbacks, monkeypatch):
    """sent(call, ...) -> its result and the mails that were handed to the queue."""
    box: list[Sent] = []
    monkeypatch.setattr(statements_room, "send_mail", lambda *parts: box.append(Sent(*parts)))

    def call(act, *args, **more):
        box.clear()
        with django_capture_on_commit_callbacks(execute=True):
            result = act(*args, **more)
        return result, list(box)

    return call
