"""Accounts and the letters their addresses get: an address that an account has proved needs no second proof."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from broadsheet.letters.asking import live
from broadsheet.letters.keys import new_key
from broadsheet.letters.models import Subscriber, Subscription
from broadsheet.readers.models import Reader


def subscriber_of(reader: Reader) -> Subscriber | None:
    """The reader's own, or the one of the same address; nothing is changed."""
    found = Subscriber.objects.filter(Q(reader=reader) | Q(address=reader.email))
    return max(found, key=lambda row: row.reader_id == reader.pk, default=None)


def own_subscriber(reader: Reader, *, now: datetime) -> Subscriber:
    """The same, made and confirmed where it is not. Only for readers whose address is proved."""
    with transaction.atomic():
        found = subscriber_of(reader)
        if found is None:
            defaults = {"key": new_key(), "reader": reader, "made_at": now, "confirmed_at": now}
            return Subscriber.objects.get_or_create(address=reader.email, defaults=defaults)[0]
        Subscriber.objects.filter(pk=found.pk, confirmed_at=None).update(confirmed_at=now)
        Subscriber.objects.filter(pk=found.pk).update(reader=reader)
        found.refresh_from_db()
        return found


def follow_address(reader: Reader, **_signal: Any) -> None:
    """The account has another address now, proved by codes from both: its letters go there too."""
    with transaction.atomic():
        own = Subscriber.objects.filter(reader=reader).first()
        if own is None:
            return
        other = Subscriber.objects.filter(address=reader.email).exclude(pk=own.pk).first()
        if other is not None:
            _join(other, own)
        Subscriber.objects.filter(pk=own.pk).update(address=reader.email)


def _join(other: Subscriber, own: Subscriber) -> None:
    """Two subscribers turn out to be one: what the other had goes over, and it ends."""
    had = set(live(own).values_list("letter_id", "story_id"))
    for row in live(other) if other.confirmed_at else ():
        if (row.letter_id, row.story_id) not in had:
            Subscription.objects.filter(pk=row.pk).update(subscriber=own)
    other.proofs.update(subscriber=own)
    Subscription.objects.filter(subscriber=other, ended_at=None).delete()
    other.delete()
