"""The names readers write under: one of a kind, told apart at a glance, given up with the account or before."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from broadsheet.comments.lookalikes import skeleton
from broadsheet.comments.models import Comment, CommentState, Ignore, Persona, Version
from broadsheet.comments.posting import change_state
from broadsheet.finished.actions import purge
from broadsheet.finished.purges import EVERYTHING
from broadsheet.readers.models import Reader
from broadsheet.text.scripts import script_of

SHORTEST, LONGEST = 2, 40
MANY = 500
"""Stories of one writer whose pages are told of one by one."""
_ALLOWED = re.compile(r"[^\W_](?:[\w .’'-]*[^\W_.])?\.?")
_OFFICIAL = ("admin", "administrator", "editor", "editors", "moderator", "redaktion", "newsroom", "support", "system")


class NameRefusedError(ValueError):
    """A name that cannot be had; `code` is "short", "long", "letters", "mixed", "official" or "taken"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def take_name(reader: Reader, name: str, *, now: datetime) -> Persona:
    """Give a reader the name to write under, or change it; comments written before keep the name they had.

    Raises NameRefusedError.
    """
    name = tidied_name(name)
    shape = skeleton(name)
    try:
        with transaction.atomic():
            persona, _ = Persona.objects.update_or_create(
                reader=reader,
                defaults={"name": name, "shape": shape},
                create_defaults={"name": name, "shape": shape, "since": now},
            )
            Reader.objects.filter(pk=reader.pk).update(name=name)
            if persona.has_profile:
                _purge_written(reader)
    except IntegrityError:
        raise NameRefusedError("taken") from None
    return persona


def show_profile(persona: Persona, *, is_shown: bool) -> None:
    """Put what somebody wrote together on a page of its own that their comments lead to; or no longer."""
    with transaction.atomic():
        if Persona.objects.filter(pk=persona.pk).exclude(has_profile=is_shown).update(has_profile=is_shown):
            _purge_written(persona.reader)


def _purge_written(reader: Reader) -> None:
    """The kept pages that show a writer; past a number it is simpler to begin anew."""
    stories = Comment.objects.filter(author=reader).values_list("thread_id", flat=True).distinct()
    tags = [f"story:{story}" for story in stories[: MANY + 1]]
    purge(tags if len(tags) <= MANY else [EVERYTHING])


def tidied_name(name: str) -> str:
    """The name as it will stand. Raises NameRefusedError for all but "taken"."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if len(name) < SHORTEST:
        raise NameRefusedError("short")
    if len(name) > LONGEST:
        raise NameRefusedError("long")
    if not _ALLOWED.fullmatch(name):
        raise NameRefusedError("letters")
    if len({script_of(word) for word in re.findall(r"[^\W\d_]+", name)}) > 1 or _is_mixed(name):
        raise NameRefusedError("mixed")
    shapes = {skeleton(official) for official in (*_OFFICIAL, settings.SITE_NAME)}
    if skeleton(name) in shapes:
        raise NameRefusedError("official")
    return name


def ignore(reader: Reader, other: Reader, *, is_ignored: bool) -> None:
    """Fold away what somebody writes, for this reader alone; or no longer."""
    if reader.pk == other.pk:
        return
    if is_ignored:
        Ignore.objects.bulk_create([Ignore(reader=reader, ignored=other)], ignore_conflicts=True)
    else:
        Ignore.objects.filter(reader=reader, ignored=other).delete()


def ignored_by(reader: Reader) -> frozenset[int]:
    """Numbers of those whose words are folded for a reader. One query."""
    return frozenset(Ignore.objects.filter(reader=reader).values_list("ignored_id", flat=True))


def forget_writer(reader: Reader, *, words: bool) -> int:
    """Take a reader's name off everything they wrote, with `words` the words as well. Threads stay readable: replies
    keep their places. Returns how many comments were changed."""
    with transaction.atomic():
        mine = Comment.objects.filter(author=reader).select_related("thread__story")
        tags = {comment.thread.story.tag for comment in mine}
        Version.objects.filter(comment__author=reader).delete()
        count = 0
        for comment in mine:
            count += 1
            if words:
                change_state(comment, CommentState.DELETED)
        blank = {"markdown": "", "html": "", "key": ""} if words else {}
        Comment.objects.filter(author=reader).update(author=None, name="", **blank)
        Persona.objects.filter(reader=reader).delete()
        purge(tags)
    return count


def _is_mixed(name: str) -> bool:
    """Letters of two alphabets in one word: the usual way to pass for somebody else."""
    for word in re.findall(r"[^\W\d_]+", name):
        kinds = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        if len(kinds & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
            return True
    return False
