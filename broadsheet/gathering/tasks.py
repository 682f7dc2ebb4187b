"""The schedule: what the workers do by themselves."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections

from broadsheet.finished.actions import prune_purges
from broadsheet.gathering.picture_upkeep import drop_unshown, tidy_pictures
from broadsheet.gathering.run import fetch_pictures, gather, utc_now
from broadsheet.gathering.sample import leave_when_real_news_is_here
from broadsheet.gathering.websub import HubError, tell_hub
from broadsheet.notices.actions import prune_notices
from broadsheet.queue import TaskLockedException, crontab, queue
from broadsheet.sources.actions import prune_fetch_log
from broadsheet.stories.editing import release_expired_pins
from broadsheet.stories.measuring import take_measures

log = logging.getLogger(__name__)

PICTURES = settings.DATA / "pictures"

SOON = timedelta(seconds=40)
"""How long a scheduled gather waits for pages that failed; the next one, a minute later, goes on."""


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def gather_due() -> None:
    """Every minute: poll and read what is due, unless the last one is still at it."""
    part, parts = settings.ENVIRONMENT.shard
    try:
        with queue.lock_task(f"gather-{part}-{parts}"):
            summary = gather(patience=SOON, place_meanwhile=True, pictures=False)
            leave_when_real_news_is_here(now=utc_now())
            if summary.polled or summary.pages:
                log.info("%s", summary.sentence())
    except TaskLockedException:
        return
    finally:
        close_old_connections()
    if summary.pages:
        keep_pictures()


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def keep_pictures() -> None:
    """After a gather and every minute: fetch the pictures that may be shown, one after the other."""
    try:
        with queue.lock_task("pictures"):
            fetch_pictures()
    except TaskLockedException:
        return
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def tell_changed_feeds() -> None:
    """Every minute: tell the hub, if there is one, which feeds changed."""
    if not settings.ENVIRONMENT.websub_hub:
        return
    try:
        with queue.lock_task("websub"):
            tell_hub(queue)
    except TaskLockedException:
        return
    except HubError as error:
        log.warning("the hub was not told: %s", error)
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def drop_pictures() -> None:
    """Every minute: take down what may be shown no longer."""
    try:
        if dropped := drop_unshown(PICTURES, now=utc_now()):
            log.info("%d pictures were taken down", dropped)
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def tidy() -> None:
    """Every hour: forget what has served its time."""
    now = utc_now()
    fetches = prune_fetch_log(now=now, keep=timedelta(days=settings.ENVIRONMENT.fetch_log_days))
    purges = prune_purges(now=now)
    prune_notices(now=now)
    release_expired_pins(now=now)
    tidy_pictures(PICTURES, now=now, room_bytes=settings.ENVIRONMENT.pictures_mb * 1024 * 1024)
    take_measures(now=now)
    close_old_connections()
    log.info("tidied: %d requests and %d purges forgotten", fetches, purges)
