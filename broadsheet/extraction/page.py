"""One pass over the parsed page: runs of inline text (pieces) and the boxes they stand in.

A piece is what a reader sees as one block of text: a paragraph, a heading, a list item, a caption, a table cell,
or the words between two blank lines made of `<br>`. A box is a block-level element around pieces. Nothing is decided
here: which pieces are the article is for others to say.

The walk is a loop over `first_child` and `next`, never a recursion,
    so depth costs nothing; every node is visited once.
"""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborNode

from broadsheet.extraction.cues import NO_CUE

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

    What lies below is measured by `features`: prose, chars, linked (characters of running text, of all text, of
    links), count of pieces; group: what boxes marked alike share; up, down: steps to the main box; kind: class of its
    tag; score, weights, beside, beyond: what it adds to pieces; own, held, rank, far: its places in tables.
    """

    __slots__ = (
        "_names", "beside", "beyond", "chars", "count", "dense", "down", "far", "group", "held", "kind", "linked",
        "media", "node", "own", "parent", "prose", "rank", "score", "share", "tag", "up", "weights",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Box | None, node: LexborNode) -> None:
        self.tag = tag
        self.parent = parent
        self.node = node
        self._names: str | None = None
        self.group: tuple[str, ...] | None = None
        self.prose = self.chars = self.linked = 0.0
        self.media = self.count = self.down = 0
        self.up = self.kind = -1
        self.share: int
        self.dense: int
        self.own: int
        self.far: int
        self.held: int
        self.rank: int
        self.score: Any
        self.beside: Any
        self.beyond: Any
        self.weights: Any

    @property
    def names(self) -> str:
        """Class, id, role and the like as they stand, one string, lower case; read when first asked for."""
        names = self._names
        if names is None:
            names = self._names = names_of(self.node)
        return names


class Piece:
    """A run of inline text.

    parts: text nodes as they stood. marks: (place in parts, node or None, tag) where inline elements open and, with
    None, close. link, strong: characters inside links, inside bold or italic. links: how many. broken: whether a `<br>`
    stands in it. media: pictures and players seen so far.
    size: characters, more for scripts without spaces. density: share of link text. length, coarse, shape, cell: places
    on scales. cue: what its phrases say.
    """

    __slots__ = (
        "box", "broken", "cell", "coarse", "cue", "density", "length", "link", "links", "marks", "media", "parts",
        "shape", "size", "strong", "text",
    )  # fmt: skip

    def __init__(
        self,
        box: Box,
        parts: list[str],
        marks: list[Mark],
        text: str,
        link: int = 0,
        strong: int = 0,
        links: int = 0,
        broken: int = 0,
        media: int = 0,
    ) -> None:
        self.box = box
        self.parts = parts
        self.marks = marks
        self.text = text
        self.link = link
        self.strong = strong
        self.links = links
        self.broken = broken
        self.media = media
        self.size = self.density = 0.0
        self.length = self.coarse = self.shape = self.cell = 0
        self.cue = NO_CUE


class Page:
    """What one walk saw: pieces in reading order, boxes parents first, media as (pieces before it, box, element)."""

    __slots__ = ("boxes", "groups", "media", "pieces", "prose")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.media: list[tuple[int, Box, LexborNode]] = []
        self.prose = 1.0
        self.groups: dict[tuple[str, ...], float] = {}


_NAMED = frozenset(["class", "id", "role", "itemprop", "aria-label", "property", "rel"])
_DULL = frozenset(["data-src", "data-href", "data-url"])
LONGEST_NAME = 40
"""Characters of a data attribute up to which it may be a name."""


def names_of(node: LexborNode) -> str:
    """The names an author gave an element: class, id, role, item property, test and component names."""
    named = node.attributes
    if not named:
        return ""
    if len(named) == 1 and "class" in named:
        return (named["class"] or "").lower()
    words = []
    for key, value in named.items():
        if value and (key in _NAMED or (key[:5] == "data-" and len(value) < LONGEST_NAME and key not in _DULL)):
            words.append(value)
    if "hidden" in named or ("style" in named and "display:none" in (named["style"] or "").replace(" ", "")):
        words.append("is-hidden")
    return " ".join(words).lower()


_FIXED_TAGS = 512
"""Numbers that the parser gives to the elements it knows are below this; those of others differ from page to page."""
_tags: dict[int, tuple[str, int]] = {}


def _learn_tag(node: LexborNode) -> tuple[str, int]:
    """Tag and role of an element whose number was not met yet."""
    tag = node.tag or ""
    known = tag, _ROLE.get(tag, _BOX)
    number = node.tag_id
    if number is not None and 0 <= number < _FIXED_TAGS:
        _tags[number] = known
    return known


def walk(root: LexborNode) -> Page:
    """All pieces and boxes below `root`."""
    page = Page()
    pieces, boxes, seen = page.pieces, page.boxes, page.media
    known_tag = _tags.get
    parts: list[str] = []
    marks: list[Mark] = []
    open_links = open_strong = link = strong = links = breaks = media = broken = 0
    box = Box(root.tag or "", None, root)
    boxes.append(box)
    stack: list[tuple[LexborNode, int, Box | None]] = []
    node = root.first_child

    def flush() -> None:
        nonlocal parts, marks, link, strong, links, broken
        if parts:
            text = " ".join("".join(parts).split())
            if text:
                pieces.append(Piece(box, parts, marks or NO_MARKS, text, link, strong, links, broken, media))
            parts = []
            link = strong = links = broken = 0
        if marks:
            marks = []

    while node is not None:
        tag, role = known_tag(node.tag_id) or _learn_tag(node)
        if role == _WORDS:
            text = node.text_content or ""
            if not text.isspace():
                breaks = 0
                parts.append(text)
            elif parts or marks or links or open_links or open_strong:
                parts.append(text)
            if open_links:
                link += len(text)
            if open_strong:
                strong += len(text)
        elif role == _SKIP:
            pass
        elif role <= _STRONG:
            child = node.first_child
            if child is not None:
                if role:
                    marks.append((len(parts), node, tag))
                    if role == _LINK:
                        open_links += 1
                        links += 1
                    elif role == _STRONG:
                        open_strong += 1
                    stack.append((node, role, None))
                else:
                    if parts or marks:
                        flush()
                        if len(pieces) >= MAX_PIECES:
                            break
                    breaks = 0
                    stack.append((node, 0, box))
                    if len(stack) < MAX_DEPTH:
                        box = Box(tag, box, node)
                        boxes.append(box)
                node = child
                continue
            if not role:
                if parts or marks:
                    flush()
                breaks = 0
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
        else:
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
            following = node.next
        node = following
    flush()
    return page
