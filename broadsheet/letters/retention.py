"""How long what is kept of those who get letters; enforced every hour and told on the privacy page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from broadsheet.letters.leaving import end_stories, forget
from broadsheet.letters.models import (
    Delivery,
    Edition,
    EditionState,
    Proof,
    Return,
    Subscriber,
    Subscription,
    Suppression,
)

BATCH = 5_000


def forget_old(*, now: datetime) -> dict[str, int]:
    """Enforce every period; how many rows of each went. May be run any number of times."""
    unconfirmed = now - timedelta(days=settings.ENVIRONMENT.unconfirmed_days)
    past = now - timedelta(days=settings.ENVIRONMENT.mail_days)
    return {
        "stopped editions": _ended(past, now),
        "ended stories": end_stories(now=now),
        "unconfirmed addresses": forget(_unconfirmed(unconfirmed), now=now),
        "requests never confirmed": _deleted(Proof.objects.filter(confirmed_at=None, asked_at__lt=unconfirmed)),
        "addresses without a letter": forget(_idle(past), now=now),
        "mails": _deleted(Delivery.objects.filter(changed_at__lt=past)),
        "returned mails": _deleted(Return.objects.filter(at__lt=past)),
        "ended suppressions": _deleted(Suppression.objects.filter(until__lt=now)),
    }


def _unconfirmed(before: datetime) -> models.QuerySet[Subscriber]:
    return Subscriber.objects.filter(confirmed_at=None, made_at__lt=before)


def _idle(before: datetime) -> models.QuerySet[Subscriber]:
    """Confirmed once, and for so long without any letter: the proof of consent has served its time."""
    of = Subscription.objects.filter(subscriber=OuterRef("pk"))
    recent = Exists(of.filter(ended_at=None)) | Exists(of.filter(ended_at__gte=before))
    return Subscriber.objects.filter(~recent, confirmed_at__lt=before)


def _ended(before: datetime, now: datetime) -> int:
    """Editions that nobody let go on end with what is known of their mails: without it, some would be sent twice."""
    stopped = Edition.objects.filter(state=EditionState.STOPPED, changed_at__lt=before)
    begun = stopped.filter(started_at__isnull=False).update(state=EditionState.SENT, ended_at=now)
    return begun + stopped.update(state=EditionState.DROPPED)


def _deleted(found: models.QuerySet[models.Model]) -> int:
    """In batches, so that sending is never kept waiting for long."""
    gone = 0
    while numbers := list(found.values_list("pk", flat=True)[:BATCH]):
        found.model._default_manager.filter(pk__in=numbers).delete()  # noqa: SLF001  # documented
        gone += len(numbers)
    return gone
