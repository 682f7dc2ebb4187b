"""Addresses that get no letter, whoever asks for them: at once, in every letter, known by a keyed hash.

The account's own mail, such as codes to log in, is not asked here: it is sent because its reader asked a moment ago.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from broadsheet.letters.keys import address_key
from broadsheet.letters.models import Suppression

HARD, SOFT, COMPLAINT, ASKED, EDITOR = "hard", "soft", "complaint", "asked", "editor"
_WEIGHT = {SOFT: 0, HARD: 1, EDITOR: 2, ASKED: 3, COMPLAINT: 4}
SOFT_FOR = timedelta(days=30)


def suppress(
    address: str, reason: str, *, detail: str = "", until: datetime | None = None, by: int | None = None
) -> Suppression:
    """Write no more letters to this address. A graver reason replaces a lighter one, never the other way round."""
    row, is_new = Suppression.objects.get_or_create(
        key=address_key(address),
        defaults={"address": address, "reason": reason, "detail": detail[:300], "until": until, "by": by},
    )
    is_over = row.until is not None and row.until <= timezone.now()
    if not is_new and (is_over or _WEIGHT.get(reason, 0) > _WEIGHT.get(row.reason, 0)):
        row.reason, row.detail, row.until, row.by = reason, detail[:300], until, by
        row.address, row.at = address, timezone.now()
        row.save()
    return row


def lift(address: str) -> bool:
    """Write to it again; whether it was suppressed."""
    return bool(Suppression.objects.filter(key=address_key(address)).delete()[0])


def in_force(now: datetime) -> QuerySet[Suppression]:
    return Suppression.objects.filter(Q(until=None) | Q(until__gt=now))


def why_suppressed(address: str, *, now: datetime) -> Suppression | None:
    return in_force(now).filter(key=address_key(address)).first()
