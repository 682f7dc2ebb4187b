"""Your privacy choices: one page, reached from every footer, that works without a script or an account."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.readers.consent import COOKIE, LASTS, choose, purposes, read_choice
from broadsheet.site.reader_pages.frame import show
from broadsheet.site.reader_pages.reading import is_own_form


# The banner stands on finished pages, which hold no token of anybody's; the browser tells where the form comes from.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    choice = read_choice(request.COOKIES.get(COOKIE, ""), now=now)
    if request.method != "POST":
        return _page(request, choice is not None, choice.granted if choice else frozenset())
    if not is_own_form(request):
        raise PermissionDenied
    known = [one.name for one in purposes()]
    act = request.POST.get("act", "")
    granted = known if act == "accept" else request.POST.getlist("purpose") if act == "choose" else []
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if is_ours else "/consent")
    if not known:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        choose(granted, before=choice, now=now),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _page(request: HttpRequest, has_chosen: bool, granted: frozenset[str]) -> HttpResponse:
    title = _("Your privacy choices")
    return show(request, "readers/consent.html", title, purposes=purposes(), granted=granted, has_chosen=has_chosen)
