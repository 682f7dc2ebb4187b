"""What the workers do for conversations: letters that were lost with their process, and forgetting."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from broadsheet.comments import akismet
from broadsheet.comments.models import Comment, Report
from broadsheet.comments.statements import tell_the_untold
from broadsheet.queue import crontab, queue

SENDER_KEPT = timedelta(days=1)
"""How long a notice remembers a digest of where it came from; long enough to count different senders."""


@queue.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey has no types
def tell_decisions() -> None:
    """Every ten minutes: decisions whose letters never left."""
    try:
        tell_the_untold(now=timezone.now())
    finally:
        close_old_connections()


@queue.task(retries=3, retry_delay=300)  # type: ignore[untyped-decorator]
def teach_elsewhere(pk: int, lesson: str) -> None:
    """Tell the spam service what an editor decided."""
    try:
        comment = Comment.objects.select_related("thread__story").filter(pk=pk).first()
        if comment is not None and comment.markdown and akismet.is_on():
            akismet.teach(comment, lesson)
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="23"))  # type: ignore[untyped-decorator]
def forget_senders() -> None:
    """Every hour: digests of senders of notices go after a day."""
    try:
        forget_old_senders(now=timezone.now())
    finally:
        close_old_connections()


def forget_old_senders(*, now: datetime) -> int:
    """Returns how many were forgotten."""
    return Report.objects.filter(received_at__lt=now - SENDER_KEPT).exclude(sender="").update(sender="")
