"""CSS selectors matched in time that grows with the page alone.

The parser's own matcher climbs anew for each step of a selector: `.story div p` takes the depth of a page squared for
every paragraph, and `.story * * p` or `.story ~ p ~ p ~ p` take minutes for a page of 20 kB. So it is asked only for
what stands between two steps (`div.story`), and a step is taken once for each element. What cannot be matched so is
refused when a selector is read: pseudo-elements, `:nth-…`, combinators inside of parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_STEPS = 20
"""Steps of one selector with all its alternatives."""

_NAME = r"(?:[-\w\u0080-\U0010ffff]|\\[0-9A-Fa-f]{1,6}+ ?|\\[^\n0-9A-Fa-f])++"
_STRING = r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
_ATTRIBUTE = rf"\[\s*+{_NAME}\s*+(?:[~|^$*]?=\s*+(?:{_STRING}|{_NAME})\s*+(?:[isIS]\s*+)?)?\]"
_PLACE = r":(?:first-child|last-child|only-child|empty)(?![-\w(])"
_MARK = rf"(?:[.#]{_NAME}|{_ATTRIBUTE}|{_PLACE})"
_PLAIN = rf"(?:(?:\*|{_NAME}){_MARK}*+|{_MARK}++)"
_CHOICE = rf":(?:not|is|where)\(\s*+{_PLAIN}\s*+(?:,\s*+{_PLAIN}\s*+)*+\)"
_HAS = rf":has\(\s*+({_PLAIN})\s*+\)"
_COMPOUND = re.compile(rf"(?:\*|{_NAME})?+(?:{_MARK}|{_CHOICE}|{_HAS})*+")
_PART = re.compile(rf"{_HAS}|{_MARK}|{_CHOICE}|\*|{_NAME}")
_COMBINATOR = re.compile(r"\s*+([>+~,])\s*+|\s++")


class Step(NamedTuple):
    """combinator: what leads here from the step before, "" for the first. css: the element itself, for the parser.
    holding: what stands in parentheses of its `:has`."""

    combinator: str
    css: str
    holding: tuple[str, ...]


@lru_cache(maxsize=1024)
def read_selector(selector: str) -> tuple[tuple[Step, ...], ...]:
    """The steps of each alternative of a selector. Raises ValueError, saying at which characters."""
    selector = selector.strip()
    alternatives: list[list[Step]] = []
    combinator, at = ",", 0
    while True:
        found = _COMPOUND.match(selector, at)
        if found is None or not found[0]:
            raise ValueError(selector[at:] or selector)
        if combinator == ",":
            alternatives.append([])
            combinator = ""
        parts = list(_PART.finditer(found[0]))
        css = "".join([part[0] for part in parts if part[1] is None]) or "*"
        alternatives[-1].append(Step(combinator, css, tuple([part[1] for part in parts if part[1] is not None])))
        at = found.end()
        if at == len(selector):
            break
        between = _COMBINATOR.match(selector, at)
        if between is None:
            raise ValueError(selector[at:])
        combinator, at = between[1] or " ", between.end()
    if sum(map(len, alternatives)) > MAX_STEPS:
        raise ValueError(f"more than {MAX_STEPS} steps")
    return tuple(map(tuple, alternatives))


def select(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that a selector names, each once: those of its first alternative first, then in reading order.

    Raises ValueError for a selector that `read_selector` refuses.
    """
    found = [node for steps in read_selector(selector) for node in _follow(tree, steps)]
    return list({node.mem_id: node for node in found}.values())


def around(nodes: Iterable[LexborNode]) -> set[int]:
    """The elements that the nodes stand in, as their `mem_id`."""
    found: set[int] = set()
    for node in nodes:
        at = node.parent
        while at is not None and at.mem_id not in found:
            found.add(at.mem_id)
            at = at.parent
    return found


def outermost(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """The nodes without those that stand in another of them, each once."""
    found = {node.mem_id: node for node in nodes}
    within = {node.mem_id for node in _beyond(list(found.values()), _parent, set(found))}
    return [node for place, node in found.items() if place not in within]


def _follow(tree: LexborHTMLParser, steps: tuple[Step, ...]) -> list[LexborNode]:
    found: list[LexborNode] = []
    for step in steps:
        nodes = tree.css(step.css)
        for inner in step.holding:
            holders = around(tree.css(inner))
            nodes = [node for node in nodes if node.mem_id in holders]
        found = _reached(nodes, step.combinator, {node.mem_id for node in found}) if step.combinator else nodes
        if not found:
            break
    return found


def _reached(nodes: list[LexborNode], combinator: str, places: set[int]) -> list[LexborNode]:
    """Those of the nodes that a combinator leads to from one of the places."""
    if combinator == " ":
        return _beyond(nodes, _parent, places)
    if combinator == "~":
        return _beyond(nodes, _before, places)
    step = _parent if combinator == ">" else _before
    return [node for node in nodes if (there := step(node)) is not None and there.mem_id in places]


def _beyond(
    nodes: list[LexborNode], step: Callable[[LexborNode], LexborNode | None], places: set[int]
) -> list[LexborNode]:
    """Those of the nodes from which some number of steps leads to one of the places. No element is stepped on twice."""
    known: dict[int, bool] = {}
    reached = []
    for node in nodes:
        passed: list[int] = []
        answer, at = False, step(node)
        while at is not None and not answer:
            place = at.mem_id
            if place in known:
                answer = known[place]
                break
            passed.append(place)
            answer = place in places
            at = step(at)
        known.update(dict.fromkeys(passed, answer))
        if answer:
            reached.append(node)
    return reached


def _parent(node: LexborNode) -> LexborNode | None:
    return node.parent


def _before(node: LexborNode) -> LexborNode | None:
    """The element before it under the same parent; texts and comments have tags that begin with a hyphen."""
    at = node.prev
    while at is not None and (at.tag or "-").startswith("-"):
        at = at.prev
    return at
