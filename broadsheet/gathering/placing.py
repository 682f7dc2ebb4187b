"""The last steps of a report's way, after it is stored: group it, and put it into the index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from broadsheet.search.actions import index_articles
from broadsheet.stories.actions import place_articles


def place_waiting(clock: Callable[[], datetime]) -> int:
    """Group and index every article that waits for it, a batch in each transaction. Returns how many."""
    total = 0
    while done := place_batch(clock()):
        total += done
    return total


def place_batch(now: datetime) -> int:
    with transaction.atomic():
        placed = place_articles(now=now)
        index_articles(placed.articles, now=now)
    return len(placed.articles)
