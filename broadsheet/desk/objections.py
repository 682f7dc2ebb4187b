"""Objections to what is done with a reader's data, by the clock: the most urgent first, each answered with reasons."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from broadsheet.desk.forms import AnswerForm
from broadsheet.desk.frame import actor, desk, for_roles
from broadsheet.readers import objections
from broadsheet.readers.models import Objection, RoleKind
from broadsheet.readers.objections import ObjectionError

PAGE = 50


@for_roles(RoleKind.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """The open ones with a form each, and what was answered lately."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    problem, asked = "", 0
    if request.method == "POST":
        found = _open(request.POST.get("objection", ""))
        asked = found.pk
        if form.is_valid():
            return _answer(request, found, form)
        problem = str(next(iter(form.errors.values()))[0])
    return desk(
        request,
        "objections.html",
        _("Objections of readers"),
        status=422 if problem else 200,
        entries=list(objections.waiting()[:PAGE]),
        answered=objections.answered(PAGE),
        form=form,
        asked=asked,
        problem=problem,
    )


def _answer(request: HttpRequest, found: Objection, form: AnswerForm) -> HttpResponse:
    told = form.cleaned_data
    try:
        is_done = objections.answer(
            found, actor(request), is_upheld=told["upheld"] == "yes", words=told["answer"], now=timezone.now()
        )
    except ObjectionError:
        is_done = False
    if is_done:
        messages.success(request, _("Answered; the letter is on its way."))
    else:
        messages.error(request, _("Somebody was quicker: it is settled."))
    return redirect("/desk/objections")


def _open(number: str) -> Objection:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    found = objections.waiting().filter(pk=int(number)).first() if is_number else None
    if found is None:
        raise Http404
    return found
