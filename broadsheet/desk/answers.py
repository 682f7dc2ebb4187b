"""Saved answers: words a moderator need not write again; written, changed and deleted on one page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from broadsheet.comments.models import SavedAnswer
from broadsheet.desk.frame import desk, moderators

MOST = 100


class SavedForm(forms.Form):
    """answer: number of the one that is changed; empty for a new one."""

    answer = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    title = forms.CharField(max_length=80, error_messages={"required": gettext_lazy("Give it a title to find it by.")})
    words = forms.CharField(max_length=4_000, error_messages={"required": gettext_lazy("Write the words, please.")})


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    form = SavedForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST":
        if request.POST.get("act") == "delete":
            _found(request.POST.get("answer", "")).delete()
            messages.success(request, _("Deleted."))
            return redirect("/desk/comments/answers")
        problem = _save(form)
        if not problem:
            messages.success(request, _("Saved."))
            return redirect("/desk/comments/answers")
    return desk(
        request,
        "answers.html",
        _("Saved answers"),
        status=422 if problem else 200,
        answers=SavedAnswer.objects.order_by("title"),
        form=form,
        problem=problem,
    )


def _save(form: SavedForm) -> str:
    """Why it could not be saved; empty when it is."""
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    told = form.cleaned_data
    number = told["answer"]
    found = _found(str(number)) if number else SavedAnswer()
    others = SavedAnswer.objects.exclude(pk=number or 0)
    if others.filter(title=told["title"]).exists():
        return _("Another saved answer has this title.")
    if not number and others.count() >= MOST:
        return _("These are enough: delete one that nobody uses.")
    found.title, found.words = told["title"], told["words"]
    found.save()
    return ""


def _found(number: str) -> SavedAnswer:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    found = SavedAnswer.objects.filter(pk=int(number)).first() if is_number else None
    if found is None:
        raise Http404
    return found
