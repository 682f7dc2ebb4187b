"""What an element's names (class, id, role, component) say about it.

Names are cut into words; a word weighs by itself where it was seen on enough publishers' pages, and by the groups it
belongs to ("caption", "related", "wall"), which `names.toml` lists, so that a name never seen still says something.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise

Weights = tuple[float, float, float, float, float]
"""What a name adds to pieces: of the element itself, of its children, of all below it beside the main text, of a run
that begins with it, of all below it."""

NOTHING: Weights = (0.0, 0.0, 0.0, 0.0, 0.0)
SHORTEST_PART = 5
"""Letters that a word needs to count as part of a compound."""
MAX_MEMORY = 50_000
"""Names remembered; beyond it the memory starts afresh, so that hostile pages cannot fill it."""

_APART = bytes(32 if sign in b"-_/:.,;|()[]{}#&=+?!'\"<>@*%$~^`\\" else sign for sign in range(256))


LONGEST_WORD = 20


def is_word(part: str) -> bool:
    """Whether a part of a name can mean something: 2 to 20 characters, no bare number."""
    return 2 <= len(part) <= LONGEST_WORD and not part.isdigit()


@lru_cache(maxsize=MAX_MEMORY)
def parts_of(names: str) -> list[str]:
    """A name list cut at everything that is no letter or digit; not to be changed, as it is remembered."""
    return names.encode("utf-8", "replace").translate(_APART).decode().split()


def words_of(names: str) -> list[str]:
    """The words of a name list, in order."""
    return [w for w in parts_of(names) if is_word(w)]


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    data = resources.files("broadsheet.extraction").joinpath("names.toml").read_text("utf-8")
    for group, words in tomllib.loads(data).items():
        for word in words.split():
            found.setdefault(word, []).append(group)
    return {word: tuple(groups) for word, groups in found.items()}


class Edges:
    """First and last letters of words that may be parts of others: most names have neither and are done with."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        parts = [word for word in self.words if len(word) >= SHORTEST_PART]
        self.starts = frozenset(w[:SHORTEST_PART] for w in parts)
        self.ends = frozenset(w[-SHORTEST_PART:] for w in parts)


@lru_cache(maxsize=1)
def all_edges() -> Edges:
    """Those of all listed words."""
    return Edges(_groups())


@lru_cache(maxsize=MAX_MEMORY)
def groups_of(word: str) -> tuple[str, ...]:
    """Groups of one word: its own, or else those of the words it begins or ends with."""
    table, edges = _groups(), all_edges()
    known = table.get(word)
    if known is not None:
        return known
    begins, ends = word[:SHORTEST_PART] in edges.starts, word[-SHORTEST_PART:] in edges.ends
    if not (begins or ends) or len(word) > LONGEST_WORD:
        return ()
    found: dict[str, None] = {}
    for cut in range(SHORTEST_PART, len(word)):
        if begins and (groups := table.get(word[:cut])):
            found |= dict.fromkeys(groups)
        if ends and (groups := table.get(word[-cut:])):
            found |= dict.fromkeys(groups)
    return tuple(found)


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """What listed words begin with."""
    return frozenset(word[:cut] for word in _groups() for cut in range(2, len(word) - 1))


def compounds(parts: list[str]) -> Sequence[str]:
    """Groups of neighbouring words written together ("most read")."""
    beginnings = _beginnings()
    if beginnings.isdisjoint(parts):
        return ()
    table = _groups()
    return [
        group for one, two in pairwise(parts) if one in beginnings and one + two in table for group in table[one + two]
    ]


class Names:
    """Weights of names: the sum over their different words, each with its groups."""

    def __init__(self, words: dict[str, Weights], groups: dict[str, Weights]) -> None:
        self._words = words
        self._groups = groups
        self._edges = Edges([*words, *_groups()])
        self._known: dict[str, Weights] = {}
        self._memory: dict[str, Weights] = {"": NOTHING}

    def __call__(self, names: str) -> Weights:
        found = self._memory.get(names)
        if found is None:
            if len(self._memory) > MAX_MEMORY:
                self._memory = {"": NOTHING}
            found = self._memory[names] = self._weigh(names)
        return found

    def _weigh(self, names: str) -> Weights:
        own = over = beside = inner = beyond = 0.0
        find, words, starts, ends = self._known.get, self._edges.words, self._edges.starts, self._edges.ends
        for word in dict.fromkeys(parts_of(names)):  # in order: sums must not depend on a set's
            weights = find(word)
            if weights is None:
                if not (word in words or word[:SHORTEST_PART] in starts or word[-SHORTEST_PART:] in ends):
                    continue
                weights = self._learn(word)
            if weights is not NOTHING:
                a, b, c, d, e = weights
                own += a
                over += b
                beside += c
                inner += d
                beyond += e
        return own, over, beside, inner, beyond

    def _learn(self, word: str) -> Weights:
        rows = [self._groups[g] for g in groups_of(word) if g in self._groups] if is_word(word) else []
        if word in self._words:
            rows.append(self._words[word])
        weights: Weights = tuple(map(sum, zip(*rows, strict=True))) if rows else NOTHING  # type: ignore[assignment]
        if len(self._known) > MAX_MEMORY:
            self._known.clear()
        self._known[word] = weights
        return weights
