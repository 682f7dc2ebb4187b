"""What is done to an account: agreeing, changing its address with proof of both, roles, and the lines about it."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from broadsheet.readers.mails import post_mail
from broadsheet.readers.models import AddressChange, Agreement, AuditLine, Reader, Role, RoleKind
from broadsheet.readers.signals import address_changed
from broadsheet.readers.texts import version_of
from broadsheet.readers.throttle import take
from broadsheet.sources.models import Publisher

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so no words; nothing that looks like something else (RFC 8628, section 6.1)."""
CHANGE_LASTS = timedelta(minutes=30)
CHANGES_A_DAY = 5
TRIES = 5


def record_agreement(reader: Reader, document: str, *, now: datetime | None = None) -> Agreement:
    """That the reader agreed to the text as it stands now; a second time says nothing new."""
    found, _ = Agreement.objects.update_or_create(
        reader=reader,
        document=document,
        version=version_of(document),
        create_defaults={"agreed_at": now or timezone.now()},
        defaults={"withdrawn_at": None},
    )
    return found


OTHERS = 0
"""Whose data an act was on where it is that of no account, or of many people at once."""


def note_act(act: str, subject: Reader | int, *, actor: Reader | None = None, detail: str = "") -> None:
    """Write the audit line of an act on a person's data. detail: never an address, a name or words of a person."""
    number = subject.pk if isinstance(subject, Reader) else subject
    AuditLine.objects.create(act=act, subject=number, actor=actor.pk if actor else None, detail=detail)


def ask_address_change(reader: Reader, new_address: str, *, now: datetime | None = None) -> bool:
    """Send a code to the old and one to the new address. False when that was done too often today.

    Whether the new address has an account already is told to its owner alone, by mail.
    """
    if not take("address change", str(reader.pk), most=CHANGES_A_DAY, span=timedelta(days=1), now=now):
        return False
    old_code, new_code = _make_code(), _make_code()
    with transaction.atomic():
        AddressChange.objects.update_or_create(
            reader=reader,
            defaults={
                "old_address": reader.email,
                "new_address": new_address,
                "old_code": _hashed(old_code, reader),
                "new_code": _hashed(new_code, reader),
                "asked_at": now or timezone.now(),
            },
        )
        is_taken = Reader.objects.filter(email=new_address).exists()
        post_mail("address_old", reader.email, {"code": old_code, "address": new_address}, language=reader.language)
        if is_taken:
            post_mail("already_joined", new_address, {"address": new_address}, language=reader.language)
        else:
            post_mail("address_new", new_address, {"code": new_code, "address": new_address}, language=reader.language)
    return True


def pending_address_change(reader: Reader, *, now: datetime | None = None) -> AddressChange | None:
    """The change under way; none once its codes expired or the address changed in between."""
    earliest = (now or timezone.now()) - CHANGE_LASTS
    return AddressChange.objects.filter(reader=reader, old_address=reader.email, asked_at__gt=earliest).first()


def change_address(reader: Reader, old_code: str, new_code: str, *, now: datetime | None = None) -> bool:
    """Change the address if both codes fit. Whoever holds only one of the mailboxes cannot."""
    change = pending_address_change(reader, now=now)
    if change is None or not take("address codes", change.new_code, most=TRIES, span=CHANGE_LASTS, now=now):
        return False
    fits_old = hmac.compare_digest(change.old_code, _hashed(old_code, reader))
    fits_new = hmac.compare_digest(change.new_code, _hashed(new_code, reader))
    if not (fits_old and fits_new):
        return False
    try:
        with transaction.atomic():
            # Only one of two parallel tries finds the row.
            deleted, _ = AddressChange.objects.filter(reader=reader, new_code=change.new_code).delete()
            if not deleted:
                return False
            EmailAddress.objects.filter(user=reader).delete()
            Reader.objects.filter(pk=reader.pk).update(email=change.new_address)
            EmailAddress.objects.create(user=reader, email=change.new_address, verified=True, primary=True)
            note_act("address changed", reader, actor=reader)
            reader.email = change.new_address
            address_changed.send(Reader, reader=reader)
    except IntegrityError:  # somebody joined with it in between
        reader.email = change.old_address
        return False
    post_mail("address_changed", change.old_address, {"address": change.new_address}, language=reader.language)
    return True


def give_role(
    reader: Reader, kind: RoleKind, *, publisher: Publisher | None = None, actor: Reader | None = None
) -> Role:
    """Publishers' people get the role for one publisher; all other roles are for the whole site."""
    with transaction.atomic():
        role, is_new = Role.objects.get_or_create(reader=reader, kind=kind, publisher=publisher)
        if is_new:
            note_act("role given", reader, actor=actor, detail=f"{kind} {publisher.slug if publisher else ''}".strip())
    return role


def take_role(
    reader: Reader, kind: RoleKind, *, publisher: Publisher | None = None, actor: Reader | None = None
) -> bool:
    """Whether there was such a role."""
    with transaction.atomic():
        deleted, _ = Role.objects.filter(reader=reader, kind=kind, publisher=publisher).delete()
        if deleted:
            note_act("role taken", reader, actor=actor, detail=f"{kind} {publisher.slug if publisher else ''}".strip())
    return bool(deleted)


def has_role(reader: object, *kinds: RoleKind) -> bool:
    """Whether somebody may act as one of these; administrators may act as all."""
    if not isinstance(reader, Reader) or not reader.is_active:
        return False
    return Role.objects.filter(reader=reader, kind__in=[*kinds, RoleKind.ADMINISTRATOR]).exists()


def publishers_of(reader: Reader) -> list[Publisher]:
    """The publishers for which a reader speaks."""
    roles = Role.objects.filter(reader=reader, kind=RoleKind.PUBLISHER).select_related("publisher")
    return [role.publisher for role in roles.order_by("publisher__name") if role.publisher is not None]


def _make_code() -> str:
    letters = [secrets.choice(LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def _hashed(code: str, reader: Reader) -> str:
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hmac.new(settings.SECRET_KEY.encode(), f"{reader.pk}:{plain}".encode(), "sha256").hexdigest()
