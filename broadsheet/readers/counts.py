"""Audience counts of our own: sums a day, for each thing and each site that sent readers. No person is in them.

They need no consent where the law exempts such counts, and keep nothing that could be asked for: no identifier, no
address, no device, no order of pages. The counting itself is `site.audience`; it hands over sums once a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.articles.queries import listed
from broadsheet.readers.models import PageCount
from broadsheet.readers.targets import Thing, name_things
from broadsheet.rights import Output
from broadsheet.sources.models import Publisher

NAMED = frozenset({"article", "story", "source"})
MOST_REPORTED = 20_000


@dataclass(frozen=True, slots=True)
class PublisherReport:
    """What was done with a publisher's work in some days. modes: articles that came, by what is shown of them.

    openings: of our pages about them. Clicks onward are not counted: links lead straight to the publisher.
    """

    publisher: Publisher
    first: date
    last: date
    modes: Mapping[str, int]
    openings: int


def record(counts: Mapping[Thing, int], *, day: date) -> int:
    """Add sums to a day; how many things were counted. What does not exist, as made-up addresses, is left out."""
    wanted = [thing for thing in counts if thing.kind in NAMED]
    known = set(name_things(wanted))
    kept = {thing: count for thing, count in counts.items() if thing.kind not in NAMED or thing in known}
    with transaction.atomic():
        PageCount.objects.bulk_create(
            [PageCount(day=day, kind=thing.kind, name=thing.name) for thing in kept], ignore_conflicts=True
        )
        for thing, count in kept.items():
            PageCount.objects.filter(day=day, kind=thing.kind, name=thing.name).update(count=F("count") + count)
    return len(kept)


def by_day(*, since: date) -> Mapping[date, int]:
    """Openings of all pages, day by day."""
    rows = PageCount.objects.filter(day__gte=since).exclude(kind="referrer").values_list("day").annotate(n=Sum("count"))
    return dict(rows.order_by("day"))


def most_opened(kind: str, *, since: date, limit: int = 20) -> Sequence[tuple[str, int]]:
    """(name, openings) of the things of one kind, the most opened first."""
    rows = PageCount.objects.filter(kind=kind, day__gte=since).values_list("name").annotate(n=Sum("count"))
    return list(rows.order_by("-n", "name")[:limit])


def publisher_report(publisher: Publisher, *, first: date, last: date, now: datetime) -> PublisherReport:
    """Both days are in. Reads at most `MOST_REPORTED` articles, the newest."""
    end = last + timedelta(days=1)
    rows = list(listed().filter(publisher=publisher, shown_at__date__gte=first, shown_at__date__lt=end)[:MOST_REPORTED])
    displays = Displays(rows, Output.PAGE, now=now)
    modes = Counter(str(displays.of(row).mode) for row in rows)
    return PublisherReport(publisher, first, last, modes, _openings(publisher, first, last))


def _openings(publisher: Publisher, first: date, last: date) -> int:
    """Of the publisher's articles, however old, and of its own page."""
    days = PageCount.objects.filter(day__range=(first, last))
    counted = dict(days.filter(kind="article").values_list("name").annotate(n=Sum("count")).order_by())
    own = Article.objects.filter(publisher=publisher, pk__in=[int(name) for name in counted]).values_list(
        "pk", flat=True
    )
    page = days.filter(kind="source", name=publisher.slug).aggregate(n=Sum("count"))["n"] or 0
    return int(page) + sum(int(counted[str(pk)]) for pk in own)
