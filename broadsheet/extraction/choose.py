"""Which pieces are the article, and what each of them is.

The learned score says how likely a piece is the article's. What it is decides with it: a caption is a caption however
long its sentence, a wall's words stay out wherever they stand, a box beside the text is a box. Every piece that is
left out gets the reason that the receipt shows.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, auto
from functools import lru_cache
from itertools import pairwise

from broadsheet.extraction.features import Context, score_pieces
from broadsheet.extraction.model import load_model
from broadsheet.extraction.names import groups_in, words_of
from broadsheet.extraction.page import Box, Page, Piece


class Role(IntEnum):
    """What a piece is in the article; OUT: nothing."""

    OUT = 0
    PARAGRAPH = auto()
    SUBHEADING = auto()
    ITEM = auto()
    QUOTATION = auto()
    CELL = auto()
    ROW = auto()
    CAPTION = auto()
    PULL_QUOTE = auto()
    FACT_BOX = auto()
    EMBED = auto()


TEXT = frozenset({Role.PARAGRAPH, Role.SUBHEADING, Role.ITEM, Role.QUOTATION, Role.ROW})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EMBEDS = frozenset({"tweet", "instagram", "tiktok", "bluesky", "mastodon", "telegram", "imgur", "threads"})
_PULLED = frozenset({"pullquote", "pull", "pullquotes", "quotebox", "blockquote--pull"})
_LISTS = frozenset({"related", "comments", "disqus"})
LEAST_BESIDE = 200
"""Characters of text beside a list from which they are the article."""
MESSAGE = 500
"""Characters up to which a piece with a wall's or a promo's phrases is one."""
_HINT = 0.4
_WALLS = frozenset({"wall", "newsletter", "consent"})
LINE = 100
"""Characters of a line that may be a byline or a heading."""
LABEL_WORDS = 30
"""Characters of a heading of one or two words."""
MOST_AFTER = 0.35
"""Share of the text that may follow the heading of an afterword."""
_AFTERWORD = frozenset({"comment", "related", "author_box"})
_BYLINES = frozenset({"credit", "credits", "byline"})
_PERSONS = frozenset({"comment", "author_box"})
"""Afterwords of prose; after the heading of related reports only lists and headings go."""
MOST_ABOVE = 0.3
"""Share of the text that may stand above the headline and still be the site's."""
SHORTEST_LEAD, AMONG_FIRST = 12, 3
"""Characters from which a standfirst is looked for, and among how many first pieces."""
LABEL = 160
"""Characters up to which a piece may be a label."""
MOST_COMPARED = 1_000
"""Pieces among which the words of a pull quote are sought."""
MOST_NAMES = 20_000
"""Names remembered from page to page."""
LONG_CELL = 90
"""Mean characters of the pieces of a table from which it is layout."""
_AWAY_WORDS = frozenset(
    {
        "related",
        "newsletter",
        "comments",
        "disqus",
        "regwall",
        "paywall",
        "readmore",
        "sharedaddy",
        "outbrain",
        "taboola",
    }
)
"""Whole words in names that say the same on every site; their compounds do not."""
_TELLING, _SURE = 0.6, 0.8
"""Strengths from which phrases decide against a piece by themselves: of most kinds, and of the milder ones."""

# What the box around a piece makes of it, as bits: its own and those of the boxes above it, up to the main one.
FIGURE, EMBED, QUOTE, LIST, CELLS, FACT, PULL, CAPTIONED, AWAY, HIDDEN, FORM, BESIDE, ASIDE = (
    1 << i for i in range(13)
)

_BY_TAG = {
    "figure": FIGURE, "figcaption": FIGURE | CAPTIONED, "caption": FIGURE | CAPTIONED, "blockquote": QUOTE,
    "li": LIST, "dd": LIST,
    "dt": LIST, "td": CELLS, "th": CELLS, "form": FORM, "nav": AWAY, "footer": AWAY, "button": AWAY,
    "dialog": AWAY, "aside": ASIDE,
}  # fmt: skip
_BY_GROUP = {
    "caption": CAPTIONED, "fact": FACT, "share": BESIDE, "comment": BESIDE, "newsletter": BESIDE,
    "consent": BESIDE, "hidden": HIDDEN,
}  # fmt: skip
_CLASSES = (
    ("comment", "comment"), ("newsletter", "newsletter"), ("consent", "consent"), ("wall", "wall"), ("share",
    "share"),
    ("ad", "advertisement"), ("author", "author_box"), ("related", "related"), ("popular", "related"), ("legal",
    "legal"),
    ("teaser", "promo"), ("shop", "promo"), ("donate", "promo"), ("app", "promo"), ("caption", "caption"),
    ("credit", "caption"),
    ("nav", "navigation"), ("tags", "navigation"), ("header", "navigation"), ("footer", "navigation"), ("side",
    "related"),
)  # fmt: skip
_CUE_CLASS = {"read_more": "related"}


class Choice:
    """roles: one for each piece. chances: log-odds that each is the article's. kept: places of text pieces, in order.
    entries: heads of live-blog entries by the piece they stand before: words and time. standfirst: its place, or -1."""

    def __init__(self, page: Page, chances: list[float], settings: Settings) -> None:
        self.page = page
        self.chances = chances
        self.settings = settings
        self.roles: list[Role] = [Role.OUT] * len(chances)
        self.kept: list[int] = []
        self.entries: dict[int, tuple[str, datetime | None]] = {}
        self.standfirst = -1


_EMBEDDING = frozenset({"blockquote", "div", "figure", "section"})


@lru_cache(maxsize=MOST_NAMES)
def groups_named(names: str) -> frozenset[str]:
    """Groups that the names of an element belong to."""
    return frozenset(groups_in(words_of(names)))


@lru_cache(maxsize=MOST_NAMES)
def _named(names: str) -> int:
    """What names make of a box; EMBED only holds for some tags."""
    bits = 0
    words = words_of(names)
    for group in groups_in(words):
        bits |= _BY_GROUP.get(group, 0)
    if not _EMBEDS.isdisjoint(words):
        bits |= EMBED
    if not _PULLED.isdisjoint(words):
        bits |= PULL
    if not _AWAY_WORDS.isdisjoint(words):
        bits |= AWAY
    return bits


def _own(box: Box) -> int:
    """What a box's own tag and names make of it."""
    bits = _BY_TAG.get(box.tag, 0)
    if box.names:
        named = _named(box.names)
        bits |= named if box.tag in _EMBEDDING else named & ~EMBED
    return bits


class Settings:
    """What surrounds each box, worked out when asked and remembered."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, box: Box) -> int:
        """Bits of the box and all above it that are not above the main box too."""
        todo: list[Box] = []
        at: Box | None = box
        bits = 0
        while at is not None:
            known = self._known.get(id(at))
            if known is not None:
                bits = known
                break
            todo.append(at)
            at = at.parent
        for one in reversed(todo):
            if one.down == 0:
                bits = _BY_TAG.get(one.tag, 0) & (FIGURE | QUOTE)
            else:
                bits = _passed_on(bits, one.tag) | _own(one)
            self._known[id(one)] = bits
        return bits

    def is_caption(self, box: Box) -> bool:
        """Whether what stands in a box is a picture's caption."""
        bits = self.of(box)
        return bool(bits & (CAPTIONED | FIGURE)) and not bits & (AWAY | FORM)

    def is_away(self, box: Box) -> bool:
        """Whether a box is no place for the article's pictures."""
        return bool(self.of(box) & (AWAY | FORM | BESIDE | HIDDEN))


def _passed_on(bits: int, tag: str) -> int:
    """Quotations and tables are themselves, even inside a figure."""
    return bits & ~(FIGURE | CAPTIONED) if tag in ("blockquote", "table", "pre") else bits


def choose(page: Page, context: Context) -> Choice:
    """Score every piece and give it its role."""
    model = load_model("news" if context.news else "other")
    chances = score_pieces(page, context, model.first, model.names)
    choice = Choice(page, chances, Settings())
    bar, settings, roles = model.bar, choice.settings, choice.roles
    for i, piece in enumerate(page.pieces):
        if chances[i] >= bar:
            roles[i] = _role(piece, page, settings, context)
    _leave_lists(choice)
    _leave_walls(choice)
    _cut_above(choice, context)
    _cut_head(choice, context)
    _leave_standfirst(choice, context)
    _cut_tail(choice)
    _trim(choice)
    choice.kept = [i for i, role in enumerate(choice.roles) if role in TEXT]
    return choice


def _role(piece: Piece, page: Page, settings: Settings, context: Context) -> Role:
    """What a piece that scores well is in the article; OUT where its place or its words say so."""
    box = piece.box
    bits = settings.of(box)
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
    if cue.strength >= _TELLING and _speaks_up(piece, context.news):
        return Role.OUT
    if piece.size < LABEL and _is_label(piece, context):
        return Role.OUT
    if box.tag in HEADINGS:
        return Role.SUBHEADING
    if bits & (QUOTE | PULL):
        return Role.PULL_QUOTE if bits & PULL and _repeats(piece, page) else Role.QUOTATION
    if bits & LIST:
        return Role.ITEM
    if bits & CELLS:
        return _cell(box, context.news)
    return Role.PARAGRAPH


def _speaks_up(piece: Piece, news: bool) -> bool:
    """Whether the phrases of a piece alone say that it is not the article's."""
    cue = piece.cue
    if cue.kind == "legal":
        return cue.strength >= _SURE and piece.size < MESSAGE
    if cue.kind in ("read_more", "related"):
        return piece.density > 0.4 or (news and cue.strength >= _SURE)
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


def _leave_walls(choice: Choice) -> None:
    """Headings and pieces with some phrase of their own beside a wall, a newsletter or consent belong to it."""
    pieces, roles = choice.page.pieces, choice.roles
    walls = [i for i, p in enumerate(pieces) if p.cue.strength >= _TELLING and p.cue.kind in _WALLS]
    for at in walls:
        for i in range(max(0, at - 2), min(len(pieces), at + 3)):
            belongs = pieces[i].cue.strength >= _HINT or (i == at - 1 and roles[i] is Role.SUBHEADING)
            if belongs and roles[i] in TEXT and pieces[i].size < MESSAGE:
                roles[i] = Role.OUT


def _cut_above(choice: Choice, context: Context) -> None:
    """What stands above the article's own headline is the site's, unless it is much of the text."""
    pieces, roles = choice.page.pieces, choice.roles
    title = _folded(context.title)
    head = next((i for i, piece in enumerate(pieces) if piece.box.tag == "h1" and _folded(piece.text) == title), 0)
    above = [i for i in range(head) if roles[i] in TEXT]
    if not above:
        return
    total = sum(piece.size for piece, role in zip(pieces, roles, strict=True) if role in TEXT)
    if sum(pieces[i].size for i in above) <= MOST_ABOVE * total:
        for i in above:
            roles[i] = Role.OUT


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
                roles[i] = Role.OUT
                choice.standfirst = i
            return


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _cut_head(choice: Choice, context: Context) -> None:
    """Lines above the first paragraph that only name the author or the time go."""
    for i, piece in enumerate(choice.page.pieces):
        if choice.roles[i] not in TEXT:
            continue
        text = piece.text
        if piece.size >= LINE or text[-1] in '.!?…。！？؟”"»':
            return
        if any(a in text for a in context.authors) or sum(map(str.isdigit, text)) >= 4:
            choice.roles[i] = Role.OUT


def _cut_tail(choice: Choice) -> None:
    """A heading of comments, of related reports or of the author near the end takes what follows it along."""
    pieces, roles = choice.page.pieces, choice.roles
    total = sum(p.size for p, role in zip(pieces, roles, strict=True) if role in TEXT)
    after = 0.0
    for i in range(len(pieces) - 1, -1, -1):
        piece = pieces[i]
        sure = _TELLING if piece.size > LABEL_WORDS else _TELLING / 2
        heads = piece.box.tag in HEADINGS and piece.size < LINE and piece.cue.strength >= sure
        if heads and after and piece.cue.kind in _AFTERWORD:
            for j in range(i, len(pieces)):
                if piece.cue.kind in _PERSONS or roles[j] in (Role.ITEM, Role.SUBHEADING):
                    roles[j] = Role.OUT
            after = 0.0
            continue
        if roles[i] in TEXT:
            after += piece.size
            if after > MOST_AFTER * total:
                return


def _leave_lists(choice: Choice) -> None:
    """Where a list of other articles or the comments hold most of the prose, the text beside them is the article."""
    pieces = choice.page.pieces
    main = [b for b in choice.page.boxes if 0 <= b.up <= 1 and not b.down]
    lists = [b for b in main if not _LISTS.isdisjoint(words_of(b.names))]
    if not lists:
        return
    inside = [i for i, piece in enumerate(pieces) if choice.roles[i] in TEXT and _within(piece.box, lists)]
    beside = sum(p.size for i, p in enumerate(pieces) if choice.roles[i] in TEXT) - sum(pieces[i].size for i in inside)
    if beside >= LEAST_BESIDE:
        for i in inside:
            choice.roles[i] = Role.OUT


def _within(box: Box, lists: list[Box]) -> bool:
    at: Box | None = box
    while at is not None:
        if at in lists:
            return True
        at = at.parent
    return False


def _trim(choice: Choice) -> None:
    """A heading with nothing under it goes."""
    under = False
    for i in range(len(choice.roles) - 1, -1, -1):
        role = choice.roles[i]
        if role is Role.SUBHEADING and not under:
            choice.roles[i] = Role.OUT
        elif role in TEXT or role in (Role.CELL, Role.FACT_BOX):
            under = True


def reason_of(piece: Piece) -> str:
    """Why a piece is not text, in the words of `Omission.kind`."""
    cue = piece.cue
    if cue.kind and cue.strength >= 0.5:
        return _CUE_CLASS.get(cue.kind, cue.kind)
    groups: set[str] = set()
    at: Box | None = piece.box
    while at is not None and at.down:
        if at.tag in ("figure", "figcaption"):
            return "caption"
        if at.tag in ("nav", "header", "footer"):
            return "navigation"
        if at.names:
            groups |= groups_named(at.names)
        at = at.parent
    for group, kind in _CLASSES:
        if group in groups:
            return kind
    if cue.kind:
        return _CUE_CLASS.get(cue.kind, cue.kind)
    return "navigation" if piece.density > 0.5 or piece.size < 40 else "promo"
