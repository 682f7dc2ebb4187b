"""The watch over finished pages: a thread that removes what became stale, a quarter of a second after it did."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread

from django.db import DatabaseError, connection

from broadsheet.finished.purges import EVERYTHING, Position, has_lost, read_position, read_purges
from broadsheet.finished.store import Store

log = logging.getLogger(__name__)

PERIOD_S = 0.25
PATIENCE_S = 0.9
"""A look older than this is not trusted: pages are made anew until the watch looks again."""
AROUND_EVERY = 4
"""Looks between two at what stands around every page."""


class Watch:
    """Reads purges and removes the pages they reach.

    around: describes what every page shows besides its own matter (sections, labels, ledger); when its answer
    changes, every page goes. It runs once in `AROUND_EVERY` looks.
    """

    def __init__(self, store: Store, around: Callable[[], str], *, period_s: float = PERIOD_S) -> None:
        self._store, self._around, self._period = store, around, period_s
        self._position: Position | None = None
        self._looks = 0
        self._looked_at = float("-inf")
        self._stop = Event()
        self._thread: Thread | None = None
        self.every_look: list[Callable[[], None]] = []

    @property
    def is_awake(self) -> bool:
        """Whether the store can be trusted at this moment."""
        return time.monotonic() - self._looked_at < PATIENCE_S

    def look(self) -> None:
        """Remove what became stale since the last look. Raises DatabaseError."""
        started = time.monotonic()
        if self._position is None:
            self._catch_up()
        else:
            self._follow(self._position)
        if self._looks % AROUND_EVERY == 0:
            self._look_around()
        self._looks += 1
        self._looked_at = started
        for act in self.every_look:
            act()

    def start(self) -> None:
        self._thread = Thread(target=self._run, name="finished-pages", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except DatabaseError as error:
                log.warning("finished pages: cannot read what changed: %s", error)
                connection.close()
            except Exception:  # the watch must not die of one bad look; until the next, nothing is served from store
                log.exception("finished pages: a look failed")
            self._stop.wait(self._period)
        connection.close()

    def _catch_up(self) -> None:
        """The first look of this process: go on where the store was left."""
        position = self._store.position()
        if position is None or has_lost(position):
            position = read_position()
            self._store.drop([EVERYTHING], position=position)
        self._position = position
        self._follow(position)

    def _follow(self, position: Position) -> None:
        news = read_purges(position)
        if news.is_lost:
            now = read_position()
            self._store.drop([EVERYTHING], position=now)
            self._position = now
        elif news.tags:
            self._store.drop(news.tags, position=news.position)
            self._position = news.position

    def _look_around(self) -> None:
        found = self._around()
        if self._store.note("around") != found:
            self._store.clear()
            self._store.set_note("around", found)
