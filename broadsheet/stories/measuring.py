"""What can be measured of publishers: how much they copy, correct, change without a word, and close off.

Measures are counted over all reports of a month, so they are taken once an hour for all and read by pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from broadsheet.articles.models import Article, ArticleState, Revision
from broadsheet.finished.actions import purge
from broadsheet.prepared import Prepared
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Measured, Membership

SPAN = timedelta(days=30)
"""Time over which is measured."""
FRESH = timedelta(hours=3)
"""Measures older than this were left lying; then pages count for themselves."""
READ = 5_000
"""Newest reports of one publisher that are looked at one by one."""
LATE = timedelta(days=7)
"""How long after a report its copies are looked for."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Over some time: reports, how many of them are behind a wall, were compared with others, are copies.

    corrections: changes that were announced; silent_edits: those that were not.
    """

    reports: int = 0
    walled: int = 0
    grouped: int = 0
    copies: int = 0
    corrections: int = 0
    silent_edits: int = 0

    @property
    def copies_percent(self) -> int:
        return round(100 * self.copies / self.grouped) if self.grouped else 0

    @property
    def walled_percent(self) -> int:
        return round(100 * self.walled / self.reports) if self.reports else 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a drawing of one publisher's output needs of a report. section: its number; None without one."""

    at: datetime
    section: int | None


def take_measures(*, now: datetime) -> int:
    """Measure every publisher anew, for the pages of the next hour. Returns how many there are."""
    found = measure_publishers(since=now - SPAN)
    with transaction.atomic():
        everybody = Publisher.objects.values_list("pk", flat=True)
        rows = [Measured(publisher_id=pk, taken_at=now, **asdict(found.get(pk, Measures()))) for pk in everybody]
        Measured.objects.all().delete()
        Measured.objects.bulk_create(rows)
        purge(["sources"])
    return len(rows)


def measures(*, now: datetime) -> Mapping[int, Measures]:
    """The measures of all publishers that have any. One query; four where none were taken of late."""
    rows = _TAKEN(now - FRESH)
    return {pk: Measures(*counts) for pk, *counts in rows} if rows else measure_publishers(since=now - SPAN)


def measures_of(publisher: int, *, now: datetime) -> Measures:
    """The same of one publisher."""
    for _pk, *counts in _TAKEN_OF(publisher, now - FRESH):
        return Measures(*counts)
    return measure_publishers(since=now - SPAN, publisher=publisher).get(publisher, Measures())


_COUNTS = ("publisher_id", "reports", "walled", "grouped", "copies", "corrections", "silent_edits")
_TAKEN = Prepared(lambda since: Measured.objects.filter(taken_at__gte=since).values_list(*_COUNTS))
_TAKEN_OF = Prepared(
    lambda publisher, since: Measured.objects.filter(pk=publisher, taken_at__gte=since).values_list(*_COUNTS)
)


def measure_publishers(*, since: datetime, publisher: int | None = None) -> Mapping[int, Measures]:
    """The measures since then, by publisher; of one, or of all that have any. Three queries."""
    mine = Q() if publisher is None else Q(article__publisher=publisher)
    shown = Article.objects.exclude(state=ArticleState.REMOVED).filter(shown_at__gte=since)
    if publisher is not None:
        shown = shown.filter(publisher=publisher)
    found = {
        row["publisher"]: Measures(reports=row["reports"], walled=row["walled"])
        for row in shown.values("publisher")
        .annotate(reports=Count("pk"), walled=Count("pk", filter=~Q(access="open")))
        .order_by()
    }
    grouped = Membership.objects.filter(~Q(article__state=ArticleState.REMOVED), mine, article__shown_at__gte=since)
    for row in (
        grouped.values("article__publisher")
        .annotate(all=Count("pk"), copies=Count("pk", filter=Q(original__isnull=False)))
        .order_by()
    ):
        key = row["article__publisher"]
        found[key] = replace(found.get(key, Measures()), grouped=row["all"], copies=row["copies"])
    changed = Revision.objects.filter(mine, replaced_at__gte=since).values("article__publisher")
    for edits in changed.annotate(
        announced=Count("pk", filter=Q(is_announced=True)), silent=Count("pk", filter=Q(is_announced=False))
    ).order_by():
        key = edits["article__publisher"]
        known = found.get(key, Measures())
        found[key] = replace(known, corrections=edits["announced"], silent_edits=edits["silent"])
    return found


def reports_of(publisher: int, *, since: datetime) -> list[Report]:
    """The publisher's reports since then, newest first, at most `READ`. One query."""
    return [Report(at, section) for at, section in _REPORTS(publisher, since, limit=READ)]


_REPORTS = Prepared(
    lambda publisher, since, limit: (
        Article.objects.exclude(state=ArticleState.REMOVED)
        .filter(publisher=publisher, shown_at__gte=since)
        .order_by("-shown_at", "-pk")
        .values_list("shown_at", "section_id")[:limit]
    )
)


def copied_from(publisher: int, *, since: datetime, limit: int) -> list[tuple[Publisher, int]]:
    """Whose reports the publisher took over, and how many, most first. Two queries."""
    return _counted(_COPIED_FROM(publisher, since, limit=READ), limit)


_COPIED_FROM = Prepared(
    lambda publisher, since, limit: (
        Membership.objects.filter(article__publisher=publisher, article__shown_at__gte=since)
        .exclude(original=None)
        .values_list("original__publisher", flat=True)[:limit]
    )
)


def copied_by(publisher: int, *, since: datetime, limit: int) -> list[tuple[Publisher, int]]:
    """Who took over the publisher's reports, and how many, most first. Two queries."""
    return _counted(_COPIED_BY(publisher, since - LATE, since, limit=READ), limit)


_COPIED_BY = Prepared(
    lambda publisher, reported, since, limit: Membership.objects.filter(
        original__publisher=publisher, original__shown_at__gte=reported, article__shown_at__gte=since
    ).values_list("article__publisher", flat=True)[:limit]
)


def _counted(publishers: Iterable[int], limit: int) -> list[tuple[Publisher, int]]:
    counts = Counter(publishers).most_common(limit)
    known = {publisher.pk: publisher for publisher in _PUBLISHERS([pk for pk, _times in counts])}
    return [(known[pk], times) for pk, times in counts if pk in known]


_PUBLISHERS = Prepared(lambda ids: Publisher.objects.filter(pk__in=ids))
