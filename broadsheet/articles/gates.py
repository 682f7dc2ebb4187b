"""Which texts are for some readers only: asked by `displays`, answered by the room that knows the operator's rules.

The texts of a site are open unless such a room is installed and has a rule. A gate only ever takes away: it turns mode
full into extract, so no output that asks `displays`, and all do, can hand out what stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from broadsheet.articles.models import Article


class Gate(StrEnum):
    """Whom a text is for. metered: everybody, so many times; account: readers with one; members: those on a list."""

    METERED = "metered"
    ACCOUNT = "account"
    MEMBERS = "members"


Keeper = Callable[[Article, bool], Gate | None]
"""Says which gate stands before an article, if any. The second value: whether it is the site's own work."""

_find: list[Callable[[], Keeper | None]] = []


def install(find: Callable[[], Keeper | None]) -> None:
    """Name who knows the rules; called once, when the program starts. `find` is asked for each list of articles."""
    _find[:] = [find]


def keeper() -> Keeper | None:
    """Who knows the rules as they stand; None when every text is open. One query at most."""
    return _find[0]() if _find else None
