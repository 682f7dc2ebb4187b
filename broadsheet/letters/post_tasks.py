"""What the workers do about mail: send what is due, ask the mailbox."""

from __future__ import annotations

import logging
from threading import Lock

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from broadsheet.letters import mailbox, sending
from broadsheet.post.dkim import KeyFileError
from broadsheet.post.rates import RatesError
from broadsheet.queue import TaskLockedException, crontab, queue

log = logging.getLogger(__name__)

_sending = Lock()
"""One round in this process; between processes the lanes decide."""


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def send_due() -> None:
    """Every minute: begin the editions whose time has come, and hand over for a part of it."""
    send()


@queue.task()  # type: ignore[untyped-decorator]
def send_on() -> None:
    """More waits than fits into one slice: go on, behind whatever else waits for the workers."""
    send()


def send() -> None:
    """One slice. While it hands over, another call does nothing."""
    if not _sending.acquire(blocking=False):
        return
    sent = 0
    try:
        sending.begin_due(now=timezone.now())
        told = sending.run()
        sent = told["sent"]
        if told:
            log.info("letters: %s", ", ".join(f"{count} {what}" for what, count in told.items()))
    except (RatesError, KeyFileError) as error:
        log.error("no letter leaves: %s", error)  # a file to be mended, not a fault of ours
    finally:
        close_old_connections()
        _sending.release()
    if sent:
        send_on()


@queue.periodic_task(crontab(minute="*/3"))  # type: ignore[untyped-decorator]
def ask_mailbox() -> None:
    """Every three minutes: what has come back to the mailbox, where one is set."""
    if not settings.ENVIRONMENT.returns_url.startswith("imap"):
        return
    try:
        with queue.lock_task("letters-mailbox"):
            read = mailbox.ask(settings.ENVIRONMENT.returns_url, now=timezone.now())
        if read:
            log.info("letters: %d mails came back", read)
    except TaskLockedException:
        return
    except mailbox.MailboxError as error:
        log.warning("the mailbox of returns cannot be read: %s", error)
    finally:
        close_old_connections()
