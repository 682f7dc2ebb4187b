"""A bounded memory of what was used lately, by number and by weight, so that no stranger decides how much we keep."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Keys to values, the longest unused forgotten first.

    most: entries kept. heaviest: sum of their weights, in the unit that `put` is given; one entry is always kept.
    """

    def __init__(self, most: int, heaviest: int) -> None:
        self._kept: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._most = most
        self._heaviest = heaviest
        self._weight = 0

    def get(self, key: str) -> T | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def put(self, key: str, value: T, weight: int) -> None:
        if key in self._kept:
            self._weight -= self._kept.pop(key)[1]
        self._kept[key] = (value, weight)
        self._weight += weight
        while len(self._kept) > 1 and (len(self._kept) > self._most or self._weight > self._heaviest):
            _, (_, dropped) = self._kept.popitem(last=False)
            self._weight -= dropped
