"""What letters said: each edition as a page, asked for rights at every making, and the feed of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.comments.markup import to_text
from broadsheet.letters.archive import edition_with, editions_of, letter_with_slug, neighbors_of
from broadsheet.letters.models import Edition, Letter
from broadsheet.letters.telling import Told, ToldStory, tell
from broadsheet.rights import Output
from broadsheet.site.archive import Neighbor
from broadsheet.site.dress import named
from broadsheet.site.feed_views import write_feed
from broadsheet.site.feeds import Entry, Feed
from broadsheet.site.head import Crumb, Head, absolute, chrome, is_public
from broadsheet.site.letter_pages.offers import Offer, offer
from broadsheet.site.lists import Pager
from broadsheet.site.templating import LONG_DAY, local, written
from broadsheet.site.views import show

EDITIONS = 30
"""Editions on one page of a letter."""
FURTHER = 3
"""Headlines that tell in a list what else an edition holds."""
ENTRIES = 15
"""Editions in a letter's feed."""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in a list. further: headlines after the one that is its subject."""

    path: str
    subject: str
    further: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterPage:
    head: Head
    letter: Offer
    editions: tuple[EditionLine, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class EditionPage:
    """subject: an editor's own, if any. language: their words are in. before, after: the neighboring editions."""

    head: Head
    letter: Offer
    told: Told
    subject: str
    at: datetime
    language: str
    before: Neighbor | None
    after: Neighbor | None


@require_safe
def letter(request: HttpRequest, slug: str, before: int | None = None) -> HttpResponse:
    """What a letter is, and its editions, newest first."""
    found = letter_with_slug(slug)
    if found is None:
        raise Http404
    return show(request, "letters/letter.html", _letter_page(found, before, now=timezone.now()))


@require_safe
def edition(request: HttpRequest, slug: str, issue: int) -> HttpResponse:
    found = edition_with(slug, issue)
    if found is None:
        raise Http404
    return show(request, "letters/edition.html", _edition_page(found, now=timezone.now()))


@require_safe
def feed(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = letter_with_slug(slug)
    if found is None:
        raise Http404
    return write_feed(_feed(found, now=timezone.now()), form)


def _letter_page(found: Letter, before: int | None, *, now: datetime) -> LetterPage:
    rows = editions_of(found, before=before, limit=EDITIONS + 1)
    shown = rows[:EDITIONS]
    told = [tell(row, output=Output.PAGE, now=now) for row in shown]
    offered = offer(found)
    return LetterPage(
        head=Head(
            title=offered.name,
            path=found.path if before is None else f"{found.path}/before/{before}",
            chrome=chrome(),
            now=now,
            description=offered.description,
            canonical=absolute(found.path),
            crumbs=(Crumb(_("Letters"), "/letters"),),
            feed=found.path,
            tags=frozenset({found.tag}).union(*(one.tags for one in told)),
        ),
        letter=offered,
        editions=tuple(
            EditionLine(row.path, one.subject or _("Nothing of it can be shown any more."), _further(one), _moment(row))
            for row, one in zip(shown, told, strict=True)
        ),
        pager=Pager(1, "", f"{found.path}/before/{shown[-1].issue}" if len(rows) > EDITIONS else ""),
    )


def _edition_page(found: Edition, *, now: datetime) -> EditionPage:
    told = tell(found, output=Output.PAGE, now=now)
    offered = offer(found.letter)
    day = _day(found)
    before, after = neighbors_of(found)
    for item in told.items:
        if isinstance(item, ToldStory) and item.section is not None:
            named(item.section)
    return EditionPage(
        head=Head(
            title=told.subject or day,
            path=found.path,
            chrome=chrome(),
            now=now,
            description=_("%(letter)s of %(day)s") % {"letter": offered.name, "day": day},
            canonical=absolute(found.path),
            robots="noindex, follow" if told.is_sample and is_public() else "index, follow",
            crumbs=(Crumb(_("Letters"), "/letters"), Crumb(offered.name, found.letter.path)),
            feed=found.letter.path,
            tags=told.tags | {found.letter.tag},
        ),
        letter=offered,
        told=told,
        subject=found.subject,
        at=_moment(found),
        language=found.language or found.letter.language,
        before=_neighbor(before),
        after=_neighbor(after),
    )


def _feed(found: Letter, *, now: datetime) -> Feed:
    rows = editions_of(found, limit=ENTRIES)
    told = [(row, tell(row, output=Output.FEED, now=now)) for row in rows]
    entries = tuple(_entry(row, one) for row, one in told if one.items)
    offered = offer(found)
    return Feed(
        title=offered.name,
        path=found.path,
        home=absolute(found.path),
        language=found.language,
        updated=max((entry.updated for entry in entries), default=now),
        entries=entries,
        tags=frozenset({found.tag}).union(*(one.tags for _row, one in told)),
    )


def _entry(row: Edition, told: Told) -> Entry:
    headlines = [item.headline for item in told.items if item.headline]
    words = to_text(told.introduction)
    return Entry(
        id=absolute(row.path),
        address=absolute(row.path),
        via="",
        title=told.subject,
        language=row.language or row.letter.language,
        summary="\n".join([*([words] if words else []), *(f"· {headline}" for headline in headlines)]),
        author="",
        publisher="",
        publisher_home="",
        rights="",
        published=_moment(row),
        updated=_moment(row),
    )


def _further(told: Told) -> tuple[str, ...]:
    return tuple(item.headline for item in told.items if item.headline and item.headline != told.subject)[:FURTHER]


def _moment(row: Edition) -> datetime:
    """When it went out."""
    return row.started_at or row.until


def _neighbor(row: Edition | None) -> Neighbor | None:
    return Neighbor(_day(row), row.path) if row is not None else None


def _day(row: Edition) -> str:
    return written(local(_moment(row)).date(), LONG_DAY)
