"""Where two texts differ, word by word, for showing what a copy left out, added or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MAX_WORDS = 4_000
"""Words of each text that are compared; the rest is left out, since comparing may take quadratic time."""


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the original and what stands in its place in the copy; both as written."""

    change: Change
    original: str
    copy: str


_TOKEN = re.compile(r"\S+\s*")


def compare(original: str, copy: str) -> list[Difference]:
    """Differences in order; joined, the `original` sides give the original and the `copy` sides the copy.

    Both texts are cut to `MAX_WORDS` words.  Words differ if more than white space tells them apart.
    """
    first, second = (_TOKEN.findall(text.lstrip())[:MAX_WORDS] for text in (original, copy))
    return list(_differences(first, second))


def _differences(first: list[str], second: list[str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, [t.strip() for t in first], [t.strip() for t in second], autojunk=True)
    names = {"equal": Change.SAME, "delete": Change.REMOVED, "insert": Change.ADDED, "replace": Change.CHANGED}
    for name, a, b, c, d in matcher.get_opcodes():
        yield Difference(names[name], "".join(first[a:b]), "".join(second[c:d]))
