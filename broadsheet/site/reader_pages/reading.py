"""Opening a text behind a gate: made for one reader, kept by nobody. The finished page holds the gate alone."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.articles.displays import Displayed, Displays, display_article
from broadsheet.articles.gates import Gate
from broadsheet.articles.models import Article
from broadsheet.articles.queries import article_for_page
from broadsheet.readers import meter
from broadsheet.readers.gate import Access, Visitor, decide_access, members
from broadsheet.readers.incentive import Standing, standing
from broadsheet.readers.models import Reader
from broadsheet.rights import Output
from broadsheet.site.article import article_page
from broadsheet.site.gates import GateView, gate_view
from broadsheet.site.reader_pages.accounts import has_proved_address
from broadsheet.site.reader_pages.frame import show

COOKIE = "meter"


# Without Django's token: who keeps no cookie has a right to read too. What a foreign site could do here is to spend one
# of somebody's free texts, and not even that in a browser that tells where a form comes from.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    article = article_for_page(pk)
    if article is None:
        raise Http404
    shown = display_article(article, Output.PAGE, now=timezone.now())
    if shown.gone or shown.gate is None:
        return redirect(article.path)
    access = decide_access(shown.gate, _visitor(request, article), members(now=timezone.now()))
    if request.method != "POST":
        return _page(request, article, shown.gate, access)
    if not is_own_form(request):
        raise PermissionDenied
    if request.POST.get("act") == "gift":
        return _gift(request, article, shown.gate, access)
    if access.opens or shown.gate is not Gate.METERED:
        return redirect(f"/read/{pk}")
    return _open(request, article)


def shown_to(request: HttpRequest, article: Article) -> Displayed:
    """What of an article may be shown to who asks, gates and all."""
    now = timezone.now()
    shown = display_article(article, Output.PAGE, now=now)
    if shown.gate is None or not decide_access(shown.gate, _visitor(request, article), members(now=now)).opens:
        return shown
    return Displays([article], Output.PAGE, now=now, opened=(article.pk,)).of(article)


def _open(request: HttpRequest, article: Article) -> HttpResponseBase:
    """By the allowance. A browser that sent no cookie at all may keep none: its text gets an address of its own."""
    spent = meter.spend(_token(request), article.pk, _network(request), now=timezone.now())
    if not spent.opens:
        return redirect(f"/read/{article.pk}")
    keeps = bool(request.COOKIES)
    response = redirect(f"/read/{article.pk}" + ("" if keeps else f"?pass={meter.write_pass(article.pk)}"))
    response.set_cookie(
        COOKIE,
        spent.token,
        expires=spent.allowance.until,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _page(request: HttpRequest, article: Article, gate: Gate, access: Access, gift: str = "") -> HttpResponse:
    now = timezone.now()
    allowance = meter.allowance_of(_token(request), now=now)
    page = article_page(article, now=now, opened=(article.pk,) if access.opens else ())
    asks = str(standing(request.user, now=now)) if isinstance(request.user, Reader) else ""
    view: GateView = gate_view(gate, article.pk, allowance, standing=asks)
    if access.opens:
        is_counted = access.why == "allowance"
        may_give = access.why in ("account", "member")
        view = replace(view, is_open=True, left=view.left if is_counted else None, may_give=may_give, gift=gift)
    return render(request, "article.html", {"page": replace(page, gate=view)})


def _gift(request: HttpRequest, article: Article, gate: Gate, access: Access) -> HttpResponse:
    if not isinstance(request.user, Reader) or access.why not in ("account", "member"):
        raise PermissionDenied
    word = meter.write_gift(article.pk, request.user.pk, now=timezone.now())
    if not word:
        return show(request, "readers/too_many.html", _("No more gifts this month"), status=429)
    return _page(request, article, gate, access, gift=f"/read/{article.pk}?gift={word}")


def _visitor(request: HttpRequest, article: Article) -> Visitor:
    reader = request.user if isinstance(request.user, Reader) else None
    given = request.GET
    has_pass = meter.has_pass(_token(request), article.pk, now=timezone.now())
    return Visitor(
        has_account=reader is not None and standing(reader, now=timezone.now()) is Standing.AGREED,
        address=reader.email if reader is not None and has_proved_address(reader) else "",
        network=client_of(request),
        has_gift=meter.fits_gift(given.get("gift", ""), article.pk),
        has_pass=has_pass or meter.fits_pass(given.get("pass", ""), article.pk),
    )


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def client_of(request: HttpRequest) -> str:
    """The caller's address, told by as many proxies as the operator has; never kept."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def _network(request: HttpRequest) -> str:
    """An address for counting: of IPv6 the part that one line has."""
    try:
        found = ipaddress.ip_address(client_of(request))
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def is_own_form(request: HttpRequest) -> bool:
    """Browsers tell where a form comes from; what tells nothing is taken at its word."""
    told = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if told:
        return told in ("same-origin", "none")
    return not origin or urlsplit(origin).netloc == request.get_host()
