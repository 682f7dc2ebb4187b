"""My data: everything that is kept about a reader, to be seen, taken along, put right and erased."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.privacy import holdings
from broadsheet.readers.accounts import note_act, record_agreement
from broadsheet.readers.models import Agreement, Reader
from broadsheet.readers.person import archive_of, erase
from broadsheet.readers.texts import version_of
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
def erase_me(request: HttpRequest) -> HttpResponseBase:
    """At once and for good; the tick guards against a slip of the finger."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Nothing was erased: the box was not ticked."))
        return redirect("/my/data")
    reader = reader_of(request)
    erase(reader, words=request.POST.get("what") == "words", actor=reader)
    logout(request)
    return show(request, "readers/erased.html", _("Your account is erased"))


@require_http_methods(["GET", "HEAD", "POST"])
def incentive(request: HttpRequest) -> HttpResponseBase:
    """The notice of financial incentive: what an account gives and takes; agreeing is a step of its own."""
    reader = request.user if isinstance(request.user, Reader) else None
    if request.method == "POST" and reader is not None:
        if request.POST.get("act") == "agree":
            record_agreement(reader, "incentive")
            Reader.objects.filter(pk=reader.pk).update(incentive_refused_at=None)
        else:
            now = timezone.now()
            Agreement.objects.filter(reader=reader, document="incentive").update(withdrawn_at=now)
            Reader.objects.filter(pk=reader.pk).update(incentive_refused_at=now)
        messages.success(request, _("Saved."))
        return redirect("/account/incentive")
    version = version_of("incentive")
    agreed = reader is not None and reader.agreements.filter(document="incentive", withdrawn_at=None).exists()
    title = _("What an account gives, and what it takes")
    return show(request, "readers/incentive.html", title, reader=reader, agreed=agreed, version=version)
