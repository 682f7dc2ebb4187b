"""The rights of a person over their own data: see all of it, take it along, have it erased.

Rooms that keep more about a reader tell it themselves: an app may have a module `person` with `held(reader)`, which
returns a table of JSON values, and `forget(reader, words=...)`. Nothing here knows those rooms.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction

from broadsheet.readers.accounts import note_act
from broadsheet.readers.mails import post_mail
from broadsheet.readers.models import AuditLine, Reader

_OWN = ("follows", "mutes", "saved", "read_marks", "agreements", "objections", "roles")
_SECRETS = frozenset({"password", "id", "reader"})


def archive_of(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Everything that is kept about a reader, as JSON values, by what it is."""
    sessions = UserSession.objects.filter(user=reader).order_by("created_at")
    found: dict[str, Any] = {
        "made_at": now.isoformat(),
        "account": _row(reader),
        "proved_addresses": list(
            EmailAddress.objects.filter(user=reader).order_by("email").values_list("email", flat=True)
        ),
        **{name: [_row(row) for row in getattr(reader, name).order_by("pk")] for name in _OWN},
        "feed_key": [_row(reader.feed_key)] if hasattr(reader, "feed_key") else [],
        "sessions": [
            {"since": one.created_at.isoformat(), "browser": one.user_agent, "network_address": one.ip}
            for one in sessions
        ],
        "passkeys": [
            {"name": str(one.wrap()), "added": one.created_at.isoformat()}
            for one in Authenticator.objects.filter(user=reader).order_by("pk")
        ],
        "accounts_elsewhere": list(SocialAccount.objects.filter(user=reader).order_by("pk").values("provider", "uid")),
        "acts_on_this_data": [_row(line) for line in AuditLine.objects.filter(subject=reader.pk).order_by("at", "pk")],
    }
    for name, room in _rooms():
        found[name] = room.held(reader)
    return found


def erase(reader: Reader, *, words: bool, actor: Reader | None = None) -> None:
    """Delete an account and all that hangs on it, at once and for good.

    words: take away what the reader wrote as well; else only the name comes off it and threads stay readable. What is
    left is one line that says an account of this number was erased, when, and by whom.
    """
    number, address, language = reader.pk, reader.email, reader.language
    with transaction.atomic():
        for _name, room in _rooms():
            room.forget(reader, words=words)
        keys = list(UserSession.objects.filter(user=reader).values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(user=reader).delete()
        Authenticator.objects.filter(user=reader).delete()
        SocialAccount.objects.filter(user=reader).delete()
        EmailAddress.objects.filter(user=reader).delete()
        reader.delete()
        note_act("erased", number, actor=actor, detail="words too" if words else "name")
    post_mail("erased", address, {"address": address}, language=language)


def _rooms() -> Iterator[tuple[str, Any]]:
    for config in apps.get_app_configs():
        name = f"{config.name}.person"
        if config.name.startswith("broadsheet.") and config.label != "readers" and find_spec(name) is not None:
            yield config.label, import_module(name)


def _row(row: models.Model) -> dict[str, Any]:
    """The fields of a row as JSON values, without secrets and numbers of ours."""
    fields = [field for field in row._meta.concrete_fields if field.name not in _SECRETS]  # noqa: SLF001  # documented
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
