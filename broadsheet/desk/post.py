"""The post at the desk: what was sent and came back, by day and domain; the brake; mails in doubt."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from broadsheet.desk.frame import desk, for_roles
from broadsheet.desk.plots import day_plot
from broadsheet.letters.models import Edition, Lane, Return, ReturnKind
from broadsheet.letters.states import close_doubtful, go_on, send_doubtful, stop
from broadsheet.letters.tallies import post_of, under_way
from broadsheet.readers.models import RoleKind

DAYS = 28
PAGE = 100
editors = for_roles(RoleKind.EDITOR)

STOPPED = {
    "late": gettext_lazy("Its time was long past when its turn came; let it go on if it is still news."),
    "postal": gettext_lazy("Letters need a postal address: set BROADSHEET_POSTAL_ADDRESS."),
    "site": gettext_lazy("Without the address of the site the links of letters lead nowhere: set BROADSHEET_SITE_URL."),
    "sender": gettext_lazy("The sender of letters is no address: set BROADSHEET_LETTERS_FROM."),
    "unauthenticated": gettext_lazy(
        "Our domain does not vouch for our mail; “broadsheet doctor” says what is missing."
    ),
    "unchecked": gettext_lazy("The DNS did not answer, so nobody knows whether our domain vouches for our mail."),
    "complaints": gettext_lazy("Too many readers marked it as unwanted."),
    "hard": gettext_lazy("Too many addresses are not there; where do they come from?"),
    "blocked": gettext_lazy("The mail server refuses us, whoever it is for."),
    "unwritten": gettext_lazy("Its mails could not be written; the log says why."),
    "restored": gettext_lazy("It comes from a backup, and may have been sent since; look before you let it go on."),
    "editor": gettext_lazy("By an editor."),
}
KINDS = {
    ReturnKind.HARD: gettext_lazy("not there"),
    ReturnKind.SOFT: gettext_lazy("full or away"),
    ReturnKind.BLOCKED: gettext_lazy("refused us"),
    ReturnKind.COMPLAINT: gettext_lazy("complaint"),
    ReturnKind.LEAVE: gettext_lazy("wants to leave"),
    ReturnKind.WISH: gettext_lazy("wants to leave, unproved; was sent the link"),
    ReturnKind.REPLY: gettext_lazy("automatic answer"),
    ReturnKind.UNKNOWN: gettext_lazy("not understood"),
}
ACTS = ("stop", "go_on", "again", "close")


@editors
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """Four weeks in sums, what is under way, and the lanes that were asked to wait."""
    now = timezone.now()
    last = timezone.localdate(now)
    first = last - timedelta(days=DAYS - 1)
    sums = post_of(first, last)
    return desk(
        request,
        "post.html",
        _("Mail"),
        sums=sums,
        plot=day_plot(sums.days, first, last),
        editions=under_way(),
        stopped=STOPPED,
        kinds=KINDS,
        lanes=Lane.objects.filter(rest_until__gt=now).order_by("name"),
    )


@editors
@require_safe
def returns(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest of one kind, in their own words."""
    if kind not in KINDS:
        raise Http404
    rows = Return.objects.filter(kind=kind).select_related("delivery__edition__letter").order_by("-at", "-pk")[:PAGE]
    return desk(request, "returns.html", _("What came back"), kind=kind, kinds=KINDS, rows=rows)


@editors
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an edition, let it go on, decide about its mails in doubt."""
    edition = Edition.objects.filter(pk=pk).first()
    wished = request.POST.get("act", "")
    if edition is None or wished not in ACTS:
        raise Http404
    now = timezone.now()
    if wished == "stop":
        done = int(stop(edition, "editor", now=now))
        words = _("Stopped; what was in hand at this moment has left.")
    elif wished == "go_on":
        done = int(go_on(edition, now=now))
        words = _("It goes on within a minute.")
    else:
        done = send_doubtful(edition, now=now) if wished == "again" else close_doubtful(edition, now=now)
        words = ngettext("%(count)d mail in doubt is settled.", "%(count)d mails in doubt are settled.", done) % {
            "count": done
        }
    if done:
        messages.success(request, words)
    else:
        messages.error(request, _("Somebody was quicker: it is settled."))
    return redirect("/desk/post")
