"""An editor's acts on an edition, each allowed as long as it has not begun to be sent.

What an editor has touched is no longer filled by itself. Each act may come twice or from two editors at once: the row
of the edition is locked, and the state is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from broadsheet.comments.markup import tidied
from broadsheet.letters import assembling
from broadsheet.letters.models import Edition, EditionState, Item, ItemKind, Letter, LetterKind
from broadsheet.letters.texts import plain
from broadsheet.readers.models import Reader
from broadsheet.stories.models import Story

OPEN = (EditionState.DRAFT, EditionState.SCHEDULED)
"""States in which an edition can be changed."""
MOST_ITEMS = 60
LONGEST_WORDS, LONGEST_INTRODUCTION = 4_000, 8_000
"""Characters of Markdown."""
FURTHEST = timedelta(days=60)
"""How far ahead an edition can be scheduled."""


class ComposingError(Exception):
    """Why an act was not done, as a code: begun, empty, full, far; those who call have codes of their own."""


class Written(NamedTuple):
    """An editor's words in an item."""

    headline: str = ""
    words: str = ""


def start(letter: Letter, editor: Reader, *, now: datetime) -> Edition:
    """A new edition of a letter, filled with what is new since the last one, for an editor to go on with."""
    since = assembling.since_last(letter, now=now)
    edition = assembling.new_edition(letter, now=now, state=EditionState.DRAFT, since=since, editor=editor)
    assert edition is not None  # no condition was given
    if letter.kind == LetterKind.EDITION:
        assembling.fill(edition, now=now)
    return edition


def write(edition: Edition, editor: Reader, subject: str, introduction: str, items: Mapping[int, Written]) -> None:
    """Keep an editor's words. items: by their numbers; those of other editions are passed by."""
    with _open(edition, editor) as row:
        row.subject, row.introduction = plain(subject)[:200], tidied(introduction)[:LONGEST_INTRODUCTION]
        row.save(update_fields=["subject", "introduction", "changed_at"])
        for item in row.items.filter(pk__in=items):
            told = items[item.pk]
            item.headline, item.words = plain(told.headline)[:300], tidied(told.words)[:LONGEST_WORDS]
            item.save(update_fields=["headline", "words"])


def move(edition: Edition, editor: Reader, item: int, by: int) -> None:
    """Move an item up (negative) or down by so many places; no further than to the end."""
    with _open(edition, editor) as row:
        order = list(row.items.order_by("position", "pk"))
        places = [place for place, one in enumerate(order) if one.pk == item]
        if places:
            moved = order.pop(places[0])
            order.insert(max(places[0] + by, 0), moved)
            _number(order)


def add_story(edition: Edition, editor: Reader, story: Story) -> None:
    """At the end; a second time does nothing."""
    with _open(edition, editor) as row:
        if not row.items.filter(kind=ItemKind.STORY, story=story).exists():
            _append(row, Item(edition=row, kind=ItemKind.STORY, story=story, moved_at=story.moved_at))


def add_words(edition: Edition, editor: Reader) -> int:
    """A paragraph of the editor's own, still empty; its number."""
    with _open(edition, editor) as row:
        return _append(row, Item(edition=row, kind=ItemKind.WORDS))


def take_out(edition: Edition, editor: Reader, item: int) -> None:
    with _open(edition, editor) as row:
        row.items.filter(pk=item).delete()
        _number(list(row.items.order_by("position", "pk")))


def fill_again(edition: Edition, editor: Reader, *, now: datetime) -> None:
    """Put in what is new by now, in place of all items."""
    with _open(edition, editor) as row:
        assembling.fill(row, now=now)


def schedule(edition: Edition, editor: Reader, at: datetime, *, now: datetime) -> None:
    """Let it go out at that moment, or now where that has passed."""
    with _open(edition, editor) as row:
        if at > now + FURTHEST:
            raise ComposingError("far")
        if row.letter.kind != LetterKind.PERSONAL and not _says_something(row):
            raise ComposingError("empty")
        row.state, row.go_at, row.stopped_because = EditionState.SCHEDULED, max(at, now), ""
        row.save(update_fields=["state", "go_at", "stopped_because", "changed_at"])


def hold(edition: Edition, editor: Reader) -> None:
    """Back to a draft: it does not go out by itself."""
    with _open(edition, editor) as row:
        row.state, row.stopped_because = EditionState.DRAFT, ""
        row.save(update_fields=["state", "stopped_because", "changed_at"])


def drop(edition: Edition, editor: Reader) -> None:
    """It will never be sent. It stays in the list of the desk."""
    with _open(edition, editor) as row:
        row.state = EditionState.DROPPED
        row.save(update_fields=["state", "changed_at"])


@contextmanager
def _open(edition: Edition, editor: Reader) -> Iterator[Edition]:
    """The edition's row, locked, as long as it may be changed. Raises ComposingError."""
    with transaction.atomic():
        row = Edition.objects.select_for_update(of=("self",)).select_related("letter").get(pk=edition.pk)
        if row.state not in OPEN:
            raise ComposingError("begun")
        if row.editor_id != editor.pk:
            row.editor = editor
            row.save(update_fields=["editor"])
        yield row


def _append(edition: Edition, item: Item) -> int:
    count = edition.items.count()
    if count >= MOST_ITEMS:
        raise ComposingError("full")
    item.position = count
    item.save()
    return item.pk


def _number(items: list[Item]) -> None:
    for place, item in enumerate(items):
        item.position = place
    Item.objects.bulk_update(items, ["position"])


def _says_something(edition: Edition) -> bool:
    return edition.items.exclude(kind=ItemKind.WORDS, words="", headline="").exists()
