"""Taking an archive over into an empty site: all of it, or nothing.

Everything is written in one transaction and the pictures wait beside their folder until it is about to end, so a site
whose import was killed is as empty as before. Nothing in the file is believed: members, sizes, sums, rows, values and
references are checked on the way, and what is held in memory is bounded whatever the file claims.

1. the manifest  2. is the site empty  3. tables, row by row  4. pictures  5. the search index  6. everything at once
"""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from broadsheet.articles.models import Article
from broadsheet.comments.markup import to_html
from broadsheet.finished.actions import purge
from broadsheet.gathering.archive.format import (
    LONGEST_MANIFEST,
    MANIFEST,
    PICTURE_NAME,
    PICTURES,
    ArchiveError,
    Member,
    Reader,
    Summary,
    from_manifest,
)
from broadsheet.gathering.archive.markup import clean_blocks
from broadsheet.gathering.archive.tables import NUMBER, REPLACED, Table, reader_of, tables
from broadsheet.search.actions import index_articles
from broadsheet.stories import memory

Progress = Callable[[str], None]
BATCH_ROWS, BATCH_BYTES = 500, 4_000_000
LONGEST_LINE = 32_000_000
"""An article with all its blocks; the largest honest ones have two megabytes."""
MOST_UNPACKED = 200
"""Times its packed size that a table may have; lines of news have 3 to 20 times."""
INDEXED_AT_ONCE = 200
_WORK = ".import-"
"""Folders of imports; only one runs at a time, so any other was left behind by one that was killed."""
_TEXTS = {"articles.body": "blocks", "articles.revision": "blocks"}


def import_site(path: Path, *, now: datetime, progress: Progress = lambda _: None) -> Summary:
    """Take everything in the file over. Raises ArchiveError; then the site is as it was."""
    data: Path = settings.DATA
    for left_behind in data.glob(f"{_WORK}*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    try:
        with path.open("rb") as file, tempfile.TemporaryDirectory(prefix=_WORK, dir=data) as folder:
            work = Path(folder)
            reader = Reader(file)
            summary = _read_manifest(reader)
            _check_room(summary, path, data)
            with memory.lock, transaction.atomic():
                cleaned = _read_tables(reader, summary, progress)
                _read_pictures(reader, summary, work, progress)
                reader.end()
                _check_references()
                _index(now, progress)
                _place_pictures(work / "pictures", data / "pictures")
                memory.forget()
                purge(["all"])
    except OSError as error:
        raise ArchiveError(f"{error.filename or path} cannot be read or written: {error.strerror}.") from error
    except DatabaseError as error:
        raise ArchiveError(f"The database refuses what the archive holds: {error}.") from error
    return replace(summary, cleaned=cleaned)


def _read_manifest(reader: Reader) -> Summary:
    member = reader.open(MANIFEST)
    if member.size > LONGEST_MANIFEST:
        raise ArchiveError("The manifest of the archive is too long.")
    try:
        found = json.loads(member.read())
    except (ValueError, RecursionError) as error:
        raise ArchiveError("The manifest of the archive is damaged.") from error
    member.finish()
    return from_manifest(found)


def _check_room(summary: Summary, path: Path, data: Path) -> None:
    wanted = summary.picture_bytes + sum(table.bytes for table in summary.tables)
    free = shutil.disk_usage(data).free
    if summary.picture_bytes > path.stat().st_size:
        raise ArchiveError("The archive claims more pictures than it can hold.")
    if wanted > free:
        raise ArchiveError(
            f"The archive unpacks to {wanted / 1e9:.1f} GB; there are {free / 1e9:.1f} GB left in {data}."
        )


def _read_tables(reader: Reader, summary: Summary, progress: Progress) -> int:
    """Returns how many texts had markup that was sanitised again."""
    known = {table.name: table for table in tables()}
    names = [table.name for table in summary.tables]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ArchiveError(f"The archive holds {unknown[0][:60]!r}, which this version does not know: use a later one.")
    if len(set(names)) != len(names):
        raise ArchiveError("The manifest of the archive names a table twice.")
    _check_empty(known)
    cleaned = 0
    with _times_as_given(table.model for table in known.values()):
        for wanted in summary.tables:
            member = reader.open(wanted.member)
            loader = _Loader(known[wanted.name])
            digest, size = sha256(), 0
            for line in _lines(member, wanted.bytes):
                digest.update(line)
                size += len(line)
                loader.add(line)
                progress(wanted.name)
            loader.flush()
            member.finish()
            if (loader.rows, size, digest.hexdigest()) != (wanted.rows, wanted.bytes, wanted.sha256):
                raise ArchiveError(f"The table {wanted.name} is not what the manifest says: the archive is damaged.")
            cleaned += loader.cleaned
    _reset_numbers([table.model for table in known.values() if table.is_numbered])
    return cleaned


def _check_empty(known: Mapping[str, Table]) -> None:
    for name, table in known.items():
        if name not in REPLACED and table.model._base_manager.exists():
            what = table.model._meta.verbose_name_plural
            raise ArchiveError(
                f"This site already holds {what}. Import into an empty one: choose a new folder with --data "
                "(and remove a sample edition first with `broadsheet sample remove`)."
            )
    for name in REPLACED & set(known):
        known[name].model._base_manager.all().delete()


class _Loader:
    """Rows of one table, checked and inserted some hundreds at a time."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known = {table.name: table for table in tables()}
        self._columns = {column.name: column for column in table.columns}
        self._readers = {
            column.name: reader_of(column.field) for column in table.columns if not column.field.is_relation
        }
        self._waiting: list[dict[str, Any]] = []
        self._bytes = 0
        self.rows = self.cleaned = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self._refusal("it is not JSON") from error
        if not isinstance(row, dict):
            raise self._refusal("it is no row")
        self._waiting.append(self._checked(row))
        self._bytes += len(line)
        if len(self._waiting) >= BATCH_ROWS or self._bytes >= BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Insert what waits."""
        for column in self._columns.values():
            if column.field.is_relation:
                self._resolve(column)
        model = self._table.model
        try:
            model._base_manager.bulk_create([model(**row) for row in self._waiting])
        except (DatabaseError, OverflowError, ValueError, TypeError, UnicodeEncodeError) as error:
            raise self._refusal(f"the database refuses it or a row before it ({error})") from error
        self._waiting, self._bytes = [], 0

    def _checked(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row's values. A field that came with a later version of this program has its default."""
        values: dict[str, Any] = {}
        if self._table.is_numbered:
            number = row.pop(NUMBER, None)
            if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**62:
                raise self._refusal("its number is none")
            values["pk"] = number
        for name, value in row.items():
            column = self._columns.get(name)
            if column is None:
                raise self._refusal(f"this version does not know {name[:60]!r}; use a later one")
            try:
                if column.field.is_relation:
                    self._check_reference(column.field, value)
                    values[name] = value
                else:
                    values[name] = self._readers[name](value)
            except (ValueError, TypeError, ValidationError) as error:
                raise self._refusal(f"{name}: {error}") from error
        if text := _TEXTS.get(self._table.name):
            self._clean(values, text)
        if self._table.name == "comments.comment":
            self._render(values)
        return values

    def _check_reference(self, field: Any, value: Any) -> None:
        if value is None and field.null:
            return
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise ValueError("it is the name of no row")
        if isinstance(value, int) and not 0 < value < 2**62:
            raise ValueError(f"{value} is the number of no row")

    def _clean(self, values: dict[str, Any], name: str) -> None:
        try:
            self.cleaned += clean_blocks(values.get(name, []))
        except ValueError as error:
            raise self._refusal(f"{name}: {error}") from error

    def _render(self, values: dict[str, Any]) -> None:
        """Make a comment's HTML anew from its words: what comes with the archive is not believed."""
        html = to_html(values.get("markdown", ""))
        self.cleaned += html != values.get("html")
        values["html"] = html

    def _resolve(self, column: Any) -> None:
        """Names of other rows into their numbers. One query."""
        target = self._known.get(column.target) if column.target else None
        wanted = {row[column.name] for row in self._waiting if row.get(column.name) is not None}
        found: Mapping[Any, Any]
        if target is None or target.key is None:
            if any(not isinstance(value, int) for value in wanted):
                raise self._refusal(f"{column.name}: a number is wanted")
            found = {value: value for value in wanted}
        else:
            rows = target.model._base_manager.filter(**{f"{target.key}__in": [str(value) for value in wanted]})
            found = dict(rows.values_list(target.key, "pk")) if wanted else {}
        for row in self._waiting:
            value = row.pop(column.name, None)
            if value is not None and value not in found:
                raise self._refusal(f"it names {column.name} {str(value)[:80]!r}, which the archive does not hold")
            row[column.field.attname] = None if value is None else found[value]

    def _refusal(self, why: str) -> ArchiveError:
        return ArchiveError(f"Row {self.rows} of {self._table.name} cannot be taken over: {why}.")


def _lines(member: Member, most: int) -> Iterator[bytes]:
    """Unpacked lines with their ends, never more than `most` bytes in all."""
    if most > MOST_UNPACKED * member.size + 1_000_000:
        raise ArchiveError(f"{member.name} claims to unpack to {most} bytes, which no honest file does.")
    seen = 0
    try:
        with gzip.GzipFile(fileobj=member, mode="rb") as file:  # type: ignore[call-overload]  # it only needs `read`
            while line := file.readline(LONGEST_LINE):
                seen += len(line)
                if seen > most:
                    raise ArchiveError(f"{member.name} unpacks to more than the manifest says.")
                if not line.endswith(b"\n"):
                    raise ArchiveError(f"{member.name} holds a line that is cut or too long.")
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ArchiveError(f"{member.name} is damaged: {error}.") from error


def _read_pictures(reader: Reader, summary: Summary, work: Path, progress: Progress) -> None:
    """Unpack the pictures into `work`, each with its own sum. The list waits on disk, not in memory."""
    folder = work / "pictures"
    folder.mkdir()
    listing = work / "list"
    member = reader.open(PICTURES)
    with listing.open("wb") as file:
        for line in _lines(member, min(summary.pictures * 400, MOST_UNPACKED * member.size + 1_000_000)):
            file.write(line)
    member.finish()
    total = count = 0
    with listing.open("rb") as lines:
        for line in lines:
            size = _read_picture(reader, line, folder)
            total, count = total + size, count + 1
            if count > summary.pictures or total > summary.picture_bytes:
                break
            progress("pictures")
    if (count, total) != (summary.pictures, summary.picture_bytes):
        raise ArchiveError("The pictures are not what the manifest says: the archive is damaged.")


def _read_picture(reader: Reader, line: bytes, folder: Path) -> int:
    try:
        row = json.loads(line)
        name, size, wanted = str(row["name"]), row["bytes"], row["sha256"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ArchiveError("The list of pictures is damaged.") from error
    if not PICTURE_NAME.fullmatch(name):
        raise ArchiveError(f"The archive holds a picture called {name[:80]!r}, which is no name of ours.")
    member, digest = reader.open(f"pictures/{name}"), sha256()
    if member.size != size:
        raise ArchiveError(f"The picture {name} is not as long as the list says.")
    try:
        with (folder / name).open("xb") as file:
            for chunk in member.chunks():
                digest.update(chunk)
                file.write(chunk)
    except FileExistsError as error:
        raise ArchiveError(f"The archive holds the picture {name} twice.") from error
    member.finish()
    if digest.hexdigest() != wanted:
        raise ArchiveError(f"The picture {name} is damaged.")
    return member.size


def _place_pictures(found: Path, target: Path) -> None:
    """The last step before the end of the transaction. What an earlier, killed import left there goes."""
    if target.exists():
        shutil.rmtree(target)
    found.replace(target)


def _check_references() -> None:
    """Raises ArchiveError for a row that points to none."""
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise ArchiveError(f"The archive is not whole: {error}") from error


def _index(now: datetime, progress: Progress) -> None:
    last = 0
    while ids := list(
        Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:INDEXED_AT_ONCE]
    ):
        index_articles(ids, now=now)
        last = ids[-1]
        progress("search")


def _reset_numbers(numbered: list[type[models.Model]]) -> None:
    """PostgreSQL counts on by itself and does not see the numbers that were given."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), numbered):
            cursor.execute(statement)


@contextmanager
def _times_as_given(kinds: Any) -> Iterator[None]:
    """Fields that note the moment of writing by themselves leave it alone for a while."""
    names = ("auto_now", "auto_now_add")
    fields = [field for model in kinds for field in model._meta.concrete_fields if hasattr(field, "auto_now")]
    before = [(field, name, getattr(field, name)) for field in fields for name in names]
    try:
        for field, name, _value in before:
            setattr(field, name, False)
        yield
    finally:
        for field, name, value in before:
            setattr(field, name, value)
