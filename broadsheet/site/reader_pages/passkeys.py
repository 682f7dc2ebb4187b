"""Passkeys: adding one, taking it back, coming in with it. Loaded when asked for: its cryptography takes 10 MB."""

from __future__ import annotations

from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.utils.translation import gettext_lazy

from broadsheet.site.reader_pages.accounts import Framed


class AddPasskey(Framed, passkeys.AddWebAuthnView):  # type: ignore[misc]
    title = gettext_lazy("Add a passkey")
    template_name = "readers/passkey_add.html"

    def get_success_url(self) -> str:
        return "/account"


class RemovePasskey(Framed, passkeys.RemoveWebAuthnView):  # type: ignore[misc]
    title = gettext_lazy("Remove a passkey")
    template_name = "readers/passkey_remove.html"
    success_url = "/account"


urlpatterns = [
    path("add", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("<int:pk>/remove", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("login", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("again", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
