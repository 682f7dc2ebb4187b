"""The addresses of the readers' pages. Names are what allauth calls its own."""

from __future__ import annotations

from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.generic.base import RedirectView

from broadsheet.site.reader_pages import accounts, following, news_views, words

urlpatterns = [
    path("follow", following.follow),
    path("mute", following.mute),
    path("save", following.save),
    path("my", news_views.my_page),
    path("my/follows", following.follows),
    path("my/follows.opml", news_views.opml),
    path("my/saved", news_views.saved),
    path("my/read", news_views.mark_read),
    path("my/keep", following.keep_list),
    path("my/list/<str:word>.<form:form>", news_views.list_feed),
    path("my/list/<str:word>", news_views.list_page),
    path("my/feed/<str:key>.<form:form>", news_views.private_feed),
    path("help", words.help_page),
    path("account/terms", words.terms),
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
