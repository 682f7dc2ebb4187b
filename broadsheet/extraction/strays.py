"""Lines that are no prose however well they stand: rules of signs, templates never filled in, promos in a row, ends."""

from __future__ import annotations

import re
from collections import Counter

from broadsheet.extraction.features import Context
from broadsheet.extraction.page import Piece
from broadsheet.extraction.roles import TEXT, Choice, Role
from broadsheet.extraction.surroundings import HIDDEN

_TEMPLATE = re.compile(r"\{\{.{0,80}\}\}|\{\*.{0,80}\*\}|<%.{0,80}%>|\{%.{0,80}%\}")
_WORD = re.compile(r"[^\W_]").search
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
"""Share of the text that may stand behind its box and still be something else."""
MOST_HIDDEN = 0.25
"""Share of the text that may be hidden and still be none of it."""
_ENDS = '.!?…。！？؟”"»'


def leave_strays(choice: Choice, context: Context) -> None:
    """Take such lines out of the text."""
    pieces, roles = choice.page.pieces, choice.roles
    text = [i for i, role in enumerate(roles) if role in TEXT]
    openings: dict[int, tuple[str, ...]] = {}
    for i in text:
        piece = pieces[i]
        if _says_nothing(piece, roles[i]):
            roles[i] = Role.OUT
        elif piece.size < PROMO and piece.density > LINKED and roles[i] is Role.PARAGRAPH:
            openings[i] = tuple(piece.text.split(None, OPENING)[:OPENING])
    rows = Counter(openings.values())
    for i, opening in openings.items():
        if rows[opening] >= FEWEST and _parted(openings, i, opening):
            roles[i] = Role.OUT
    _leave_hidden(choice, [i for i in text if roles[i] in TEXT])
    _cut_behind(choice, [i for i in text if roles[i] in TEXT])
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


def _leave_hidden(choice: Choice, text: list[int]) -> None:
    """Hidden boxes behind the main one go: dialogs wait there. Where they hold much of the text, they fold out."""
    pieces = choice.page.pieces
    end = max((i for i in text if not pieces[i].box.up), default=len(pieces))
    hidden = [i for i in text if i > end and choice.settings.of(pieces[i].box) & HIDDEN]
    if hidden and sum(pieces[i].size for i in hidden) < MOST_HIDDEN * sum(pieces[i].size for i in text):
        for i in hidden:
            choice.roles[i] = Role.OUT


def _cut_behind(choice: Choice, text: list[int]) -> None:
    """A little that follows behind the box that holds nearly all of the text goes."""
    pieces = choice.page.pieces
    inside = [i for i in text if pieces[i].box.up == 0]
    if not inside:
        return
    behind = [i for i in text if i > inside[-1]]
    if sum(pieces[i].size for i in behind) < BEHIND * sum(pieces[i].size for i in inside):
        for i in behind:
            choice.roles[i] = Role.OUT


def _cut_end(choice: Choice, text: list[int], context: Context) -> None:
    """The last lines go while they announce what does not follow or sign the article."""
    for i in reversed(text[1:]):
        piece = choice.page.pieces[i]
        words = piece.text
        leads = piece.size < SHORT and words[-1] in ":："
        signs = piece.size < SIGNATURE and words[-1] not in _ENDS and any(a in words for a in context.authors)
        if not (leads or signs):
            return
        choice.roles[i] = Role.OUT
