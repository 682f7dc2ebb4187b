"""What django-allauth asks of this site: words, mail, who may join, and the steps of logging in.

A passkey is a way in beside the code by mail, never a second lock: who loses the device still has the mailbox.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from broadsheet.readers.forms import clean_address
from broadsheet.readers.mails import post_mail
from broadsheet.readers.models import Reader
from broadsheet.readers.objections import forget_networks

MAILS = {
    "account/email/login_code": "login_code",
    "account/email/email_confirmation": "join_code",
    "account/email/email_confirmation_signup": "join_code",
    "account/email/account_already_exists": "already_joined",
    "account/email/unknown_account": "unknown",
    "mfa/email/webauthn_added": "passkey_added",
    "mfa/email/webauthn_removed": "passkey_removed",
}
STAGES = ["allauth.account.stages.LoginByCodeStage", "allauth.account.stages.EmailVerificationStage"]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def clean_email(self, email: str) -> str:
        return clean_address(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = MAILS.get(template_prefix)
        if name is not None:
            post_mail(name, email, {"code": context.get("code", ""), "address": email})

    def send_notification_mail(
        self, template_prefix: str, user: Reader, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Also for what the reader did: a stranger who got in is seen by it."""
        self.send_mail(template_prefix, email or user.email, context or {})

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def get_login_stages(self) -> list[str]:
        return STAGES

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002  # allauth's signature
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or _told(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of this site; no other host, however it is spelled."""
        return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def post_login(self, request: HttpRequest, user: Reader, **more: Any) -> Any:
        if user.confirmed_at is None:
            Reader.objects.filter(pk=user.pk, confirmed_at=None).update(confirmed_at=timezone.now())
        request.has_just_logged_in = True  # type: ignore[attr-defined]  # for the pages, which tell the browser so
        response = super().post_login(request, user, **more)
        forget_networks(user)
        return response


def _told(template: str) -> str:
    """The page says most things itself; these it does not."""
    name = template.rpartition("/")[2].removesuffix(".txt")
    return {
        "logged_out": _("You are logged out."),
        "webauthn_added": _("The passkey is added. You can use it the next time you log in."),
        "webauthn_removed": _("The passkey is removed."),
        "sessions_logged_out": _("The other devices are logged out."),
    }.get(name, "")
