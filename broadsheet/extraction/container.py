"""Where to look: the element that holds the article, found from its paragraphs upward.

Walking a whole page costs more than parsing it, and most of it is navigation. So the paragraphs are weighed first and
only the element around most of their text is walked, generously: pieces beside the article still help to judge it.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from selectolax.lexbor import LexborNode

SHORT = 25
"""Characters below which a paragraph says nothing about where the article is."""
ENOUGH = 1000
"""Weight that the best place needs; with less the text may not be in paragraphs at all, and all is walked."""
UP = 2
"""Steps up from the best place: headings, captions and boxes stand around it."""
MOST = 0.85
"""Share of all paragraph text that the container holds at least: articles may be built of many parts."""
MAX_CLIMB = 60


class Place(NamedTuple):
    """node: the element to walk. around: `mem_id` of the element that holds the article's paragraphs and of all above
    it; empty where paragraphs do not show a place."""

    node: LexborNode
    around: frozenset[int] = frozenset()


def find_container(body: LexborNode) -> Place:
    """The element to walk: `body` itself where paragraphs do not show a place."""
    held: dict[int, int] = {}
    places: dict[int, LexborNode] = {}
    total = 0
    for paragraph in body.css("p"):
        size = len(paragraph.text_lexbor() or "")
        if size < SHORT:
            continue
        total += size
        parent = paragraph.parent
        if parent is None:
            continue
        key = parent.mem_id
        if key in held:
            held[key] += size
        else:
            held[key] = size
            places[key] = parent
    top = body.mem_id
    above: dict[int, int] = {}
    for key, place in list(places.items()):
        _climb(key, place, top, above, places)
    weights: dict[int, float] = {}
    for key, size in held.items():
        at = key
        for share in (1.0, 0.8, 0.5):
            weights[at] = weights.get(at, 0.0) + size * share
            at = above[at]
            if not at:
                break
    best = max(weights, key=weights.__getitem__, default=0)
    if not best or weights[best] < ENOUGH:
        return Place(body)
    around = [best]
    while above[around[-1]]:
        around.append(above[around[-1]])
    sums = _sums_of(around, held, above)
    node = next((places[key] for key, size in zip(around[UP:], sums[UP:], strict=True) if size >= MOST * total), body)
    return Place(node, frozenset(around))


def _sums_of(around: list[int], held: dict[int, int], above: dict[int, int]) -> list[int]:
    """How much of what is held stands in each of the elements around a place, innermost first."""
    steps = {key: step for step, key in enumerate(around)}
    sums = [0] * len(around)
    for key, size in held.items():
        at = key
        while at and at not in steps:
            at = above[at]
        if at:
            sums[steps[at]] += size
    return list(accumulate(sums))


def _climb(key: int, node: LexborNode, top: int, above: dict[int, int], places: dict[int, LexborNode]) -> None:
    """Note what stands above a node, up to the body or to where another climb began; 0 above the last."""
    for _ in range(MAX_CLIMB):
        parent = node.parent if key != top and key not in above else None
        if parent is None:
            break
        mem_id = parent.mem_id
        above[key] = mem_id
        places.setdefault(mem_id, parent)
        key, node = mem_id, parent
    above.setdefault(key, 0)
