"""Lanes: mail to one provider is in the hands of one worker at a time, who holds a lease on it.

A worker that dies stops renewing its lease. Whoever takes the lane next finds the mails that worker had in hand and
marks them doubtful: the server may have them, and nobody can know. They are never sent again by themselves.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from broadsheet.letters.models import Delivery, DeliveryState, Lane

LEASE = timedelta(seconds=60)
RESTS = (1, 2, 5, 10, 20, 30)
"""Minutes that a lane rests, growing, when its provider or our server asks for it or cannot be reached."""

LOSSES = 4


class Hold:
    """A lane in our hands. `is_ours` turns false when somebody else has it."""

    def __init__(self, lane: Lane) -> None:
        self.name = lane.name
        self.holder = lane.holder
        self.day, self.sent, self.rests = lane.day, lane.sent, lane.rests
        self.rest_until = lane.rest_until
        self.is_ours, self.losses = True, 0

    def renew(self, now: datetime) -> None:
        """Hold on for another while; keeps the counts of the day too."""
        kept = Lane.objects.filter(name=self.name, holder=self.holder).update(
            until=now + LEASE, day=self.day, sent=self.sent, rests=self.rests, rest_until=self.rest_until
        )
        self.is_ours = bool(kept)

    def release(self) -> None:
        Lane.objects.filter(name=self.name, holder=self.holder).update(
            holder="", until=timezone.now(), day=self.day, sent=self.sent, rests=self.rests, rest_until=self.rest_until
        )
        self.is_ours = False

    def count(self, today: date) -> None:
        if self.day != today:
            self.day, self.sent = today, 0
        self.sent += 1
        self.rests = self.losses = 0

    def sent_on(self, today: date) -> int:
        return self.sent if self.day == today else 0

    def rest(self, now: datetime, said: str) -> None:
        """Leave the whole lane alone for a while."""
        if self.rest_until is not None and self.rest_until > now:
            return  # of several mails in hand the first counts
        minutes = RESTS[min(self.rests, len(RESTS) - 1)]
        self.rest_until, self.rests = now + timedelta(minutes=minutes), self.rests + 1
        Lane.objects.filter(name=self.name).update(said=said[:200])

    def lose(self, now: datetime, said: str) -> None:
        """The line broke. Once may be chance; several in a row are a server that is away."""
        self.losses += 1
        if self.losses >= LOSSES:
            self.rest(now, said)

    def is_resting(self, now: datetime) -> bool:
        return self.rest_until is not None and self.rest_until > now


def hold(name: str, *, now: datetime) -> Hold | None:
    """Take a lane; None when another worker has it. What its last holder left in hand becomes doubtful."""
    Lane.objects.bulk_create([Lane(name=name, until=now)], ignore_conflicts=True)
    holder = secrets.token_hex(16)
    if not Lane.objects.filter(Q(holder="") | _is_over(now), name=name).update(holder=holder, until=now + LEASE):
        return None
    Delivery.objects.filter(lane=name, state=DeliveryState.TAKEN).update(
        state=DeliveryState.DOUBTFUL, changed_at=now, reply="The worker ended before the server answered."
    )
    return Hold(Lane.objects.get(name=name))


def abandoned(now: datetime) -> list[str]:
    """Lanes whose worker is gone."""
    return list(Lane.objects.exclude(holder="").filter(_is_over(now)).values_list("name", flat=True))


def _is_over(now: datetime) -> Q:
    """The lease has run out; one that is too long was taken before the clock was put back."""
    return Q(until__lte=now) | Q(until__gt=now + 10 * LEASE)
