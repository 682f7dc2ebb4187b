"""Consent, where an operator adds something that needs it. As it comes, nothing does, so nobody is asked anything.

Purposes are a file of the operator's, `texts/purposes.toml` in the data folder:

    [[purpose]]
    name = "counts"
    title = "Detailed audience counts"
    words = "We count which pages you go through, under a random number, for 30 days."

Nothing optional may run before `is_granted` says so. A choice lasts six months or until the purposes change; the signal
Sec-GPC is a refusal of all of them, unless the reader grants one by hand afterwards.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import transaction

from broadsheet.readers.models import Receipt

COOKIE = "consent"
LASTS = timedelta(days=182)
MOST = 12
_SIGNER = signing.Signer(salt="readers.consent")


@dataclass(frozen=True, slots=True)
class Purpose:
    """name: a word for programs. title, words: for readers."""

    name: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a browser's cookie says: the purposes granted, and the receipt that proves it."""

    granted: frozenset[str]
    receipt: str
    at: datetime


class PurposesError(ValueError):
    """The operator's file of purposes cannot be used; the message says what to mend."""


def purposes() -> tuple[Purpose, ...]:
    """The operator's purposes; none as it comes. Read anew when the file changes. Raises PurposesError."""
    path = Path(settings.DATA) / "texts" / "purposes.toml"
    try:
        state = path.stat()
    except OSError:
        return ()
    return _read(str(path), state.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int) -> tuple[Purpose, ...]:
    try:
        rows = tomllib.loads(Path(path).read_text(encoding="utf-8"))["purpose"]
        return tuple(Purpose(str(row["name"]), str(row["title"]), str(row["words"])) for row in rows[:MOST])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PurposesError(f"{path} is not a list of [[purpose]] with name, title and words: {error}") from error


def version() -> str:
    """Names the purposes and their words; empty without any. Other words are another question."""
    found = purposes()
    return blake2b(repr(found).encode(), digest_size=6).hexdigest() if found else ""


def read_choice(cookie: str, *, now: datetime) -> Choice | None:
    """The choice a browser holds; None when there is none, it is too old, or the purposes have changed since."""
    try:
        told = _SIGNER.unsign_object(cookie[:1_000])
        at = datetime.fromisoformat(told["at"])
        choice = Choice(frozenset(told["granted"]), str(told["receipt"]), at)
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None
    return choice if told.get("version") == version() and now - at < LASTS else None


def choose(granted: Collection[str], *, before: Choice | None, now: datetime) -> str:
    """Record a choice, and that the one before it ended; the new cookie's value. Unknown names grant nothing."""
    known = purposes()
    wanted = [one.name for one in known if one.name in granted]
    refused = [one.name for one in known if one.name not in granted]
    key = secrets.token_urlsafe(18)
    with transaction.atomic():
        if before is not None:
            Receipt.objects.filter(key=before.receipt, withdrawn_at=None).update(withdrawn_at=now)
        Receipt.objects.create(
            key=key,
            version=version(),
            texts=[asdict(one) for one in known],
            granted=wanted,
            refused=refused,
            at=now,
        )
    return _SIGNER.sign_object({"granted": wanted, "receipt": key, "version": version(), "at": now.isoformat()})


def is_granted(name: str, cookie: str, *, now: datetime) -> bool:
    """Whether something optional may run for this browser. Only a grant makes it so: neither silence nor a signal."""
    choice = read_choice(cookie, now=now) if cookie else None
    return choice is not None and name in choice.granted
