"""The addresses of the readers' pages. Names are what allauth calls its own."""

from __future__ import annotations

from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.generic.base import RedirectView

from broadsheet.site.reader_pages import accounts, words

urlpatterns = [
    path("help", words.help_page),
    path("terms", words.terms),
    path("account", accounts.overview, name="account_overview"),
    path("account/join", accounts.Join.as_view(), name="account_signup"),
    path("account/login", accounts.Login.as_view(), name="account_login"),
    path("account/login", accounts.Login.as_view(), name="account_request_login_code"),
    path("account/code", accounts.LoginCode.as_view(), name="account_confirm_login_code"),
    path("account/confirm", accounts.JoinCode.as_view(), name="account_email_verification_sent"),
    path("account/logout", accounts.Logout.as_view(), name="account_logout"),
    path("account/inactive", RedirectView.as_view(url="/help"), name="account_inactive"),
    path("account/sessions", accounts.end_sessions),
    path("account/address", accounts.address),
    path("account/address/confirm", accounts.confirm_address),
    path("account/passkeys", RedirectView.as_view(url="/account"), name="mfa_index"),
    path("account/passkeys/add", accounts.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove", accounts.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("account/passkeys/login", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("account/passkeys/again", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
