"""What the workers do for readers: send mail of the account, forget what has served its time."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import close_old_connections

from broadsheet.queue import queue


@queue.task(retries=8, retry_delay=60)  # type: ignore[untyped-decorator]  # huey has no types
def send_mail(to: str, subject: str, body: str, language: str) -> None:
    """One mail of an account. It is tried again for eight minutes: a code is of no use later."""
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language, "X-Auto-Response-Suppress": "All"}
    try:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers).send()
    finally:
        close_old_connections()
