"""The publishers this site reads: all of them, and each with what we know and measure of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.queries import article_counts, edit_counts, listed, newest_first
from broadsheet.rights import Display, Mode, Output
from broadsheet.site.cards import article_cards, tag
from broadsheet.site.head import Crumb, Head, absolute, chrome, is_public, tags_of
from broadsheet.site.lists import Day, by_day
from broadsheet.sources.ledger import as_entries, decide_here
from broadsheet.sources.models import Publisher, Source, SourceState
from broadsheet.sources.queries import (
    NO_SOURCES,
    SourceCounts,
    ledger_of,
    publishers_by_name,
    source_counts,
    sources_of,
)
from broadsheet.stories.queries import copy_counts

MEASURED = timedelta(days=30)
ARTICLES = 30


@dataclass(frozen=True, slots=True)
class PublisherRow:
    publisher: Publisher
    language: str
    articles: int
    health: str
    is_well: bool


@dataclass(frozen=True, slots=True)
class SourcesPage:
    head: Head
    rows: tuple[PublisherRow, ...]


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One address we watch. state: in words, with its cause."""

    title: str
    address: str
    kind: str
    state: str
    is_well: bool
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Over the last `MEASURED`: grouped articles, how many of them are copies, corrections, unannounced edits."""

    grouped: int
    copies: int
    corrections: int
    silent_edits: int

    @property
    def copies_percent(self) -> int:
        return round(100 * self.copies / self.grouped) if self.grouped else 0


@dataclass(frozen=True, slots=True)
class SourcePage:
    """shows: what pages of this site show of the publisher's work, in words; display: the same, and why."""

    head: Head
    publisher: Publisher
    language: str
    shows: str
    display: Display
    addresses: tuple[AddressRow, ...]
    measured: Measured
    measured_days: int
    days: tuple[Day, ...]


def sources_page(*, now: datetime) -> SourcesPage:
    """Five queries."""
    counts, articles = source_counts(), article_counts()
    return SourcesPage(
        head=Head(
            title=_("Sources"),
            path="/sources",
            chrome=chrome(),
            now=now,
            description=_("Every newsroom this site reads, with what is known and measured of it."),
            canonical=absolute("/sources"),
            # Not with every article: the counts are as old as the page, an hour at most.
            tags=frozenset({"sources"}),
        ),
        rows=tuple(
            _publisher_row(publisher, counts.get(publisher.pk, NO_SOURCES), articles.get(publisher.pk, 0))
            for publisher in publishers_by_name()
        ),
    )


def source_page(publisher: Publisher, *, now: datetime) -> SourcePage:
    """Eight queries."""
    rows = list(newest_first(listed().filter(publisher=publisher))[:ARTICLES])
    since = now - MEASURED
    display = decide_here(as_entries(ledger_of([publisher.pk])[publisher.pk]), {}, Output.PAGE, now)
    return SourcePage(
        head=Head(
            title=publisher.name,
            path=publisher.path,
            chrome=chrome(),
            now=now,
            description=_("What this site knows and measures of %(publisher)s.") % {"publisher": publisher.name},
            canonical=absolute(publisher.path),
            robots="noindex, follow" if publisher.is_sample and is_public() else "index, follow",
            crumbs=(Crumb(_("Sources"), "/sources"),),
            feed=publisher.path,
            tags=tags_of([publisher]),
        ),
        publisher=publisher,
        language=tag(publisher.language),
        shows=mode_words(display.mode),
        display=display,
        addresses=tuple(_address_row(source) for source in sources_of(publisher)),
        measured=Measured(*copy_counts(publisher.pk, since=since), *edit_counts(publisher.pk, since=since)),
        measured_days=MEASURED.days,
        days=by_day(article_cards(rows, now=now)),
    )


def mode_words(mode: Mode) -> str:
    """What a display mode means for a reader."""
    return {
        Mode.NONE: _("nothing"),
        Mode.LINK: _("a link only"),
        Mode.HEADLINE: _("headline and link"),
        Mode.EXTRACT: _("headline, a short extract and a link"),
        Mode.FULL: _("the full text, with its licence"),
    }[mode]


def _publisher_row(publisher: Publisher, counts: SourceCounts, articles: int) -> PublisherRow:
    watching = counts.watched - counts.paused - counts.gone
    if not counts.watched:
        health = _("no address yet")
    elif not watching:
        health = _("paused") if counts.paused else _("gone")
    elif counts.answered_at is None and not counts.failing:
        health = _("not asked yet")
    elif counts.failing:
        health = ngettext("%(num)d address fails", "%(num)d addresses fail", counts.failing) % {"num": counts.failing}
    else:
        health = _("answers")
    return PublisherRow(
        publisher=publisher,
        language=tag(publisher.language),
        articles=articles,
        health=health,
        is_well=watching > 0 and not counts.failing,
    )


def _address_row(source: Source) -> AddressRow:
    if source.state == SourceState.GONE:
        words = _("Gone: the publisher has closed this address.")
    elif source.state == SourceState.PAUSED:
        words = _("Paused by the editors.")
    elif source.problem:
        words = source.problem
    elif source.polled_at is None:
        words = _("Not asked yet.")
    else:
        words = _("Answers.")
    return AddressRow(
        title=source.title,
        address=source.address,
        kind=source.get_kind_display(),
        state=words,
        is_well=source.state == SourceState.ACTIVE and not source.problem,
        changed_at=source.changed_at,
    )
