"""The scales that `features` measures on and the tables it asks.

A table has one place for every combination of what it looks at; SIZES names them all, as `model.json` has them. `Sums`
adds up those that are asked with the same things.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

LENGTHS = (2, 4, 9, 16, 26, 41, 61, 91, 131, 201, 301, 501, 901)
COARSE = (15, 40, 90, 200)
LINKS = (0.001, 0.15, 0.35, 0.6, 0.95)
FEW_LINKS = (0.01, 0.35, 0.8)
SHARES = (0.001, 0.02, 0.1, 0.3, 0.6, 0.9, 0.999)
COUNTS = (2, 3, 5, 10, 25)
DENSITIES = (0.02, 0.1, 0.25, 0.5, 0.8)
PLACES = (0.0001, 0.1, 0.3, 0.6, 0.9, 0.9999)
FIRST = (1, 2, 4, 8, 16)
STRONG = (0.01, 0.5, 0.9)
STRENGTHS = (0.2, 0.4, 0.6, 0.8)

TAGS = (
    ("p",), ("h1",), ("h2",), ("h3",), ("h4", "h5", "h6"), ("li",), ("div", "center", "body"), ("section",),
    ("article", "main"),
    ("blockquote",), ("td", "th"), ("figcaption", "caption"), ("figure",), ("dd", "dt", "dl"), ("pre",), ("button",
    "label", "form", "fieldset"),
    ("header", "hgroup"), ("footer",), ("aside",), ("nav",), ("ul", "ol"), ("table", "tbody", "tr"), ("address",),
    ("details", "summary"),
)  # fmt: skip
TAG = {name: i + 1 for i, names in enumerate(TAGS) for name in names}
OTHER, CUSTOM = 0, len(TAGS) + 1
KINDS_OF_TAG = CUSTOM + 1
SHAPES = (0, 1, 2, 3, 3, 3, 4, 5, 5, 5, 6, 7, 8, 8, 7, 9, 10, 10, 10, 10, 10, 5, 10, 10, 5, 5)
"""Tag classes brought down to eleven, for tables with several dimensions."""

ENDS = (
    dict.fromkeys(".!?…。！？؟۔", 1)
    | dict.fromkeys("\"”“»'’)』」）]", 2)
    | dict.fromkeys(":：", 3)
    | dict.fromkeys(",;،、，؛", 4)
)
STARTS = (
    dict.fromkeys("\"“„«‘「『'‚‹", 4)
    | dict.fromkeys("-–—•*·►▶→>»+", 5)
    | dict.fromkeys("©®", 6)
    | dict.fromkeys("([（【", 7)
)
SIGNS = (
    "©", "@", "|", "•", "…", "%", "$", "€", "#", "?", "!", "→", "›", "»",
    '"', "“", "„", ":", "http", "www.", "/", " - ", "–"
)  # fmt: skip

SIZES = {
    "shape": 11 * 14 * 6, "length": 14 * 6, "tag": KINDS_OF_TAG, "tag_parent": KINDS_OF_TAG * KINDS_OF_TAG,
    "grand": KINDS_OF_TAG,
    "around": KINDS_OF_TAG, "beyond": KINDS_OF_TAG, "end": 9 * 14, "start": 9 * 5, "case": 4 * 5, "commas": 4 * 5,
    "sentences": 5 * 5, "sign": len(SIGNS) * 5,
    "strong": 4 * 5, "strong_tag": 4 * 11, "links": 5 * 5, "broken": 2 * 11, "place": 7 * 5, "place_tag": 7 * 11,
    "first": 6 * 5,
    "last": 6 * 5, "title": 7 * 5, "group": 8 * 14, "group_tag": 8 * 11, "share0": 8 * 5, "share1": 8 * 5,
    "share2": 8, "share3": 8,
    "dense0": 6 * 5, "dense1": 6 * 5, "dense2": 6, "count0": 6 * 5, "count1": 6 * 5, "up": 9 * 6,
    "up_length": 7 * 5, "up_tag": 7 * 11,
    "media": 9 * 5, "media_before": 3 * 5, "media_after": 3 * 5, "twin": 5, "is_title": 1, "is_lead": 5,
    "body": 3 * 14, "cue": 12 * 5,
    "cue_length": 12 * 5, "before": 11 * 5 * 4 + 1, "after": 11 * 5 * 4 + 1, "before_tag": 11 * 12 * 5,
    "after_tag": 11 * 12 * 5,
    "both": 21 * 21, "same_box": 5, "inner": 6 * 5, "digits": 4 * 5, "is_author": 5,
}  # fmt: skip
"""Tables of the first pass and how many places each has."""


_STEPS = sorted({*LENGTHS, *COARSE})
LENGTH_AT = [bisect_right(LENGTHS, at) for at in (0, *_STEPS)]
COARSE_AT = [bisect_right(COARSE, at) for at in (0, *_STEPS)]
SCALE = [bisect_right(_STEPS, size) for size in range(_STEPS[-1] + 1)]
"""Size in whole characters to a place on both scales of length at once."""
LONGEST = len(SCALE) - 1
LEVELS = len(_STEPS) + 1
_SHAPES = 11
_CELLS = _SHAPES * 5 * 4
NOTHING = _CELLS
"""Cell of the neighbour that the first and the last piece lack."""


class Sums:
    """Tables that are asked together, added up beforehand: a piece costs a third of the look-ups.

    t: the tables by name, of weights or of columns; whatever `+` makes of their entries is kept.
    """

    def __init__(self, t: Any) -> None:
        shapes, coarse, levels = range(_SHAPES), range(len(COARSE) + 1), range(LEVELS)
        scales = [(level, LENGTH_AT[level], COARSE_AT[level]) for level in levels]
        self.form = [
            t.shape[(s * 14 + n) * 6 + k] + t.length[n * 6 + k] for s in shapes for _, n, _ in scales for k in range(6)
        ]
        self.edges = [t.end[e * 14 + n] + t.start[a * 5 + c] for e in range(9) for a in range(9) for _, n, c in scales]
        self.stops = [t.commas[m * 5 + c] + t.sentences[e * 5 + c] for m in range(4) for e in range(5) for c in coarse]
        self.runs = [
            t.strong[b * 5 + c] + t.strong_tag[b * 11 + s] + t.links[k * 5 + c] + t.broken[x * 11 + s]
            for b in range(4)
            for k in range(5)
            for x in range(2)
            for s in shapes
            for c in coarse
        ]
        self.place = [t.place[p * 5 + c] + t.place_tag[p * 11 + s] for p in range(7) for s in shapes for c in coarse]
        self.order = [
            t.first[f * 5 + c] + t.last[e * 5 + c] + t.title[h * 5 + c]
            for f in range(6)
            for e in range(6)
            for h in range(7)
            for c in coarse
        ]
        self.like = [
            t.group[g * 14 + n] + t.group_tag[g * 11 + s] for g in range(8) for s in shapes for _, n, _ in scales
        ]
        scopes = [(s, d, m, c) for s in range(8) for d in range(6) for m in range(6) for c in coarse]
        self.own = [t.share0[s * 5 + c] + t.dense0[d * 5 + c] + t.count0[m * 5 + c] for s, d, m, c in scopes]
        self.held = [t.share1[s * 5 + c] + t.dense1[d * 5 + c] + t.count1[m * 5 + c] for s, d, m, c in scopes]
        self.far = [
            t.up[u * 6 + d] + t.up_length[min(u, 6) * 5 + c] + t.up_tag[min(u, 6) * 11 + s]
            for u in range(9)
            for d in range(6)
            for s in shapes
            for c in coarse
        ]
        self.media = [
            t.media[m * 5 + c] + t.media_before[b * 5 + c] + t.media_after[a * 5 + c]
            for m in range(9)
            for b in range(3)
            for a in range(3)
            for c in coarse
        ]
        cells = [*((cell, cell // 20) for cell in range(_CELLS)), (NOTHING, 11)]
        self.before = [
            t.before[b] + t.before_tag[(s * 12 + o) * 5 + c] for b, o in cells for s in shapes for c in coarse
        ]
        self.after = [t.after[b] + t.after_tag[(s * 12 + o) * 5 + c] for b, o in cells for s in shapes for c in coarse]
