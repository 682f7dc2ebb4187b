"""Consent, where an operator adds something that needs it. As it comes, nothing does, so nobody is asked anything.

Purposes are a file of the operator's, `texts/purposes.toml` in the data folder:

    [[purpose]]
    name = "counts"
    title = "Detailed audience counts"
    words = "We count which pages you go through, under a random number, for 30 days."

    [[purpose]]
    embed = "youtube"

The second lets readers load what a provider of `embeds` has; it is asked for where such a thing stands, not before.

Nothing optional may run before `is_granted` says so. A choice lasts six months or until the purposes change; the signal
Sec-GPC is a refusal of all of them, unless the reader grants one by hand afterwards.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.readers.embeds import PROVIDERS
from broadsheet.readers.models import Receipt

COOKIE = "consent"
LASTS = timedelta(days=182)
MOST = 12
_SIGNER = signing.Signer(salt="readers.consent")


@dataclass(frozen=True, slots=True)
class Purpose:
    """name: a word for programs. title, words: for readers. embed: the provider whose things it lets in, if any."""

    name: str
    title: str
    words: str
    embed: str = ""


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
        return tuple(_purpose(row) for row in rows[:MOST])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PurposesError(
            f"{path} is not a list of [[purpose]] with name, title and words, or with embed: {error}"
        ) from error


def _purpose(row: dict[str, Any]) -> Purpose:
    if "embed" not in row:
        return Purpose(str(row["name"]), str(row["title"]), str(row["words"]))
    provider = PROVIDERS.get(str(row["embed"]))
    if provider is None:
        raise ValueError(f"embed is {row['embed']!r}; it should be one of {', '.join(PROVIDERS)}")
    return Purpose(provider.purpose, str(row.get("title", "")), str(row.get("words", "")), provider.name)


def in_words(one: Purpose) -> tuple[str, str]:
    """Title and words of a purpose as readers see them: the operator's, else ours for a provider."""
    provider = PROVIDERS.get(one.embed)
    if provider is None:
        return one.title, one.words
    title = one.title or _("Show what stands at %(provider)s") % {"provider": provider.title}
    words = one.words or _(
        "%(provider)s then learns your network address and what you look at, and may store things on your device."
    ) % {"provider": provider.title}
    return title, words


def may_load(provider: str) -> bool:
    """Whether the operator lets readers load a provider's things at all."""
    return any(one.embed == provider for one in purposes())


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
            texts=[dict(zip(("name", "title", "words"), (one.name, *in_words(one)), strict=True)) for one in known],
            granted=wanted,
            refused=refused,
            at=now,
        )
    return _SIGNER.sign_object({"granted": wanted, "receipt": key, "version": version(), "at": now.isoformat()})


def is_granted(name: str, cookie: str, *, now: datetime) -> bool:
    """Whether something optional may run for this browser. Only a grant makes it so: neither silence nor a signal."""
    choice = read_choice(cookie, now=now) if cookie else None
    return choice is not None and name in choice.granted
