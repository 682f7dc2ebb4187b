"""Which pieces are the article, and what each of them is.

The learned score says how likely a piece is the article's. What it is decides with it: a caption is a caption however
long its sentence, a wall's words stay out wherever they stand, a box beside the text is a box. Every piece that is
left out gets the reason that the receipt shows (`reasons`).
"""

from __future__ import annotations

from broadsheet.extraction.cues import NO_CUE
from broadsheet.extraction.cutting import MESSAGE, TELLING, WALLS, cut
from broadsheet.extraction.features import Context, score_pieces
from broadsheet.extraction.measuring import group_of
from broadsheet.extraction.model import load_model
from broadsheet.extraction.names import words_of
from broadsheet.extraction.page import Box, Page, Piece
from broadsheet.extraction.reasons import reason_of
from broadsheet.extraction.roles import HEADINGS, OUT, PARAGRAPH, SUBHEADING, TEXT, Choice, Role
from broadsheet.extraction.surroundings import (
    ASIDE,
    ASKING,
    AWAY,
    BESIDE,
    CAPTIONED,
    CELLS,
    EMBED,
    FACT,
    FIGURE,
    FORM,
    HIDDEN,
    LIST,
    PULL,
    QUOTE,
    around,
)

__all__ = [
    "CAPTIONED",
    "FIGURE",
    "HEADINGS",
    "TEXT",
    "Choice",
    "Role",
    "choose",
    "reason_of",
]

_BYLINES = frozenset({"credit", "credits", "byline"})
LABEL = 160
"""Characters up to which a piece may be a label."""
MOST_COMPARED = 1_000
"""Pieces among which the words of a pull quote are sought."""
LAYOUT = 150
"""Characters of running text in several pieces of one cell from which its table is layout, whatever else it holds."""
LONG_CELL = 90
"""Mean characters of the pieces of a table from which it is layout."""
_SURE = 0.8
"""Strength from which phrases of the milder kinds decide against a piece by themselves."""
LENIENCE, LENIENCE_BETWEEN = 2.0, 1.0
"""How far below the bar a paragraph may score where those marked like it are the article's; any piece amid text."""
PROSE, ENOUGH_ALIKE = 60, 400
"""Characters of a paragraph that can tell, and of the text that others marked like it hold together."""
_HINT, _MUCH_LINKED = 0.4, 0.4
"""Strength from which phrases that lead elsewhere decide where this share of a piece is links."""
_LEADING = frozenset({"promo", "related", "read_more", "newsletter", "wall"})
PLAIN_DENSITY, FAINT = 0.35, 0.3
"""Share of link text and strength of phrases from which a piece is no plain paragraph."""


def choose(page: Page, context: Context) -> Choice:
    """Score every piece and give it its role."""
    model = load_model("news" if context.news else "other")
    chances = score_pieces(page, context, model.first, model.names)
    choice = Choice(page, chances)
    bar, roles = model.bar, choice.roles
    for i, piece in enumerate(page.pieces):
        if chances[i] >= bar:
            roles[i] = _role(piece, page, context)
    _take_alike(choice, context, bar)
    _take_tables(choice)
    cut(choice, context)
    choice.kept = [i for i, role in enumerate(choice.roles) if role in TEXT]
    return choice


def _take_alike(choice: Choice, context: Context, bar: float) -> None:
    """Pieces a little below the bar are the article's where much of its text stands in boxes marked the same: plain
    paragraphs anywhere, other pieces where text stands on both sides."""
    pieces, roles, chances = choice.page.pieces, choice.roles, choice.chances
    unsure = [i for i, chance in enumerate(chances) if bar - LENIENCE < chance < bar]
    if not unsure:
        return
    held: dict[tuple[str, ...], float] = {}
    for i, role in enumerate(roles):
        if role in TEXT:
            group = group_of(pieces[i].box)
            held[group] = held.get(group, 0.0) + pieces[i].size
    between: dict[int, Role] = {}
    for i in unsure:
        piece = pieces[i]
        if piece.cue.strength >= FAINT or held.get(group_of(piece.box), 0.0) < ENOUGH_ALIKE:
            continue
        role = _role(piece, choice.page, context)
        if role in TEXT:
            if piece.size >= PROSE and piece.density < PLAIN_DENSITY:
                roles[i] = role
            elif chances[i] > bar - LENIENCE_BETWEEN:
                between[i] = role
    _fill(roles, between)


def _fill(roles: list[Role], between: dict[int, Role]) -> None:
    """Give runs of pieces their roles where text stands before and behind them."""
    for start in between:
        if start and roles[start - 1] in TEXT:
            end = start
            while end in between:
                end += 1
            if end < len(roles) and roles[end] in TEXT:
                for i in range(start, end):
                    roles[i] = between[i]


def _take_tables(choice: Choice) -> None:
    """Where tables hold more than all text beside them, they are what the article is about: rows of text."""
    pieces, roles = choice.page.pieces, choice.roles
    cells = [i for i, role in enumerate(roles) if role is Role.CELL]
    if cells:
        text = sum([pieces[i].size for i, role in enumerate(roles) if role in TEXT])
        if sum([pieces[i].size for i in cells]) > text:
            for i in cells:
                roles[i] = Role.ROW


def _role(piece: Piece, page: Page, context: Context) -> Role:
    """What a piece that scores well is in the article; OUT where its place or its words say so."""
    box = piece.box
    bits = around(box)
    if bits & (CAPTIONED | FIGURE | FORM | AWAY | BESIDE | HIDDEN | EMBED | FACT):
        if bits & (FORM | AWAY) or (bits & (BESIDE | HIDDEN) and (context.news or bits & ASIDE)):
            return Role.OUT
        if bits & (CAPTIONED | FIGURE):
            return Role.CAPTION
        if bits & EMBED:
            return Role.EMBED
        if bits & FACT and context.news:
            return Role.FACT_BOX
    cue = piece.cue
    if cue is not NO_CUE:
        if bits & ASKING and cue.kind in WALLS:
            return OUT
        if _speaks_up(piece, context.news):
            return OUT
    if piece.size < LABEL and _is_label(piece, context):
        return OUT
    if box.tag in HEADINGS:
        return SUBHEADING
    if bits & (QUOTE | PULL):
        return Role.PULL_QUOTE if bits & PULL and _repeats(piece, page) else Role.QUOTATION
    if bits & LIST:
        return Role.ITEM
    if bits & CELLS:
        return _cell(box, context.news)
    return PARAGRAPH


def _speaks_up(piece: Piece, news: bool) -> bool:
    """Whether the phrases of a piece alone say that it is not the article's."""
    cue = piece.cue
    if cue.strength < TELLING:
        leads = cue.strength >= _HINT and piece.density >= _MUCH_LINKED and cue.kind in _LEADING
        return leads and piece.size < MESSAGE
    if cue.kind == "legal":
        return cue.strength >= _SURE and piece.size < MESSAGE
    if cue.kind in ("read_more", "related"):
        return piece.density > _MUCH_LINKED or (news and cue.strength >= _SURE)
    return piece.size < MESSAGE


def _is_label(piece: Piece, context: Context) -> bool:
    """Whether a short piece is the time, the source or the headline of the article rather than its text."""
    marks = piece.marks
    if (
        marks
        and marks[0][2] == "time"
        and marks[0][0] <= 1
        and len(marks) <= 2
        and marks[-1][0] >= len(piece.parts) - 1
    ):
        return True
    if context.title and piece.text.startswith(context.title) and piece.box.tag not in ("p", "li"):
        return True
    names = piece.box.names
    if piece.size >= LABEL // 2 or not ("credit" in names or "byline" in names):
        return False
    return not _BYLINES.isdisjoint(words_of(names))


def _repeats(piece: Piece, page: Page) -> bool:
    """Whether a quotation only repeats words of a paragraph, as pull quotes do."""
    words = piece.text.strip("\"'“”„«»‘’ ")
    return len(words) > 15 and any(words in other.text and other is not piece for other in page.pieces[:MOST_COMPARED])


def _cell(cell: Box, news: bool) -> Role:
    """What a table makes of its cells: paragraphs in a table of layout, whose pieces are long; cells of data; and,
    on pages that are no news, items of a list, row by row, where the table holds words."""
    at: Box | None = cell
    for _ in range(8):
        if at is None:
            break
        if at.tag == "td" and at.count > 1 and at.prose >= LAYOUT:
            return Role.PARAGRAPH
        if at.tag == "table":
            if at.count <= 2 and _has_media(at, cell):
                return Role.CAPTION
            if at.count <= 3 or at.chars / at.count >= LONG_CELL:
                return Role.PARAGRAPH
            return Role.CELL if news else Role.ROW
        at = at.parent
    return Role.PARAGRAPH


def _has_media(table: Box, cell: Box) -> bool:
    """Whether a small table holds a picture: it is a frame for it, and its words are the caption."""
    return table.node.css_first("img, video") is not None and cell.chars < 600
