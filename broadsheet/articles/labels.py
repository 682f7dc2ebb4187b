"""What a section is called on pages and in letters."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from broadsheet.articles.models import Section
from broadsheet.looks import Looks, looks

_OURS = {
    "World": pgettext_lazy("section", "World"),
    "Politics": pgettext_lazy("section", "Politics"),
    "US": pgettext_lazy("section", "US"),
    "Economy": pgettext_lazy("section", "Economy"),
    "Climate": pgettext_lazy("section", "Climate"),
    "Technology": pgettext_lazy("section", "Technology"),
    "Science": pgettext_lazy("section", "Science"),
    "Culture": pgettext_lazy("section", "Culture"),
    "Sport": pgettext_lazy("section", "Sport"),
    "Opinion": pgettext_lazy("section", "Opinion"),
}
"""Names that sections come with, in the language of the site; an operator's own names are left alone."""


def label_of(section: Section, chosen: Looks | None = None) -> str:
    """The operator's label for it, else its name in the language spoken now. chosen: the looks, where at hand."""
    label = next((one.label for one in (chosen or looks()).sections if one.slug == section.slug), "")
    return label or str(_OURS.get(section.name, section.name))
