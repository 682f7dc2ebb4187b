"""Tables and names that answer with column numbers, so that the product's own code writes the design matrix."""

from __future__ import annotations

import math

from broadsheet.extraction.features import SIZES
from broadsheet.extraction.names import groups_of, words_of

Row = tuple[int, ...]
LEVELS = 5


class Columns:
    """The tables of `score_pieces`, each place holding its column."""

    zero: Row = ()
    never: Row = (-1,)
    surely_out: Row = ()  # rows are compared as tuples: none is below, none above, so all pieces are looked at
    surely_in: tuple[float, ...] = (math.inf,)
    more: Row = ()

    def __init__(self) -> None:
        self.starts: dict[str, int] = {}
        self.width = 0
        for name, size in SIZES.items():
            self.starts[name] = self.width
            setattr(self, name, [(self.width + i,) for i in range(size)])
            self.width += size


class NameColumns:
    """Names to columns: for every level, those of the words and of their groups; given on sight."""

    def __init__(self, start: int) -> None:
        self.next = start
        self.columns: dict[tuple[int, str, str], int] = {}
        self._memory: dict[str, tuple[Row, ...]] = {}

    def __call__(self, names: str) -> tuple[Row, ...]:
        if names not in self._memory:
            words = sorted(set(words_of(names)))
            parts = [("word", w) for w in words] + [("group", g) for w in words for g in groups_of(w)]
            self._memory[names] = tuple(
                tuple(self._column(level, kind, part) for kind, part in parts) for level in range(LEVELS)
            )
        return self._memory[names]

    def _column(self, level: int, kind: str, part: str) -> int:
        key = (level, kind, part)
        if key not in self.columns:
            self.columns[key] = self.next
            self.next += 1
        return self.columns[key]
