"""Reads of publishers and their sources, for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q

from broadsheet.prepared import Prepared
from broadsheet.rights import LedgerEntry
from broadsheet.sources.ledger import ENTRY, NO_LINES, Lines, as_entries, entry_of
from broadsheet.sources.models import LedgerLine, Publisher, Source, SourceState


def ledger_of(publishers: Collection[int], article_keys: Collection[str] = ()) -> Mapping[int, list[LedgerLine]]:
    """The ledger lines of these publishers that speak for all their work or for one of these articles.

    Oldest first, as they were noted; a publisher without a line has an empty list. One query.
    """
    lines: defaultdict[int, list[LedgerLine]] = defaultdict(list)
    for line in _LEDGER(sorted(publishers), ["", *article_keys]):
        lines[line.publisher_id].append(line)
    return lines


_LEDGER = Prepared(
    lambda publishers, keys: LedgerLine.objects.filter(publisher__in=publishers, article_key__in=keys).order_by(
        "noted_at", "pk"
    )
)


KEPT = 4_000
"""Publishers whose lines are kept in memory; of more, all are forgotten and read anew."""


def entries_of(publishers: Collection[int], article_keys: Collection[str] = ()) -> Mapping[int, Lines]:
    """The lines of these publishers as `rights` reads them, those for one of these articles among them. Two queries at
    most; one where the lines are known.

    Lines are only ever added, and SQLite numbers them in the order in which they become visible: what was read stays
    true until there is a newer one. Inside a transaction, which may be undone, and elsewhere they are read each time.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return _lines_of(_ENTRIES(sorted(publishers), ["", *article_keys]))
    newest = newest_ledger_line()
    known = _known[0]
    if known.newest != newest:
        known = _known[0] = _KnownLines(newest, {})
    told = {publisher: found for publisher in publishers if (found := known.lines.get(publisher)) is not None}
    if missing := [publisher for publisher in publishers if publisher not in told]:
        read = _lines_of(_ALL_ENTRIES(sorted(missing)))
        if len(known.lines) >= KEPT:
            known = _known[0] = _KnownLines(newest, {})
        for publisher in missing:
            told[publisher] = known.lines[publisher] = read.get(publisher, NO_LINES)
    return told


@dataclass(frozen=True, slots=True)
class _KnownLines:
    """What was read of publishers since the newest line was noted."""

    newest: int
    lines: dict[int, Lines]


_known = [_KnownLines(-1, {})]


def _lines_of(rows: Iterable[tuple[Any, ...]]) -> dict[int, Lines]:
    lines: defaultdict[int, list[tuple[str, LedgerEntry]]] = defaultdict(list)
    for publisher, key, *told in rows:
        lines[publisher].append((key, entry_of(bool(key), *told)))
    return {publisher: Lines.of(found) for publisher, found in lines.items()}


_NEWEST = Prepared(lambda: LedgerLine.objects.order_by("-pk").values_list("pk", flat=True)[:1])
_ALL_ENTRIES = Prepared(
    lambda publishers: (
        LedgerLine.objects.filter(publisher__in=publishers)
        .order_by("noted_at", "pk")
        .values_list("publisher_id", "article_key", *ENTRY)
    )
)
_ENTRIES = Prepared(
    lambda publishers, keys: (
        LedgerLine.objects.filter(publisher__in=publishers, article_key__in=keys)
        .order_by("noted_at", "pk")
        .values_list("publisher_id", "article_key", *ENTRY)
    )
)


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """How a publisher's addresses fare. answered_at: the last time any of them answered well."""

    watched: int
    failing: int
    paused: int
    gone: int
    answered_at: datetime | None


NO_SOURCES = SourceCounts(0, 0, 0, 0, None)


def publishers_by_name() -> Sequence[Publisher]:
    return _PUBLISHERS()


_PUBLISHERS = Prepared(lambda: Publisher.objects.order_by("name", "pk"))


def publisher_names(limit: int) -> list[tuple[str, str]] | None:
    """(slug, name) by name; None where there are more than `limit`, which is told without reading them."""
    return None if _FURTHER(limit=limit) else _NAMES()


_FURTHER = Prepared(lambda limit: Publisher.objects.order_by("pk").values_list("pk")[limit : limit + 1])
_NAMES = Prepared(lambda: Publisher.objects.order_by("name", "pk").values_list("slug", "name"))


def publisher_languages() -> list[str]:
    """The languages that publishers write in, as tags."""
    return _LANGUAGES()


_LANGUAGES = Prepared(
    lambda: Publisher.objects.exclude(language="").order_by("language").values_list("language", flat=True).distinct()
)


def source_counts() -> Mapping[int, SourceCounts]:
    """How every publisher's addresses fare, by publisher. One query."""
    return {publisher: SourceCounts(*counts) for publisher, *counts in _COUNTS()}


_COUNTS = Prepared(
    lambda: Source.objects.values_list("publisher").annotate(
        watched=Count("pk"),
        failing=Count("pk", filter=Q(state=SourceState.ACTIVE, failures__gt=0)),
        paused=Count("pk", filter=Q(state=SourceState.PAUSED)),
        gone=Count("pk", filter=Q(state=SourceState.GONE)),
        answered_at=Max("succeeded_at"),
    )
)


def sources_of(publisher: Publisher) -> list[Source]:
    return _SOURCES(publisher.pk)


_SOURCES = Prepared(lambda publisher: Source.objects.filter(publisher=publisher).order_by("state", "address"))


def publisher_with_slug(slug: str) -> Publisher | None:
    return next(iter(_PUBLISHER(slug)), None)


_PUBLISHER = Prepared(lambda slug: Publisher.objects.filter(slug=slug))


def publishers_with_rules() -> list[Publisher]:
    """Those whose pages are read by an operator's rules, by name."""
    return list(Publisher.objects.exclude(rules="").order_by("name", "pk"))


def has_sample() -> bool:
    """Whether the site shows invented publishers."""
    return bool(_SAMPLE())


_SAMPLE = Prepared(lambda: Publisher.objects.filter(is_sample=True).order_by("pk").values_list("pk")[:1])


def common_ledger(publisher: Publisher) -> tuple[LedgerEntry, ...]:
    """The lines about all of a publisher's work, as they were noted."""
    return as_entries(LedgerLine.objects.filter(publisher=publisher, article_key=""))


def newest_ledger_line() -> int:
    """The number of the newest ledger line, 0 without any; lines are only ever added."""
    return next(iter(_NEWEST()), 0)


def source_states() -> Mapping[str, int]:
    """How many addresses are active, failing, paused and gone."""
    row = Source.objects.aggregate(
        active=Count("pk", filter=Q(state=SourceState.ACTIVE)),
        failing=Count("pk", filter=Q(state=SourceState.ACTIVE, failures__gt=0)),
        paused=Count("pk", filter=Q(state=SourceState.PAUSED)),
        gone=Count("pk", filter=Q(state=SourceState.GONE)),
    )
    return dict(row)
