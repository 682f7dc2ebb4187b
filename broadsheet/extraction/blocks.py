"""From chosen pieces to blocks: list items join their list, cells their table, pictures take their captions.

A piece arrives with the role that `choose` gave it; here it only gets its form. Text is never changed beyond folding
white space.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from html import escape

from broadsheet.extraction.article import Block, BlockKind, Image
from broadsheet.extraction.inline import clean_html
from broadsheet.extraction.page import Box, Piece
from broadsheet.extraction.roles import CAPTION, OUT, SUBHEADING, Choice, Role

_LEVEL = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_JOINED = frozenset({Role.ITEM, Role.CELL, Role.ROW})
_KIND = {
    Role.PARAGRAPH: BlockKind.PARAGRAPH,
    Role.SUBHEADING: BlockKind.SUBHEADING,
    Role.QUOTATION: BlockKind.QUOTATION,
    Role.PULL_QUOTE: BlockKind.PULL_QUOTE,
    Role.FACT_BOX: BlockKind.FACT_BOX,
    Role.EMBED: BlockKind.EMBED,
}


def build_blocks(choice: Choice, pictures: Sequence[tuple[int, Image]], base: str) -> tuple[Block, ...]:
    """The article's blocks in reading order.

    pictures: from `pictures_of`. base: the page's address, which makes others absolute.
    """
    blocks: list[Block] = []
    waiting = deque(pictures)
    pieces, entries = choice.page.pieces, choice.entries
    group: list[int] = []
    for i, role in enumerate(choice.roles):
        if role is OUT or role is CAPTION:
            continue
        head = entries.get(i) if entries else None
        pictured = bool(waiting) and waiting[0][0] <= i
        if group and (head or pictured or not _together(choice, group[-1], i)):
            blocks.append(_joined(choice, group, base))
            group = []
        while waiting and waiting[0][0] <= i:
            blocks.append(_figure(waiting.popleft()[1]))
        if head is not None:
            blocks.append(Block(BlockKind.ENTRY, head[0], escape(head[0], quote=False), time=head[1]))
        if role in _JOINED:
            group.append(i)
            continue
        piece = pieces[i]
        level = _LEVEL.get(piece.box.tag, 2) if role is SUBHEADING else 0
        blocks.append(Block(_KIND[role], piece.text, _html(piece, base), level))
    if group:
        blocks.append(_joined(choice, group, base))
    blocks += [_figure(image) for _, image in waiting]
    return tuple(blocks)


def _together(choice: Choice, last: int, at: int) -> bool:
    """Whether two pieces are one block: items of a list, cells of a table."""
    role = choice.roles[at]
    if choice.roles[last] is not role:
        return False
    pieces = choice.page.pieces
    holder = holder_of(pieces[at].box, role)
    return holder is not None and holder is holder_of(pieces[last].box, role)


def holder_of(box: Box, role: Role) -> Box | None:
    """The list or table around an item or cell."""
    names = ("ul", "ol", "dl", "menu") if role is Role.ITEM else ("table",)
    at: Box | None = box
    for _ in range(8):
        if at is None or at.tag in names:
            return at
        at = at.parent
    return None


def _joined(choice: Choice, group: list[int], base: str) -> Block:
    """The list or table of some items or cells."""
    role = choice.roles[group[0]]
    pieces = [choice.page.pieces[i] for i in group]
    if role is not Role.ITEM:
        return _table(pieces, base, role)
    holder = holder_of(pieces[0].box, role)
    name = "ol" if holder is not None and holder.tag == "ol" else "ul"
    html = _listed((_html(p, base) for p in pieces), name)
    return Block(BlockKind.LIST, "\n".join(p.text for p in pieces), html)


def _html(piece: Piece, base: str) -> str:
    """The markup of one piece."""
    return clean_html(piece.text, piece.parts, piece.marks, base)


def _table(cells: list[Piece], base: str, role: Role) -> Block:
    rows: list[tuple[Box | None, list[Piece]]] = []
    for cell in cells:
        row = _row_of(cell.box)
        if not rows or rows[-1][0] is not row:
            rows.append((row, []))
        rows[-1][1].append(cell)
    text = "\n".join("\t".join(c.text for c in row) for _, row in rows)
    lines = [[_html(c, base) for c in row] for _, row in rows]
    if role is Role.ROW:
        return Block(BlockKind.LIST, text, _listed(" ".join(line) for line in lines))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return Block(BlockKind.TABLE, text, f"<table>{body}</table>")


def _listed(items: Iterable[str], name: str = "ul") -> str:
    return f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"


def _row_of(box: Box) -> Box | None:
    at: Box | None = box
    for _ in range(6):
        if at is None or at.tag == "tr":
            return at
        at = at.parent
    return None


def _figure(image: Image) -> Block:
    html = f'<img src="{escape(image.address)}" alt="{escape(image.alt)}">'
    return Block(BlockKind.FIGURE, image.caption, html, image=image)
