"""What can be seen of a piece and its neighbourhood, as sums of weights from tables.

Every feature is a table and a place in it; a piece's score is the sum of what stands there. The same code serves
training: there the tables hold column numbers in one-element tuples instead of weights,
    and `+` strings them together,
so what was learned and what is used can never drift apart.

A piece is judged by what it is (length, links, punctuation, phrases), where it stands (the boxes around it,
    their names
and their share of the prose, its distance from the main one) and what stands next to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from broadsheet.extraction.cues import NO_CUE, Matcher
from broadsheet.extraction.measuring import measure, settle
from broadsheet.extraction.page import Page, Piece, names_of
from broadsheet.extraction.scales import (
    ENDS,
    FIRST,
    LENGTH_AT,
    LEVELS,
    LINKS,
    NOTHING,
    PLACES,
    SIGNS,
    SIZES,
    STARTS,
    STRENGTHS,
    STRONG,
    Sums,
)

__all__ = ["SIZES", "Context", "score_pieces"]


class Context(NamedTuple):
    """What the page says about its article elsewhere: evidence, never truth."""

    title: str = ""
    lead: str = ""
    body: str = ""
    news: bool = False
    cues: Matcher | None = None
    authors: tuple[str, ...] = ()


_SIGNS = tuple((sign, 5 * i) for i, sign in enumerate(SIGNS))
_ASCII_SIGNS = tuple((sign, at) for sign, at in _SIGNS if sign.isascii())
_DIGIT = re.compile(r"\d").search
ALL_LINK = 0.8
SHORT_LINK = 60
"""On pages of news, pieces shorter and more linked than this are taken for links, not for the article."""
MAX_SIGNS = 4_096
HEADING_SHAPES = (2, 3)
LONG_CUE, HEAD = 500, 240
"""Characters beyond which no phrase of a wall or a promo would say what a piece is, and those at its beginning among
which it stands: boilerplate speaks up at once."""

KIND_INDEX = {k: i + 1 for i, k in enumerate(
    ("wall", "consent", "newsletter", "promo", "related", "read_more", "share", "author_box", "legal",
    "advertisement", "comment"))}  # fmt: skip


@lru_cache(maxsize=4)
def _sums(t: Any) -> Sums:
    return Sums(t)


@lru_cache(maxsize=MAX_SIGNS)
def _end_of(sign: str) -> int:
    """The class of a last character."""
    return ENDS.get(sign) or (6 if sign.isdigit() else 7 if sign.isalpha() else 0)


@lru_cache(maxsize=MAX_SIGNS)
def _start_of(sign: str) -> int:
    """The class of a first character."""
    if sign in STARTS:
        return STARTS[sign]
    if sign.isupper() or sign.islower():
        return 1 if sign.isupper() else 2
    return 3 if sign.isdigit() else 8 if sign.isalpha() else 0


_ORDER = [bisect_right(FIRST, i) for i in range(16)]
_AFTER_TITLE = [3 + bisect_right((3, 5, 10), i) for i in range(11)]


def score_pieces(page: Page, context: Context, t: Any, names: Any) -> list[Any]:
    """One score (or row of columns) for every piece, from what it is and where it stands.

    On pages of news, short pieces that are all link are not looked at further: they are never the article's. Neither
    are those that their length, links, boxes and phrases alone decide on (`surely_out`, `surely_in`).
    """
    measure(page)
    pieces, news = page.pieces, context.news
    never = [p.passed or (news and p.density > ALL_LINK and p.size < SHORT_LINK and p.box.tag != "p") for p in pieces]
    settle(page, never, t, names)
    rows = _first_rows(pieces, never, t)
    open_ = [i for i, skipped in enumerate(never) if not skipped and not rows[i] < t.surely_out]
    headings = [p for p, r in zip(pieces, rows, strict=True) if p.shape in HEADING_SHAPES and r < t.surely_out]
    _read_phrases([*(pieces[i] for i in open_), *headings], context.cues)
    _add_rest(page, context, t, names, rows, open_)
    return rows


def _first_rows(pieces: list[Piece], never: Sequence[bool], t: Any) -> list[Any]:
    """The half of each score that needs no look at the words: length, links and boxes."""
    s = _sums(t)
    s_form, s_like, s_own, s_held, s_far = s.form, s.like, s.own, s.held, s.far
    rows: list[Any] = []
    for piece, skipped in zip(pieces, never, strict=True):
        if skipped:
            rows.append(t.never)
            continue
        box, length, c, density = piece.box, piece.length, piece.coarse, piece.density
        rows.append(
            box.score
            + s_form[(piece.shape * LEVELS + length) * 6 + (bisect_right(LINKS, density) if density else 0)]
            + s_like[box.rank + length]
            + s_own[box.own + c]
            + s_held[box.held + c]
            + s_far[box.far + c]
        )
    return rows


def _read_phrases(pieces: list[Piece], cues: Matcher | None) -> None:
    """Note on pieces what their phrases say."""
    if cues is not None:
        short = [piece for piece in pieces if piece.size < LONG_CUE]
        for i, cue in cues.find_all([p.text[:HEAD] for p in short], [p.density for p in short]).items():
            short[i].cue = cue


def _add_rest(page: Page, context: Context, t: Any, names: Any, rows: list[Any], open_: list[int]) -> None:
    """Add phrases, punctuation, order and neighbours to the scores of pieces that are still open."""
    pieces, total = page.pieces, page.prose
    title, lead, body, authors = context.title, context.lead[:60], context.body, context.authors
    seen = Counter([piece.text for piece in pieces])
    title_at = page.heads[0] if page.heads else -1
    s = _sums(t)
    s_edges, s_stops, s_runs, s_place, s_order = s.edges, s.stops, s.runs, s.place, s.order
    s_media, s_before, s_after = s.media, s.before, s.after
    t_both, t_body, t_sign, t_digits = t.both, t.body, t.sign, t.digits
    last = len(pieces) - 1
    passed = 0.0
    for i in open_:
        piece, row = pieces[i], rows[i]
        size, box, media, c, density = piece.size, piece.box, piece.media, piece.coarse, piece.density
        cue, shape, length = piece.cue, piece.shape, piece.length
        place = bisect_right(PLACES, passed / total) if passed else 0
        if density < 0.35 and size >= 60:
            passed += size
        if cue is not NO_CUE:
            kind = KIND_INDEX[cue.kind] * 5
            row = row + t.cue[kind + bisect_right(STRENGTHS, cue.strength)] + t.cue_length[kind + c]
        if row > t.surely_in:
            rows[i] = row + t.more
            continue
        text = piece.text
        sc = shape * 5 + c
        if text.isascii():
            commas = text.count(",")
            sentences = text.count(". ") + text.count("? ") + text.count("! ")
            signs = _ASCII_SIGNS
        else:
            commas = text.count(",") + text.count("，") + text.count("、") + text.count("،")
            sentences = text.count(". ") + text.count("。") + text.count("? ") + text.count("! ")
            signs = _SIGNS
        if piece.strong or piece.links:
            strong = bisect_right(STRONG, piece.strong / len(text)) if piece.strong else 0
            runs = ((strong * 5 + (piece.links if piece.links < 4 else 4)) * 2 + piece.broken) * 55 + sc
        else:
            runs = piece.broken * 55 + sc
        if title_at < 0 or i <= title_at:
            after_title = 0 if title_at < 0 else 1 if i < title_at else 2
        else:
            after_title = _AFTER_TITLE[i - title_at] if i - title_at < 11 else 6
        if i:
            before = pieces[i - 1]
            cell_before, both_before = before.cell * 55, before.cell % 20 * 21
            shown_before, box_before = media - before.media, before.box
        else:
            cell_before, both_before, shown_before, box_before = NOTHING * 55, 20 * 21, media, None
        if i < last:
            after = pieces[i + 1]
            cell_after, both_after = after.cell * 55, after.cell % 20
            shown_after = after.media - media
        else:
            cell_after, both_after, shown_after = NOTHING * 55, 20, 0
        parent = box.parent or box
        shown = (
            ((3 if box.media else 0) + (1 if parent.media else 0)) * 9
            + (shown_before if shown_before < 2 else 2) * 3
            + (shown_after if shown_after < 2 else 2)
        )
        row = (
            row
            + s_edges[(_end_of(text[-1]) * 9 + _start_of(text[0])) * LEVELS + length]
            + s_stops[((commas if commas < 3 else 3) * 5 + (sentences if sentences < 4 else 4)) * 5 + c]
            + s_runs[runs]
            + s_place[place * 55 + sc]
            + s_order[
                (((_ORDER[i] if i < 16 else 5) * 6 + (_ORDER[last - i] if last - i < 16 else 5)) * 7 + after_title) * 5
                + c
            ]
            + s_media[shown * 5 + c]
            + s_before[cell_before + sc]
            + s_after[cell_after + sc]
            + t_both[both_before + both_after]
            + t_body[((1 if text[:40] in body and text[-40:] in body else 0) if body else 2) * 14 + LENGTH_AT[length]]
        )
        if box is box_before:
            row = row + t.same_box[c]
        if size < 300:
            for sign, at in signs:
                if sign in text:
                    row = row + t_sign[at + c]
            if text.isupper():
                row = row + t.case[c]
            elif text.istitle():
                row = row + t.case[5 + c]
            if size < 120 and authors and any(a in text for a in authors):
                row = row + t.is_author[c]
            row = row + t_digits[(2 if text.isdigit() else 1 if _DIGIT(text, 0, 60) else 0) * 5 + c]
        if piece.marks and piece.marks[0][0] <= 1:
            _, node, tag = piece.marks[0]
            row = row + t.inner[INNER.get(tag, 0) * 5 + c]
            if node is not None and tag != "a":
                row = row + names(names_of(node))[3]
        if seen[text] > 1:
            row = row + t.twin[c]
        if text == title:
            row = row + t.is_title[0]
        if lead and size > 20 and text[:60] == lead:
            row = row + t.is_lead[c]
        rows[i] = row


INNER = {"a": 1, "b": 2, "strong": 2, "em": 3, "i": 3, "span": 4, "time": 5}
