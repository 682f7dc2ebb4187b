"""The addresses of the readers' pages. Names are what allauth calls its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RoutePattern
from django.views.generic.base import RedirectView

from broadsheet.site.reader_pages import (
    accounts,
    consent_views,
    data,
    folded_lists,
    folds,
    following,
    news_views,
    players,
    reading,
    words,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("follow", following.follow),
    path("mute", following.mute),
    path("save", following.save),
    path("my", news_views.my_page),
    path("my/follows", following.follows),
    path("my/follows.opml", news_views.opml),
    path("my/saved", news_views.saved),
    path("my/read", news_views.mark_read),
    path("my/search", folds.search),
    path("my/front", folded_lists.front),
    path("my/latest", folded_lists.latest),
    path("my/sections/<words:slug>", folded_lists.section),
    path("my/topics/<words:slug>", folded_lists.topic),
    path("my/authors/<words:slug>", folded_lists.author),
    path("my/sources/<words:slug>", folded_lists.source),
    path("my/archive/<year:year>/<two:month>/<two:day>", folded_lists.day),
    path("my/stories/<number:pk>", folds.story),
    path("my/exchanges/<number:pk>", folds.comment),
    path("my/exchanges/<number:pk>/from/<number:start>", folds.comment),
    path("my/data", data.my_data),
    path("my/data.json", data.my_archive),
    path("my/erase", data.erase_me),
    path("my/object", data.object_to),
    path("account/incentive", data.incentive),
    path("my/keep", following.keep_list),
    path("my/list/<str:word>.<form:form>", news_views.list_feed),
    path("my/list/<str:word>", news_views.list_page),
    path("my/feed/<str:key>.<form:form>", news_views.private_feed),
    path("consent", consent_views.consent),
    path("read/<number:pk>", reading.read),
    path("player/<number:pk>/<int:place>", players.player),
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
    URLResolver(RoutePattern("account/passkeys/"), "broadsheet.site.reader_pages.passkeys"),  # loaded when it is needed
]
if settings.ENVIRONMENT.logins:
    urlpatterns.append(URLResolver(RoutePattern("account/social/"), "broadsheet.site.reader_pages.social"))
