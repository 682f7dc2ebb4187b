"""Lists of addresses as CSV files: reading one that somebody else wrote, and writing cells that no sheet runs. Pure.

Nothing in a file is believed: its encoding, its lines, its cells and their number have limits, and a row that does not
say who agreed to what and when is refused.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from broadsheet.readers.mail_addresses import AddressError, read_address

COLUMNS = ("address", "letters", "language", "zone", "consent", "consented_at")
"""As we write them."""
_NAMES = {
    "address": ("address", "email", "email address", "e-mail", "mail", "e-mail address"),
    "letters": ("letters", "letter", "lists", "list", "newsletters", "newsletter"),
    "language": ("language", "lang", "locale"),
    "zone": ("zone", "time zone", "timezone"),
    "consent": ("consent", "proof", "proof of consent", "evidence", "optin", "opt-in"),
    "consented_at": ("consented at", "consent date", "date of consent", "confirmed at", "optin time", "opt-in date"),
}
"""What other systems call them; `_` counts as a space."""
_NEEDED = ("address", "consent", "consented_at")
MOST_ROWS = 1_000_000
LONGEST_LINE = 20_000
LONGEST_CONSENT = 500
MOST_LETTERS = 30
_NO = frozenset({"", "-", "0", "no", "none", "false", "n/a", "null", "?"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell begins that a spreadsheet would run."""


class ListError(ValueError):
    """The file as a whole cannot be used; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Row:
    """One address with proof. line: in the file. letters: slugs, none where the file names none."""

    line: int
    address: str
    letters: tuple[str, ...]
    language: str
    zone: str
    consent: str
    consented_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken over. why: address, consent, date or future."""

    line: int
    why: str


def read_list(file: BinaryIO, *, now: datetime) -> Iterator[Row | Refused]:
    """Row by row, whatever the size of the file. Raises ListError, when it can at the first row."""
    lines = _lines(file)
    head = next(lines, "")
    separator = max(",;\t", key=head.count)
    try:
        reader = csv.reader(_all(head, lines), delimiter=separator)
        places = _places(next(reader, []))
        for count, cells in enumerate(reader, 1):
            if count > MOST_ROWS:
                raise ListError(f"there are more than {MOST_ROWS} rows; split the file")
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, {name: _cell(cells, place) for name, place in places.items()}, now)
    except csv.Error as error:
        raise ListError(f"this is not a CSV file: {error}") from error


def write_cell(text: str) -> str:
    """The text, so that a spreadsheet shows it and does not run it; `read_list` takes the mark away again."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(line: int, cells: Mapping[str, str], now: datetime) -> Row | Refused:
    try:
        address = read_address(cells["address"])
    except AddressError:
        return Refused(line, "address")
    consent = " ".join(cells["consent"].split())
    if consent.lower() in _NO:
        return Refused(line, "consent")
    at = _moment(cells["consented_at"])
    if at is None or at.year < 1990:
        return Refused(line, "date")
    if at > now:
        return Refused(line, "future")
    letters = tuple(re.findall(r"[\w-]+", cells.get("letters", "").lower())[:MOST_LETTERS])
    language, zone = cells.get("language", ""), cells.get("zone", "")
    return Row(line, address, letters, language, zone, consent[:LONGEST_CONSENT], at)


def _moment(text: str) -> datetime | None:
    """Of a date or a moment as ISO 8601 writes it; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _cell(cells: list[str], place: int) -> str:
    text = cells[place].strip().replace("\x00", "") if place < len(cells) else ""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _places(head: list[str]) -> dict[str, int]:
    names = {" ".join(name.lower().replace("_", " ").split()): place for place, name in reversed(list(enumerate(head)))}
    found = {column: names[name] for column, known in _NAMES.items() for name in reversed(known) if name in names}
    missing = [column for column in _NEEDED if column not in found]
    if missing:
        raise ListError(
            f"the first line names no column {' and none '.join(missing)}; it must name at least "
            f"{', '.join(_NEEDED)}, and may name {', '.join(name for name in COLUMNS if name not in _NEEDED)}"
        )
    return found


def _lines(file: BinaryIO) -> Iterator[str]:
    """In UTF-8, or in UTF-16 where the file says so; anything else would be guessing at names."""
    start = file.read(4)
    rest = io.BufferedReader(_Joined(start, file))  # type: ignore[type-var]  # it is a raw stream
    is_wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = io.TextIOWrapper(rest, encoding="utf-16" if is_wide else "utf-8-sig", newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise ListError(f"a line has more than {LONGEST_LINE} characters; is it a CSV file?")
            yield line
    except UnicodeError as error:
        raise ListError("the file is not in UTF-8; save it as “CSV UTF-8”") from error


class _Joined(io.RawIOBase):
    """What was read of a file already, and the rest of it."""

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self._start, self._file = start, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # a writable buffer of the caller's
        chunk, self._start = (self._start or self._file.read(len(buffer))), b""
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _all(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines
