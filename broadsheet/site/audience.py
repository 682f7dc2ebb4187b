"""Counting openings of pages while they are served: sums in memory, handed over once a minute, nothing else kept."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from datetime import UTC, datetime

from django.db import DatabaseError

from broadsheet.readers.counts import record
from broadsheet.readers.targets import Thing

log = logging.getLogger(__name__)

EVERY_S = 60.0
MOST = 5_000
"""Different things counted between two times of handing over; strangers can make up any number of addresses."""
_PAGE = re.compile(r"/(?:(articles|read|stories)/([1-9][0-9]{0,17})|(sources)/([-\w]{1,200}))(?=-|$)")
_KINDS = {"articles": "article", "read": "article", "stories": "story"}


class Audience:
    """One in each web process. `note` is called in the event loop, `hand_over` from a thread."""

    def __init__(self) -> None:
        self._counts: Counter[Thing] = Counter()
        self._handed_over = time.monotonic()

    def note(self, path: str, mode: str | None, referrer: str | None, host: str | None) -> None:
        """An opening, if a browser went to a page that is counted. mode: the header Sec-Fetch-Mode, which machines that
        read along do not send."""
        if mode != "navigate" or len(self._counts) >= MOST:
            return
        thing = thing_of(path)
        if thing is None:
            return
        self._counts[thing] += 1
        sender = (referrer or "").partition("//")[2].partition("/")[0].lower()
        if sender and sender != (host or "").lower() and re.fullmatch(r"[a-z0-9.:-]{1,100}", sender):
            self._counts[Thing("referrer", sender.partition(":")[0].removeprefix("www."))] += 1

    def hand_over(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if not self._counts or (not at_once and now - self._handed_over < EVERY_S):
            return
        self._handed_over = now
        counts, self._counts = self._counts, Counter()
        try:
            record(counts, day=datetime.now(UTC).date())
        except DatabaseError as error:
            log.warning("openings of a minute were not counted: %s", error)


def thing_of(path: str) -> Thing | None:
    """What a path opens, if its openings are counted."""
    if path == "/":
        return Thing("front", "")
    found = _PAGE.match(path)
    if found is None:
        return None
    return Thing("source", found[4]) if found[3] else Thing(_KINDS[found[1]], found[2])
