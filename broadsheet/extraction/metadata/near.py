"""What stands right after the headline: the elements and lines among which bylines and dates are looked for first.

Read once, on demand, by walking on from the heading in page order; a tenth of what searching the whole page costs.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborNode

MAX_ELEMENTS = 70
"""Elements looked at after the heading."""
MAX_BEFORE = 40
"""Nodes looked at before the heading, where some bylines stand."""
MAX_AROUND = 60
"""Boxes around the heading that are known."""
PROSE = 160
"""Characters of text in one node that make it prose, not a byline or a date."""
MAX_PROSE = 2
"""Pieces of prose after which the opening of the article is over."""
_SKIPPED_TAGS = "script style noscript template svg option textarea iframe nav footer form button picture video audio"
_SKIPPED = frozenset(_SKIPPED_TAGS.split())


class Element(NamedTuple):
    """An element and its attributes."""

    node: LexborNode
    given: dict[str, str | None]


class Near:
    """elements: those with attributes, the ones after the heading first. lines: pieces of text after
    the heading, white space folded. lines_before: the same before it.

    Empty where the page has no heading.
    """

    def __init__(self, heading: LexborNode | None) -> None:
        self._heading = heading
        self.known = heading is not None

    @cached_property
    def _after(self) -> tuple[list[Element], list[str]]:
        elements: list[Element] = []
        lines: list[str] = []
        prose = seen = 0
        node = self._heading
        below = False
        while node is not None and seen < MAX_ELEMENTS and prose < MAX_PROSE:
            node = (node.first_child if below else None) or _next(node)
            if node is None:
                break
            below = False
            if node.is_text_node:
                text = node.text_content
                if text and not text.isspace():
                    lines.append(" ".join(text.split()))
                    prose += len(text) > PROSE
            elif node.tag not in _SKIPPED:
                below = True
                seen += 1
                given = node.attributes
                if given:
                    elements.append(Element(node, given))
        return elements, lines

    @cached_property
    def _before(self) -> tuple[list[Element], list[str]]:
        elements: list[Element] = []
        lines: list[str] = []
        node = self._heading
        for _ in range(MAX_BEFORE):
            if node is None:
                break
            inner = node.prev
            while inner is not None and inner.last_child is not None and inner.tag not in _SKIPPED:
                inner = inner.last_child
            node = inner or node.parent
            if node is None or node.tag == "body":
                break
            if node.is_text_node:
                text = " ".join((node.text_content or "").split())
                if text:
                    lines.append(text)
            else:
                given = node.attributes
                if given:
                    elements.append(Element(node, given))
        return elements[::-1], lines[::-1]

    @cached_property
    def around(self) -> frozenset[int]:
        """`mem_id` of the boxes that hold the heading."""
        found: set[int] = set()
        node = self._heading.parent if self._heading is not None else None
        while node is not None and len(found) < MAX_AROUND:
            found.add(node.mem_id)
            node = node.parent
        return frozenset(found)

    @property
    def elements(self) -> list[Element]:
        return [*self._after[0], *self._before[0]]

    @property
    def lines(self) -> list[str]:
        return self._after[1]

    @property
    def lines_before(self) -> list[str]:
        return self._before[1]


def _next(node: LexborNode) -> LexborNode | None:
    """The node after an element and all it holds, in page order."""
    at: LexborNode | None = node
    while at is not None and at.next is None:
        at = at.parent
        if at is None or at.tag == "body":
            return None
    return at.next if at is not None else None
