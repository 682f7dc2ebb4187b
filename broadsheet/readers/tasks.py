"""What the workers do for readers: send mail of the account, forget what has served its time."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import close_old_connections
from django.utils import timezone

from broadsheet.queue import crontab, queue
from broadsheet.readers.retention import forget_old

log = logging.getLogger(__name__)


@queue.task(retries=8, retry_delay=60, priority=10)  # type: ignore[untyped-decorator]  # huey has no types
def send_mail(to: str, subject: str, body: str, language: str) -> None:
    """One mail of an account, before anything else that waits, editions above all. Tried again for eight minutes."""
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language, "X-Auto-Response-Suppress": "All"}
    try:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers).send()
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="41"))  # type: ignore[untyped-decorator]
def forget() -> None:
    """Every hour: forget what has served its time."""
    gone = forget_old(now=timezone.now())
    close_old_connections()
    log.info("forgotten: %s", ", ".join(f"{count} {name}" for name, count in gone.items() if count) or "nothing")
