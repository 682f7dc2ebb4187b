"""Read a TOML table with types: every key is asked for by name, and what nobody asked for is an error.

The content files are meant to be extended by hand, so a slip should name the file, the entry and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from typing import cast

MAX_BYTES = 1_000_000
"""No content file comes near this; a larger one is a mistake."""


class ContentError(ValueError):
    """A content file says something that cannot be used. The message names file, entry and key."""


class Table:
    """One TOML table. `where` is its place for messages: "publishers.toml: valmora-herald"."""

    def __init__(self, values: dict[str, object], where: str) -> None:
        self.where = where
        self._values = values
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """A string with surrounding space removed. Without a default it must be there and not empty."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not (value.strip() or default is not None):
            raise self.error(f"{key}: expected text, found {value!r}")
        return value.strip()

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        value = self.text(key, default)
        names = sorted(allowed)
        if value not in names:
            raise self.error(f"{key}: {value!r} is not one of {', '.join(names)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty when the key is missing."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(f"{key}: expected a list of texts, found {value!r}")
        return tuple(item.strip() for item in cast("list[str]", value))

    def number(self, key: str, default: float | None = None) -> float:
        value = self._take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{key}: expected a number, found {value!r}")
        return float(value)

    def flag(self, key: str) -> bool:
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(f"{key}: expected true or false, found {value!r}")
        return bool(value)

    def table(self, key: str) -> Table | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.error(f"{key}: expected a table, found {value!r}")
        return Table(value, f"{self.where}: {key}")

    def tables(self, key: str, name: str) -> list[Table]:
        """An array of tables, each placed for messages by the text under `name`."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(f"{key}: expected one or more [[{key}]] tables")
        rows = cast("list[dict[str, object]]", value)
        return [Table(row, f"{self.where}: {row.get(name) or f'number {n}'}") for n, row in enumerate(rows, start=1)]

    def done(self) -> None:
        """Raise ContentError when the table holds a key that was never asked for."""
        if unknown := sorted(self._values.keys() - self._asked):
            raise self.error(f"unknown key {', '.join(unknown)}")

    def error(self, message: str) -> ContentError:
        return ContentError(f"{self.where}: {message}")

    def _take(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)


def read_table(file: Traversable) -> Table:
    """Read a whole TOML file. Raises ContentError when it is missing, too large or not TOML."""
    try:
        raw = file.read_bytes()
        if len(raw) > MAX_BYTES:
            raise ContentError(f"{file.name}: {len(raw)} bytes, at most {MAX_BYTES} are read")
        return Table(tomllib.loads(raw.decode()), file.name)
    except OSError as error:
        raise ContentError(f"{file.name}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{file.name}: not a TOML file: {error}") from error
