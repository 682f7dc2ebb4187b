"""What a reader follows, mutes, keeps and has read: each act may be done twice, each list is the reader's to see."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from broadsheet.prepared import Prepared
from broadsheet.readers.models import FeedKey, Follow, Mute, MuteKind, ObjectionKind, Reader, ReadMark, Saved
from broadsheet.readers.objections import objects_to
from broadsheet.readers.targets import Thing
from broadsheet.text.scripts import script_of
from broadsheet.text.words import words

MOST_FOLLOWS, MOST_MUTES, MOST_SAVED = 500, 200, 2_000
"""Of one reader."""


@dataclass(frozen=True, slots=True)
class Mutes:
    """What is never shown to a reader. phrases: comparable words with a blank around them, as `padded` makes them."""

    sources: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()

    def hides_words(self, padded_words: str) -> bool:
        return any(phrase in padded_words for phrase in self.phrases)

    @property
    def is_empty(self) -> bool:
        return not (self.sources or self.topics or self.phrases)


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that shapes what a reader is shown. There is nothing else: no profile, no history unless it is wished.

    by_time: the newest first, without any other order, for who objects to one.
    """

    follows: tuple[Thing, ...] = ()
    mutes: Mutes = field(default_factory=Mutes)
    read: frozenset[int] = frozenset()
    by_time: bool = False


def wishes_of(reader: Reader) -> Wishes:
    """Three queries, four for readers who keep what they have read."""
    read = frozenset(row[0] for row in _READ(reader.pk)) if reader.keeps_read_state else frozenset()
    follows = tuple(Thing(*row) for row in _FOLLOWS(reader.pk))
    return Wishes(follows, mutes_of(reader), read, objects_to(reader, ObjectionKind.ORDERING))


_FOLLOWS = Prepared(lambda reader: Follow.objects.filter(reader=reader).order_by("pk").values_list("kind", "name"))
_READ = Prepared(lambda reader: ReadMark.objects.filter(reader=reader).values_list("story"))


def mutes_of(reader: Reader) -> Mutes:
    """One query."""
    rows: Sequence[tuple[str, str]] = _MUTES(reader.pk)
    return mutes_from(rows)


_MUTES = Prepared(lambda reader: Mute.objects.filter(reader=reader).values_list("kind", "name"))


def mutes_from(rows: Iterable[tuple[str, str]]) -> Mutes:
    """rows: (kind, name)."""
    found = list(rows)
    return Mutes(
        sources=frozenset(name for kind, name in found if kind == MuteKind.SOURCE),
        topics=frozenset(name for kind, name in found if kind == MuteKind.TOPIC),
        phrases=tuple(_phrase(name) for kind, name in found if kind == MuteKind.WORD),
    )


def padded(text: str) -> str:
    """Comparable words of a text, each between blanks, so that a phrase is found by its letters alone."""
    return f" {' '.join(words(text))} "


def _phrase(text: str) -> str:
    """What `padded` texts are searched for: whole words, but any place in scripts that put no blanks between them."""
    return padded(text).strip() if script_of(text) in _UNSPACED else padded(text)


_UNSPACED = frozenset({"Hani", "Jpan", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})


def follow(reader: Reader, things: Collection[Thing], *, now: datetime | None = None) -> int:
    """Follow these too; how many are new. No more than `MOST_FOLLOWS` in all."""
    with transaction.atomic():
        Reader.objects.select_for_update().get(pk=reader.pk)
        known = {Thing(*row) for row in reader.follows.values_list("kind", "name")}
        wanted = [thing for thing in dict.fromkeys(things) if thing not in known][: MOST_FOLLOWS - len(known)]
        since = now or timezone.now()
        Follow.objects.bulk_create(
            [Follow(reader=reader, kind=one.kind, name=one.name, since=since) for one in wanted],
            ignore_conflicts=True,
        )
    return len(wanted)


def unfollow(reader: Reader, thing: Thing) -> bool:
    """Whether it was followed."""
    found = Follow.objects.filter(reader=reader, kind=thing.kind, name=thing.name)
    return bool(found.delete()[0])


def is_followed(reader: Reader, thing: Thing) -> bool:
    return Follow.objects.filter(reader=reader, kind=thing.kind, name=thing.name).exists()


def mute(reader: Reader, kind: MuteKind, name: str) -> bool:
    """Never show this. Whether it could be taken: a word without letters or figures mutes nothing."""
    if kind == MuteKind.WORD:
        name = " ".join(name.split()).lower()[:100]
        if not words(name):
            return False
    if Mute.objects.filter(reader=reader).count() >= MOST_MUTES:
        return False
    Mute.objects.get_or_create(reader=reader, kind=kind, name=name)
    return True


def unmute(reader: Reader, number: int) -> bool:
    return bool(Mute.objects.filter(reader=reader, pk=number).delete()[0])


def save(reader: Reader, thing: Thing) -> bool:
    """Keep an article or a story. False when the list is full."""
    if Saved.objects.filter(reader=reader).count() >= MOST_SAVED:
        return False
    Saved.objects.get_or_create(reader=reader, kind=thing.kind, name=thing.name)
    return True


def unsave(reader: Reader, thing: Thing) -> bool:
    return bool(Saved.objects.filter(reader=reader, kind=thing.kind, name=thing.name).delete()[0])


def mark_read(reader: Reader, stories: Collection[int], *, now: datetime | None = None) -> int:
    """Remember that stories were read, if the reader wants that remembered; how many."""
    if not reader.keeps_read_state:
        return 0
    at = now or timezone.now()
    marks = [ReadMark(reader=reader, story=story, at=at) for story in dict.fromkeys(stories)]
    ReadMark.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks)


def keep_read_state(reader: Reader, wanted: bool) -> None:
    """Switching it off forgets what was read, at once."""
    with transaction.atomic():
        Reader.objects.filter(pk=reader.pk).update(keeps_read_state=wanted)
        if not wanted:
            ReadMark.objects.filter(reader=reader).delete()
    reader.keeps_read_state = wanted


def feed_key(reader: Reader) -> str:
    """The secret part of the address of the reader's feed; made when first asked for."""
    found, _ = FeedKey.objects.get_or_create(reader=reader, defaults={"key": secrets.token_urlsafe(24)})
    return found.key


def renew_feed_key(reader: Reader) -> str:
    """From now on the old address finds nothing."""
    key = secrets.token_urlsafe(24)
    FeedKey.objects.update_or_create(reader=reader, defaults={"key": key, "made_at": timezone.now()})
    return key


def reader_with_feed_key(key: str) -> Reader | None:
    found = FeedKey.objects.select_related("reader").filter(key=key[:43], reader__is_active=True).first()
    return found.reader if found else None
