"""Where a text may be cut without breaking what a reader sees as one character."""

from __future__ import annotations

import unicodedata

_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f\u20e3")


def safe_cut(text: str, at: int) -> int:
    """The largest place not after `at` where no accent, vowel sign, joined emoji or flag is torn off.

    A heap of a hundred marks on one letter is no letter; there the cut stays where it was asked for.
    """
    if at >= len(text):
        return len(text)
    place = at
    while place > 0 and at - place < 100 and _clings(text, place):
        place -= 1
    return place if at - place < 100 else at


def _clings(text: str, place: int) -> bool:
    """Whether the character at `place` belongs to the one before it."""
    char, before = text[place], text[place - 1]
    if char in _JOINERS or before == "\u200d" or unicodedata.category(char) in ("Mn", "Mc", "Me"):
        return True
    if 0x1F3FB <= ord(char) <= 0x1F3FF:
        return True
    # Viramas bind the next letter of Indic scripts.
    if unicodedata.combining(before) == 9:
        return True
    # Flags are two regional letters; count how many stand before.
    if _is_flag(char) and _is_flag(before):
        count = 0
        while count < 100 and place - count > 0 and _is_flag(text[place - count - 1]):
            count += 1
        return count % 2 == 1
    return False


def _is_flag(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF
