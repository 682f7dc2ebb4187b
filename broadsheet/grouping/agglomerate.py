"""Best-first agglomeration: of all pairs of groups the closest is joined, again and again, while any is close enough.

How close two groups are is the mean over all pairs of their members.  Nothing depends on the order in which members
are given but ties.  Average linkage (Sokal and Michener 1958), on links that are mostly absent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

_WORTH_ASKING = 0.5
"""Two groups with standing stories are half as close as they must be: the stories' own likeness may decide."""


@dataclass(slots=True, eq=False)
class Node:
    """A group while it grows."""

    members: list[int]
    """Numbers of the nodes it was made of."""
    size: int = 1
    bare: int = 0
    """How many of `size` are little more than a headline."""
    anchors: list[int] = field(default_factory=list)
    """Those of `members` that are standing stories."""
    links: dict[int, float] = field(default_factory=dict)
    """Sum of similarities to the members of other groups, by number; absent means none."""
    version: int = 0


def agglomerate(
    nodes: Sequence[Node],
    *,
    threshold: float,
    bare_threshold: float,
    bare_power: float,
    between: Callable[[int, int], float | None],
) -> list[Node]:
    """Join nodes until none are close; returns the groups, in no particular order.

    between: the sum of similarities of two standing stories, asked when something would join them; None forbids it.
    Bare groups of a and b headlines are as close as the sum over (a b) ** bare_power: many headlines on one thing
    share fewer words than two do.
    """

    def closeness(a: Node, b: Node, total: float) -> float:
        if 2 * a.bare > a.size and 2 * b.bare > b.size:
            return float(total / (a.size * b.size) ** bare_power / bare_threshold)
        return total / (a.size * b.size) / threshold

    heap = [
        (-value, one, other, 0, 0)
        for one, node in enumerate(nodes)
        for other, total in node.links.items()
        if one < other and (value := closeness(node, nodes[other], total)) >= 1
    ]
    heapify(heap)
    groups = dict(enumerate(nodes))
    asked: dict[tuple[int, int], bool] = {}
    while heap:
        nearness, one, other, first, second = heappop(heap)
        a, b = groups.get(one), groups.get(other)
        if a is None or b is None or a.version != first or b.version != second:
            continue
        unasked = [pair for pair in _pairs(a.anchors, b.anchors) if pair not in asked]
        for pair in unasked:
            found = between(*pair)
            asked[pair] = found is not None
            a.links[other] = b.links[one] = a.links[other] + (found or 0.0)
        if not all(asked[pair] for pair in _pairs(a.anchors, b.anchors)):
            continue
        if unasked:
            value = closeness(a, b, a.links[other])
            if value >= 1:
                heappush(heap, (-value, one, other, first, second))
            continue
        if nearness > -1:
            continue
        if len(a.links) < len(b.links):
            one, other, a, b = other, one, b, a
        _absorb(groups, one, other)
        for near, total in a.links.items():
            value = closeness(a, groups[near], total)
            if value >= (_WORTH_ASKING if a.anchors and groups[near].anchors else 1):
                low, high = (one, near) if one < near else (near, one)
                heappush(heap, (-value, low, high, groups[low].version, groups[high].version))
    return list(groups.values())


def _pairs(first: list[int], second: list[int]) -> list[tuple[int, int]]:
    return [(x, y) if x < y else (y, x) for x in first for y in second]


def _absorb(groups: dict[int, Node], one: int, other: int) -> None:
    a, b = groups[one], groups.pop(other)
    a.members += b.members
    a.anchors += b.anchors
    a.size += b.size
    a.bare += b.bare
    a.version += 1
    del a.links[other]
    for near, total in b.links.items():
        if near != one:
            links = groups[near].links
            del links[other]
            links[one] = a.links[near] = a.links.get(near, 0.0) + total
