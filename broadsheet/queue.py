"""The task queue: one Huey, on SQLite in the data folder, on PostgreSQL or on Redis, by `BROADSHEET_QUEUE_URL`."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from huey.api import Huey
from huey.storage import PostgresStorage, RedisStorage, SqliteStorage


def make_queue(address: str) -> Huey:
    """A queue at `address`; empty stands for the data folder's own file. Raises ValueError for an unknown kind."""
    parts = urlsplit(address)
    if parts.scheme in {"", "sqlite"}:
        path = unquote(parts.path[1:]) or str(settings.DATA / "queue.sqlite3")
        return Huey("broadsheet", storage_class=SqliteStorage, filename=path)
    if parts.scheme in {"redis", "rediss"}:
        return Huey("broadsheet", storage_class=RedisStorage, url=address)
    if parts.scheme in {"postgresql", "postgres"}:
        return Huey("broadsheet", storage_class=PostgresStorage, dsn=address)
    raise ValueError(f"the queue address starts with {parts.scheme}://, which is not known.")


queue = make_queue(settings.ENVIRONMENT.queue_url)
