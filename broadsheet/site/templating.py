"""The Jinja2 environment of the pages: translations, times and addresses of static files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy
from jinja2 import StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from broadsheet.readers.consent import purposes
from broadsheet.site.assets import asset_path
from broadsheet.site.countries import country_name
from broadsheet.site.dress import logo_path, style_path
from broadsheet.site.fragments import comment_keeper, keeper
from broadsheet.site.head import absolute
from broadsheet.site.reader_pages.filters import FILTERS, consent_open
from broadsheet.site.spoken import Speaking, Whole, Words, printed


def environment(**options: Any) -> Speaking:
    """The environment Django's Jinja2 backend asks for."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "auto_reload": settings.DEBUG}
    options.setdefault("undefined", StrictUndefined)
    made = Speaking(**{**options, "autoescape": True}, extensions=[Whole, Words])
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    made.tongue = tongue
    kept, kept_block = keeper(local)
    made.globals.update(
        asset=asset_path,
        kept=kept,
        kept_block=kept_block,
        said=comment_keeper(made, local),
        marked=marked,
        options=options_of,
        lang=lang,
        style_path=style_path,
        logo_path=logo_path,
        absolute=absolute,
        moment=moment,
        clock=clock,
        hour=hour,
        short_day=short_day,
        site_language=settings.LANGUAGE_CODE,
        site_direction=site_direction,
        zone_name=settings.TIME_ZONE,
        consent_open=consent_open,
        purposes=purposes,
        country_name=country_name,
    )
    made.filters.update(day=day, isotime=isotime, host=host)
    made.filters.update(FILTERS)
    return made


def tongue(language: str) -> dict[str, Any]:
    """What the templates of one language call without asking each time which one is spoken."""

    @lru_cache(maxsize=512)
    def one(context: str, words: str, is_html: bool, /) -> str:
        with translation.override(language):
            found = translation.pgettext(context, words)
        return (Markup(found) if is_html else found) % {"context": context}  # noqa: S704  # words of the interface

    @lru_cache(maxsize=1024, typed=True)  # what is markup and what is not are equal, and are printed differently
    def many(singular: str, plural: str, count: int, is_html: bool, /, **values: Any) -> str:
        with translation.override(language):
            found = translation.ngettext(singular, plural, count)
        return (Markup(found) if is_html else found) % {"num": count, **values}  # noqa: S704  # the same

    @pass_eval_context
    def pgettext(printing: EvalContext, context: str, words: str, /) -> str:
        return one(context, words, bool(printing.autoescape))

    @pass_eval_context
    def ngettext(printing: EvalContext, singular: str, plural: str, count: int, /, **values: Any) -> str:
        return many(singular, plural, count, bool(printing.autoescape), **values)

    @lru_cache(maxsize=1024)
    def clock_of(at: datetime, today: date) -> Markup:
        return _clock(at, today, language)

    def clock(at: datetime, now: datetime) -> Markup:
        return clock_of(at, _day_of(now))

    return {"pgettext": pgettext, "ngettext": ngettext, "clock": clock}


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """How this site writes days: a pattern of Django's `date` filter, which each language has in its own order.

    Each is equal to itself alone: to compare its words they would have to be translated first.
    """

    words: object


LONG_DAY = Pattern(pgettext_lazy("date", "l, j F Y"))
DAY = Pattern(pgettext_lazy("date", "j F Y"))
DAY_OF_YEAR = Pattern(pgettext_lazy("date", "j F"))
SHORT_DAY = Pattern(pgettext_lazy("date", "j M"))
MONTH = Pattern(pgettext_lazy("date", "F Y"))


def site_direction() -> str:
    return "rtl" if translation.get_language_bidi() else "ltr"


def local(at: datetime) -> datetime:
    return at.astimezone(_zone())


def day(at: datetime) -> str:
    """Sunday, 22 November 2026, in the site's language and zone."""
    return written(local(at).date(), LONG_DAY)


def written(at: date, pattern: Pattern) -> str:
    """The day in the language of the page, by one of the patterns above."""
    return _date(at, pattern, translation.get_language() or "")


def short_day(at: date) -> Markup:
    """For the ends of drawings and rows of tables."""
    return Markup(f'<time datetime="{at.isoformat()}">{escape(written(at, SHORT_DAY))}</time>')  # noqa: S704


def isotime(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat("T", "seconds").replace("+00:00", "Z")


def hour(at: datetime) -> Markup:
    """For lists that name the day themselves."""
    return _time(at, _hour(local(at)))


def clock(at: datetime, now: datetime) -> Markup:
    """For rivers of news: the time today, else the day and the time."""
    return _clock(at, _day_of(now), translation.get_language() or "")


def _clock(at: datetime, today: date, language: str) -> Markup:
    here = local(at)
    if here.date() == today:
        return _time(at, _hour(here))
    return _time(at, f"{_date(here.date(), SHORT_DAY, language)}, {_hour(here)}")


def moment(at: datetime, now: datetime) -> Markup:
    """Exact to the minute; the year only where it is another one."""
    here = local(at)
    pattern = DAY_OF_YEAR if here.year == local(now).year else DAY
    return _time(at, f"{written(here.date(), pattern)}, {_hour(here)}")


def marked(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """The pieces of a text, those that match what was searched for marked."""
    return Markup("".join(f"<mark>{printed(text)}</mark>" if hit else printed(text) for text, hit in pieces))  # noqa: S704


def lang(item: Any) -> Markup:
    """The attributes of an element that holds words of this article, card or story."""
    return _lang(item.language, item.direction)


@lru_cache(maxsize=256)
def _lang(language: str, direction: str) -> Markup:
    return Markup(f' lang="{printed(language)}" dir="{printed(direction)}"')  # noqa: S704  # both are escaped


@lru_cache(maxsize=32)
def options_of(choices: tuple[tuple[str, str], ...], chosen: str) -> Markup:
    """The choices of a select, as (value, label): every search prints the same few dozen."""
    return Markup(  # noqa: S704  # both are escaped
        "".join(
            f'<option value="{printed(value)}"{" selected" if value == chosen else ""}>{printed(label)}</option>'
            for value, label in choices
        )
    )


def host(address: str) -> str:
    """The name of the web site that an address leads to."""
    return address.partition("//")[2].partition("/")[0].rpartition("@")[2].removeprefix("www.")


def _hour(here: datetime) -> str:
    return f"{here.hour:02}:{here.minute:02}"


def _time(at: datetime, words: str) -> Markup:
    return Markup(f'<time datetime="{isotime(at)}">{escape(words)}</time>')  # noqa: S704  # both are made here


@lru_cache(maxsize=64)
def _day_of(now: datetime) -> date:
    return local(now).date()


@lru_cache(maxsize=2048)
def _date(at: date, pattern: Pattern, language: str) -> str:
    """Django's own words for a day."""
    with translation.override(language or None):
        return date_format(at, str(pattern.words))


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
