"""The forms of conversations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.comments.models import ReportKind
from broadsheet.comments.reasons import GROUNDS

LONGEST_TYPED = 20_000
"""Characters a form takes; the guard says what is too long, this bounds what is read at all."""


class CommentForm(forms.Form):
    """token: made with the form, so that it is one comment however often it is sent."""

    words = forms.CharField(required=False, max_length=LONGEST_TYPED, strip=False)
    token = forms.RegexField(r"\A[\w-]{16,43}\Z")


class NameForm(forms.Form):
    name = forms.CharField(max_length=200, error_messages={"required": _("Choose a name to write under.")})
    mails_replies = forms.BooleanField(required=False)
    has_profile = forms.BooleanField(required=False)


class ReportForm(forms.Form):
    """website: no person sees it; what fills it in is a machine."""

    ground = forms.ChoiceField(
        choices=[(code, ground.title) for code, ground in GROUNDS.items()],
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    words = forms.CharField(required=False, max_length=4_000)
    name = forms.CharField(required=False, max_length=100)
    address = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("This does not look like a mail address, such as name@example.org.")},
    )
    in_good_faith = forms.BooleanField(required=False)
    threatens_life = forms.BooleanField(required=False)
    website = forms.CharField(required=False, max_length=LONGEST_TYPED)

    @property
    def kind(self) -> str:
        ground = GROUNDS.get(self.data.get("ground", ""))
        return ReportKind.ILLEGAL if ground is not None and ground.is_illegal else ReportKind.RULES


class ObjectionForm(forms.Form):
    words = forms.CharField(max_length=4_000, error_messages={"required": _("Say why you think that it is wrong.")})
