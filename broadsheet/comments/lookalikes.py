"""Letters that look alike: one shape for names that a reader cannot tell apart, and words freed of disguise.

The pairs come from Unicode's table of confusable characters (UTS 39), as the package confusable-homoglyphs carries it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LATIN = re.compile("[a-z]")
_RUNS = {"rn": "m", "vv": "w", "cl": "d", "ii": "u"}
"""Pairs of narrow letters that read as one wide letter."""
_NARROW = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "0": "o"})


def folded(text: str) -> str:
    """Case, width and accents away; other letters as they are."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf")))


def undisguised(word: str) -> str:
    """A folded word that mixes Latin letters with their look-alikes, all Latin; any other word unchanged."""
    if word.isascii() or not _LATIN.search(word):
        return word
    looks = _looks()
    return "".join(looks.get(c, c) for c in word)


def skeleton(name: str) -> str:
    """The shape of a name: two names with one skeleton are taken for each other. Marks and spaces do not count."""
    looks = _looks()
    shape = "".join(looks.get(c, c) for c in folded(name) if c.isalnum() or c in "|!").translate(_NARROW)
    for pair, letter in _RUNS.items():
        shape = shape.replace(pair.translate(_NARROW), letter)
    return shape


@cache
def _looks() -> dict[str, str]:
    """Letter or digit to the Latin letter it looks like, else to the first character of its kind."""
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415 - a megabyte that few processes need

    looks: dict[str, str] = {}
    for char, alike in sorted(confusables_data.items(), key=lambda pair: folded(pair[0]) != pair[0]):
        folded_char = folded(char)
        if len(folded_char) != 1 or folded_char.isascii() or not folded_char.isalnum() or folded_char in looks:
            continue  # a small letter's own look comes first, then that of its capital
        shapes = {f for row in alike if len(f := folded(row["c"])) == 1}
        latin = sorted(shape for shape in shapes if _LATIN.fullmatch(shape))
        if latin:
            looks[folded_char] = latin[0]
        elif shapes:
            looks[folded_char] = min(shapes | {folded_char})
    return {char: _end_of(char, looks) for char in looks}


def _end_of(char: str, looks: dict[str, str]) -> str:
    """Where a chain of look-alikes ends; the first of a ring of them."""
    seen = [char]
    while (looks_like := looks.get(seen[-1], seen[-1])) not in seen:
        seen.append(looks_like)
    return min(seen[seen.index(looks_like) :])
