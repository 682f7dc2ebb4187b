"""Where to look: the element that holds the article, found from its paragraphs upward.

Walking a whole page costs more than parsing it, and most of it is navigation. So the paragraphs are weighed first and
only the element around most of their text is walked, generously: pieces beside the article still help to judge it.
"""

from __future__ import annotations

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
    chains = {key: _chain(place, body.mem_id) for key, place in places.items()}
    sums: dict[int, int] = {}
    weights: dict[int, float] = {}
    for key, size in held.items():
        for step, (mem_id, _) in enumerate(chains[key]):
            sums[mem_id] = sums.get(mem_id, 0) + size
            if step < 3:
                weights[mem_id] = weights.get(mem_id, 0.0) + size * (1.0, 0.8, 0.5)[step]
    best = max(weights, key=weights.__getitem__, default=0)
    if not best or weights[best] < ENOUGH:
        return Place(body)
    for chain in chains.values():
        for start, (mem_id, _) in enumerate(chain):
            if mem_id == best:
                around = frozenset(above for above, _ in chain[start:])
                for above, node in chain[start + UP :]:
                    if sums[above] >= MOST * total:
                        return Place(node, around)
                return Place(body, around)
    return Place(body)


def _chain(node: LexborNode, top: int) -> list[tuple[int, LexborNode]]:
    """A node and those above it, up to the body."""
    chain: list[tuple[int, LexborNode]] = []
    at: LexborNode | None = node
    while at is not None and len(chain) < MAX_CLIMB:
        mem_id = at.mem_id
        chain.append((mem_id, at))
        if mem_id == top:
            break
        at = at.parent
    return chain
