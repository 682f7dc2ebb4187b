"""The publishers this site reads: all of them, and each with what we know and measure of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.queries import newest_of, sections
from broadsheet.rights import Display, Mode, Output
from broadsheet.site.cards import FoldedCard, article_cards, tag
from broadsheet.site.dress import named
from broadsheet.site.following import follow_path
from broadsheet.site.head import Crumb, Head, absolute, chrome, is_public, tags_of
from broadsheet.site.lists import Day, by_day
from broadsheet.site.requests import SORTS
from broadsheet.site.templating import local
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
from broadsheet.stories.measuring import (
    SPAN,
    Measures,
    Report,
    copied_by,
    copied_from,
    measures,
    measures_of,
    reports_of,
)
from broadsheet.text.languages import own_name

ARTICLES = 30
SHARES = 6
"""Sections and other newsrooms named beside a publisher."""
WORDS = ("name", "owner", "country")
"""Columns of words; the others are numbers."""


@dataclass(frozen=True, slots=True)
class PublisherRow:
    publisher: Publisher
    language: str
    measured: Measures
    health: str
    is_well: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table. path: where it is sorted by this column. sorted: for `aria-sort`; empty: not by this."""

    name: str
    label: str
    path: str
    sorted: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """days: how many the measures are taken over."""

    head: Head
    columns: tuple[Column, ...]
    rows: tuple[PublisherRow, ...]
    days: int


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
class Rights:
    """One line of what we may do, as the ledger has it. words: the mode. What proves it is for the desk alone."""

    words: str
    basis: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """A name with its number, for bars. path: its page; language: of the name."""

    name: str
    path: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class DayCount:
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """shows: what pages of this site show of the publisher's work, in words; display: the same, and why.

    output: reports a day. sections, copied_from, copied_by: the largest of them.
    """

    head: Head
    publisher: Publisher
    language: str
    tongue: str
    shows: str
    display: Display
    rights: tuple[Rights, ...]
    addresses: tuple[AddressRow, ...]
    measured: Measures
    measured_days: int
    output: tuple[DayCount, ...]
    sections: tuple[Share, ...]
    copied_from: tuple[Share, ...]
    copied_by: tuple[Share, ...]
    days: tuple[Day, ...]
    follow: str
    folded: tuple[FoldedCard, ...] = ()

    @property
    def busiest(self) -> int:
        return max((day.count for day in self.output), default=0)


def sources_page(*, sort: str, now: datetime) -> SourcesPage:
    """Five queries, three more while nothing is measured yet. sort: of `SORTS`."""
    counts, measured = source_counts(), measures(now=now)
    rows = [
        _publisher_row(publisher, counts.get(publisher.pk, NO_SOURCES), measured.get(publisher.pk, Measures()))
        for publisher in publishers_by_name()
    ]
    rows.sort(key=_ORDERS[sort])
    path = "/sources" if sort == SORTS[0] else f"/sources?sort={sort}"
    return SourcesPage(
        head=Head(
            title=_("Sources"),
            path=path,
            chrome=chrome(),
            now=now,
            description=_("Every newsroom this site reads, with what is known and measured of it."),
            canonical=absolute("/sources"),
            # Not with every article: measures are taken once an hour.
            tags=frozenset({"sources"}),
        ),
        columns=tuple(_columns(sort)),
        rows=tuple(rows),
        days=SPAN.days,
    )


def source_page(publisher: Publisher, *, now: datetime) -> SourcePage:
    """Fourteen queries, three more while nothing is measured yet."""
    rows = newest_of(publisher, limit=ARTICLES)
    since = now - SPAN
    lines = ledger_of([publisher.pk])[publisher.pk]
    display = decide_here(as_entries(lines), {}, Output.PAGE, now)
    reports = reports_of(publisher.pk, since=since)
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
        tongue=own_name(publisher.language) if publisher.language else "",
        shows=mode_words(display.mode),
        display=display,
        rights=tuple(
            Rights(mode_words(Mode(line.mode)), basis_words(line.basis), line.since or line.noted_at)
            for line in reversed(lines)
            if not line.article_key
        ),
        addresses=tuple(_address_row(source) for source in sources_of(publisher)),
        measured=measures_of(publisher.pk, now=now),
        measured_days=SPAN.days,
        output=tuple(_output(reports, since, now)),
        sections=tuple(_section_shares(reports)),
        copied_from=_shares(copied_from(publisher.pk, since=since, limit=SHARES)),
        copied_by=_shares(copied_by(publisher.pk, since=since, limit=SHARES)),
        days=by_day(article_cards(rows, now=now)),
        follow=follow_path("source", publisher.slug),
    )


def basis_words(basis: str) -> str:
    """Why we may, in words for a reader."""
    return {
        "own": _("our own work"),
        "licence": _("a licence agreed with the publisher"),
        "open_licence": _("an open licence"),
        "permission": _("the publisher’s leave"),
        "sample": _("written for this software"),
        "takedown": _("taken down"),
    }.get(basis) or _("no leave beyond what the law allows")


def mode_words(mode: Mode) -> str:
    """What a display mode means for a reader."""
    return {
        Mode.NONE: _("nothing"),
        Mode.LINK: _("a link only"),
        Mode.HEADLINE: _("headline and link"),
        Mode.EXTRACT: _("headline, a short extract and a link"),
        Mode.FULL: _("the full text, with its licence"),
    }[mode]


_ORDERS: Mapping[str, Callable[[PublisherRow], Any]] = {
    "name": lambda row: row.publisher.name.casefold(),
    "owner": lambda row: (not row.publisher.owner, row.publisher.owner.casefold(), row.publisher.name.casefold()),
    "country": lambda row: (not row.publisher.country, row.publisher.country, row.publisher.name.casefold()),
    "reports": lambda row: -row.measured.reports,
    "copies": lambda row: (-row.measured.copies_percent, -row.measured.copies),
    "corrections": lambda row: -row.measured.corrections,
    "edits": lambda row: -row.measured.silent_edits,
    "walls": lambda row: (-row.measured.walled_percent, -row.measured.walled),
}
"""Numbers the largest first; equal ones stay in the order of names. Keys of one order compare, of two they need not."""


def _columns(sort: str) -> Iterator[Column]:
    labels = {
        "name": _("Publisher"),
        "owner": _("Owner"),
        "country": _("Country"),
        "reports": _("Reports"),
        "copies": _("Copies"),
        "corrections": _("Corrections"),
        "edits": _("Silent edits"),
        "walls": _("Behind a wall"),
    }
    for name in SORTS:
        is_number = name not in WORDS
        path = "/sources" if name == SORTS[0] else f"/sources?sort={name}"
        order = "descending" if is_number else "ascending"
        yield Column(name, labels[name], path, order if name == sort else "", is_number)


def _output(reports: Sequence[Report], since: datetime, now: datetime) -> Iterator[DayCount]:
    """How many came on each day, the first days without any too."""
    counts = Counter(local(report.at).date() for report in reports)
    day, last = local(since).date() + timedelta(days=1), local(now).date()
    while day <= last:
        yield DayCount(day, counts[day])
        day += timedelta(days=1)


def _section_shares(reports: Sequence[Report]) -> Iterator[Share]:
    """One query."""
    counts = Counter(report.section for report in reports if report.section is not None)
    known = {section.pk: section for section in sections()}
    for pk, count in counts.most_common(SHARES):
        section = named(known[pk])
        yield Share(section.name, section.path, "", count)


def _shares(counted: Sequence[tuple[Publisher, int]]) -> tuple[Share, ...]:
    return tuple(Share(one.name, one.path, tag(one.language), times) for one, times in counted)


def _publisher_row(publisher: Publisher, counts: SourceCounts, measured: Measures) -> PublisherRow:
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
        measured=measured,
        health=health,
        is_well=watching > 0 and not counts.failing,
    )


def cause_words(cause: str) -> str:
    """Why an address does not answer well, in words for a reader; the desk has the details."""
    if cause.startswith("http-"):
        return _("Answers with status %(status)s.") % {"status": cause.removeprefix("http-")}
    return {
        "robots": _("Its rules for robots ask us to stay away."),
        "refused": _("We may not ask it."),
        "address": _("We may not ask it."),
        "resting": _("It asked for a rest."),
        "name": _("Its name leads nowhere."),
        "tls": _("No secure connection comes about."),
        "slow": _("It answers too slowly."),
    }.get(cause) or _("It does not answer as it should.")


def _kind_words(kind: str) -> str:
    return {"feed": _("Feed"), "sitemap": _("Sitemap")}.get(kind) or _("Page")


def _address_row(source: Source) -> AddressRow:
    if source.state == SourceState.GONE:
        words = _("Gone: the publisher has closed this address.")
    elif source.state == SourceState.PAUSED:
        words = _("Paused by the editors.")
    elif source.problem:
        words = cause_words(source.cause)
    elif source.polled_at is None:
        words = _("Not asked yet.")
    else:
        words = _("Answers.")
    return AddressRow(
        title=source.title,
        address=source.address,
        kind=_kind_words(source.kind),
        state=words,
        is_well=source.state == SourceState.ACTIVE and not source.problem,
        changed_at=source.changed_at,
    )
