"""Pictures that may be shown no longer are taken down, and files that nobody needs any more are removed.

A right can end in three ways: its article is taken down, a new line in the ledger says so, or a line ends by the clock.
The first two are looked for every minute, the third with everything else once an hour.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import ArticleState, Picture, PictureState
from broadsheet.articles.picture_names import files_of
from broadsheet.finished.actions import purge
from broadsheet.finished.models import Purge
from broadsheet.rights import Output
from broadsheet.sources.models import LedgerLine
from broadsheet.sources.queries import newest_ledger_line

BATCH = 500
YOUNG_S = 3600.0
"""A file may lie there so long before a row names it."""
YOUNG = timedelta(days=7)
"""Articles whose pictures are fetched when their publisher allows pictures."""
ROOM_LEFT = 0.9
"""Share of the room that stays filled when room is made."""
_NOTE = ".seen"
"""How far the ledger and the purges were read."""


def drop_unshown(folder: Path, *, now: datetime) -> int:
    """Take down the pictures of articles that were removed since the last call, and those that a new line of their
    publisher's ledger forbids; those that it allows are wanted, of articles that are YOUNG. Returns how many went.
    """
    note = folder / _NOTE
    seen_line, seen_purge = map(int, note.read_text(encoding="ascii").split()) if note.is_file() else (0, 0)
    line, purges = newest_ledger_line(), list(Purge.objects.filter(pk__gt=seen_purge).values_list("pk", "tag"))
    changed = {int(tag[8:]) for _pk, tag in purges if tag.startswith("article:") and tag[8:].isdigit()}
    dropped = 0
    for ids in _chunks(sorted(changed)):
        removed = _stored().filter(article__in=ids, article__state=ArticleState.REMOVED)
        dropped += _drop(list(removed), folder)
    if line != seen_line:
        publishers = LedgerLine.objects.filter(pk__gt=seen_line).values_list("publisher", flat=True).distinct()
        dropped += _check(_stored().filter(article__publisher__in=list(publishers)), folder, now)
        _want(list(publishers), now)
    if purges or line != seen_line:
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{line} {max((pk for pk, _tag in purges), default=seen_purge)}", encoding="ascii")
    return dropped


def tidy_pictures(folder: Path, *, now: datetime, room_bytes: int) -> int:
    """Look at every picture's right, remove files that no row names, keep to the room. Returns how many it dropped."""
    dropped = _check(_stored(), folder, now)
    files = _files(folder)
    _remove_unnamed(files, time.time())
    return dropped + _make_room(folder, sum(size for size, _made in _files(folder).values()), room_bytes)


def _stored() -> QuerySet[Picture]:
    return Picture.objects.filter(state=PictureState.STORED).select_related("article__publisher").order_by("pk")


def _check(pictures: QuerySet[Picture], folder: Path, now: datetime) -> int:
    dropped = 0
    for batch in _batches(pictures):
        displays = Displays([picture.article for picture in batch], Output.PAGE, now=now)
        dropped += _drop([picture for picture in batch if not displays.of(picture.article).image], folder)
    return dropped


def _want(publishers: list[int], now: datetime) -> None:
    young = Picture.objects.filter(article__publisher__in=publishers, article__first_seen_at__gte=now - YOUNG)
    unwanted = young.filter(state=PictureState.UNWANTED).exclude(article__state=ArticleState.REMOVED)
    for batch in _batches(unwanted.select_related("article__publisher").order_by("pk")):
        displays = Displays([picture.article for picture in batch], Output.PAGE, now=now)
        shown = [picture.pk for picture in batch if displays.of(picture.article).image]
        Picture.objects.filter(pk__in=shown).update(state=PictureState.WANTED)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _batches(pictures: QuerySet[Picture]) -> Iterator[list[Picture]]:
    """In order of their numbers, so that what is dropped meanwhile moves nothing."""
    last = 0
    while batch := list(pictures.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _drop(pictures: Collection[Picture], folder: Path) -> int:
    """Forget that they are kept, then remove the files that no other article shows."""
    names = {picture.stored for picture in pictures}
    with transaction.atomic():
        Picture.objects.filter(pk__in=[picture.pk for picture in pictures]).update(
            state=PictureState.UNWANTED, stored=""
        )
        purge(picture.article.tag for picture in pictures)
    named = _named(names)
    for name in names - named:
        for file in files_of(name):
            (folder / file).unlink(missing_ok=True)
    return len(pictures)


def _named(names: Iterable[str]) -> set[str]:
    return set(Picture.objects.filter(stored__in=list(names)).values_list("stored", flat=True))


def _files(folder: Path) -> dict[Path, tuple[int, float]]:
    """(bytes, time of making) of every file."""
    found = {}
    for path in folder.glob("[!.]*"):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found[path] = (status.st_size, status.st_mtime)
    return found


def _remove_unnamed(files: dict[Path, tuple[int, float]], now_s: float) -> None:
    """Files that no row names: of pictures that articles no longer have, and of attempts that were broken off."""
    wanted: set[str] = set()
    for name in Picture.objects.exclude(stored="").values_list("stored", flat=True).iterator(chunk_size=2_000):
        wanted.update(files_of(name))
    for path, (_size, made) in files.items():
        if path.name not in wanted and now_s - made > YOUNG_S:
            path.unlink(missing_ok=True)


def _make_room(folder: Path, size: int, room_bytes: int) -> int:
    """Drop the pictures of the oldest articles until the rest has room."""
    if size <= room_bytes:
        return 0
    dropped = 0
    for batch in _batches_by_age():
        sizes = {path.name: found[0] for path, found in _files(folder).items()}
        taken = []
        for picture in batch:
            if size <= room_bytes * ROOM_LEFT:
                break
            size -= sum(sizes.pop(file, 0) for file in files_of(picture.stored))
            taken.append(picture)
        dropped += _drop(taken, folder)
        if size <= room_bytes * ROOM_LEFT:
            break
    return dropped


def _batches_by_age() -> Iterator[list[Picture]]:
    """The oldest articles' first; each batch is gone before the next is read, or nothing more is needed."""
    while batch := list(_stored().order_by("article__shown_at", "pk")[:BATCH]):
        yield batch
