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
from broadsheet.extraction.page import Box, Page, Piece, names_of
from broadsheet.extraction.scales import (
    COARSE_AT,
    COUNTS,
    CUSTOM,
    DENSITIES,
    ENDS,
    FEW_LINKS,
    FIRST,
    KINDS_OF_TAG,
    LENGTH_AT,
    LEVELS,
    LINKS,
    LONGEST,
    NOTHING,
    OTHER,
    PLACES,
    SCALE,
    SHAPES,
    SHARES,
    SIGNS,
    SIZES,
    STARTS,
    STRENGTHS,
    STRONG,
    TAG,
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
UNSEEN, WANTED = -1, -2
"""Kinds of boxes that are not settled."""
MAX_SIGNS = 4_096
LONG_CUE, HEAD = 500, 240
"""Characters beyond which no phrase of a wall or a promo would say what a piece is, and those at its beginning among
which it stands: boilerplate speaks up at once."""

KIND_INDEX = {k: i + 1 for i, k in enumerate(
    ("wall", "consent", "newsletter", "promo", "related", "read_more", "share", "author_box", "legal",
    "advertisement", "comment"))}  # fmt: skip


@lru_cache(maxsize=4)
def _sums(t: Any) -> Sums:
    return Sums(t)


_kinds: dict[str, int] = {}
MOST_TAGS = 1_000
"""Tags remembered: pages may make up as many as they like."""


def _kind_of(tag: str) -> int:
    """The class of a tag, remembered."""
    if len(_kinds) > MOST_TAGS:
        _kinds.clear()
    kind = _kinds[tag] = TAG.get(tag, CUSTOM if "-" in tag else OTHER)
    return kind


def _is_dense(pieces: list[Piece]) -> bool:
    """Whether the text is written without spaces, so that its characters count for more."""
    longest = max([piece.text for piece in pieces], key=len)[:200]
    return not longest.isascii() and sum(c > "\u2e7f" for c in longest) * 4 > len(longest)


def _measure(page: Page) -> None:
    """Sizes, shares and places on scales of pieces and boxes, written onto them."""
    pieces, boxes = page.pieces, page.boxes
    scale = 2.5 if _is_dense(pieces) else 1.0
    total = 0.0
    with_prose: list[Box] = []
    known_kind = _kinds.get
    for piece in pieces:
        raw = len(piece.text)
        size = piece.size = raw * scale
        box = piece.box
        length = piece.length = SCALE[int(size) if size < LONGEST else LONGEST]
        coarse = piece.coarse = COARSE_AT[length]
        tag = box.tag
        kind = known_kind(tag)
        shape = piece.shape = SHAPES[_kind_of(tag) if kind is None else kind]
        piece.cell = (shape * 5 + coarse) * 4
        box.chars += size
        box.count += 1
        if piece.link:
            density = piece.density = min(1.0, piece.link / raw)
            piece.cell += bisect_right(FEW_LINKS, density)
            box.linked += size * density
            if density >= 0.35:
                continue
        if size >= 60:
            if not box.prose:
                with_prose.append(box)
            box.prose += size
            total += size
    page.prose = total or 1.0
    groups: dict[Any, float] = {}
    for box in with_prose:
        group = _group(box)
        groups[group] = groups.get(group, 0.0) + box.prose
    _find_main(boxes[0], with_prose)
    for box in reversed(boxes):
        parent = box.parent
        if parent is not None and box.count:
            parent.prose += box.prose
            parent.chars += box.chars
            parent.linked += box.linked
            parent.count += box.count
    page.groups = groups


def _group(box: Box) -> tuple[str, ...]:
    """What boxes marked alike share: tag and names, their own and their parent's."""
    group = box.group
    if group is None:
        parent = box.parent
        group = (box.tag, box.names, parent.tag, parent.names) if parent is not None else (box.tag, box.names)
        box.group = group
    return group


def _find_main(root: Box, with_prose: list[Box]) -> None:
    """Number the steps from the box around most prose upward; `_settle` continues downward from there."""
    best, most = root, 0.0
    weight: dict[int, float] = {}
    for box in with_prose:
        at: Box | None = box.parent if box.tag == "p" and box.parent is not None else box
        for share in (1.0, 0.8, 0.5):
            if at is None:
                break
            value = weight[id(at)] = weight.get(id(at), 0.0) + share * box.prose
            if value > most:
                most, best = value, at
            at = at.parent
    at, steps = best, 0
    while at is not None:
        at.up = steps
        at, steps = at.parent, steps + 1


def _settle(page: Page, never: Sequence[bool], t: Any, names: Any) -> None:
    """What each box around a piece that is looked at adds to it: names, tags, those above. Parents come first."""
    total, groups = page.prose, page.groups
    grouped = {group[0] for group in groups}
    known_kind, zero = _kinds.get, t.zero
    t_tag, t_tag_parent, t_grand, t_around, t_beyond = t.tag, t.tag_parent, t.grand, t.around, t.beyond
    t_share2, t_share3, t_dense2 = t.share2, t.share3, t.dense2
    for piece, skipped in zip(page.pieces, never, strict=True):
        at: Box | None = None if skipped else piece.box
        while at is not None and at.kind == UNSEEN:
            at.kind = WANTED
            at = at.parent
    for box in page.boxes:
        if box.kind != WANTED:
            continue
        kind = known_kind(box.tag)
        tag = box.kind = _kind_of(box.tag) if kind is None else kind
        parent = box.parent
        if box.up < 0 and parent is not None:
            box.up, box.down = parent.up, parent.down + 1
        prose, count = box.prose, box.count
        if parent is not None and prose == parent.prose:
            share = box.share = parent.share
        else:
            share = box.share = bisect_right(SHARES, prose / total) if prose else 0
        dense = box.dense = bisect_right(DENSITIES, box.linked / box.chars) if box.linked else 0
        box.own = ((share * 6 + dense) * 6 + (bisect_right(COUNTS, count) if count > 1 else 0)) * 5
        like = bisect_right(SHARES, groups.get(_group(box), 0.0) / total) if prose and box.tag in grouped else 0
        shape = SHAPES[tag]
        box.rank = (like * 11 + shape) * LEVELS
        box.far = (((box.up if box.up < 8 else 8) * 6 + (box.down if box.down < 5 else 5)) * 11 + shape) * 5
        weights = box.weights = names(box.names)
        if parent is None:
            box.held = box.own
            box.beside = box.beyond = zero
            box.score = weights[0] + t_tag[tag]
            continue
        box.held = parent.own
        above = parent.weights
        beside = box.beside = parent.beside + above[2] + t_around[parent.kind] if parent.down else zero
        beyond = box.beyond = parent.beyond + above[4] + t_beyond[parent.kind]
        score = weights[0] + above[1] + beside + beyond + t_tag[tag] + t_tag_parent[tag * KINDS_OF_TAG + parent.kind]
        grand = parent.parent
        if grand is not None:
            score = score + t_grand[grand.kind] + t_share2[grand.share] + t_dense2[grand.dense]
            if grand.parent is not None:
                score = score + t_share3[grand.parent.share]
        box.score = score


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
    _measure(page)
    pieces, total, news = page.pieces, page.prose, context.news
    title, lead, body, authors = context.title, context.lead[:60], context.body, context.authors
    seen = Counter([piece.text for piece in pieces])
    title_at = next((i for i, piece in enumerate(pieces) if piece.box.tag == "h1"), -1)
    never = [p.passed or (news and p.density > ALL_LINK and p.size < SHORT_LINK and p.box.tag != "p") for p in pieces]
    _settle(page, never, t, names)
    _read_phrases(pieces, never, context.cues)
    s = _sums(t)
    s_form, s_edges, s_stops, s_runs, s_place, s_order = s.form, s.edges, s.stops, s.runs, s.place, s.order
    s_like, s_own, s_held, s_far, s_media, s_before, s_after = s.like, s.own, s.held, s.far, s.media, s.before, s.after
    t_both, t_body, t_sign, t_digits = t.both, t.body, t.sign, t.digits
    last = len(pieces) - 1
    rows: list[Any] = []
    passed = 0.0
    cell_before, both_before, media_before, box_before = NOTHING * 55, 20 * 21, 0, None
    for i, piece in enumerate(pieces):
        size, box, cell, media, c = piece.size, piece.box, piece.cell, piece.media, piece.coarse
        if never[i]:
            rows.append(t.never)
            cell_before, both_before, media_before, box_before = cell * 55, cell % 20 * 21, media, box
            continue
        text, shape, density, length, cue = piece.text, piece.shape, piece.density, piece.length, piece.cue
        place = bisect_right(PLACES, passed / total) if passed else 0
        if density < 0.35 and size >= 60:
            passed += size
        row = (
            box.score
            + s_form[(shape * LEVELS + length) * 6 + (bisect_right(LINKS, density) if density else 0)]
            + s_like[box.rank + length]
            + s_own[box.own + c]
            + s_held[box.held + c]
            + s_far[box.far + c]
        )
        if cue is not NO_CUE:
            kind = KIND_INDEX[cue.kind] * 5
            row = row + t.cue[kind + bisect_right(STRENGTHS, cue.strength)] + t.cue_length[kind + c]
        if row < t.surely_out:
            rows.append(row)
            cell_before, both_before, media_before, box_before = cell * 55, cell % 20 * 21, media, box
            continue
        if row > t.surely_in:
            rows.append(row + t.more)
            cell_before, both_before, media_before, box_before = cell * 55, cell % 20 * 21, media, box
            continue
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
        if i < last:
            after = pieces[i + 1]
            cell_after, both_after = after.cell * 55, after.cell % 20
            shown_after = after.media - media
        else:
            cell_after, both_after, shown_after = NOTHING * 55, 20, 0
        shown_before = media - media_before
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
        cell_before, both_before, media_before, box_before = cell * 55, cell % 20 * 21, media, box
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
        rows.append(row)
    return rows


def _read_phrases(pieces: list[Piece], never: Sequence[bool], cues: Matcher | None) -> None:
    """Note on pieces what their phrases say."""
    if cues is not None:
        short = [p for p, skipped in zip(pieces, never, strict=True) if not skipped and p.size < LONG_CUE]
        for i, cue in cues.find_all([p.text[:HEAD] for p in short], [p.density for p in short]).items():
            short[i].cue = cue


INNER = {"a": 1, "b": 2, "strong": 2, "em": 3, "i": 3, "span": 4, "time": 5}
