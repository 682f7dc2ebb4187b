"""The archive: every day's reports, months as calendars, and the months there are."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from broadsheet.articles.archive import COUNTED, articles_between, counts_between, neighbors_of, oldest_at
from broadsheet.site.cards import ArticleCard, FoldedCard, StoryCard, article_cards, story_cards
from broadsheet.site.head import Crumb, Head, absolute, chrome
from broadsheet.site.lists import PAGES, Pager, numbered, pager
from broadsheet.site.templating import DAY, LONG_DAY, MONTH, local, written
from broadsheet.stories.queries import stories_moved

STORIES = 12
ARTICLES = 100
YEARS = 40
"""Years back that are listed; older reports are found by search."""


@dataclass(frozen=True, slots=True)
class Neighbor:
    """The day or month beside this one that has reports."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """stories: those whose last report came that day, most independent reports first; on the first page only."""

    head: Head
    title: str
    stories: tuple[StoryCard, ...]
    articles: tuple[ArticleCard, ...]
    before: Neighbor | None
    after: Neighbor | None
    pager: Pager
    folded: tuple[FoldedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a calendar. count: its reports; is_more: there are more than that. path: empty without any."""

    number: int
    name: str
    count: int
    is_more: bool
    path: str


@dataclass(frozen=True, slots=True)
class MonthPage:
    """weekdays: (short, long) names. weeks: rows of seven, None outside the month."""

    head: Head
    title: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[DayCell | None, ...], ...]
    before: Neighbor | None
    after: Neighbor | None


@dataclass(frozen=True, slots=True)
class MonthLink:
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Year:
    name: str
    months: tuple[MonthLink, ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    head: Head
    years: tuple[Year, ...]


def archive_page(*, now: datetime) -> ArchivePage:
    """Four queries."""
    oldest = oldest_at()
    months = list(_months(local(oldest).date(), local(now).date())) if oldest else []
    edges = [*map(_start, months), _start(_next_month(months[-1]))] if months else []
    found: dict[int, list[MonthLink]] = {}
    for month, has_any in reversed(list(zip(months, counts_between(edges, most=1), strict=True))):
        if has_any:
            found.setdefault(month.year, []).append(MonthLink(date_format(month, "F"), month_path(month)))
    return ArchivePage(
        head=_head(_("Archive"), "/archive", now, _("Every day’s reports, by month."), (), {"archive"}),
        years=tuple(Year(str(year), tuple(links[::-1])) for year, links in found.items()),
    )


def month_page(month: date, *, now: datetime) -> MonthPage | None:
    """None when nothing was reported in the month. month: its first day. Five queries."""
    length = monthrange(month.year, month.month)[1]
    days = [month + timedelta(days=number) for number in range(length)]
    following = _next_month(month)
    counts = counts_between([*map(_start, days), _start(following)])
    if not any(counts):
        return None
    first = int(get_format("FIRST_DAY_OF_WEEK"))  # 0 is Sunday
    cells: list[DayCell | None] = [None] * ((month.isoweekday() - first) % 7)
    cells += [_cell(day, count) for day, count in zip(days, counts, strict=True)]
    cells += [None] * (-len(cells) % 7)
    before, after = neighbors_of(_start(month), _start(following))
    title = written(month, MONTH)
    return MonthPage(
        head=_head(
            title,
            month_path(month),
            now,
            _("What was reported in %(month)s, day by day.") % {"month": title},
            (Crumb(_("Archive"), "/archive"),),
            {"archive", *(["latest"] if following > local(now).date() else [])},
        ),
        title=title,
        weekdays=tuple(_weekdays(first)),
        weeks=tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7)),
        before=_month_neighbor(before),
        after=_month_neighbor(after),
    )


def day_page(day: date, *, number: int, now: datetime) -> DayPage | None:
    """None when nothing was reported that day. Eight queries at most."""
    since, until = _start(day), _start(day + timedelta(days=1))
    rows = articles_between(since, until, start=(number - 1) * ARTICLES, limit=ARTICLES + 1)
    if not rows:
        return None
    moved = stories_moved(since, until, limit=STORIES) if number == 1 else []
    stories = [card for card in story_cards(moved, now=now, pictured=False) if card.is_shared]
    cards = article_cards(rows[:ARTICLES], now=now)
    before, after = neighbors_of(since, until)
    title, path = written(day, LONG_DAY), day_path(day)
    shown = {tag for card in stories for tag in card.tags} | {card.tag for card in cards}
    return DayPage(
        head=_head(
            title,
            numbered(path, number),
            now,
            _("What was reported on %(day)s.") % {"day": title},
            (
                Crumb(_("Archive"), "/archive"),
                Crumb(written(day, MONTH), month_path(day)),
            ),
            {"archive", *shown, *(["latest"] if day == local(now).date() else [])},
            feed=path,
            robots="index, follow" if number == 1 else "noindex, follow",
        ),
        title=title,
        stories=tuple(stories),
        articles=tuple(cards),
        before=_day_neighbor(before),
        after=_day_neighbor(after),
        pager=pager(path, number, has_more=len(rows) > ARTICLES and number < PAGES),
    )


def read_day(year: int, month: int, day: int = 1) -> date | None:
    """The day that an address names; None for one that no calendar has."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def bounds(day: date) -> tuple[datetime, datetime]:
    """When the day begins, and when the next one does, in the site's zone."""
    return _start(day), _start(day + timedelta(days=1))


def day_path(day: date) -> str:
    return f"/archive/{day:%Y/%m/%d}"


def month_path(day: date) -> str:
    return f"/archive/{day:%Y/%m}"


def _head(
    title: str,
    path: str,
    now: datetime,
    description: str,
    crumbs: Sequence[Crumb],
    tags: set[str],
    *,
    feed: str = "",
    robots: str = "index, follow",
) -> Head:
    return Head(
        title=title,
        path=path,
        chrome=chrome(),
        now=now,
        description=description,
        canonical=absolute(path),
        robots=robots,
        crumbs=tuple(crumbs),
        feed=feed,
        tags=frozenset(tags),
    )


def _cell(day: date, count: int) -> DayCell:
    return DayCell(day.day, written(day, LONG_DAY), count, count >= COUNTED, day_path(day) if count else "")


def _weekdays(first: int) -> list[tuple[str, str]]:
    sunday = date(2026, 11, 22)
    days = [sunday + timedelta(days=first + number) for number in range(7)]
    return [(date_format(day, "D"), date_format(day, "l")) for day in days]


def _day_neighbor(at: datetime | None) -> Neighbor | None:
    return Neighbor(written(local(at).date(), DAY), day_path(local(at).date())) if at else None


def _month_neighbor(at: datetime | None) -> Neighbor | None:
    return Neighbor(written(local(at).date(), MONTH), month_path(local(at).date())) if at else None


def _months(oldest: date, newest: date) -> list[date]:
    month = max(oldest, newest.replace(year=newest.year - YEARS, day=1)).replace(day=1)
    found = []
    while month <= newest:
        found.append(month)
        month = _next_month(month)
    return found


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
