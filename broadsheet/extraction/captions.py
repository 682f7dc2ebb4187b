"""Which pieces are captions, and of which picture.

A picture and its words share a small box: the highest one around the picture that still holds next to nothing else.
Words in it are a caption if the markup says so (figure, a name such as "caption" or "legend"), if they are the
picture's own alternative text, or if they end as captions do, with a credit. Right behind a picture that has no box of
its own, only the alternative text, a credit or small print decide; a paragraph is a paragraph otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from broadsheet.extraction.credits import has_credit, is_credit, split_credit
from broadsheet.extraction.page import Box, Page, Piece, names_of
from broadsheet.extraction.reasons import groups_named
from broadsheet.extraction.roles import CAPTION, HEADINGS, OUT, TEXT, Choice, Role
from broadsheet.extraction.surroundings import CAPTIONED, CELLS, FIGURE, MOST_NAMES, QUOTE, around, is_away, is_caption

ABOVE, BELOW = 12, 3
"""Pieces above the first and below the last of the text among which its pictures stand."""
FAR_ABOVE = 60
"""Pieces between a heading and the text: a gallery may stand there."""
LARGEST, MOST_WORDS = 900, 6
"""Characters and pieces that a picture's own box holds at most."""
NEAR = 5
"""Pieces before and behind a picture that may be its words."""
LONGEST = 700
SHORTEST_ALT = 8
SHORTEST = 40
"""Characters below which words in a figure need a full stop to be a caption, where nothing marks them as one."""
LONGEST_BARE = 350
"""Characters of a caption that only its credit tells."""
LONGEST_RUN = 80
_SET_APART = frozenset({"span", "small"})
CLIMB = 8
_PICTURE_NAMES = frozenset({"caption", "credit", "image", "gallery", "video"})
_NOT_WORDS = frozenset({"author", "date", "related", "ad", "nav"})
_CAPTIONS = frozenset({"caption", "credit"})
_NO_HOLDERS = frozenset({"article", "main", "body", "section", "li", "header", "h1", "h2", "h3"})
_CREDIT_SIGNS = ("credit", "copyright", "quelle", "source", "graf", "graph", "rights", "fuente", "nachweis", "byline")
_PICTURE_SIGNS = (
    *_CREDIT_SIGNS, "capt", "cutline", "legend", "bild", "imag", "img", "photo", "foto", "pic", "thumb", "figure",
    "media", "galle", "galerie", "slid", "swiper", "slick", "carousel", "lightbox", "video", "player", "leyenda",
    "didascalia", "bu",
)  # fmt: skip
"""Parts of the words in the groups that matter here."""
_ALTERNATIVES = ("alt", "title", "data-caption", "data-title", "aria-label")


@dataclass(frozen=True, slots=True)
class Caption:
    """text and credit: runs of the page's text, either may be "". medium: place of its picture in `Page.media`, -1 if
    there is none. place: its first piece."""

    text: str
    credit: str
    medium: int
    place: int


def take_captions(choice: Choice) -> list[Caption]:
    """Captions in and around the text, in reading order; their pieces are captions from now on and not text."""
    if not choice.kept:
        return []
    page, roles = choice.page, choice.roles
    low, high = _first(choice), min(len(roles), choice.kept[-1] + 1 + BELOW)
    found: dict[int, int] = {}
    for number, (place, box, node) in enumerate(page.media):
        if low <= place <= high and not is_away(box):
            for i in _words_of(page, place, box, node, roles):
                found.setdefault(i, number)
    taken = {i: n for i, n in found.items() if low <= i < high}
    pieces = page.pieces
    for i in range(low, high):
        role = roles[i]
        if i in taken or role in TEXT or (role is OUT and pieces[i].passed):
            continue
        if _is_marked(pieces[i]) or (role is CAPTION and not _is_label(pieces[i])):
            taken[i] = -1
    if not taken:
        return []
    for i in taken:
        roles[i] = CAPTION
    choice.kept = [i for i in choice.kept if roles[i] in TEXT]
    return tied(page, taken)


def _first(choice: Choice) -> int:
    """The piece from which on pictures are the article's: its heading where that is not far above the text."""
    first = choice.kept[0]
    far = max(0, first - FAR_ABOVE)
    heads = [i for i in choice.page.heads if far <= i < first]
    if heads:
        return heads[-1]
    if not any(box.tag == "h1" for box in choice.page.boxes):  # it stands above all that was walked
        return far
    return max(0, first - ABOVE)


def captions_of(page: Page) -> list[Caption]:
    """Captions of all pictures of a page that was walked but not judged: what stands above the text."""
    _measure(page)
    found = {i: -1 for i, piece in enumerate(page.pieces) if piece.box.tag == "figcaption"}
    for number, (place, box, node) in enumerate(page.media):
        for i in _words_of(page, place, box, node):
            if found.get(i, -1) < 0:
                found[i] = number
    return tied(page, found)


def tied(page: Page, taken: dict[int, int]) -> list[Caption]:
    """Pieces that are captions, by place, to captions: neighbours of one picture are one caption."""
    captions: list[Caption] = []
    last = -2
    for i in sorted(taken):
        text, credit = parts_of(page.pieces[i])
        number = taken[i]
        before = captions[-1] if captions else None
        if before is not None and i == last + 1 and before.medium == number and (number >= 0 or not text):
            joined = f"{before.text} {text}" if before.text and text and not before.credit else before.text or text
            captions[-1] = Caption(joined, before.credit or credit, number, before.place)
        else:
            captions.append(Caption(text, credit, number, i))
        last = i
    return captions


def is_captioned(piece: Piece) -> bool:
    """Whether the names of the boxes around a piece say that it is a caption."""
    at: Box | None = piece.box
    for _ in range(CLIMB):
        if at is None:
            return False
        if at.bits & CAPTIONED:
            return True
        at = at.parent
    return False


def parts_of(piece: Piece) -> tuple[str, str]:
    """What a caption's piece shows and its credit: by markup, else by wording."""
    if _says_credit(piece.box.names):
        return "", split_credit(piece.text)[1] or piece.text.strip(" ()[]")
    for number, (start, node, tag) in enumerate(piece.marks):
        if node is None or not (tag == "cite" or _says_credit(names_of(node))):
            continue
        end = _end_of(piece, number)
        credit = " ".join("".join(piece.parts[start:end]).split())
        if not credit:
            continue
        before, after = (" ".join("".join(run).split()) for run in (piece.parts[:start], piece.parts[end:]))
        text = max(before, after, key=len).strip(" ()[]|·–—-/")
        return text, split_credit(credit)[1] or credit.strip(" ()[]")
    text, credit = split_credit(piece.text)
    return (text, credit) if credit or not text else _by_last_run(piece, text)


def _by_last_run(piece: Piece, text: str) -> tuple[str, str]:
    """A caption whose last run is an element of its own, short and no sentence: that is the credit."""
    depth, start, end, last = 0, -1, -1, ""
    for place, node, tag in piece.marks:
        if node is not None:
            if not depth:
                start, last = place, tag
            depth += 1
        else:
            depth -= 1
            end = place
    if piece.broken and piece.marks and piece.marks[0][0] == 0 and piece.marks[0][2] in _SET_APART:
        end = _end_of(piece, 0)
        credit, rest = (" ".join("".join(run).split()) for run in (piece.parts[:end], piece.parts[end:]))
        if 2 < len(credit) <= SHORTEST < len(rest) and credit[-1] not in ".!?…:,":
            return rest, credit
    credit = " ".join("".join(piece.parts[start:]).split()) if start > 0 else ""
    if last not in _SET_APART or not 2 < len(credit) <= LONGEST_RUN or credit[-1] in ".!?…:,":
        return text, ""
    if "".join(piece.parts[end:]).strip():
        return text, ""
    before = " ".join("".join(piece.parts[:start]).split()).strip(" ()[]|·–—-/")
    return (before, credit.strip(" ()[]")) if len(before) > len(credit) else (text, "")


@lru_cache(maxsize=MOST_NAMES)
def _is_picture(names: str) -> bool:
    return _is_called(names, _PICTURE_SIGNS) and not _PICTURE_NAMES.isdisjoint(groups_named(names))


@lru_cache(maxsize=MOST_NAMES)
def _says_credit(names: str) -> bool:
    return names != "" and _is_called(names, _CREDIT_SIGNS) and "credit" in groups_named(names)


def _is_called(names: str, signs: tuple[str, ...]) -> bool:
    """Whether one of the signs stands in the names: quick, for the many that have none."""
    return True in map(names.__contains__, signs)


def _end_of(piece: Piece, number: int) -> int:
    """The place in its parts where the element of a mark closes."""
    depth = 0
    for place, node, _ in piece.marks[number:]:
        depth += 1 if node is not None else -1
        if depth == 0:
            return place
    return len(piece.parts)


def _words_of(page: Page, place: int, box: Box, node: LexborNode, roles: Sequence[Role] = ()) -> list[int]:
    """Places of the pieces that are a picture's words. roles: what the pieces are taken for so far."""
    pieces = page.pieces
    seen = _Seen(node, *_holders_of(box))
    found: list[int] = []
    for i in range(place, min(len(pieces), place + NEAR)):
        inside = seen.holder is not None and _within(pieces[i].box, seen.holder)
        if not inside and i > place + 1:
            break
        if seen.is_told(pieces, i, inside, len(found) == i - place, bool(roles) and roles[i] in TEXT):
            found.append(i)
    if seen.holder is not None:
        for i in range(place - 1, max(-1, place - 1 - NEAR), -1):
            if not _within(pieces[i].box, seen.holder):
                break
            if seen.is_told(pieces, i, True, False, bool(roles) and roles[i] in TEXT):
                found.append(i)
    return _without_labels([(i, pieces[i]) for i in found], seen.bare) if found else found


class _Seen:
    """A picture that is looked at: its own box, the highest that is called a picture's, and its alternative texts."""

    def __init__(self, node: LexborNode, holder: Box | None, named: Box | None) -> None:
        self.node = node
        self.holder = holder
        self.named = named
        self.bare = named is not None and named.tag == "figure"
        self._alternatives: list[str] | None = None

    def is_told(self, pieces: list[Piece], i: int, inside: bool, next_to: bool, prose: bool) -> bool:
        """Whether a piece is the picture's words.

        inside: it stands in the picture's own box. next_to: nothing else stands between. prose: it is taken for text.
        """
        piece, holder = pieces[i], self.holder
        text = piece.text
        if len(text) > LONGEST or piece.cue.strength >= 0.6:
            return False
        good = bool(piece.box.bits & CAPTIONED) and (inside or (next_to and not self.bare))
        if piece.density >= 0.5 and not good and not piece.passed:
            return False
        heading = piece.box.tag in HEADINGS
        if not good:
            good = self._is_in_place(pieces, i, prose, heading) if inside else next_to and _is_bare_caption(piece)
        if not good and (inside or len(text) <= LONGEST_BARE):
            good = (not prose or len(text) > SHORTEST) and self._says_the_same(text)
            self.bare = self.bare and not good
        if not good or (heading and prose):
            return False
        if self.named is not None and "slide" in self.named.names:
            return True
        return not _called(piece.box, _NOT_WORDS, CLIMB, holder.parent if holder is not None else None)

    def _is_in_place(self, pieces: list[Piece], i: int, prose: bool, heading: bool) -> bool:
        """Whether a piece in the picture's own box is its caption or its credit by its place or its form."""
        piece, named = pieces[i], self.named
        if heading:
            return False
        if named is not None and _within(piece.box, named):
            if not prose or self.bare or named.tag == "figure" or _called(piece.box, _CAPTIONS, CLIMB, named.parent):
                return True
            if i + 1 < len(pieces) and is_credit(pieces[i + 1].text) and _within(pieces[i + 1].box, named):
                return True
        return _is_small(piece) or is_credit(piece.text) or has_credit(piece.text)

    def _says_the_same(self, text: str) -> bool:
        """Whether a text is one of the picture's alternative texts, or one of them cut short."""
        if self._alternatives is None:
            self._alternatives = _alternatives(self.node)
        bare = text.rstrip(".… ")
        return any(
            len(one) >= SHORTEST_ALT and (one.startswith(bare) or (text.startswith(one) and 2 * len(one) > len(text)))
            for one in self._alternatives
        )


def _without_labels(found: list[tuple[int, Piece]], in_figure: bool) -> list[int]:
    """Where a caption is marked as one, buttons and bylines in the same figure are not part of it; where none is, a
    few words that are no sentence are not one."""
    if any(is_captioned(piece) for _, piece in found):
        return [i for i, piece in found if is_captioned(piece) or is_credit(piece.text)]
    return [i for i, piece in found if not (in_figure and _is_label(piece))]


def _is_label(piece: Piece) -> bool:
    text = piece.text
    if sum(map(str.isdigit, text[:120])) > 7 or any(tag == "time" for _, _, tag in piece.marks):
        return True
    return len(text) < SHORTEST and text[-1] not in ".!?…。！？" and not is_credit(text) and text[0] not in "(（["


def _holders_of(box: Box) -> tuple[Box | None, Box | None]:
    """The highest box around a picture that holds next to nothing else, and the highest that is a picture's by its
    tag or its names."""
    holder: Box | None = None
    named: Box | None = None
    at: Box | None = box
    for _ in range(CLIMB):
        if at is None or (at.up >= 0 and not at.down) or at.chars > LARGEST or at.count > MOST_WORDS:
            break
        if at.tag in _NO_HOLDERS:
            break
        holder = at
        if at.tag == "figure":
            return at, at
        if at.names and _is_picture(at.names):
            named = at
        at = at.parent
    return holder, named


def _is_bare_caption(piece: Piece) -> bool:
    """Whether a piece right behind a picture without a box reads as its caption."""
    return len(piece.text) <= LONGEST_BARE and (is_credit(piece.text) or (_is_small(piece) and has_credit(piece.text)))


def _is_small(piece: Piece) -> bool:
    """Whether all of a piece is small print."""
    if piece.box.tag == "small":
        return True
    return bool(piece.marks) and piece.marks[0][2] == "small" and not "".join(piece.parts[: piece.marks[0][0]]).strip()


def _is_marked(piece: Piece) -> bool:
    """Whether a piece that is no text stands where captions do."""
    bits = around(piece.box)
    if not bits & (CAPTIONED | FIGURE) or not 2 <= len(piece.text) <= LONGEST:
        return False
    if bits & CAPTIONED:
        return is_caption(piece.box) and (piece.density < 0.5 or piece.box.tag == "figcaption")
    if piece.density >= 0.5 or not bits & FIGURE or piece.box.tag in HEADINGS or not is_caption(piece.box):
        return False
    return not _is_label(piece) and not _called(piece.box, _NOT_WORDS, CLIMB)


def _called(box: Box, groups: frozenset[str], steps: int, top: Box | None = None) -> bool:
    """Whether a box, or one above it below `top`, is called by one of the groups."""
    at: Box | None = box
    for _ in range(steps):
        if at is None or at is top:
            return False
        if at.names and not groups.isdisjoint(groups_named(at.names)):
            return True
        at = at.parent
    return False


def _within(box: Box, holder: Box) -> bool:
    """Whether a box lies in a holder, with neither a quotation nor a table between them."""
    at: Box | None = box
    for _ in range(2 * CLIMB):
        if at is None or at is holder:
            return at is holder
        if at.bits & (QUOTE | CELLS):
            return False
        at = at.parent
    return False


def _alternatives(node: LexborNode) -> list[str]:
    """What the picture's own attributes, and those of the link around it, say of it."""
    img = node if node.tag != "picture" else node.css_first("img")
    around = node.parent
    texts = []
    for one in (img, around if around is not None and around.tag == "a" else None):
        if one is not None:
            named = one.attributes
            texts += [v for name in _ALTERNATIVES if (v := named.get(name))]
    return [" ".join(text[:LONGEST].split()).rstrip(".… ") for text in dict.fromkeys(texts)]


def _measure(page: Page) -> None:
    """Characters and pieces of every box, for a page that was not judged."""
    for piece in page.pieces:
        piece.density = min(1.0, piece.link / len(piece.text))
        at: Box | None = piece.box
        while at is not None:
            at.chars += len(piece.text)
            at.count += 1
            at = at.parent
