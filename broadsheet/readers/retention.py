"""How long what is kept: one line for each class of data, enforced every hour and told on the privacy page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from broadsheet.readers.models import AddressChange, AuditLine, MeterBook, MeterPass, Reader, ReadMark, Throttle

NO_ADDRESS = "0.0.0.0"  # noqa: S104  # stands for a forgotten one
CODES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Period:
    """name: the class of data. setting: which sets its days, in lower case; empty where the data itself says when."""

    name: str
    setting: str
    forget: Callable[[datetime], int]

    @property
    def days(self) -> int:
        return int(getattr(settings.ENVIRONMENT, self.setting)) if self.setting else 0


def forget_old(*, now: datetime) -> dict[str, int]:
    """Enforce every period; how many rows of each went. May be run any number of times."""
    return {period.name: period.forget(now - timedelta(days=period.days)) for period in PERIODS}


def _deleted(found: Any) -> int:
    return int(found.delete()[0])


def _unconfirmed(before: datetime) -> int:
    """Their sessions end by themselves; allauth's rows go with the account."""
    return _deleted(Reader.objects.filter(confirmed_at=None, joined_at__lt=before, last_login=None))


def _network_addresses(before: datetime) -> int:
    return int(UserSession.objects.filter(created_at__lt=before).exclude(ip=NO_ADDRESS).update(ip=NO_ADDRESS))


def _ended_sessions(now: datetime) -> int:
    gone = _deleted(Session.objects.filter(expire_date__lt=now))
    _deleted(UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")))
    return gone


def _meters(now: datetime) -> int:
    return _deleted(MeterBook.objects.filter(until__lt=now)) + _deleted(MeterPass.objects.filter(until__lt=now))


def _throttles(now: datetime) -> int:
    with connection.cursor() as cursor:
        # allauth's limits stand in the shared cache, whose rows Django deletes only when there are many.
        cursor.execute("DELETE FROM readers_cache WHERE expires < %s", [_stored(now)])
    return _deleted(Throttle.objects.filter(until__lt=now))


def _stored(now: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))


PERIODS = (
    Period("accounts never confirmed", "unconfirmed_days", _unconfirmed),
    Period("network addresses of sessions", "ip_days", _network_addresses),
    Period("what was read", "read_days", lambda before: _deleted(ReadMark.objects.filter(at__lt=before))),
    Period("acts on personal data", "audit_days", lambda before: _deleted(AuditLine.objects.filter(at__lt=before))),
    Period("ended sessions", "", _ended_sessions),
    Period("allowances", "", _meters),
    Period("limits on guessing", "", _throttles),
    Period("codes", "", lambda now: _deleted(AddressChange.objects.filter(asked_at__lt=now - CODES))),
)
