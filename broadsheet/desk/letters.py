"""Letters at the desk: which there are, how they grow, lists in and out, and why somebody did not get one."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.articles.queries import sections
from broadsheet.desk.frame import actor, desk, for_roles
from broadsheet.desk.letter_forms import KINDS, LetterForm, WhyForm
from broadsheet.desk.plots import DayPlot, day_plot
from broadsheet.finished.actions import purge
from broadsheet.letters import suppression
from broadsheet.letters.audience import Refusal
from broadsheet.letters.counts import Growth, growth, live_by_letter
from broadsheet.letters.lists import ListError, read_list
from broadsheet.letters.models import DeliveryState, LeavingReason, Letter, LetterKind, Subscriber
from broadsheet.letters.moving import Moved, bring_in, take_out
from broadsheet.letters.queries import OFFERED
from broadsheet.letters.starting import letter_of_section, told
from broadsheet.letters.why import NEVER_ASKED, why_not
from broadsheet.readers.accounts import OTHERS, note_act
from broadsheet.readers.models import RoleKind
from broadsheet.site.dress import named
from broadsheet.site.letter_pages.offers import comes

DAYS = 28
MOST_HERE = 20_000
"""Subscribers that the page writes out; longer lists are written by the command."""
editors = for_roles(RoleKind.EDITOR)
REASONS = {
    LeavingReason.TOO_MANY: gettext_lazy("Too many mails"),
    LeavingReason.NOT_INTERESTED: gettext_lazy("Not what I expected"),
    LeavingReason.NEVER_ASKED: gettext_lazy("I never asked for this"),
    LeavingReason.OTHER: gettext_lazy("Something else"),
    LeavingReason.UNTOLD: gettext_lazy("Not told"),
    LeavingReason.COMPLAINT: gettext_lazy("Complaint"),
    LeavingReason.BOUNCED: gettext_lazy("Mail came back"),
    LeavingReason.STORY_ENDED: gettext_lazy("The story ended"),
    LeavingReason.EDITOR: gettext_lazy("By an editor"),
}
WHY = {
    "": gettext_lazy("gets it"),
    NEVER_ASKED: gettext_lazy("never asked for it"),
    Refusal.GONE: gettext_lazy("is not known any more"),
    Refusal.UNCONFIRMED: gettext_lazy("asked, but has not pressed the button in the mail"),
    Refusal.LEFT: gettext_lazy("left it"),
    Refusal.PAUSED: gettext_lazy("takes a break"),
    Refusal.SUPPRESSED: gettext_lazy("must not be written to"),
    Refusal.NO_ACCOUNT: gettext_lazy("has no account, which this letter needs"),
}
STATES = {
    DeliveryState.WAITING: gettext_lazy("waits"),
    DeliveryState.TAKEN: gettext_lazy("is being handed over"),
    DeliveryState.SENT: gettext_lazy("sent"),
    DeliveryState.DOUBTFUL: gettext_lazy("in doubt: it may have arrived"),
    DeliveryState.FAILED: gettext_lazy("refused by the other side"),
    DeliveryState.SKIPPED: gettext_lazy("not sent"),
}
SUPPRESSED = {
    suppression.HARD: gettext_lazy("Mail came back for good"),
    suppression.SOFT: gettext_lazy("Mail came back several times"),
    suppression.COMPLAINT: gettext_lazy("Marked as unwanted"),
    suppression.ASKED: gettext_lazy("Asked never to be written to"),
    suppression.EDITOR: gettext_lazy("By an editor"),
}
REFUSED = {
    "address": gettext_lazy("no mail address"),
    "consent": gettext_lazy("no proof of consent"),
    "date": gettext_lazy("no date of consent"),
    "future": gettext_lazy("a date that is still to come"),
    "letter": gettext_lazy("no letter of this site"),
    "suppressed": gettext_lazy("must not be written to"),
    "twice": gettext_lazy("stands in the file twice"),
}


@editors
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All letters, and how they do together."""
    rows = list(Letter.objects.order_by("pk"))
    live = live_by_letter()
    taken = {row.section for row in rows if row.section}
    return desk(
        request,
        "letters.html",
        _("Letters"),
        letters=[(row, told(row.name), comes(row), live.get(row.pk, 0)) for row in rows],
        free_sections=[named(row) for row in sections() if row.slug not in taken],
        **_numbers(None),
    )


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        purge(["all"])  # every page offers the letters
        messages.success(request, _("Saved."))
        return redirect(f"/desk/letters/of/{made.slug}")
    status = 422 if request.method == "POST" else 200
    return desk(request, "letter.html", _("A new letter"), status=status, form=form, letter=None)


@editors
@require_POST
def of_section(request: HttpRequest) -> HttpResponse:
    """The letter of a section, made when it is first wanted."""
    section = next((row for row in sections() if row.slug == request.POST.get("section")), None)
    if section is None:
        raise Http404
    return redirect(f"/desk/letters/of/{letter_of_section(section).slug}")


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """One letter: what it is, who came and who left."""
    found = Letter.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    form = LetterForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        purge(["all"])
        messages.success(request, _("Saved."))
        return redirect(f"/desk/letters/of/{found.slug}")
    status = 422 if request.method == "POST" else 200
    found.refresh_from_db()  # what was typed wrong is in the form alone
    context = {"form": form, "letter": found, "kind": KINDS[LetterKind(found.kind)]}
    return desk(request, "letter.html", told(found.name), status=status, **context, **_numbers(found))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest) -> HttpResponse:
    """Why was this not sent? The address comes in the form, so that it stands in no log."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    found = None
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        _act(request, address)
        found = why_not(address, now=timezone.now())
    return desk(
        request,
        "why.html",
        _("Why was this not sent?"),
        status=422 if form.errors else 200,
        form=form,
        found=found,
        words=WHY,
        states=STATES,
        reasons=REASONS,
        suppressed=SUPPRESSED,
        told=told,
    )


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Lists with proof of consent, tried first and then brought in."""
    offered = Letter.objects.filter(kind__in=OFFERED).order_by("pk")
    moved, problem = None, ""
    is_trial = request.POST.get("act") != "bring"
    if request.method == "POST":
        default = next((row for row in offered if row.slug == request.POST.get("letter")), None)
        moved, problem = _bring(request, default, is_trial=is_trial)
    return desk(
        request,
        "lists.html",
        _("Lists of subscribers"),
        status=422 if problem else 200,
        letters=[(row.slug, told(row.name)) for row in offered],
        moved=moved,
        problem=problem,
        is_trial=is_trial,
        refused=REFUSED,
        is_small=Subscriber.objects.count() <= MOST_HERE,
    )


@editors
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All subscribers with their proof, as far as a page can write them out."""
    if Subscriber.objects.count() > MOST_HERE:
        raise Http404
    out = io.StringIO()
    csv.writer(out).writerows(take_out(by=actor(request)))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="subscribers.csv"'
    return response


def _act(request: HttpRequest, address: str) -> None:
    """Looking at a person's mail is an act on personal data, and so is what an editor decides about it."""
    editor = actor(request)
    act = request.POST.get("act", "")
    act = act if act in ("suppress", "lift") else ""
    if act == "suppress":
        suppression.suppress(address, suppression.EDITOR, by=editor.pk)
        messages.success(request, _("No letter is sent to this address any more."))
    elif act:
        suppression.lift(address)
        messages.success(request, _("Letters to this address are sent again, if it asked for them."))
    subscriber = Subscriber.objects.select_related("reader").filter(address=address).first()
    what = f"mail {act or 'looked up'}"
    if subscriber is not None and subscriber.reader is not None:
        note_act(what, subscriber.reader, actor=editor)
    else:
        note_act(what, OTHERS, actor=editor, detail=f"subscriber {subscriber.pk}" if subscriber else "not known")


def _bring(request: HttpRequest, default: Letter | None, *, is_trial: bool) -> tuple[Moved | None, str]:
    file = request.FILES.get("file")
    if file is None or file.file is None:
        return None, _("Choose a file.")
    now = timezone.now()
    rows = read_list(cast("BinaryIO", file.file), now=now)
    try:
        *_before, moved = bring_in(rows, now=now, default=default, dry_run=is_trial, by=actor(request))
    except ListError as error:
        return None, str(error)
    return moved, ""


def _numbers(letter: Letter | None) -> dict[str, Any]:
    last = timezone.localdate()
    first = last - timedelta(days=DAYS - 1)
    numbers: Growth = growth(first=first, last=last, letter=letter)
    plot: DayPlot = day_plot(numbers.days, first, last)
    return {"growth": numbers, "plot": plot, "reasons": REASONS}
