"""The gate from the desk: rules with a preview, the allowance, members, words, and the record of who changed what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from broadsheet.desk.frame import actor, desk, for_roles
from broadsheet.environment import LANGUAGES
from broadsheet.readers import gate_rules
from broadsheet.readers.gate import SCOPES, rules
from broadsheet.readers.gate_rules import Preview
from broadsheet.readers.meter import terms
from broadsheet.readers.models import GateKind, Member, MemberKind, Reader, RoleKind, Wording
from broadsheet.readers.targets import Thing, name_things

WHOLE = {"required": gettext_lazy("Please fill this in."), "invalid": gettext_lazy("A whole number, please.")}


class RuleForm(forms.Form):
    """kind: empty takes the rule away."""

    scope = forms.ChoiceField(choices=[(scope, scope) for scope in reversed(SCOPES)])
    name = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(choices=[("", ""), *GateKind.choices], required=False)
    days = forms.IntegerField(required=False, error_messages=WHOLE)

    @property
    def asked(self) -> str:
        """The scope as rules are kept."""
        told = self.cleaned_data
        return told["scope"] if told["scope"] == "site" else f"{told['scope']}:{told['name'].strip()}"


class AllowanceForm(forms.Form):
    texts = forms.IntegerField(error_messages=WHOLE)
    days = forms.IntegerField(error_messages=WHOLE)


class MemberForm(forms.Form):
    kind = forms.ChoiceField(choices=MemberKind.choices)
    value = forms.CharField(max_length=254, error_messages=WHOLE)
    note = forms.CharField(required=False, max_length=200)
    until = forms.DateField(required=False)


class WordingForm(forms.Form):
    name = forms.ChoiceField(choices=[(name, name) for name in gate_rules.WORDINGS])
    language = forms.ChoiceField(choices=lambda: [(language, language) for language in languages()])
    text = forms.CharField(required=False, widget=forms.Textarea)


@for_roles(RoleKind.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest) -> HttpResponse:
    """All of it on one page. An act that makes no sense changes nothing and comes back with its reason."""
    problem, tried, form = "", None, RuleForm(initial={"scope": "site"})
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in ("try", "set"):
            form = RuleForm(request.POST)
        try:
            if act == "try":
                tried = _tried(form)
            else:
                _ACTS.get(act, _nothing)(request)
                messages.success(request, _("Saved."))
                return redirect("/desk/gate")
        except ValueError as error:
            problem = str(error)
    return _page(request, form, problem, tried)


def _page(request: HttpRequest, form: RuleForm, problem: str, tried: Preview | None) -> HttpResponse:
    found = rules()
    names = name_things(Thing(rule.scope, rule.name) for rule in found)
    changes = gate_rules.changes()
    people = Reader.objects.in_bulk({change.actor for change in changes if change.actor})
    return desk(
        request,
        "gate.html",
        _("The gate"),
        status=422 if problem else 200,
        form=form,
        problem=problem,
        tried=tried,
        rules=[(rule, names.get(Thing(rule.scope, rule.name))) for rule in found],
        allowance=terms(),
        members=Member.objects.order_by("kind", "value"),
        member_kinds=MemberKind,
        wordings=Wording.objects.order_by("name", "language"),
        wording_names=[(name, name) for name in gate_rules.WORDINGS],
        languages=[(language, language) for language in languages()],
        kinds=GateKind,
        changes=[(change, people.get(change.actor or 0)) for change in changes],
    )


def _tried(form: RuleForm) -> Preview:
    told = _checked(form)
    return gate_rules.preview(form.asked, told["kind"], days=told["days"], now=timezone.now())


def _set_rule(request: HttpRequest) -> None:
    form = RuleForm(request.POST)
    told = _checked(form)
    if told["kind"]:
        gate_rules.set_rule(form.asked, GateKind(told["kind"]), days=told["days"], actor=actor(request))
    elif not gate_rules.remove_rule(form.asked, actor=actor(request)):
        raise ValueError(_("There is no such rule."))


def _set_allowance(request: HttpRequest) -> None:
    told = _checked(AllowanceForm(request.POST))
    gate_rules.set_allowance(told["texts"], told["days"], now=timezone.now(), actor=actor(request))


def _add_member(request: HttpRequest) -> None:
    told = _checked(MemberForm(request.POST))
    until = timezone.make_aware(datetime.combine(told["until"], time.max)) if told["until"] else None
    gate_rules.add_member(MemberKind(told["kind"]), told["value"], note=told["note"], until=until, actor=actor(request))


def _remove_member(request: HttpRequest) -> None:
    number = request.POST.get("member", "")
    found = Member.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if found is None:
        raise ValueError(_("There is no such member."))
    gate_rules.remove_member(found, actor=actor(request))


def _set_wording(request: HttpRequest) -> None:
    told = _checked(WordingForm(request.POST))
    gate_rules.set_wording(told["name"], told["language"], told["text"], actor=actor(request))


def _checked(form: forms.Form) -> dict[str, Any]:
    """What the form says. Raises ValueError with its first problem and the name of the field."""
    if form.is_valid():
        return form.cleaned_data
    field, errors = next(iter(form.errors.items()))
    raise ValueError(f"{field}: {errors[0]}")


def languages() -> list[str]:
    """The site's own first: no other is seen while it has one."""
    others = ["zh-hans" if language == "zh" else language for language in LANGUAGES]
    return list(dict.fromkeys([settings.LANGUAGE_CODE, *others]))


def _nothing(_request: HttpRequest) -> None:
    raise ValueError(_("That cannot be done."))


_ACTS: dict[str, Callable[[HttpRequest], None]] = {
    "set": _set_rule,
    "allowance": _set_allowance,
    "member": _add_member,
    "unmember": _remove_member,
    "wording": _set_wording,
}
