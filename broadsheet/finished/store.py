"""The store of finished pages: on disk, so that it survives a restart, with the most wanted in memory.

One SQLite file of its own holds the pages of all processes of a machine; each process keeps what it served lately in
memory. Both are bounded. Staleness is decided elsewhere (`purges`): `drop` removes exactly the pages that show one of
the tags, and `put` asks whether the page became stale while it was made. The file is a cache: when it is damaged or
of another build it is thrown away.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from threading import Lock

from broadsheet.finished.page import FinishedPage
from broadsheet.finished.purges import EVERYTHING, Position, reach

MEMORY_BYTES = 48 * 1024 * 1024
EVICT_TO = 0.9
"""Share of the room that is left filled when room is made."""
FORM = 3
"""Of the file; one of another form is thrown away."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, status INTEGER NOT NULL, headers TEXT NOT NULL,
    etag TEXT NOT NULL, until REAL NOT NULL, made REAL NOT NULL, size INTEGER NOT NULL, tags TEXT NOT NULL,
    br BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS page_made ON page (made);
CREATE TABLE IF NOT EXISTS page_tag (tag TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (tag, page)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS total (
    id INTEGER PRIMARY KEY CHECK (id = 1), bytes INTEGER NOT NULL, pages INTEGER NOT NULL
);
INSERT OR IGNORE INTO total VALUES (1, 0, 0);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS page_added AFTER INSERT ON page BEGIN
    UPDATE total SET bytes = bytes + new.size, pages = pages + 1;
END;
CREATE TRIGGER IF NOT EXISTS page_removed AFTER DELETE ON page BEGIN
    UPDATE total SET bytes = bytes - old.size, pages = pages - 1;
    DELETE FROM page_tag WHERE page = old.id AND tag IN (SELECT value FROM json_each(old.tags));
END;
"""


class Store:
    """Finished pages under their keys. All methods may be called from any thread.

    build: names what the pages were made with (templates, styles, settings); pages of another build are dropped.
    room_bytes: for the file; memory_bytes: for this process.
    """

    def __init__(self, path: Path, *, room_bytes: int, build: str, memory_bytes: int = MEMORY_BYTES) -> None:
        self._path, self._room, self._memory_room = path, room_bytes, memory_bytes
        self._lock = Lock()
        self._memory: OrderedDict[str, FinishedPage] = OrderedDict()
        self._by_tag: dict[str, set[str]] = {}
        self._memory_bytes = 0
        self._file = self._open()
        if self._note("build") != build:
            self.clear()
            self._set_note("build", build)

    def get(self, key: str, *, now: float) -> FinishedPage | None:
        """The page under `key`; None when there is none or its time is over."""
        page = self._memory.get(key)
        if page is None:
            # Under the lock from disk to memory: a purge in between would leave a stale page behind.
            with self._lock:
                page = self._read(key)
                if page is not None:
                    self._remember(key, page)
        if page is None or page.until <= now:
            return None
        return page

    def stale(self, key: str) -> FinishedPage | None:
        """The page under `key` even if its time is over, for when nothing better can be made."""
        with self._lock:
            return self._memory.get(key) or self._read(key)

    def put(self, key: str, page: FinishedPage, *, is_stale: Callable[[], bool]) -> bool:
        """Keep the page, unless `is_stale` says that what it shows changed while it was made.

        Returns whether it is kept.
        """
        with self._lock:
            if page.size > self._room or is_stale():
                return False
            self._write(key, page)
            self._remember(key, page)
            return True

    def drop(self, tags: Iterable[str], *, position: Position | None = None) -> None:
        """Remove the pages that show one of these things, and note how far the reader of purges has come."""
        wanted = sorted({reached for tag in tags for reached in reach(tag)})
        if EVERYTHING in wanted:
            self.clear()
            wanted = []
        with self._lock:
            for tag in wanted:
                for key in self._by_tag.pop(tag, ()):
                    self._forget(key)
            with self._file:
                self._file.executemany(
                    "DELETE FROM page WHERE id IN (SELECT page FROM page_tag WHERE tag = ?)", [(tag,) for tag in wanted]
                )
                if position is not None:
                    self._write_note("position", json.dumps([position.floor, sorted(position.seen)]))

    def clear(self) -> None:
        """Remove every page."""
        with self._lock:
            self._memory.clear()
            self._by_tag.clear()
            self._memory_bytes = 0
            with self._file:
                self._file.execute("DELETE FROM page")

    def position(self) -> Position | None:
        """Where the reader of purges was when it last removed something; None in a new store."""
        value = self._note("position")
        if value is None:
            return None
        floor, seen = json.loads(value)
        return Position(floor, frozenset(seen))

    def totals(self) -> tuple[int, int]:
        """Pages on disk and their bytes."""
        with self._lock:
            pages, size = self._file.execute("SELECT pages, bytes FROM total").fetchone()
        return pages, size

    def note(self, name: str) -> str | None:
        return self._note(name)

    def set_note(self, name: str, value: str) -> None:
        self._set_note(name, value)

    def notes(self, prefix: str) -> dict[str, str]:
        """Notes whose names begin with `prefix`."""
        with self._lock:
            rows = self._file.execute("SELECT name, value FROM note WHERE name LIKE ? || '%'", (prefix,)).fetchall()
        return dict(rows)

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, check_same_thread=False, timeout=5, cached_statements=32)
        try:
            with closing(file.cursor()) as cursor:
                (form,) = cursor.execute("PRAGMA user_version").fetchone()
                (tables,) = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if tables and form != FORM:
                    raise sqlite3.DatabaseError(f"the file is of form {form}")
                # A cache may lose its last pages with the power; it may not cost a write to the platter for each.
                cursor.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-4000;")
                cursor.executescript(f"{_SCHEMA} PRAGMA user_version={FORM};")
                cursor.execute("SELECT count(*) FROM page_tag").fetchone()
        except sqlite3.DatabaseError:
            file.close()
            raise
        return file

    def _read(self, key: str) -> FinishedPage | None:
        wanted = "SELECT status, headers, etag, until, br, tags FROM page WHERE key = ?"
        row = self._file.execute(wanted, (key,)).fetchone()
        if row is None:
            return None
        return FinishedPage(
            status=row[0],
            headers=tuple((name, value) for name, value in json.loads(row[1])),
            etag=row[2],
            until=row[3],
            br=row[4],
            tags=frozenset(json.loads(row[5])),
        )

    def _write(self, key: str, page: FinishedPage) -> None:
        with self._file:
            self._file.execute("DELETE FROM page WHERE key = ?", (key,))
            tags = sorted(page.tags)
            told = (page.status, json.dumps(page.headers), page.etag, page.until, time.time(), page.size)
            added = self._file.execute(
                "INSERT INTO page VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (key, *told, json.dumps(tags), page.br)
            )
            self._file.executemany("INSERT INTO page_tag VALUES (?, ?)", [(tag, added.lastrowid) for tag in tags])
            self._make_room()

    def _make_room(self) -> None:
        (size,) = self._file.execute("SELECT bytes FROM total").fetchone()
        if size <= self._room:
            return
        # The oldest go first: what is still wanted is made again, and reading need not write.
        for key, bytes_ in self._file.execute("SELECT key, size FROM page ORDER BY made").fetchall():
            if size <= self._room * EVICT_TO:
                break
            self._file.execute("DELETE FROM page WHERE key = ?", (key,))
            self._forget(key)
            size -= bytes_

    def _remember(self, key: str, page: FinishedPage) -> None:
        self._forget(key)
        self._memory[key] = page
        self._memory_bytes += page.size
        for tag in page.tags:
            self._by_tag.setdefault(tag, set()).add(key)
        while self._memory_bytes > self._memory_room and self._memory:
            self._forget(next(iter(self._memory)))

    def _forget(self, key: str) -> None:
        page = self._memory.pop(key, None)
        if page is None:
            return
        self._memory_bytes -= page.size
        for tag in page.tags:
            keys = self._by_tag.get(tag)
            if keys is not None:
                keys.discard(key)
                if not keys:
                    del self._by_tag[tag]

    def _note(self, name: str) -> str | None:
        with self._lock:
            row = self._file.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _set_note(self, name: str, value: str) -> None:
        with self._lock, self._file:
            self._write_note(name, value)

    def _write_note(self, name: str, value: str) -> None:
        self._file.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))
