"""Stopping an edition that is being sent, letting it go on, and what becomes of mails in doubt."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from broadsheet.letters.models import DeliveryState, Edition, EditionState

log = logging.getLogger(__name__)

QUIET, PASSED = "quiet", "passed"
"""Why an edition was dropped: there was nothing to tell, or it still waited when the next one came."""


def stop(edition: Edition, reason: str, *, now: datetime) -> bool:
    """Nothing more of it leaves; what is in hand at this moment does. reason: a code of `reasons.STOPPED`, or words."""
    live = Edition.objects.filter(pk=edition.pk, state__in=(EditionState.SCHEDULED, EditionState.SENDING))
    stopped = live.update(state=EditionState.STOPPED, stopped_because=reason[:300], changed_at=now)
    if stopped:
        log.warning("edition %d is stopped: %s", edition.pk, reason)
    return bool(stopped)


def wait(edition: Edition, reason: str, *, has_passed: bool) -> None:
    """It stays composed and scheduled, and goes once the reason is gone; the desk says which, and the log once.

    has_passed: it is too old for that, and is dropped.
    """
    own = Edition.objects.filter(pk=edition.pk, state=EditionState.SCHEDULED)
    if has_passed:
        own.update(state=EditionState.DROPPED, stopped_because=PASSED)
    elif own.exclude(stopped_because=reason).update(stopped_because=reason):
        log.warning("edition %d waits: %s", edition.pk, reason)


def go_on(edition: Edition, *, now: datetime) -> bool:
    """Send what is left of a stopped edition, from this moment on."""
    stopped = Edition.objects.filter(pk=edition.pk, state=EditionState.STOPPED)
    return bool(stopped.update(state=EditionState.SCHEDULED, go_at=now, stopped_because="", changed_at=now))


def send_doubtful(edition: Edition, *, now: datetime) -> int:
    """An editor's word: send again what may or may not have arrived. How many."""
    again = edition.deliveries.filter(state=DeliveryState.DOUBTFUL, subscriber__isnull=False)
    with transaction.atomic():
        count = again.update(state=DeliveryState.WAITING, due_at=now, changed_at=now)
        if count:
            Edition.objects.filter(pk=edition.pk, state=EditionState.SENT).update(
                state=EditionState.SENDING, ended_at=None
            )
    return count


def close_doubtful(edition: Edition, *, now: datetime) -> int:
    """An editor's word: leave it at that. How many."""
    return edition.deliveries.filter(state=DeliveryState.DOUBTFUL).update(
        state=DeliveryState.SENT, reply="closed", changed_at=now
    )
