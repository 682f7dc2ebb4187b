"""Logging in with an account elsewhere: pages that exist only where the operator named a provider."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import views as social
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic.base import RedirectView
from requests import RequestException

from broadsheet.readers.accounts import note_act
from broadsheet.readers.models import Reader
from broadsheet.readers.social import refuse
from broadsheet.site.reader_pages.accounts import Framed, Joined, reader_of
from broadsheet.site.reader_pages.frame import show


class SocialJoin(Joined, Framed, social.SignupView):  # type: ignore[misc]  # allauth has no types
    title = gettext_lazy("Join, free of charge")
    template_name = "readers/join.html"

    def joined(self) -> Reader | None:
        made = self.sociallogin.user
        return made if isinstance(made, Reader) and made.pk is not None else None

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return {**super().get_context_data(**more), "action": "/account/social/join"}


@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider: by a page of ours, because our forms lead nowhere but to ourselves."""
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except RequestException:
        return _refused(request)
    onward = answer.headers.get("Location", "")
    if answer.status_code != 302 or not onward.startswith(("https://", "http://")):
        return answer
    response: HttpResponse = show(request, "readers/leaving.html", _("Go on to log in"), onward=onward)
    response.headers["Refresh"] = f"0; url={onward}"
    return response


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = openid.callback(request, provider_id)
    except RequestException:
        return _refused(request)
    return answer


@login_required
@require_POST
def disconnect(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The code by mail stays as the way in, so the last one may go too."""
    reader = reader_of(request)
    deleted, _rows = SocialAccount.objects.filter(user=reader, pk=pk).delete()
    if not deleted:
        raise Http404
    note_act("login disconnected", reader, actor=reader)
    messages.success(request, _("Disconnected."))
    return redirect("/account")


def _refused(request: HttpRequest) -> HttpResponseBase:
    try:
        refuse(request)
    except ImmediateHttpResponse as refused:
        answer: HttpResponseBase = refused.response
    return answer


urlpatterns = [
    path("join", SocialJoin.as_view(), name="socialaccount_signup"),
    path("connections", RedirectView.as_view(url="/account"), name="socialaccount_connections"),
    path("cancelled", RedirectView.as_view(url="/account/login"), name="socialaccount_login_cancelled"),
    path("error", RedirectView.as_view(url="/account/login"), name="socialaccount_login_error"),
    path("<int:pk>/disconnect", disconnect),
    path("<slug:provider_id>/login", leave, name="openid_connect_login"),
    path("<slug:provider_id>/callback", callback, name="openid_connect_callback"),
]
