"""The form by which readers report a problem: one page for each article and story, without script and account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.notices.models import NoticeKind
from broadsheet.rights import Output
from broadsheet.site.head import Crumb, Head, chrome, tags_of
from broadsheet.stories.models import Story

LONGEST = 4_000
"""Characters of a notice."""


class NoticeForm(forms.Form):
    """website: no person sees it; what fills it in is a machine."""

    kind = forms.ChoiceField(
        choices=NoticeKind.choices,
        error_messages={
            "required": gettext_lazy("Choose what the problem is."),
            "invalid_choice": gettext_lazy("Choose what the problem is."),
        },
    )
    words = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Say in a few words what is wrong."),
            "max_length": gettext_lazy("That is longer than %(limit_value)d characters; please shorten it."),
        },
    )
    contact = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("This does not look like a mail address, such as name@example.org.")},
    )
    website = forms.CharField(required=False, max_length=LONGEST)

    def clean(self) -> dict[str, str]:
        told: dict[str, str] = super().clean() or {}
        if told.get("kind") == NoticeKind.RIGHTS and not told.get("contact") and "contact" not in self.errors:
            self.add_error("contact", _("A notice about your rights needs an address at which we can answer."))
        return told


@dataclass(frozen=True, slots=True)
class NoticePage:
    """about: what it is about, in its own language, and its page. values, problems: by field. status: of the answer."""

    head: Head
    about: str
    language: str
    direction: str
    path: str
    kinds: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    problems: Mapping[str, str]
    longest: int = LONGEST
    too_many: bool = False
    reference: str = ""
    contact: str = ""


def notice_page(
    thing: Article | Story,
    *,
    now: datetime,
    form: NoticeForm | None = None,
    reference: str = "",
    too_many: bool = False,
) -> NoticePage:
    """The empty form, the form with what is wrong in it, or the receipt. Three queries."""
    name, language, direction = _named(thing, now)
    filled = form if form is not None and not reference else None
    problems = {field: str(errors[0]) for field, errors in filled.errors.items()} if filled is not None else {}
    fields = ("kind", "words", "contact")
    values = {field: filled.data.get(field, "")[:LONGEST] if filled is not None else "" for field in fields}
    return NoticePage(
        head=Head(
            title=_("Report a problem"),
            path=f"{thing.path}/report",
            chrome=chrome(),
            now=now,
            robots="noindex, follow",
            crumbs=(Crumb(name, thing.path, language),),
            tags=tags_of([thing]),
        ),
        about=name,
        language=language,
        direction=direction,
        path=thing.path,
        kinds=tuple((value, str(label)) for value, label in NoticeKind.choices if _fits(value, thing)),
        values=values,
        problems=problems,
        too_many=too_many,
        reference=reference,
        contact=str(settings.ENVIRONMENT.contact),
    )


def _named(thing: Article | Story, now: datetime) -> tuple[str, str, str]:
    """What its page calls it, with language and direction."""
    if isinstance(thing, Story) and thing.editors_headline:
        return thing.editors_headline, thing.language, thing.direction
    article = thing if isinstance(thing, Article) else thing.lead
    if article is None:
        return _("A story reported by others"), "", "ltr"
    headline = Displays([article], Output.PAGE, now=now).of(article).headline
    if headline:
        return headline, article.language if article.language != "und" else "", article.direction
    return _("A report by %(publisher)s") % {"publisher": article.publisher.name}, "", "ltr"


def _fits(kind: str, thing: Article | Story) -> bool:
    """Only reports of a story can be out of place in it."""
    return kind != NoticeKind.GROUPING or isinstance(thing, Story)
