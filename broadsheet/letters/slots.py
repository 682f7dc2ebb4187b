"""A text with slots: rendered once, filled for each reader by joining strings. Pure.

A slot is a random word that the template prints where something of a reader's own will stand, so that no headline can
contain one, and what fills a slot is never looked through for another.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from itertools import chain


class Slots:
    """The slots of one rendering. In a template: `{{ slots.leave }}`."""

    def __init__(self, *names: str) -> None:
        self._marks = {name: f"slot-{secrets.token_hex(12)}-{name}" for name in names}
        self._mark = re.compile("(" + "|".join(map(re.escape, self._marks.values())) + ")")
        self._names = {mark: name for name, mark in self._marks.items()}

    def __getattr__(self, name: str) -> str:
        try:
            return self._marks[name]
        except KeyError:
            raise AttributeError(name) from None

    def cut(self, text: str) -> Slotted:
        pieces = self._mark.split(text)
        return Slotted(tuple(pieces[::2]), tuple(self._names[mark] for mark in pieces[1::2]))


class Slotted:
    """Words and between each two of them the name of a slot."""

    __slots__ = ("_names", "_words")

    def __init__(self, words: tuple[str, ...], names: tuple[str, ...]) -> None:
        self._words, self._names = words, names

    def fill(self, values: Mapping[str, str]) -> str:
        """The whole text. Raises KeyError for a slot without a value."""
        filled = (values[name] for name in self._names)
        return "".join(chain.from_iterable(zip(self._words, filled, strict=False))) + self._words[-1]

    def bind(self, values: Mapping[str, str]) -> Slotted:
        """The text with some of its slots filled for good."""
        words, names = [self._words[0]], []
        for name, following in zip(self._names, self._words[1:], strict=True):
            if name in values:
                words[-1] += values[name] + following
            else:
                names.append(name)
                words.append(following)
        return Slotted(tuple(words), tuple(names))
