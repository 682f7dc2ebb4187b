"""The desk's forms about letters."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.articles.queries import sections
from broadsheet.environment import LANGUAGES
from broadsheet.letters.models import Letter, LetterKind
from broadsheet.letters.starting import RESERVED
from broadsheet.readers.forms import AddressField
from broadsheet.site.dress import named
from broadsheet.site.letter_pages.offers import DAILY
from broadsheet.text.languages import own_name

KINDS = {
    LetterKind.EDITION: gettext_lazy("The stories of a day or a week"),
    LetterKind.BREAKING: gettext_lazy("One story, when it is large enough"),
    LetterKind.STORY: gettext_lazy("What moves in one story"),
    LetterKind.PERSONAL: gettext_lazy("What a reader follows"),
}


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]  # of Letter
    """What an editor decides about a letter. Its slug is part of addresses and stays."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"),
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )
    hour = forms.IntegerField(label=gettext_lazy("Hour of the site’s day"), min_value=0, max_value=23)
    size = forms.IntegerField(label=gettext_lazy("Stories"), min_value=1, max_value=30)
    section = forms.ChoiceField(label=gettext_lazy("Taken from"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    class Meta:
        model = Letter
        fields = (
            "name",
            "slug",
            "description",
            "kind",
            "section",
            "language",
            "days",
            "hour",
            "size",
            "by_itself",
            "is_open",
        )
        labels = {
            "name": gettext_lazy("Name"),
            "slug": gettext_lazy("Word in its addresses"),
            "description": gettext_lazy("What it is, in a sentence"),
            "kind": gettext_lazy("Kind"),
            "by_itself": gettext_lazy("Is sent by itself; else each edition waits for an editor"),
            "is_open": gettext_lazy("Can be asked for"),
        }

    def __init__(self, data: QueryDict | None = None, instance: Letter | None = None) -> None:
        super().__init__(data, instance=instance, initial={"days": list(instance.days if instance else DAILY)})
        self.fields["section"].choices = [  # type: ignore[attr-defined]  # they are choice fields
            ("", _("the whole site")),
            *((row.slug, named(row).name) for row in sections()),
        ]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("the site’s")),
            *((tag, own_name(tag)) for tag in LANGUAGES),
        ]
        self.fields["kind"].choices = list(KINDS.items())  # type: ignore[attr-defined]
        if instance is not None:
            del self.fields["slug"]
            del self.fields["kind"]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED or Letter.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This word is taken. Choose another."))
        return slug

    def clean_days(self) -> str:
        return "".join(sorted(self.cleaned_data["days"]))


class WhyForm(forms.Form):
    email = AddressField()
