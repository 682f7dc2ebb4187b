"""What the workers do for letters."""

from __future__ import annotations

import logging

from django.db import close_old_connections
from django.utils import timezone

from broadsheet.letters import asking, assembling, previewing
from broadsheet.letters.asking import Consent
from broadsheet.letters.models import Edition
from broadsheet.letters.retention import forget_old
from broadsheet.queue import crontab, queue
from broadsheet.readers.models import Reader

log = logging.getLogger(__name__)


@queue.task(retries=3, retry_delay=20)  # type: ignore[untyped-decorator]  # huey has no types
def ask(address: str, wishes: list[str], given: Consent) -> None:
    """Somebody asked for letters. Done here, so that the page answers as fast whether we know the address or not."""
    try:
        asking.ask(address, wishes, given, now=timezone.now())
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="51"))  # type: ignore[untyped-decorator]
def forget() -> None:
    """Every hour: what has served its time."""
    try:
        gone = forget_old(now=timezone.now())
    finally:
        close_old_connections()
    log.info("letters forgot: %s", ", ".join(f"{count} {name}" for name, count in gone.items() if count) or "nothing")


@queue.task(retries=2, retry_delay=30)  # type: ignore[untyped-decorator]
def send_test(edition: int, editor: int) -> None:
    """An edition as a mail to the editor who makes it."""
    try:
        found = Edition.objects.select_related("letter").get(pk=edition)
        previewing.send_test(found, Reader.objects.get(pk=editor), now=timezone.now())
    finally:
        close_old_connections()


@queue.periodic_task(crontab(minute="*/5"))  # type: ignore[untyped-decorator]
def assemble() -> None:
    """Every five minutes: editions whose hour comes, breaking news, stories that moved."""
    try:
        made = assembling.assemble(now=timezone.now())
    finally:
        close_old_connections()
    if made:
        log.info("editions made: %s", ", ".join(str(edition) for edition in made))
