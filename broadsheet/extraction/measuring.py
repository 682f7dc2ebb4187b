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

UNSEEN, WANTED = -1, -2
"""Kinds of boxes that are not settled."""
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
    """Number the steps from the box around most prose upward; `settle` continues downward from there."""
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


def settle(page: Page, never: Sequence[bool], t: Any, names: Any) -> None:
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
