"""Reads of publishers and their sources, for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from broadsheet.prepared import Prepared
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


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """How a publisher's addresses fare. answered_at: the last time any of them answered well."""

    watched: int
    failing: int
    paused: int
    gone: int
    answered_at: datetime | None


NO_SOURCES = SourceCounts(0, 0, 0, 0, None)


def publishers_by_name() -> QuerySet[Publisher]:
    return Publisher.objects.order_by("name", "pk")


def publisher_names(limit: int) -> list[tuple[str, str]]:
    """(slug, name) by name."""
    return list(Publisher.objects.order_by("name", "pk").values_list("slug", "name")[:limit])


def publisher_languages() -> list[str]:
    """The languages that publishers write in, as tags."""
    told = Publisher.objects.exclude(language="").order_by("language")
    return list(told.values_list("language", flat=True).distinct())


def source_counts() -> Mapping[int, SourceCounts]:
    """How every publisher's addresses fare, by publisher. One query."""
    rows = Source.objects.values("publisher").annotate(
        watched=Count("pk"),
        failing=Count("pk", filter=Q(state=SourceState.ACTIVE, failures__gt=0)),
        paused=Count("pk", filter=Q(state=SourceState.PAUSED)),
        gone=Count("pk", filter=Q(state=SourceState.GONE)),
        answered_at=Max("succeeded_at"),
    )
    return {
        row["publisher"]: SourceCounts(row["watched"], row["failing"], row["paused"], row["gone"], row["answered_at"])
        for row in rows
    }


def sources_of(publisher: Publisher) -> list[Source]:
    return list(Source.objects.filter(publisher=publisher).order_by("state", "address"))


def has_sample() -> bool:
    """Whether the site shows invented publishers."""
    return bool(_SAMPLE())


_SAMPLE = Prepared(lambda: Publisher.objects.filter(is_sample=True).values_list("pk")[:1])


def newest_ledger_line() -> int:
    """The number of the newest ledger line, 0 without any; lines are only ever added."""
    return LedgerLine.objects.aggregate(newest=Max("pk"))["newest"] or 0


def source_states() -> Mapping[str, int]:
    """How many addresses are active, failing, paused and gone."""
    row = Source.objects.aggregate(
        active=Count("pk", filter=Q(state=SourceState.ACTIVE)),
        failing=Count("pk", filter=Q(state=SourceState.ACTIVE, failures__gt=0)),
        paused=Count("pk", filter=Q(state=SourceState.PAUSED)),
        gone=Count("pk", filter=Q(state=SourceState.GONE)),
    )
    return dict(row)
