"""The forms of letters. They stand on pages that are the same for everybody, so nothing in them is anybody's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from broadsheet.letters.asking import MOST_WISHES, Wish, read_wishes
from broadsheet.letters.choosing import MOST_SHOWN, Choices, When, read_days
from broadsheet.letters.models import LetterKind
from broadsheet.readers.forms import AddressField
from broadsheet.readers.mail_addresses import is_disposable, likely_meant


class AskForm(forms.Form):
    """An address and the letters wished for. asked: as the form wrote them; wishes: those of them that can be had.

    wants_link: no letters, but the way to those that are had already.
    website: no person sees it; what fills it in is asked once more. kept: the address that looks mistyped, kept so.
    """

    email = AddressField()
    kept = forms.CharField(required=False, max_length=254)
    website = forms.CharField(required=False)
    page = forms.CharField(required=False, max_length=1_000)
    meant = ""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.wants_link = data is not None and data.get("act") == "link"
        self.asked = data.getlist("letter")[:MOST_WISHES] if data is not None else []
        self.wishes: list[Wish] = []

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if is_disposable(address):
            raise ValidationError(_("This is an address to be thrown away. Please use another."))
        meant = likely_meant(address)
        if meant and self.data.get("kept") != address:
            self.meant = meant
            raise ValidationError(_("Is this spelled right?"), code="meant")
        return address

    def clean_page(self) -> str:
        page: str = self.cleaned_data["page"]
        return page if page.startswith("/") and page.isprintable() else ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.wants_link:
            self.wishes = [wish for wish in read_wishes(self.asked) if wish.letter.kind != LetterKind.PERSONAL]
            if not self.wishes:
                raise ValidationError(_("Please choose at least one letter."), code="letters")
        if not self.errors and self.data.get("website"):
            raise ValidationError(_("That was very quick. Please press the button again."), code="quick")
        return found


def read_choices(data: QueryDict) -> Choices:
    """What the form of choices brought. Nonsense in it is passed over: it can only come from no form of ours."""
    shown = frozenset(data.getlist("shown")[:MOST_SHOWN])
    when = {}
    for slug in filter(str.isprintable, data.getlist("timed")[:MOST_WISHES]):
        hour = data.get(f"hour-{slug}", "")
        wished = int(hour) if hour.isascii() and hour.isdigit() and len(hour) < 3 and int(hour) < 24 else None
        when[slug] = When(read_days(data.getlist(f"day-{slug}")), wished)
    return Choices(
        wanted=frozenset(data.getlist("letter")[:MOST_SHOWN]),
        shown=shown,
        when=when,
        language=data.get("language"),
        zone=data.get("zone"),
    )
