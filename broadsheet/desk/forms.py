"""The desk's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.comments.guard import Rules
from broadsheet.comments.models import Act, GuardSettings, Opening, SavedAnswer
from broadsheet.comments.reasons import GROUNDS

_LISTS = ("held_words", "refused_words", "languages")
_SETTINGS = ("edit_minutes", "closes_after_days", "needs_two", "is_offered")


class ActForm(forms.Form):
    """comments: numbers of those that are ticked. days: of a ban; 0 until it is lifted. saved: an answer to use."""

    comments = forms.TypedMultipleChoiceField(coerce=int)
    act = forms.ChoiceField(choices=Act.choices, error_messages={"required": _("Choose what to do.")})
    reason = forms.ChoiceField(
        choices=[("", ""), *((code, ground.title) for code, ground in GROUNDS.items())], required=False
    )
    facts = forms.CharField(required=False, max_length=4_000)
    days = forms.IntegerField(required=False, min_value=0, max_value=3_650)
    saved = forms.ModelChoiceField(SavedAnswer.objects.all(), required=False)

    @property
    def letter(self) -> str:
        """What the letter says: what was typed, else the saved answer that was chosen."""
        saved = self.cleaned_data["saved"]
        return str(self.cleaned_data["facts"]).strip() or (saved.words if saved else "")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        ticked = [
            number for number in data.getlist("comments") if number.isascii() and number.isdigit() and len(number) < 19
        ]
        field = self.fields["comments"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(number, number) for number in ticked]
        field.error_messages["required"] = _("Tick the comments first.")


class AnswerForm(forms.Form):
    upheld = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")], error_messages={"required": _("Say whether the objection is right.")}
    )
    answer = forms.CharField(max_length=4_000, error_messages={"required": _("Say why in a few words.")})


class ThreadForm(forms.Form):
    opening = forms.ChoiceField(choices=Opening.choices)
    closes_at = forms.DateTimeField(required=False)
    is_questions = forms.BooleanField(required=False)


class RulesForm(forms.Form):
    """The numbers of `guard.Rules` and of the house; lists are one entry a line."""

    shortest = forms.IntegerField(label=_("Fewest characters"), min_value=0, max_value=1_000)
    longest = forms.IntegerField(label=_("Most characters"), min_value=0, max_value=20_000)
    per_minute = forms.IntegerField(label=_("Comments of one writer a minute"), min_value=0)
    per_hour = forms.IntegerField(label=_("an hour"), min_value=0)
    per_day = forms.IntegerField(label=_("a day"), min_value=0)
    repeat_s = forms.IntegerField(label=_("Seconds in which the same words count as said already"), min_value=0)
    links = forms.IntegerField(label=_("Held with more links than"), min_value=0)
    refused_links = forms.IntegerField(label=_("Refused with more links than"), min_value=0)
    newcomer = forms.IntegerField(label=_("Comments of a new writer that an editor reads first"), min_value=0)
    burst = forms.IntegerField(label=_("Held when a story gets more comments than"), min_value=0)
    burst_s = forms.IntegerField(label=_("within so many seconds"), min_value=0)
    spam = forms.FloatField(label=_("Held when the filter is surer of spam than (0 to 1)"), min_value=0, max_value=1)
    reports = forms.IntegerField(label=_("Readers whose reports hide a comment"), min_value=0)
    held_words = forms.CharField(label=_("Words that hold a comment"), required=False, widget=forms.Textarea)
    refused_words = forms.CharField(label=_("Words that refuse a comment"), required=False, widget=forms.Textarea)
    languages = forms.CharField(
        label=_("Languages one may write in; empty for all"), required=False, widget=forms.Textarea
    )
    edit_minutes = forms.IntegerField(label=_("Minutes to change a comment in"), min_value=0, max_value=1_440)
    closes_after_days = forms.IntegerField(label=_("Days after which conversations close; 0 for never"), min_value=0)
    needs_two = forms.BooleanField(label=_("Bans and removals for breach of law need two moderators"), required=False)
    is_offered = forms.BooleanField(label=_("Stories have conversations"), required=False)

    @staticmethod
    def values_of(row: GuardSettings) -> dict[str, Any]:
        """What the form shows for settings in force."""
        rules = Rules.from_mapping(row.rules).to_mapping()
        lists = {name: "\n".join(rules[name]) for name in _LISTS}
        return {**rules, **lists, **{name: getattr(row, name) for name in _SETTINGS}}

    def rules(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name not in _SETTINGS}
        return {**told, **{name: [line.strip() for line in told[name].splitlines() if line.strip()] for name in _LISTS}}

    def settings(self) -> dict[str, int | bool]:
        return {name: self.cleaned_data[name] for name in _SETTINGS}
