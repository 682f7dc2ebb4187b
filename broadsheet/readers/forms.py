"""Forms of the account. Errors are sentences that say what to do; nothing is said before something was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.readers.mail_addresses import AddressError, is_disposable, likely_meant, read_address
from broadsheet.readers.models import Reader
from broadsheet.readers.throttle import take

QUICKEST = timedelta(seconds=1)
"""Nobody reads and fills a form in less; who does is asked to press the button once more."""
STALE = timedelta(hours=12)
TRIES = 3
"""Tries of one code, however many are made at once. A code is one of 20^8, and new ones are limited by address."""


def clean_address(text: str) -> str:
    try:
        return read_address(text)
    except AddressError as error:
        raise ValidationError(
            _("This is not a mail address. It should look like name@example.org."), code="address"
        ) from error


class AddressField(forms.CharField):
    """A mail address of any script."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 254, "label": gettext_lazy("Mail address"), **options})

    def clean(self, value: Any) -> str:
        return clean_address(super().clean(value))


class _Guarded(forms.Form):
    """Keeps machines out without a puzzle: a field that nobody sees, and the time since the form was shown.

    Neither is a verdict: the form comes again, the hidden field empty, and a person presses the button once more.
    """

    website = forms.CharField(required=False)
    shown = forms.CharField(required=False)

    def fresh_mark(self) -> str:
        """The value of `shown` for a form that is shown now."""
        return _SIGNER.sign("form")

    def check_person(self) -> None:
        """Raises ValidationError for what no person's browser sends."""
        mark = str(self.data.get("shown") or "")
        try:
            _SIGNER.unsign(mark, max_age=STALE)
        except BadSignature:
            raise ValidationError(_("This page was open for a long time. Please press the button again.")) from None
        try:
            _SIGNER.unsign(mark, max_age=QUICKEST)
        except SignatureExpired:
            if not self.data.get("website"):
                return
        raise ValidationError(_("That was very quick. Please press the button again."), code="quick")


_SIGNER = TimestampSigner(salt="readers.forms")


class Joining(forms.Form):
    """Joining takes an address and the agreement to the terms, nothing else.

    kept: the address that was asked about because it looks mistyped, when the reader keeps it as it is.
    """

    email = AddressField()
    kept = forms.CharField(required=False)
    terms = forms.BooleanField(
        error_messages={"required": gettext_lazy("Please tick the box if you agree; joining needs it.")}
    )
    meant = ""

    def clean_email(self) -> str:
        address: str = super().clean_email()  # type: ignore[misc]  # of allauth's form, which comes after this one
        if is_disposable(address):
            raise ValidationError(
                _("This is an address to be thrown away; your way in would go with it. Please use another.")
            )
        meant = likely_meant(address)
        if meant and self.data.get("kept") != address:
            self.meant = meant
            raise ValidationError(_("Is this spelled right?"), code="meant")
        return address


class JoinForm(_Guarded, Joining, SignupForm):  # type: ignore[misc]  # allauth has no types
    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.check_person()
        return found


class LoginForm(_Guarded, RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    email = AddressField()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.check_person()
            remember_proof(getattr(self, "_user", None))
        return found


def remember_proof(reader: Reader | None) -> None:
    """A reader who came with a site's archive proved the address there; allauth's own note of it did not come along."""
    if reader is not None and reader.confirmed_at is not None:
        EmailAddress.objects.get_or_create(
            user=reader, defaults={"email": reader.email, "verified": True, "primary": True}
        )


class _CodeForm(forms.Form):
    """A code may be pasted with spaces, hyphens and in lower case."""

    code = forms.CharField(max_length=40, label=gettext_lazy("Code"))
    expected_code: str | None

    def clean_code(self) -> str:
        sent = self.expected_code or f"none in {context.request.session.session_key}"
        wrong = _("This code is not the one we sent last. Please look at the newest mail.")
        if not take("code", sent, most=TRIES, span=timedelta(hours=1)):
            raise ValidationError(wrong)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form, which comes after this one
        except ValidationError:
            raise ValidationError(wrong) from None
        return code


class LoginCodeForm(_CodeForm, ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class JoinCodeForm(_CodeForm, ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class AddressForm(forms.Form):
    """Another address for an account."""

    email = AddressField(label=gettext_lazy("New mail address"))

    def __init__(self, *args: Any, reader: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self._reader = reader

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if address == self._reader.email:
            raise ValidationError(_("This is your address already."))
        if is_disposable(address):
            raise ValidationError(_("This is an address to be thrown away. Please use another."))
        return address


class AddressCodesForm(forms.Form):
    old_code = forms.CharField(max_length=40, label=gettext_lazy("Code from your present mailbox"))
    new_code = forms.CharField(max_length=40, label=gettext_lazy("Code from your new mailbox"))
