"""My data: everything that is kept about a reader, to be seen, taken along, put right and erased."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.privacy import holdings
from broadsheet.readers import objections
from broadsheet.readers.accounts import note_act
from broadsheet.readers.incentive import SILENCE, agree, refuse, standing
from broadsheet.readers.models import ObjectionKind, Reader
from broadsheet.readers.objections import ObjectionError
from broadsheet.readers.person import archive_of, erase
from broadsheet.readers.texts import paragraphs, version_of
from broadsheet.site.reader_pages import folds
from broadsheet.site.reader_pages.accounts import reader_of
from broadsheet.site.reader_pages.frame import show


@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    found = archive_of(reader, now=timezone.now())
    counts = {name: len(rows) for name, rows in found.items() if isinstance(rows, list)}
    agreements = reader.agreements.order_by("agreed_at", "pk")
    return show(
        request,
        "readers/data.html",
        _("My data"),
        counts=counts,
        holdings=holdings(),
        agreements=agreements,
        objections=reader.objections.filter(withdrawn_at=None).order_by("-made_at", "-pk"),
        objection_kinds=ObjectionKind.choices,
        reader=reader,
    )


@login_required
@require_safe
def my_archive(request: HttpRequest) -> HttpResponse:
    """Everything as one JSON file."""
    reader = reader_of(request)
    text = json.dumps(archive_of(reader, now=timezone.now()), ensure_ascii=False, indent=1)
    note_act("exported", reader, actor=reader)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
@require_POST
def object_to(request: HttpRequest) -> HttpResponseBase:
    """Object to something, or take an objection back."""
    reader, now = reader_of(request), timezone.now()
    number = request.POST.get("withdraw", "")
    if number:
        found = reader.objections.filter(pk=int(number) if number.isascii() and number.isdigit() else 0).first()
        if found is None:
            raise Http404
        objections.withdraw(found, now=now)
        messages.success(request, _("Your objection is taken back."))
        return redirect("/my/data#object")
    kind = request.POST.get("kind", "")
    if kind not in ObjectionKind.values:
        raise Http404
    try:
        made = objections.object_to(reader, ObjectionKind(kind), request.POST.get("words", ""), now=now)
    except ObjectionError as error:
        messages.error(request, _refused(error))
    else:
        done, waits = _("It is obeyed from now on."), _("It has arrived. You get an answer within a month.")
        messages.success(request, done if made.is_upheld else waits)
    return redirect("/my/data#object")


def _refused(error: ObjectionError) -> str:
    return {
        "words": _("Please say what you object to, and why."),
        "known": _("You object to this already; it is obeyed."),
        "many": _("Several of your objections wait for an answer; add to them by mail, please."),
    }[error.code]


@login_required
@require_POST
def erase_me(request: HttpRequest) -> HttpResponseBase:
    """At once and for good; the tick guards against a slip of the finger."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Nothing was erased: the box was not ticked."))
        return redirect("/my/data")
    reader = reader_of(request)
    erase(reader, words=request.POST.get("what") == "words", actor=reader)
    logout(request)
    return folds.forget(show(request, "readers/erased.html", _("Your account is erased")))


@require_http_methods(["GET", "HEAD", "POST"])
def incentive(request: HttpRequest) -> HttpResponseBase:
    """The notice of financial incentive: what an account gives and takes; agreeing is a step of its own."""
    reader = request.user if isinstance(request.user, Reader) else None
    now = timezone.now()
    if request.method == "POST" and reader is not None:
        (agree if request.POST.get("act") == "agree" else refuse)(reader, now=now)
        messages.success(request, _("Saved."))
        onward = request.POST.get("next", "")
        return redirect(onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "/account/incentive")
    return show(
        request,
        "readers/incentive.html",
        _("What an account gives, and what it takes"),
        reader=reader,
        standing=standing(reader, now=now) if reader else "",
        silent_until=reader.incentive_refused_at + SILENCE if reader and reader.incentive_refused_at else None,
        words=paragraphs("incentive"),
        version=version_of("incentive"),
    )
