"""Lines that are no prose however well they stand: rules of signs, templates never filled in, promos in a row, ends."""

from __future__ import annotations

import re
from collections import Counter

from broadsheet.extraction.features import Context
from broadsheet.extraction.page import Piece
from broadsheet.extraction.roles import OUT, PARAGRAPH, TEXT, Choice, Role
from broadsheet.extraction.surroundings import HIDDEN, around

_TEMPLATE = re.compile(r"\{\{.{0,80}\}\}|\{\*.{0,80}\*\}|<%.{0,80}%>|\{%.{0,80}%\}")
_WORD = re.compile(r"[^\W_]").search
_ADDRESS = re.compile(r"://|www\.").search
SHORT = 80
"""Characters of a line that may be a signature or lead to something that is not there."""
SIGNATURE = 40
PROMO = 160
LINKED = 0.4
"""Share of link text from which a paragraph may be one of a row of promos."""
FEWEST = 2
OPENING = 4
"""Words that all of a row begin with."""
BEHIND = 0.1
"""Share of the text that may stand behind its box and still be something else, ..."""
FAR, FAR_BEHIND = 4, 0.4
"""... and that of what stands this many steps away."""
LEADING = 0.75
"""Share of link text from which a last paragraph only leads elsewhere."""
MOST_HIDDEN = 0.25
"""Share of the text that may be hidden and still be none of it."""
COPY, FEWEST_COPIED = 500, 3
"""Characters and pieces of a row from which it is the same text once more, as for another size of screen."""
_ENDS = '.!?…。！？؟”"»'


def leave_strays(choice: Choice, context: Context) -> None:
    """Take such lines out of the text."""
    pieces, roles = choice.page.pieces, choice.roles
    text = [i for i, role in enumerate(roles) if role in TEXT]
    openings: dict[int, tuple[str, ...]] = {}
    for i in text:
        piece = pieces[i]
        words = piece.text
        if (piece.size < SHORT or "{" in words or "<%" in words) and _says_nothing(piece, roles[i]):
            roles[i] = OUT
        elif piece.size < PROMO and piece.density > LINKED and roles[i] is PARAGRAPH:
            openings[i] = tuple(piece.text.split(None, OPENING)[:OPENING])
    rows = Counter(openings.values())
    for i, opening in openings.items():
        if rows[opening] >= FEWEST and _parted(openings, i, opening):
            roles[i] = OUT
    for leave in (_leave_copies, _leave_hidden, _cut_behind):
        text = [i for i in text if roles[i] in TEXT]
        for i in leave(pieces, text):
            roles[i] = OUT
    _cut_end(choice, [i for i in text if roles[i] in TEXT], context)


def _says_nothing(piece: Piece, role: Role) -> bool:
    """Whether a piece is a rule of signs or a template that no script filled in."""
    words = piece.text
    if piece.size < SHORT and role is not Role.ROW and not _WORD(words):
        return True
    return ("{" in words or "<%" in words) and piece.box.tag != "pre" and _TEMPLATE.search(words) is not None


def _parted(openings: dict[int, tuple[str, ...]], at: int, opening: tuple[str, ...]) -> bool:
    """Whether lines of a row stand apart, as promos do among paragraphs; those of a list follow each other."""
    return all(openings.get(i) != opening for i in (at - 1, at + 1))


def _leave_copies(pieces: list[Piece], text: list[int]) -> list[int]:
    """Pieces that repeat earlier ones of another box in the same order, many in a row."""
    first: dict[str, int] = {}
    rows: list[list[int]] = []
    before = -1
    for at, i in enumerate(text):
        earlier = first.setdefault(pieces[i].text, at)
        if earlier == at or pieces[text[earlier]].box.parent is pieces[i].box.parent:
            before = -1
            continue
        if earlier == before + 1 and before >= 0:
            rows[-1].append(i)
        else:
            rows.append([i])
        before = earlier
    return [i for row in rows if len(row) >= FEWEST_COPIED and _size(pieces, row) >= COPY for i in row]


def _leave_hidden(pieces: list[Piece], text: list[int]) -> list[int]:
    """Hidden boxes behind the main one go: dialogs wait there. Where they hold much of the text, they fold out."""
    behind = _behind(pieces, text)
    hidden = [i for i in behind if around(pieces[i].box) & HIDDEN]
    return hidden if hidden and _size(pieces, hidden) < MOST_HIDDEN * _size(pieces, text) else []


def _cut_behind(pieces: list[Piece], text: list[int]) -> list[int]:
    """A little that follows behind the box that holds nearly all of the text goes."""
    behind = _behind(pieces, text)
    if not behind:
        return []
    inside = _size(pieces, [i for i in text[: len(text) - len(behind)] if not pieces[i].box.up])
    if _size(pieces, behind) < BEHIND * inside:
        return behind
    far = [i for i in behind if pieces[i].box.up >= FAR]
    return far if _size(pieces, far) < FAR_BEHIND * inside else []


def _behind(pieces: list[Piece], text: list[int]) -> list[int]:
    """What follows the last piece of the main box; nothing where it holds none."""
    for at in range(len(text) - 1, -1, -1):
        if not pieces[text[at]].box.up:
            return text[at + 1 :]
    return []


def _size(pieces: list[Piece], places: list[int]) -> float:
    return sum([pieces[i].size for i in places])


def _cut_end(choice: Choice, text: list[int], context: Context) -> None:
    """The last lines go while they announce what does not follow, sign the article or only lead elsewhere; addresses
    written out are sources and stay."""
    for i in reversed(text[1:]):
        piece = choice.page.pieces[i]
        words = piece.text
        leads = piece.size < SHORT and words[-1] in ":："
        signs = piece.size < SIGNATURE and words[-1] not in _ENDS and any(a in words for a in context.authors)
        links = piece.density > LEADING and choice.roles[i] is PARAGRAPH and not _ADDRESS(words)
        if not (leads or signs or links):
            return
        choice.roles[i] = OUT
