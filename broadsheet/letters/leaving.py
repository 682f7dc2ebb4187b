"""Leaving: at once, for everybody who holds the link, without account, cookie or question. And going for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.letters.keys import address_key
from broadsheet.letters.models import Delivery, LeavingReason, Return, Subscriber, Subscription, Suppression
from broadsheet.letters.suppression import ASKED, suppress

TOLD = (LeavingReason.TOO_MANY, LeavingReason.NOT_INTERESTED, LeavingReason.NEVER_ASKED, LeavingReason.OTHER)
"""Reasons for a reader to choose from, afterwards and only if there is a wish to."""
STORY_ENDS = timedelta(days=14)
"""A story that has not moved for so long has ended, and with it the letters about it."""
BATCH = 500


def leave(
    key: str,
    letter: str = "",
    reason: str = LeavingReason.UNTOLD,
    *,
    story: int | None = None,
    words: str = "",
    now: datetime | None = None,
) -> int:
    """End the subscriptions of whom the key belongs to; how many there were. letter: a slug; empty: all of them.

    A second time does no harm, and a key of nobody's neither.
    """
    live = _of(key, letter, story).filter(ended_at=None)
    return live.update(ended_at=now or timezone.now(), reason=reason, words=words[:500])


def tell_why(key: str, letter: str, reason: str, *, story: int | None = None, words: str = "") -> bool:
    """Why somebody left, said afterwards, once; whether there was something to say it about."""
    if reason not in TOLD:
        return False
    left = _of(key, letter, story).filter(ended_at__isnull=False, reason=LeavingReason.UNTOLD)
    return bool(left.update(reason=reason, words=" ".join(words.replace("\x00", "").split())[:500]))


def wipe(subscriber: Subscriber, *, never_again: bool, now: datetime) -> None:
    """Erase an address and all that is known of it. What is left are counts that belong to nobody.

    never_again: no letter is ever sent to the address again, whoever asks; for that a keyed hash of it is kept.
    """
    with transaction.atomic():
        if never_again:
            suppress(subscriber.address, ASKED)
        forget(Subscriber.objects.filter(pk=subscriber.pk), now=now)


def forget(subscribers: models.QuerySet[Subscriber], *, now: datetime) -> int:
    """Erase these subscribers; how many there were. Their subscriptions end and stay behind as counts."""
    gone = 0
    while rows := dict(subscribers.values_list("pk", "address")[:BATCH]):
        numbers = list(rows)
        with transaction.atomic():
            unname(rows.values())
            Return.objects.filter(subscriber__in=numbers).update(address="", detail="")
            Delivery.objects.filter(subscriber__in=numbers).update(reply="")
            kept = Subscription.objects.filter(subscriber__in=numbers)
            kept.filter(ended_at=None).update(ended_at=now, reason=LeavingReason.UNTOLD)
            kept.update(words="")
            Subscriber.objects.filter(pk__in=numbers).delete()
        gone += len(numbers)
    return gone


def unname(addresses: Iterable[str]) -> None:
    """Let suppressions of these addresses hold, known by their hash alone."""
    Suppression.objects.filter(key__in=[address_key(one) for one in addresses]).update(address="", detail="")


def end_stories(*, now: datetime) -> int:
    """End the letters about stories that have ended; how many subscriptions that were."""
    still = now - STORY_ENDS
    live = Subscription.objects.filter(ended_at=None, story__isnull=False, since__lt=still)
    ended = live.filter(
        Q(story__merged_into=None, story__moved_at__lt=still) | Q(story__merged_into__moved_at__lt=still)
    )
    return ended.update(ended_at=now, reason=LeavingReason.STORY_ENDED)


def _of(key: str, letter: str, story: int | None) -> models.QuerySet[Subscription]:
    """Who leaves a story leaves what became part of it as well."""
    found = Subscription.objects.filter(subscriber__key=key)
    if letter:
        found = found.filter(letter__slug=letter)
    return found if story is None else found.filter(Q(story=story) | Q(story__merged_into=story))
