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
_APART = frozenset({"nav", "header", "footer"})
_CUE_CLASS = {"read_more": "related"}
BUTTON = 25
"""Characters below which a piece may be the label of a button."""


@lru_cache(maxsize=MOST_NAMES)
def groups_named(names: str) -> frozenset[str]:
    """Groups that the names of an element belong to."""
    found = [groups for word in parts_of(names) if (groups := groups_of(word))]
    return frozenset().union(*found) if found else _NO_GROUPS


Reason = str | frozenset[str]
"""What the boxes around a piece make of it: a class, or the groups that their names belong to."""


def reason_of(piece: Piece, known: dict[int, Reason]) -> str:
    """Why a piece is not text, in the words of `Omission.kind`. known: what boxes of this page were found to make."""
    cue = piece.cue
    is_button = cue.kind == "wall" and piece.size < BUTTON  # to sign up for what its box is for
    if cue.kind and cue.strength >= 0.5 and not is_button:
        return _CUE_CLASS.get(cue.kind, cue.kind)
    place = _reason_around(piece.box, known)
    if isinstance(place, str):
        return place
    if place and (kind := _class_of(place)):
        return kind
    if cue.kind:
        return _CUE_CLASS.get(cue.kind, cue.kind)
    return "navigation" if piece.density > 0.5 or piece.size < 40 else "promo"


@lru_cache(maxsize=MOST_NAMES)
def _class_of(groups: frozenset[str]) -> str:
    """The first class that applies to the groups, "" if none does."""
    return next((kind for group, kind in _CLASSES.items() if group in groups), "")


def _reason_around(box: Box, known: dict[int, Reason]) -> Reason:
    """The nearest figure or place apart around a piece decides; else the groups of all names up to the main box. Boxes
    that hold only what was passed over were not measured: they lie below the main box too."""
    reason: Reason | None = None
    below: list[Box] = []
    at: Box | None = box
    while at is not None and (at.down or at.up < 0) and reason is None:
        below.append(at)
        reason = "caption" if at.bits & FIGURE else "navigation" if at.tag in _APART else known.get(id(at))
        at = at.parent
    reason = reason or _NO_GROUPS
    for one in reversed(below):
        if one.names and isinstance(reason, frozenset) and (groups := groups_named(one.names)):
            reason |= groups
        known[id(one)] = reason
    return reason
