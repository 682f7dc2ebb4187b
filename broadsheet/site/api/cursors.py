"""Where a page of a list ends, as an opaque word: the place of its last row, so that newer rows never shift a page."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Broken
from collections.abc import Sequence
from math import isfinite

LONGEST = 200
LARGEST = 2**62
Place = Sequence[int | float]


class CursorError(ValueError):
    """The word is none of ours, or of another list; the message is a sentence for the caller."""


def write_cursor(name: str, place: Place) -> str:
    """name: of the list, so that a cursor is not taken to another one."""
    return urlsafe_b64encode(json.dumps([name, *place], separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(word: str, name: str, kinds: Sequence[type[int | float]]) -> tuple[int | float, ...]:
    """The place a cursor of this list stands for, one number for each of `kinds`. Raises CursorError."""
    try:
        if len(word) > LONGEST:
            raise ValueError(word)
        raw = urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
        found = json.loads(raw)
        if not isinstance(found, list) or found[:1] != [name] or len(found) != 1 + len(kinds):
            raise ValueError(word)
        return tuple(_number(value, kind) for value, kind in zip(found[1:], kinds, strict=True))
    except (ValueError, RecursionError, Broken) as error:
        raise CursorError("The cursor is not one of this list; follow `next` as it is given.") from error


def _number(value: object, kind: type[int | float]) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int if kind is int else (int, float)):
        raise ValueError(value)
    if not isfinite(value) or abs(value) > LARGEST:
        raise ValueError(value)
    return value
