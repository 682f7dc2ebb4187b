"""How far back a search reads: the newest first, in windows that double, until enough is found or it takes long.

Most searches are answered by the first window. What remains are words that nearly never meet: without an end to their
search, a newspaper of millions would read millions of entries for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter, thread_time

from django.db import connection

from broadsheet.prepared import ask, until_written
from broadsheet.search.engines import Clause, Match, engine

FIRST_WINDOW = 250_000
"""Articles in the first window, counted as if they came evenly; a newspaper of twice as many is read as one."""
LONGEST_S = 0.008
"""After this much time no further window is begun. The next one would cost about as much as all before it."""


def find_newest(clauses: Sequence[Clause], oldest: int, newest: int, limit: int) -> tuple[list[Match], bool]:
    """The newest matches, and whether older articles were left unread."""
    # SQLite works in this thread: its own time counts, however busy the machine is.
    clock = perf_counter if connection.vendor == "postgresql" else thread_time
    found: list[Match] = []
    begun = clock()
    for first, last, is_end in _windows(oldest, newest):
        found += engine().find(clauses, first, last, limit - len(found))
        if len(found) >= limit or is_end:
            break
        if clock() - begun > LONGEST_S:
            return found, True
    return found, False


def _windows(oldest: int, newest: int) -> Iterator[tuple[int, int, bool]]:
    """(oldest, newest, whether it is the last) of each window, the newest first."""
    articles, first, last = _extent()
    if articles < 2 * FIRST_WINDOW:
        yield oldest, newest, True
        return
    oldest_there, end = max(oldest, first), newest
    width = (last - first) * FIRST_WINDOW // articles
    start = min(newest, last) - width
    while start > oldest_there:
        yield start, end, False
        end, width = start - 1, width * 2
        start = end - width
    yield oldest, end, True


@until_written
def _extent() -> tuple[int, int, int]:
    """How many articles there are, about, and the places of the oldest and the newest."""
    ((articles, first, last),) = ask(
        "SELECT (SELECT SUM(articles) FROM search_language), (SELECT MIN(place) FROM search_document),"
        " (SELECT MAX(place) FROM search_document)"
    )
    return int(articles or 0), first or 0, last or 0
