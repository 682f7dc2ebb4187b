"""Handing mails over: several threads, each with a connection of its own and at most one mail in hand.

A mail is marked taken, and that is on disk, when the server wants it and before anything of it leaves; what the server
said is written at once. So a process that dies leaves at most one mail a thread of which nobody knows.
"""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from broadsheet.letters.outgoing import Job
from broadsheet.letters.transports import Transport, open_transport
from broadsheet.post.smtp import Answer, DoubtError, LostError, WithdrawnError

log = logging.getLogger(__name__)

_SENT = "UPDATE letters_delivery SET state = 'sent', code = %s, reply = %s, changed_at = %s WHERE id = %s"
"""Whatever another worker took it for meanwhile: the server has it."""
_TAKE = (
    "UPDATE letters_delivery SET state='taken', tries=tries+1, changed_at=%s "
    "WHERE id=%s AND state='waiting' AND subscriber_id IS NOT NULL "
    "AND EXISTS (SELECT 1 FROM letters_edition e WHERE e.id = edition_id AND e.state = 'sending')"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job. answer: the server's; None: another worker has it, or the line broke (lost, doubt)."""

    job: Job
    answer: Answer | None = None
    lost: str = ""
    doubt: str = ""
    not_ours: bool = False


class Hand(threading.Thread):
    """One connection. Takes jobs from one queue, puts outcomes into another; None ends it."""

    def __init__(self, jobs: queue.Queue[Job | None], outcomes: queue.SimpleQueue[Outcome]) -> None:
        super().__init__(name="letters", daemon=True)
        self._jobs, self._outcomes = jobs, outcomes

    def run(self) -> None:
        transport = open_transport()
        try:
            while (job := self._jobs.get()) is not None:
                outcome = _hand_over(transport, job)
                if outcome.answer is not None and outcome.answer.is_yes:
                    note_sent(job.delivery, outcome.answer)
                self._outcomes.put(outcome)
        finally:
            transport.close()
            connection.close()


def take(delivery: int) -> bool:
    """Take it in hand; False when it is not to be sent any more, or another has it."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [_stored(timezone.now()), delivery])
        return bool(cursor.rowcount)


def _take(delivery: int) -> bool:
    try:
        return take(delivery)
    except DatabaseError as error:  # nothing of it has left: it waits for another try
        raise LostError(f"it could not be taken in hand: {error}") from error


def note_sent(delivery: int, answer: Answer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [answer.code, answer.text[:200], _stored(timezone.now()), delivery])


def _stored(now: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(now)


def _hand_over(transport: Transport, job: Job) -> Outcome:
    try:
        return Outcome(job, transport.send(job.mail, job.packed, lambda: _take(job.delivery)))
    except LostError as error:
        return Outcome(job, lost=str(error)[:200] or "lost")
    except DoubtError as error:
        return Outcome(job, doubt=str(error)[:200] or "doubt")
    except WithdrawnError:
        return Outcome(job, not_ours=True)
    except Exception as error:  # whatever a provider's library raises: nobody knows what it did before
        log.exception("delivery %d", job.delivery)
        return Outcome(job, doubt=f"{type(error).__name__}: {error}"[:200])
