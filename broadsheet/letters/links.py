"""The links of letters. What stands in them is opaque: the subscriber's key, and numbers of what it is about.

A link opens a page and changes nothing; the page has a button. The path of `leave_path` takes the one-click POST of
mail programs as well (RFC 8058).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"([A-Za-z0-9_-]{20,43})(?:\.([0-9]{1,18})(?:\.([0-9]{1,18}))?)?")


class Token(NamedTuple):
    """letter, story: their numbers; 0 where the link names none. In a link that confirms, letter is the proof's."""

    key: str
    letter: int = 0
    story: int = 0


def write_token(key: str, letter: int = 0, story: int | None = None) -> str:
    return f"{key}.{letter}.{story}" if story else f"{key}.{letter}" if letter else key


def read_token(text: str) -> Token | None:
    """None for what is no token at all; whether the key is anybody's is another question."""
    found = _TOKEN.fullmatch(text)
    return Token(found[1], int(found[2] or 0), int(found[3] or 0)) if found else None


def settings_path(key: str) -> str:
    """The page with everything a subscriber can choose, export and erase."""
    return f"/letters/settings/{key}"


def leave_path(key: str, letter: int = 0, story: int | None = None) -> str:
    """Leaving one letter, one story of it, or without a letter all of them."""
    return f"/letters/leave/{write_token(key, letter, story)}"


def confirm_path(key: str, proof: int) -> str:
    """Confirming what one proof asks for."""
    return f"/letters/confirm/{key}.{proof}"
