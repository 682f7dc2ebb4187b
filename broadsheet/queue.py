"""The task queue: one Huey, on SQLite in the data folder, on PostgreSQL or on Redis, by `BROADSHEET_QUEUE_URL`.

Whoever needs something of Huey's has it from here, so that Huey is loaded here first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import reload
from urllib.parse import unquote, urlsplit

from django.conf import settings


@contextmanager
def _only(address: str) -> Iterator[None]:
    """Huey loads the client of every server that is installed, 16 MB in all; here only that of the queue in use."""
    wanted = {"redis": "redis", "rediss": "redis", "postgresql": "psycopg", "postgres": "psycopg"}
    unwanted = {"redis", "psycopg"} - {wanted.get(urlsplit(address).scheme)} - sys.modules.keys()
    sys.modules.update(dict.fromkeys(unwanted))  # type: ignore[arg-type]  # None: it cannot be imported
    try:
        yield
    finally:
        for name in unwanted:
            del sys.modules[name]


with _only(settings.ENVIRONMENT.queue_url):
    from huey import crontab, storage
    from huey.api import Huey
    from huey.exceptions import TaskLockedException


def make_queue(address: str) -> Huey:
    """A queue at `address`; empty stands for the data folder's own file. Raises ValueError for an unknown kind."""
    parts = urlsplit(address)
    if parts.scheme in {"", "sqlite"}:
        path = unquote(parts.path[1:]) or str(settings.DATA / "queue.sqlite3")
        return Huey("broadsheet", storage_class=storage.SqliteStorage, filename=path)
    if address != settings.ENVIRONMENT.queue_url:  # another kind of queue than this process was started for
        reload(storage)
    if parts.scheme in {"redis", "rediss"}:
        return Huey("broadsheet", storage_class=storage.PriorityRedisStorage, url=address)
    if parts.scheme in {"postgresql", "postgres"}:
        return Huey("broadsheet", storage_class=storage.PostgresStorage, dsn=address)
    raise ValueError(f"the queue address starts with {parts.scheme}://, which is not known.")


queue = make_queue(settings.ENVIRONMENT.queue_url)

__all__ = ["Huey", "TaskLockedException", "crontab", "make_queue", "queue"]
