"""The ends of an article and what stands in the way: lines above it, afterwords below it, walls and lists beside it.

The learned score judges pieces one by one; here what one piece is decides about others.
"""

from __future__ import annotations

from itertools import pairwise

from broadsheet.extraction.features import Context
from broadsheet.extraction.measuring import group_of
from broadsheet.extraction.names import words_of
from broadsheet.extraction.page import Box, Piece
from broadsheet.extraction.roles import HEADINGS, OUT, PARAGRAPH, SUBHEADING, TEXT, Choice, Role
from broadsheet.extraction.strays import leave_strays
from broadsheet.extraction.surroundings import ASKING, around

_LISTS = frozenset({"related", "comments", "disqus"})
LEAST_BESIDE = 200
"""Characters of text beside a list from which they are the article."""
MESSAGE = 500
"""Characters up to which a piece with a wall's or a promo's phrases is one."""
TELLING = 0.6
"""Strength from which phrases decide against a piece by themselves."""
_HINT = 0.4
WALLS = frozenset({"wall", "newsletter", "consent"})
LINE = 100
"""Characters of a line that may be a byline or a heading."""
LABEL_WORDS = 30
"""Characters of a heading of one or two words."""
MOST_AFTER = 0.35
"""Share of the text that may follow the heading of an afterword."""
_AFTERWORD = frozenset({"comment", "related", "author_box"})
_BELOW = _AFTERWORD | {"newsletter"}
LABEL_LINE, MOST_LINKED, TELLING_SIZE = 60, 0.5, 40
"""Characters and share of link text of a line that announces what follows; characters of what tells of its kind."""
_PERSONS = frozenset({"comment", "author_box"})
"""Afterwords of prose; after the heading of related reports only lists and headings go."""
MOST_ABOVE = 0.3
"""Share of the text that may stand above the headline and still be the site's."""
SHORTEST_LEAD, AMONG_FIRST = 12, 3
"""Characters from which a standfirst is looked for, and among how many first pieces."""


def cut(choice: Choice, context: Context) -> None:
    """Take what is not the article's out of the text, from the surest sign to the least."""
    _leave_lists(choice)
    _leave_walls(choice)
    _cut_above(choice, context)
    _cut_head(choice, context)
    _leave_standfirst(choice, context)
    _cut_tail(choice)
    _cut_unlike(choice)
    leave_strays(choice, context)
    _trim(choice)


def _leave_lists(choice: Choice) -> None:
    """Where a list of other articles or the comments hold most of the prose, the text beside them is the article."""
    pieces, main = choice.page.pieces, choice.page.main
    lists = [b for b in (main, main.parent) if b is not None and not _LISTS.isdisjoint(words_of(b.names))]
    if not lists:
        return
    inside = [i for i, piece in enumerate(pieces) if choice.roles[i] in TEXT and _within(piece.box, lists)]
    beside = sum(p.size for i, p in enumerate(pieces) if choice.roles[i] in TEXT) - sum(pieces[i].size for i in inside)
    if beside >= LEAST_BESIDE:
        for i in inside:
            choice.roles[i] = OUT


def _within(box: Box, lists: list[Box]) -> bool:
    at: Box | None = box
    while at is not None:
        if at in lists:
            return True
        at = at.parent
    return False


def _leave_walls(choice: Choice) -> None:
    """Headings and pieces with some phrase of their own beside a wall, a newsletter or consent belong to it."""
    pieces, roles = choice.page.pieces, choice.roles
    walls = [i for i in choice.cued if pieces[i].cue.strength >= TELLING and pieces[i].cue.kind in WALLS]
    for at in walls:
        for i in range(max(0, at - 2), min(len(pieces), at + 3)):
            belongs = pieces[i].cue.strength >= _HINT or (i == at - 1 and roles[i] is SUBHEADING)
            if belongs and roles[i] in TEXT and pieces[i].size < MESSAGE:
                roles[i] = OUT


def _cut_above(choice: Choice, context: Context) -> None:
    """What stands above the article's own headline is the site's, unless it is much of the text."""
    pieces, roles = choice.page.pieces, choice.roles
    title = _folded(context.title)
    head = next((i for i in choice.page.heads if _folded(pieces[i].text) == title), 0)
    above = [i for i in range(head) if roles[i] in TEXT]
    if not above:
        return
    total = sum(piece.size for piece, role in zip(pieces, roles, strict=True) if role in TEXT)
    if sum(pieces[i].size for i in above) <= MOST_ABOVE * total:
        for i in above:
            roles[i] = OUT


def _cut_head(choice: Choice, context: Context) -> None:
    """Lines above the first paragraph that only name the author or the time go."""
    for i, role in enumerate(choice.roles):
        if role not in TEXT:
            continue
        piece = choice.page.pieces[i]
        text = piece.text
        if piece.size >= LINE or text[-1] in '.!?…。！？؟”"»':
            return
        if any(a in text for a in context.authors) or sum(map(str.isdigit, text)) >= 4:
            choice.roles[i] = OUT


def _leave_standfirst(choice: Choice, context: Context) -> None:
    """The standfirst is a field of its own where the page sets it apart from the paragraphs; where the page's
    description only repeats the first paragraph, that stays text."""
    lead = _folded(context.lead).rstrip(".…")
    if len(lead) < SHORTEST_LEAD:
        return
    pieces, roles = choice.page.pieces, choice.roles
    text = [i for i, role in enumerate(roles) if role in TEXT][: AMONG_FIRST + 1]
    for i, after in pairwise(text):
        if _folded(pieces[i].text).rstrip(".…") == lead:
            box, next_box = pieces[i].box, pieces[after].box
            if (box.tag, box.names) != (next_box.tag, next_box.names):
                roles[i] = OUT
                choice.standfirst = i
            return


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _cut_tail(choice: Choice) -> None:
    """A heading of comments, of related reports or of the author near the end takes what follows it along; below a
    wall, where the text may have ended after its first lines, wherever it stands."""
    pieces, roles = choice.page.pieces, choice.roles
    heads = {i for i in choice.cued if _heads(pieces[i])}
    if not heads:
        return
    walled = _wall_of(choice)
    total = sum([p.size for p, role in zip(pieces, roles, strict=True) if role in TEXT])
    after = 0.0
    for i in range(len(pieces) - 1, -1, -1):
        piece = pieces[i]
        if i in heads and after and (piece.cue.kind in _AFTERWORD or i > walled):
            for j in range(i, len(pieces)):
                if piece.cue.kind in _PERSONS or roles[j] in (Role.ITEM, SUBHEADING):
                    roles[j] = OUT
            after = 0.0
            continue
        if roles[i] in TEXT:
            after += piece.size
            if after > MOST_AFTER * total and i < walled:
                return


def _cut_unlike(choice: Choice) -> None:
    """A short line that says what follows it, whatever its tag, takes the rest along where nothing there is marked like
    the text above."""
    pieces, roles = choice.page.pieces, choice.roles
    starts = [i for i in choice.cued if _announces(pieces[i])]
    if not starts:
        return
    text = [i for i, role in enumerate(roles) if role in TEXT]
    total = sum([pieces[i].size for i in text])
    for start in starts:
        after = [i for i in text if i >= start]
        if not after or sum([pieces[i].size for i in after]) > MOST_AFTER * total:
            continue
        like = {group_of(pieces[i].box) for i in text if i < start and pieces[i].size >= TELLING_SIZE}
        if not any(pieces[i].size >= TELLING_SIZE and group_of(pieces[i].box) in like for i in after):
            for i in after:
                roles[i] = OUT
            return


def _announces(piece: Piece) -> bool:
    return (
        piece.size < LABEL_LINE
        and piece.density < MOST_LINKED
        and piece.cue.strength >= TELLING
        and piece.cue.kind in _BELOW
    )


def _heads(piece: Piece) -> bool:
    """Whether a piece is a heading whose phrases say what follows it."""
    sure = TELLING if piece.size > LABEL_WORDS else TELLING / 2
    return (
        piece.box.tag in HEADINGS
        and piece.size < LINE
        and piece.cue.strength >= sure
        and (piece.cue.kind in _AFTERWORD or piece.cue.kind == "read_more")
    )


def _wall_of(choice: Choice) -> int:
    """The place of a wall at which the text ends: text stands above it, and no paragraph below; that of the end if
    there is none."""
    pieces, roles = choice.page.pieces, choice.roles
    last = max([i for i, role in enumerate(roles) if role is PARAGRAPH], default=len(pieces))
    for i in choice.cued:
        cue = pieces[i].cue
        if i > last and cue.kind == "wall" and (cue.strength >= TELLING or around(pieces[i].box) & ASKING):
            return i
    return len(pieces)


def _trim(choice: Choice) -> None:
    """A heading with nothing under it goes."""
    for i in range(len(choice.roles) - 1, -1, -1):
        role = choice.roles[i]
        if role is SUBHEADING:
            choice.roles[i] = OUT
        elif role in TEXT or role in (Role.CELL, Role.FACT_BOX):
            return
