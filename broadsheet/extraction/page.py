"""One pass over the parsed page: runs of inline text (pieces) and the boxes they stand in.

A piece is what a reader sees as one block of text: a paragraph, a heading, a list item, a caption, a table cell,
or the words between two blank lines made of `<br>`. A box is a block-level element around pieces. Nothing is decided
here: which pieces are the article is for others to say.

The walk is a loop over `first_child` and `next`, never a recursion,
    so depth costs nothing; every node is visited once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from selectolax.lexbor import LexborNode

from broadsheet.extraction.cues import NO_CUE
from broadsheet.extraction.surroundings import AWAY, BESIDE, BY_TAG, EMBED, EMBEDDING, HEADER, READ, bits_of, known_bits

Mark = tuple[int, LexborNode | None, str]
"""Place in the parts, the element that opens or None where one closes, its tag."""

NO_MARKS: list[Mark] = []
TEXT = "-text"
MAX_DEPTH = 400
"""Elements nested deeper add no box: no real page goes further, hostile ones nest 200,000 deep."""

MAX_PIECES = 20_000
"""Pieces after which a page is not read further: a long live blog has two thousand."""
MAX_MEDIA = 2_000
"""Pictures and players noted in one page."""

GLIMPSE = 160
"""Characters read of a subtree that is passed by: what the receipt shows of it."""

FEWEST_LINKS, MOSTLY = 4, 0.7
"""Links of a list, and the share of its characters that they hold."""
_HOLDERS = frozenset({"div", "section", "aside"})

_SKIPPED = (
    "script style noscript template svg math canvas select option textarea input head title meta link map area "
    "datalist dialog progress meter frameset frame param source track -comment !doctype"
)
_MEDIA = "img picture iframe video audio object embed amp-img amp-video amp-iframe amp-youtube"
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr"
)
_BOX, _RUN, _LINK, _STRONG, _SKIP, _MEDIUM, _BREAK, _WORDS = range(8)
_ROLE = (
    dict.fromkeys(_SKIPPED.split(), _SKIP)
    | dict.fromkeys(_MEDIA.split(), _MEDIUM)
    | dict.fromkeys(_INLINE.split(), _RUN)
    | {"": _SKIP, "a": _LINK, "b": _STRONG, "strong": _STRONG, "em": _STRONG, "i": _STRONG, "br": _BREAK, TEXT: _WORDS}
)


class Box:
    """A block-level element.

    names: class, id, role and the like as they stand, one string, lower case. bits: what its tag and names make of it.
    What lies below is measured by `features`: prose, chars, linked (characters of running text, of all text, of
    links), count of pieces; group: what boxes marked alike share; up, down: steps to the main box; kind: class of its
    tag; around: its bits and those of the boxes around it; score, weights, beside, beyond: what it adds to pieces;
    own, held, rank, far: its places in tables.
    """

    __slots__ = (
        "around", "beside", "beyond", "bits", "chars", "count", "dense", "down", "far", "group", "held", "kind",
        "linked", "media", "names", "node", "own", "parent", "prose", "rank", "score", "share", "tag", "up", "weights",
    )  # fmt: skip

    around: int
    share: int
    dense: int
    own: int
    far: int
    held: int
    rank: int
    score: Any
    beside: Any
    beyond: Any
    weights: Any

    def __init__(self, tag: str, parent: Box | None, node: LexborNode, names: str = "", bits: int = 0) -> None:
        self.tag = tag
        self.parent = parent
        self.node = node
        self.names = names
        self.bits = bits
        self.group: tuple[str, ...] | None = None
        self.prose = self.chars = self.linked = 0.0
        self.media = self.count = self.down = 0
        self.up = self.kind = -1


class Piece:
    """A run of inline text.

    parts: text nodes as they stood. marks: (place in parts, node or None, tag) where inline elements open and, with
    None, close. link, strong: characters inside links, inside bold or italic. links: how many. broken: whether a `<br>`
    stands in it. media: pictures and players seen so far.
    passed: whether it stands for a subtree that was not walked, and holds no more than its first words.
    size: characters, more for scripts without spaces. density: share of link text. length, coarse, shape, cell: places
    on scales. cue: what its phrases say.
    """

    __slots__ = (
        "box", "broken", "cell", "coarse", "cue", "density", "length", "link", "links", "marks", "media", "parts",
        "passed", "shape", "size", "strong", "text",
    )  # fmt: skip

    size: float
    length: int
    coarse: int
    shape: int
    cell: int

    def __init__(self, box: Box, parts: list[str], marks: list[Mark], text: str, media: int = 0) -> None:
        self.box = box
        self.parts = parts
        self.marks = marks
        self.text = text
        self.media = media
        self.link = self.strong = self.links = self.broken = 0
        self.density = 0.0
        self.cue = NO_CUE
        self.passed = False


class Page:
    """What one walk saw: pieces in reading order, boxes parents first, media as (pieces before it, box, element).

    `measure` adds heads: places of the main headings; main: the box around most prose; prose: its characters; groups:
    those of boxes marked alike.
    """

    __slots__ = ("boxes", "groups", "heads", "main", "media", "pieces", "prose")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.media: list[tuple[int, Box, LexborNode]] = []
        self.heads: list[int] = []
        self.main: Box
        self.prose = 1.0
        self.groups: dict[tuple[str, ...], float] = {}


_NAMED = frozenset(["class", "id", "role", "itemprop", "aria-label", "property", "rel"])
_DULL = frozenset(["data-src", "data-href", "data-url"])
LONGEST_NAME = 40
"""Characters of a data attribute up to which it may be a name."""


def names_of(node: LexborNode) -> str:
    """The names an author gave an element: class, id, role, item property, test and component names."""
    named = node.attributes
    return names_in(named) if named else ""


def names_in(named: dict[str, str | None]) -> str:
    """The names among the attributes of an element."""
    if len(named) == 1 and "class" in named:
        return (named["class"] or "").lower()
    words = [
        value
        for key, value in named.items()
        if value and (key in _NAMED or (key[:5] == "data-" and len(value) < LONGEST_NAME and key not in _DULL))
    ]
    if "hidden" in named or ("style" in named and "display:none" in (named["style"] or "").replace(" ", "")):
        words.append("is-hidden")
    return " ".join(words).lower()


TEXT_NUMBER = 2
"""The parser's number of text nodes."""
_FIXED_TAGS = 512
"""Numbers that the parser gives to the elements it knows are below this; those of others differ from page to page."""
_tags: dict[int, tuple[str, int, int]] = {}


def _learn_tag(node: LexborNode) -> tuple[str, int, int]:
    """Tag, role and bits of an element whose number was not met yet."""
    tag = node.tag or ""
    known = tag, _ROLE.get(tag, _BOX), BY_TAG.get(tag, 0)
    number = node.tag_id
    if number is not None and 0 <= number < _FIXED_TAGS:
        _tags[number] = known
    return known


def folded(text: str) -> str:
    """The text with its white space folded; most needs none, which is told for a fifth of what folding costs."""
    text = text.strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _glimpse(node: LexborNode) -> str:
    """The first words of a subtree."""
    words: list[str] = []
    size, skipped = 0, -1
    for inner in node.traverse(include_text=True, skip_empty=True):
        _, role, _ = _tags.get(inner.tag_id) or _learn_tag(inner)
        if role == _WORDS:
            text = inner.text_content or ""
            if text.isspace():
                continue
            if skipped < 0 or (parent := inner.parent) is None or parent.mem_id != skipped:
                words += text.split()
                size += len(text)
                if size > GLIMPSE:
                    break
        elif role == _SKIP:
            skipped = inner.mem_id
    return " ".join(words)


def walk(root: LexborNode, leave: int = 0, spared: Collection[int] = ()) -> Page:
    """All pieces and boxes below `root`.

    leave: bits of boxes that are passed by, with a piece of their first words in their place. spared: boxes
    (`mem_id`) that are walked all the same, as the article stands in them.
    """
    page = Page()
    pieces, boxes, seen = page.pieces, page.boxes, page.media
    known_tag = _tags.get
    parts: list[str] = []
    marks: list[Mark] = []
    open_links = open_strong = link = strong = links = breaks = media = broken = 0
    inside = 0  # boxes open that are not around the article
    beside = bool(leave & BESIDE and spared)
    box = Box(root.tag or "", None, root, names_of(root))
    boxes.append(box)
    stack: list[tuple[LexborNode, int, Box | None]] = []
    node = root.first_child

    def flush() -> None:
        nonlocal parts, marks, link, strong, links, broken
        if parts:
            text = folded("".join(parts))
            if text:
                piece = Piece(box, parts, marks or NO_MARKS, text, media)
                if links or link:
                    piece.link, piece.links = link, links
                if strong:
                    piece.strong = strong
                if broken:
                    piece.broken = broken
                pieces.append(piece)
            parts = []
            link = strong = links = broken = 0
        if marks:
            marks = []

    def pass_by(left: Box) -> None:
        text = _glimpse(left.node)
        if text:
            boxes.append(left)
            piece = Piece(left, [text], NO_MARKS, text, media)
            piece.link, piece.links, piece.passed = len(text), 1, True
            pieces.append(piece)

    while node is not None:
        number = node.tag_id
        if number == TEXT_NUMBER:
            if parts or marks or links or open_links or open_strong:
                text = node.text_content or ""
                parts.append(text)
                if not text.isspace():
                    breaks = 0
                if open_links:
                    link += len(text)
                if open_strong:
                    strong += len(text)
            elif not node.is_empty_text_node:
                text = node.text_content or ""
                if not text.isspace():
                    breaks = 0
                    parts.append(text)
        else:
            tag, role, bits = known_tag(number) or _learn_tag(node)
            if role == _BOX:
                if parts or marks:
                    flush()
                    if len(pieces) >= MAX_PIECES:
                        break
                breaks = 0
                child = node.first_child
                if child is not None:
                    named = node.attributes
                    names = names_in(named) if named else ""
                    if names:
                        own = known_bits(names)
                        if own is None:
                            own = bits_of(names)
                        bits |= own if tag in EMBEDDING else own & ~EMBED
                    around = not inside and node.mem_id in spared
                    if around or (
                        (not bits & leave or bits & READ or _is_wanted(node, box, bits))
                        and (inside or tag not in _HOLDERS or not beside or not _is_list_of_links(node))
                    ):
                        inside += not around
                        stack.append((node, _BOX, box))
                        if len(stack) < MAX_DEPTH:
                            box = Box(tag, box, node, names, bits)
                            boxes.append(box)
                        node = child
                        continue
                    pass_by(Box(tag, box, node, names, bits))
            elif role <= _STRONG:
                child = node.first_child
                if child is not None:
                    marks.append((len(parts), node, tag))
                    if role == _LINK:
                        open_links += 1
                        links += 1
                    elif role == _STRONG:
                        open_strong += 1
                    stack.append((node, role, None))
                    node = child
                    continue
            elif role == _BREAK:
                breaks += 1
                if breaks > 1:
                    flush()
                    if len(pieces) >= MAX_PIECES:
                        break
                    breaks = 1
                else:
                    parts.append("\n")
                    broken = 1
            elif role == _MEDIUM:
                media += 1
                box.media += 1
                if len(seen) < MAX_MEDIA:
                    seen.append((len(pieces), box, node))
        following = node.next
        while following is None and stack:
            node, role, outer = stack.pop()
            if outer is None:
                marks.append((len(parts), None, ""))
                if role == _LINK:
                    open_links -= 1
                elif role == _STRONG:
                    open_strong -= 1
            else:
                if parts or marks:
                    flush()
                breaks = 0
                box = outer
                if inside:
                    inside -= 1
            following = node.next
        node = following
    flush()
    return page


def _is_wanted(node: LexborNode, outer: Box, bits: int) -> bool:
    """Whether a box that could be passed by is none of those that should."""
    return bool((bits & HEADER and _heads(node)) or (bits & AWAY and _is_slide(outer)))


def _is_list_of_links(node: LexborNode) -> bool:
    """Whether a box beside the article holds links to others, and little else."""
    links = node.css("a")
    if len(links) < FEWEST_LINKS:
        return False
    left = MOSTLY * len(folded(node.text_lexbor() or ""))
    for link in links:
        left -= len(folded(link.text_lexbor() or ""))
        if left < 0:
            return True
    return False


def _heads(node: LexborNode) -> bool:
    """Whether a header is that of an article or a section rather than the site's."""
    return node.css_first("h1") is not None or (
        node.css_first("h2, h3, p") is not None and node.css_first("nav, form") is None
    )


def _is_slide(box: Box) -> bool:
    """Whether a box is part of a gallery, whose captions may fold out."""
    parent = box.parent
    return "slide" in box.names or (parent is not None and "slide" in parent.names)
