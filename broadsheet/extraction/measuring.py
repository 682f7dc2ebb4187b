"""Sizes and shares of pieces and boxes, and what each box adds to the pieces in it: tag, names, place on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from broadsheet.extraction.page import Box, Page, Piece
from broadsheet.extraction.scales import (
    COARSE_AT,
    COUNTS,
    CUSTOM,
    DENSITIES,
    FEW_LINKS,
    KINDS_OF_TAG,
    LEVELS,
    LONGEST,
    OTHER,
    SCALE,
    SHAPES,
    SHARES,
    TAG,
)
from broadsheet.extraction.surroundings import BY_TAG, CAPTIONED, FIGURE, QUOTE, THEMSELVES

UNSEEN, WANTED = -1, -2
"""Kinds of boxes that are not settled."""
HEAD = 2
"""Shape of a main heading."""
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


def measure(page: Page) -> None:
    """Sizes, shares and places on scales of pieces and boxes, written onto them."""
    pieces, boxes = page.pieces, page.boxes
    scale = 2.5 if _is_dense(pieces) else 1.0
    total = 0.0
    with_prose: list[Box] = []
    known_kind, heads = _kinds.get, page.heads
    for i, piece in enumerate(pieces):
        raw = len(piece.text)
        size = piece.size = raw * scale
        box = piece.box
        length = piece.length = SCALE[int(size) if size < LONGEST else LONGEST]
        coarse = piece.coarse = COARSE_AT[length]
        tag = box.tag
        kind = known_kind(tag)
        shape = piece.shape = SHAPES[_kind_of(tag) if kind is None else kind]
        piece.cell = (shape * 5 + coarse) * 4
        if shape == HEAD:
            heads.append(i)
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
        group = group_of(box)
        groups[group] = groups.get(group, 0.0) + box.prose
    page.main = _find_main(boxes[0], with_prose)
    for box in reversed(boxes):
        parent = box.parent
        if parent is not None and box.count:
            parent.prose += box.prose
            parent.chars += box.chars
            parent.linked += box.linked
            parent.count += box.count
    page.groups = groups


def group_of(box: Box) -> tuple[str, ...]:
    """What boxes marked alike share: tag and names, their own and their parent's."""
    group = box.group
    if group is None:
        parent = box.parent
        group = (box.tag, box.names, parent.tag, parent.names) if parent is not None else (box.tag, box.names)
        box.group = group
    return group


def _find_main(root: Box, with_prose: list[Box]) -> Box:
    """The box around most prose, with the steps upward numbered; `settle` continues downward from there."""
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
    return best


def settle(page: Page, never: Sequence[bool], t: Any, names: Any) -> None:
    """What each box around a piece that is looked at adds to it: names, tags, those above. Parents come first.

    Boxes marked alike in one box add the same, but for what they hold.
    """
    total, groups = page.prose, page.groups
    grouped = {group[0] for group in groups}
    known_kind, zero = _kinds.get, t.zero
    told: dict[str, Any] = {}
    t_tag, t_tag_parent, t_grand, t_around, t_beyond = t.tag, t.tag_parent, t.grand, t.around, t.beyond
    t_share2, t_share3, t_dense2 = t.share2, t.share3, t.dense2
    for piece, skipped in zip(page.pieces, never, strict=True):
        at: Box | None = None if skipped else piece.box
        while at is not None and at.kind == UNSEEN:
            at.kind = WANTED
            at = at.parent
    twins: dict[tuple[Box, str, str], Box] = {}
    for box in page.boxes:
        if box.kind != WANTED:
            continue
        parent = box.parent
        twin = box
        if parent is not None and box.up < 0:
            twin = twins.setdefault((parent, box.tag, box.names), box)
            box.up, box.down = parent.up, parent.down + 1
        if twin is not box:
            tag = box.kind = twin.kind
            box.weights, box.group, box.far, box.held, box.around = (
                twin.weights, twin.group, twin.far, twin.held, twin.around
            )  # fmt: skip
            box.beside, box.beyond, box.score = twin.beside, twin.beyond, twin.score
        else:
            kind = known_kind(box.tag)
            tag = box.kind = _kind_of(box.tag) if kind is None else kind
            weights: Any = told.get(box.names)
            if weights is None:
                weights = told[box.names] = names(box.names)
            box.weights = weights
            box.far = (((box.up if box.up < 8 else 8) * 6 + (box.down if box.down < 5 else 5)) * 11 + SHAPES[tag]) * 5
        prose, count = box.prose, box.count
        if parent is not None and prose == parent.prose:
            share = box.share = parent.share
        else:
            share = box.share = bisect_right(SHARES, prose / total) if prose else 0
        dense = box.dense = bisect_right(DENSITIES, box.linked / box.chars) if box.linked else 0
        box.own = ((share * 6 + dense) * 6 + (bisect_right(COUNTS, count) if count > 1 else 0)) * 5
        like = bisect_right(SHARES, groups.get(group_of(box), 0.0) / total) if prose and box.tag in grouped else 0
        box.rank = (like * 11 + SHAPES[tag]) * LEVELS
        if twin is not box:
            continue
        if parent is None:
            box.held = box.own
            box.around = BY_TAG.get(box.tag, 0) & (FIGURE | QUOTE)
            box.beside = box.beyond = zero
            box.score = weights[0] + t_tag[tag]
            continue
        box.held = parent.own
        if box.down:
            held = parent.around
            box.around = (held & ~(FIGURE | CAPTIONED) if box.tag in THEMSELVES else held) | box.bits
        else:
            box.around = BY_TAG.get(box.tag, 0) & (FIGURE | QUOTE)
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
