"""Writes of the finished pages' room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from broadsheet.finished.models import Purge


def purge(tags: Iterable[str]) -> None:
    """Note that the things under these tags changed. Call it inside the transaction that changes them."""
    Purge.objects.bulk_create([Purge(tag=tag) for tag in sorted(set(tags))])


def prune_purges(*, now: datetime, keep: timedelta = timedelta(days=1)) -> int:
    """Forget purges that every running process has long seen; a process that slept longer starts afresh."""
    deleted, _ = Purge.objects.filter(at__lt=now - keep).delete()
    return deleted
