"""Live blogs: where each entry begins and when it was posted.

Entries are boxes marked alike, side by side, each with its own time before its text. Three of them make a live blog.
"""

from __future__ import annotations

from datetime import datetime

from broadsheet.extraction.choose import TEXT, Choice, Role
from broadsheet.extraction.page import Box, Piece
from broadsheet.text.times import parse_time

FEWEST = 3
LONGEST_HEAD = 60
"""Characters of a line that holds an entry's time."""
CLIMB = 5
"""Steps from the time up to the entry's own box."""


def find_entries(choice: Choice) -> dict[int, tuple[str, datetime | None]]:
    """Heads of entries: place of the first text piece of each -> words and time of its head."""
    pieces = choice.page.pieces
    stamps = [i for i, piece in enumerate(pieces) if piece.marks and piece.size < LONGEST_HEAD and _stamp(piece)]
    if len(stamps) < FEWEST:
        return {}
    alike: dict[tuple[int, str, str], dict[int, tuple[str, datetime | None]]] = {}
    for i in stamps:
        first = next((j for j in range(i + 1, min(i + 5, len(pieces))) if choice.roles[j] in TEXT), -1)
        entry = _shared(pieces[i].box, pieces[first].box) if first >= 0 else None
        if entry is not None and entry.parent is not None and entry.down:
            key = (id(entry.parent), entry.tag, "".join(c for c in entry.names if not c.isdigit()))
            time = parse_time(_stamp(pieces[i]))
            alike.setdefault(key, {}).setdefault(first, (pieces[i].text, time))
    entries = max(alike.values(), key=len, default={})
    return entries if len(entries) >= FEWEST else {}


def take_entries(choice: Choice) -> None:
    """Note the entries in the choice; lines that only tell their times are heads, not text."""
    choice.entries = find_entries(choice)
    heads = {text for text, _ in choice.entries.values()}
    if heads:
        for i in choice.kept:
            if choice.page.pieces[i].text in heads:
                choice.roles[i] = Role.OUT
        choice.kept = [i for i in choice.kept if choice.roles[i] in TEXT]


def _stamp(piece: Piece) -> str:
    for _, node, tag in piece.marks:
        if node is not None and tag == "time":
            return node.attributes.get("datetime") or ""
    return ""


def _shared(stamp: Box, text: Box) -> Box | None:
    """The lowest box around both, not far above the time."""
    above: set[int] = set()
    at: Box | None = text
    while at is not None:
        above.add(id(at))
        at = at.parent
    at = stamp
    for _ in range(CLIMB):
        if at is None or id(at) in above:
            return at
        at = at.parent
    return None
