"""Writing an archive, while the site goes on: one moment of the database, whatever is written meanwhile.

The file appears under its name only when it is whole. Tables go through a folder beside it, packed, so that the
manifest can stand first; memory holds one row at a time.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from broadsheet import __version__
from broadsheet.gathering.archive.format import (
    CHUNK,
    MANIFEST,
    PICTURE_NAME,
    PICTURES,
    ArchiveError,
    Summary,
    TableFile,
    Writer,
    as_manifest,
)
from broadsheet.gathering.archive.tables import Table, tables

Progress = Callable[[str], None]
PACKING = 6


def export_site(path: Path, *, now: datetime, progress: Progress = lambda _: None) -> Summary:
    """Write everything into one file. Raises ArchiveError when the file cannot be written."""
    folder = path.expanduser().resolve().parent
    try:
        with tempfile.TemporaryDirectory(prefix=".broadsheet-export-", dir=folder) as name:
            work = Path(name)
            with one_moment():
                made = [_write_table(table, work, progress) for table in tables()]
            pictures, size = _list_pictures(work / PICTURES)
            progress("pictures")
            summary = Summary(__version__, now.astimezone(UTC).isoformat(), _site(), tuple(made), pictures, size)
            _join(work, summary)
            (work / "archive").replace(path.expanduser())
    except OSError as error:
        raise ArchiveError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    return summary


@contextmanager
def one_moment() -> Iterator[None]:
    """Reads within see the database as it is now. On SQLite nobody who writes has to wait for them."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # of the SQLite backend
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def _write_table(table: Table, work: Path, progress: Progress) -> TableFile:
    with _packed(work / f"{table.name}.jsonl.gz") as lines:
        for values in table.rows():
            lines.write(table.as_row(values))
            progress(table.name)
    return TableFile(table.name, lines.rows, lines.bytes, lines.digest.hexdigest())


class _Lines:
    """JSON lines into a file, counted and digested on the way. The same rows are the same bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.rows = self.bytes = 0
        self.digest = sha256()

    def write(self, row: dict[str, Any]) -> None:
        try:
            line = _json(row).encode("utf-8")
        except UnicodeEncodeError:  # half a character, as broken pages have them
            line = json.dumps(row, sort_keys=True, separators=(",", ":")).encode("ascii")
        line += b"\n"
        self._file.write(line)
        self.digest.update(line)
        self.rows += 1
        self.bytes += len(line)


@contextmanager
def _packed(path: Path) -> Iterator[_Lines]:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", PACKING, raw, mtime=0) as file:
        yield _Lines(file)  # type: ignore[arg-type]  # a file, though it does not say so


def _list_pictures(path: Path) -> tuple[int, int]:
    """Write the list of the pictures that are kept, by name. Returns how many there are and their bytes."""
    folder = settings.DATA / "pictures"
    names = sorted(entry.name for entry in os.scandir(folder) if _is_picture(entry)) if folder.is_dir() else []
    total = 0
    with _packed(path) as lines:
        for name in names:
            digest, size = sha256(), 0
            with (folder / name).open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
            lines.write({"name": name, "bytes": size, "sha256": digest.hexdigest()})
            total += size
    return len(names), total


def _is_picture(entry: os.DirEntry[str]) -> bool:
    return bool(PICTURE_NAME.fullmatch(entry.name)) and entry.is_file(follow_symlinks=False)


def _join(work: Path, summary: Summary) -> None:
    with (work / "archive").open("wb") as file:
        writer = Writer(file)
        manifest = json.dumps(as_manifest(summary), ensure_ascii=False, indent=1).encode()
        writer.add(MANIFEST, BytesIO(manifest), len(manifest))
        for table in summary.tables:
            _add_file(writer, table.member, work / f"{table.name}.jsonl.gz")
        _add_file(writer, PICTURES, work / PICTURES)
        with gzip.open(work / PICTURES, "rb") as lines:
            for line in lines:
                name = json.loads(line)["name"]
                _add_file(writer, f"pictures/{name}", settings.DATA / "pictures" / name)
        writer.end()
        file.flush()
        os.fsync(file.fileno())


def _add_file(writer: Writer, member: str, path: Path) -> None:
    with path.open("rb") as file:
        writer.add(member, file, os.fstat(file.fileno()).st_size)


def _site() -> dict[str, str]:
    """What the environment says of the site: for whoever takes the archive over."""
    return {
        "name": settings.SITE_NAME,
        "address": settings.SITE_URL,
        "language": settings.LANGUAGE_CODE,
        "time_zone": settings.TIME_ZONE,
        "territory": settings.ENVIRONMENT.territory,
    }


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
