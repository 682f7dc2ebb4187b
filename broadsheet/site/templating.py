"""The Jinja2 environment of the pages: translations, times and addresses of static files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from broadsheet.readers.consent import purposes
from broadsheet.site.assets import asset_path
from broadsheet.site.dress import logo_path, style_path
from broadsheet.site.fragments import keeper
from broadsheet.site.head import absolute
from broadsheet.site.reader_pages.filters import FILTERS, consent_open


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "auto_reload": settings.DEBUG}
    options.setdefault("undefined", StrictUndefined)
    made = Environment(**{**options, "autoescape": True}, extensions=["jinja2.ext.i18n"])  # noqa: S701  # it is on
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    made.globals.update(
        asset=asset_path,
        kept=keeper(made, local),
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
    )
    made.filters.update(day=day, isotime=isotime, host=host)
    made.filters.update(FILTERS)
    return made


# How this site writes days: patterns of Django's `date` filter, which each language has in its own order.
LONG_DAY = pgettext_lazy("date", "l, j F Y")
DAY = pgettext_lazy("date", "j F Y")
DAY_OF_YEAR = pgettext_lazy("date", "j F")
SHORT_DAY = pgettext_lazy("date", "j M")
MONTH = pgettext_lazy("date", "F Y")


def site_direction() -> str:
    return "rtl" if translation.get_language_bidi() else "ltr"


def local(at: datetime) -> datetime:
    return at.astimezone(_zone())


def day(at: datetime) -> str:
    """Sunday, 22 November 2026, in the site's language and zone."""
    return written(local(at).date(), LONG_DAY)


def written(at: date, pattern: object) -> str:
    """The day in the language of the page, by one of the patterns above."""
    return _date(at, pattern, translation.get_language() or "")


def short_day(at: date) -> Markup:
    """For the ends of drawings and rows of tables."""
    return Markup(f'<time datetime="{at.isoformat()}">{escape(written(at, SHORT_DAY))}</time>')  # noqa: S704


def isotime(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).isoformat("T", "seconds").replace("+00:00", "Z")


def hour(at: datetime) -> Markup:
    """For lists that name the day themselves."""
    return _time(at, f"{local(at):%H:%M}")


def clock(at: datetime, now: datetime) -> Markup:
    """For rivers of news: the time today, else the day and the time."""
    here = local(at)
    if here.date() == local(now).date():
        return _time(at, f"{here:%H:%M}")
    return _time(at, f"{written(here.date(), SHORT_DAY)}, {here:%H:%M}")


def moment(at: datetime, now: datetime) -> Markup:
    """Exact to the minute; the year only where it is another one."""
    here = local(at)
    pattern = DAY_OF_YEAR if here.year == local(now).year else DAY
    return _time(at, f"{written(here.date(), pattern)}, {here:%H:%M}")


def host(address: str) -> str:
    """The name of the web site that an address leads to."""
    return address.partition("//")[2].partition("/")[0].rpartition("@")[2].removeprefix("www.")


def _time(at: datetime, words: str) -> Markup:
    return Markup(f'<time datetime="{isotime(at)}">{escape(words)}</time>')  # noqa: S704  # both are made here


@lru_cache(maxsize=2048)
def _date(at: date, pattern: object, _language: str) -> str:
    """Django's own words for a day; the language is part of what is remembered."""
    return date_format(at, str(pattern))


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
