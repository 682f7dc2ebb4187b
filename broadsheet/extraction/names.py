"""What an element's names (class, id, role, component) say about it.

Names are cut into words; a word weighs by itself where it was seen on enough publishers' pages, and by the groups it
belongs to ("caption", "related", "wall"), which `names.toml` lists, so that a name never seen still says something.
"""

from __future__ import annotations

import tomllib
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


def is_word(part: str) -> bool:
    """Whether a part of a name can mean something: 2 to 20 characters, no bare number."""
    return 2 <= len(part) <= 20 and not part.isdigit()


def parts_of(names: str) -> list[str]:
    """A name list cut at everything that is no letter or digit."""
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


@lru_cache(maxsize=1)
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """First and last letters of all words that may be parts: most names have neither and are done with."""
    words = [word for word in _groups() if len(word) >= SHORTEST_PART]
    return frozenset(w[:SHORTEST_PART] for w in words), frozenset(w[-SHORTEST_PART:] for w in words)


def may_have_groups(word: str) -> bool:
    """Whether a word is listed or begins or ends like one that is; quick, for the many that do not."""
    starts, ends = _edges()
    return word[:SHORTEST_PART] in starts or word[-SHORTEST_PART:] in ends or word in _groups()


@lru_cache(maxsize=MAX_MEMORY)
def groups_of(word: str) -> tuple[str, ...]:
    """Groups of one word: its own, or else those of the words it begins or ends with."""
    table = _groups()
    known = table.get(word)
    if known is not None:
        return known
    if not may_have_groups(word):
        return ()
    found: dict[str, None] = {}
    for cut in range(SHORTEST_PART, len(word)):
        found.update(dict.fromkeys(table.get(word[:cut], ())))
        found.update(dict.fromkeys(table.get(word[-cut:], ())))
    return tuple(found)


def compounds(one: str, two: str) -> tuple[str, ...]:
    """Groups of two neighbouring words written together ("most read")."""
    return _groups().get(one + two, ())


def groups_in(words: list[str]) -> set[str]:
    """Groups of all words and of neighbours written together ("most read")."""
    table = _groups()
    found: set[str] = set()
    for word in words:
        groups = groups_of(word)
        if groups:
            found.update(groups)
    for one, two in pairwise(words):
        if one + two in table:
            found.update(table[one + two])
    return found


class Names:
    """Weights of names: the sum over their different words, each with its groups."""

    def __init__(self, words: dict[str, Weights], groups: dict[str, Weights]) -> None:
        self._words = words
        self._groups = groups
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
        known = self._known
        find = known.get
        for word in dict.fromkeys(parts_of(names)):  # in order: sums must not depend on a set's
            weights = find(word)
            if weights is None:
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
        weights = NOTHING
        if (word in self._words or may_have_groups(word)) and is_word(word):
            rows = [self._groups[g] for g in groups_of(word) if g in self._groups]
            if word in self._words:
                rows.append(self._words[word])
            if rows:
                weights = tuple(map(sum, zip(*rows, strict=True)))  # type: ignore[assignment]
        if len(self._known) > MAX_MEMORY:
            self._known.clear()
        self._known[word] = weights
        return weights
