"""The outer form of an archive: a tar file of plain members in a fixed order, written and read as a stream.

    manifest.json  tables/<name>.jsonl.gz …  pictures.jsonl.gz  pictures/<name> …

The reader takes the order as given by the manifest and nothing else: no folder, link, device or name of its own choice
can be in it, and nothing is held in memory but one block. `tarfile` is used for headers alone, because its own reading
believes whatever size an extended header claims.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

MANIFEST = "manifest.json"
PICTURES = "pictures.jsonl.gz"
KIND = "broadsheet-site"
VERSION = 1
BLOCK = 512
CHUNK = 1 << 20
LONGEST_MANIFEST = 1_000_000
PICTURE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_-]{0,80}\.(?:webp|avif|jpg|png)")
"""Names that pictures have in our own folder; nothing else is taken out of it or put into it."""


class ArchiveError(ValueError):
    """The file cannot be written or taken over; the message is a sentence that says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table in an archive. bytes, sha256: of its lines, unpacked."""

    name: str
    rows: int
    bytes: int
    sha256: str

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds. site: name, language … of the site it was made of. missing: pictures without a file."""

    program: str
    created: str
    site: dict[str, str]
    tables: tuple[TableFile, ...]
    pictures: int
    picture_bytes: int = 0
    cleaned: int = field(default=0, compare=False)

    def rows(self, name: str) -> int:
        return next((table.rows for table in self.tables if table.name == name), 0)


class Writer:
    """Members one after another. Dates and owners are left out: the same content is the same bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Append a member of `size` bytes. Raises ArchiveError when there are not that many."""
        header = tarfile.TarInfo(name)
        header.size, header.mode = size, 0o644
        self._file.write(header.tobuf(tarfile.GNU_FORMAT))
        left = size
        while left:
            chunk = content.read(min(CHUNK, left))
            if not chunk:
                raise ArchiveError(f"{name} became shorter while it was exported. Try again.")
            self._file.write(chunk)
            left -= len(chunk)
        self._file.write(bytes(-size % BLOCK))

    def end(self) -> None:
        self._file.write(bytes(2 * BLOCK))


class Reader:
    """Members one after another, each at the place where it belongs."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def open(self, name: str) -> Member:
        """The next member, which must have this name. Read it to its end before the next. Raises ArchiveError."""
        header = self._header()
        if header is None:
            raise ArchiveError(f"The archive ends before {name}.")
        if header.name != name or not header.isreg():
            raise ArchiveError(f"The archive holds {header.name[:80]!r} where {name} belongs.")
        if header.size < 0:
            raise ArchiveError(f"The archive is damaged at {name}.")
        return Member(self._file, name, header.size)

    def end(self) -> None:
        """Raises ArchiveError if anything follows."""
        header = self._header()
        if header is not None:
            raise ArchiveError(f"The archive holds {header.name[:80]!r}, which does not belong there.")

    def _header(self) -> tarfile.TarInfo | None:
        block = self._file.read(BLOCK)
        if len(block) < BLOCK or not block.strip(b"\0"):
            return None
        try:
            return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise ArchiveError("This is not an archive of a site, or it is damaged.") from error


class Member:
    """The bytes of one member, as a file that can only be read on."""

    def __init__(self, file: IO[bytes], name: str, size: int) -> None:
        self._file, self.name, self.size = file, name, size
        self._left = size

    def read(self, size: int = -1) -> bytes:
        wished = self._left if size < 0 else min(size, self._left)
        chunk = self._file.read(wished)
        if len(chunk) < wished:
            raise ArchiveError(f"The archive ends in the middle of {self.name}.")
        self._left -= len(chunk)
        return chunk

    def chunks(self) -> Iterator[bytes]:
        while self._left:
            yield self.read(CHUNK)

    def finish(self) -> None:
        """Skip what is left, and what fills up the last block."""
        for _ in self.chunks():
            pass
        self._file.read(-self.size % BLOCK)


def as_manifest(summary: Summary) -> dict[str, Any]:
    return {
        "format": KIND,
        "version": VERSION,
        "program": summary.program,
        "created": summary.created,
        "site": summary.site,
        "tables": [
            {"name": one.name, "rows": one.rows, "bytes": one.bytes, "sha256": one.sha256} for one in summary.tables
        ],
        "pictures": {"files": summary.pictures, "bytes": summary.picture_bytes},
    }


def from_manifest(found: Any) -> Summary:
    """Raises ArchiveError for a manifest of another format, of a later version, or without what must be in it."""
    if not isinstance(found, dict) or found.get("format") != KIND:
        raise ArchiveError("This is not an archive of a site: make one with `broadsheet export site FILE`.")
    if found.get("version") != VERSION:
        raise ArchiveError(
            f"The archive has format {str(found.get('version'))[:20]}; this program reads format {VERSION}. "
            f"It was made by Broadsheet {str(found.get('program'))[:40]}: use that version or a later one."
        )
    try:
        tables = tuple(TableFile(**{**row, "name": str(row["name"])}) for row in found["tables"])
        pictures = found["pictures"]
        numbers = [pictures["files"], pictures["bytes"], *(n for one in tables for n in (one.rows, one.bytes))]
        site = {str(name): str(value) for name, value in found["site"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ArchiveError("The manifest of the archive is damaged.") from error
    if any(isinstance(number, bool) or not isinstance(number, int) or number < 0 for number in numbers):
        raise ArchiveError("The manifest of the archive is damaged.")
    return Summary(str(found.get("program", "")), str(found.get("created", "")), site, tables, numbers[0], numbers[1])
