"""What can be measured of publishers: how much they copy, correct, change without a word, and close off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q

from broadsheet.articles.models import Article, ArticleState, Revision
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Membership

READ = 5_000
"""Newest reports of one publisher that are looked at one by one."""


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
    """What a drawing of one publisher's output needs of a report. section: its name; empty without one."""

    at: datetime
    section: str
    slug: str


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
    rows = (
        Article.objects.exclude(state=ArticleState.REMOVED)
        .filter(publisher=publisher, shown_at__gte=since)
        .order_by("-shown_at", "-pk")
        .values_list("shown_at", "section__name", "section__slug")[:READ]
    )
    return [Report(at, name or "", slug or "") for at, name, slug in rows]


def copied_from(publisher: int, *, since: datetime, limit: int) -> list[tuple[Publisher, int]]:
    """Whose reports the publisher took over, and how many, most first. Two queries."""
    copies = Membership.objects.filter(article__publisher=publisher, article__shown_at__gte=since)
    return _counted(copies.exclude(original=None).values_list("original__publisher", flat=True)[:READ], limit)


def copied_by(publisher: int, *, since: datetime, limit: int) -> list[tuple[Publisher, int]]:
    """Who took over the publisher's reports, and how many, most first. Two queries."""
    copies = Membership.objects.filter(original__publisher=publisher, article__shown_at__gte=since)
    return _counted(copies.values_list("article__publisher", flat=True)[:READ], limit)


def _counted(publishers: Iterable[int], limit: int) -> list[tuple[Publisher, int]]:
    counts = Counter(publishers).most_common(limit)
    known = Publisher.objects.in_bulk([pk for pk, _times in counts])
    return [(known[pk], times) for pk, times in counts if pk in known]
