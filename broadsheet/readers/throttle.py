"""How often something may be tried. Counted in the database in one statement, so that parallel tries all count."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from broadsheet.readers.models import Throttle


def take(what: str, whom: str, *, most: int, span: timedelta, now: datetime | None = None) -> bool:
    """Count one try of `what` by or for `whom`; whether it is among the first `most` of the span.

    A span begins with its first try. Commits at once: a try counts even if what it was for is rolled back.
    """
    now = now or timezone.now()
    key = blake2b(f"{what}\0{whom}".encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=24).hexdigest()
    with transaction.atomic():
        Throttle.objects.filter(key=key, until__lte=now).delete()
        Throttle.objects.bulk_create([Throttle(key=key, until=now + span)], ignore_conflicts=True)
        Throttle.objects.filter(key=key).update(count=F("count") + 1)
        counted = Throttle.objects.values_list("count", flat=True).get(key=key)
    return counted <= most
