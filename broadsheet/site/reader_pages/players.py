"""What another site has, on a page of its own: asked for first, then framed. The provider alone may be framed there."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.articles.queries import article_for_page
from broadsheet.readers.consent import COOKIE, LASTS, choose, is_granted, may_load, read_choice
from broadsheet.readers.embeds import Embed, embed_in
from broadsheet.site.middleware import SECURITY_HEADERS
from broadsheet.site.reader_pages.frame import show
from broadsheet.site.reader_pages.reading import is_own_form, shown_to

POLICY = "Content-Security-Policy"


# Without Django's token, as for consent: a browser without cookies may say yes once too.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def player(request: HttpRequest, pk: int, place: int) -> HttpResponseBase:
    """`/player/12/3`: the third block of article 12. One press loads it once; another says so for good."""
    article = article_for_page(pk)
    if article is None:
        raise Http404
    blocks = shown_to(request, article).blocks()
    embed = embed_in(blocks[place]) if place < len(blocks) else None
    if embed is None or not may_load(embed.provider.name):
        raise Http404
    cookie, now = request.COOKIES.get(COOKIE, ""), timezone.now()
    is_wanted = is_granted(embed.provider.purpose, cookie, now=now)
    if request.method == "POST":
        if not is_own_form(request):
            raise PermissionDenied
        if request.POST.get("act") == "always":
            return _grant(request, embed)
        is_wanted = is_wanted or request.POST.get("act") == "once"
    title = _("Loaded from %(provider)s") if is_wanted else _("Load from %(provider)s?")
    response: HttpResponse = show(
        request,
        "readers/player.html",
        title % {"provider": embed.provider.title},
        embed=embed,
        is_wanted=is_wanted,
        article=article,
    )
    if is_wanted:
        response.headers[POLICY] = f"{SECURITY_HEADERS[POLICY]}; frame-src {embed.provider.origin}"
    return response


def _grant(request: HttpRequest, embed: Embed) -> HttpResponseBase:
    """Add the provider to what this browser has granted, with a receipt, as the page of choices does."""
    now = timezone.now()
    before = read_choice(request.COOKIES.get(COOKIE, ""), now=now)
    granted = {*(before.granted if before else ()), embed.provider.purpose}
    response = redirect(request.path)
    response.set_cookie(
        COOKIE,
        choose(granted, before=before, now=now),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
