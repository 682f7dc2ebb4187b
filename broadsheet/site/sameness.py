"""What was made of the very same things, found again without comparing them.

To compare two models or cards means comparing all they hold; rows that are remembered (`prepared`) come back as the
same objects, which is told by a look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class OfSame(Generic[Made]):
    """Results by what they were made of. It holds on to these things, so that no other can pass for one of them.

    room: results that are kept; when there are more, all are forgotten.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: dict[tuple[int, ...], tuple[Made, tuple[object, ...]]] = {}

    def get(self, things: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What was made of these things, else what `make` returns. From any thread."""
        key = tuple(map(id, things))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._room:
                self._kept.clear()
            found = self._kept[key] = (make(), things)
        return found[0]
