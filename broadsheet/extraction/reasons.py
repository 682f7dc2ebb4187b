"""Why a piece was left out, in the words of the receipt."""

from __future__ import annotations

from functools import lru_cache

from broadsheet.extraction.names import groups_of, parts_of
from broadsheet.extraction.page import Box, Piece
from broadsheet.extraction.surroundings import FIGURE, MOST_NAMES

_CLASSES = {
    "comment": "comment", "newsletter": "newsletter", "consent": "consent", "wall": "wall", "share": "share",
    "ad": "advertisement", "author": "author_box", "related": "related", "popular": "related", "legal": "legal",
    "teaser": "promo", "shop": "promo", "donate": "promo", "app": "promo", "caption": "caption", "credit": "caption",
    "nav": "navigation", "tags": "navigation", "header": "navigation", "footer": "navigation", "side": "related",
}  # fmt: skip
"""What a box makes of its text, by the groups of its names; the first that applies."""
_NO_GROUPS: frozenset[str] = frozenset()
_CUE_CLASS = {"read_more": "related"}


@lru_cache(maxsize=MOST_NAMES)
def groups_named(names: str) -> frozenset[str]:
    """Groups that the names of an element belong to."""
    found = [groups for word in parts_of(names) if (groups := groups_of(word))]
    return frozenset().union(*found) if found else _NO_GROUPS


def reason_of(piece: Piece) -> str:
    """Why a piece is not text, in the words of `Omission.kind`."""
    cue = piece.cue
    if cue.kind and cue.strength >= 0.5:
        return _CUE_CLASS.get(cue.kind, cue.kind)
    groups: set[str] = set()
    at: Box | None = piece.box
    while at is not None and at.down:
        if at.bits & FIGURE:
            return "caption"
        if at.tag in ("nav", "header", "footer"):
            return "navigation"
        if at.names:
            groups |= groups_named(at.names)
        at = at.parent
    if groups:
        for group, kind in _CLASSES.items():
            if group in groups:
                return kind
    if cue.kind:
        return _CUE_CLASS.get(cue.kind, cue.kind)
    return "navigation" if piece.density > 0.5 or piece.size < 40 else "promo"
