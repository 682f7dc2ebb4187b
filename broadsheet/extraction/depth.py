"""Markup nested past all reason, made shallow before it is parsed.

An HTML parser looks up its stack of open elements at every start tag, so its time grows with the square of the depth:
200,000 nested elements take most of a minute. No page of a publisher goes beyond a few hundred.
"""

from __future__ import annotations

import re

MANY_TAGS = 20_000
"""Tags below which a page cannot be deep enough to hurt, and is not looked at."""
DEEPEST = 1_000
"""Open elements, as far as tags tell, up to which a page is left as it is."""
KEPT = 400
"""Depth to which a deeper page is cut: start tags beyond it are taken out, their text stays."""

_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})")
_UNNESTED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option".split()
)
"""Elements that are void or that the next of their kind closes."""


def shallow(data: bytes) -> bytes:
    """The page itself, or one whose elements are nested no deeper than KEPT."""
    if data.count(b"<") < MANY_TAGS or _depth(data) <= DEEPEST:
        return data
    out: list[bytes] = []
    at = depth = 0
    for found in _TAG.finditer(data):
        closing, name = found[1], found[2].lower()
        if name in _UNNESTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth + bool(closing) > KEPT:
            end = data.find(b">", found.end(), found.end() + 2_000) + 1
            if end:
                out.append(data[at : found.start()])
                at = max(at, end)
    out.append(data[at:])
    return b" ".join(out)


def _depth(data: bytes) -> int:
    deepest = depth = 0
    for found in _TAG.finditer(data):
        if found[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest
