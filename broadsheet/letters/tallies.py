"""What became of mails, in sums: of each edition, each day, each receiving domain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone

from broadsheet.letters.models import Delivery, DeliveryState, Edition, EditionState, Return, ReturnKind, Tally

DOMAINS = 50
_COUNTED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DOUBTFUL)


def tally(edition: Edition, *, now: datetime) -> Tally:
    """Count an edition that has ended, for good."""
    states = Counter(dict(edition.deliveries.order_by().values_list("state").annotate(Count("pk"))))
    row, _ = Tally.objects.update_or_create(
        edition=edition,
        defaults={
            "day": timezone.localdate(edition.started_at or now),
            **{str(state): states[state] for state in (*_COUNTED, DeliveryState.SKIPPED)},
            "domains": [[domain, *counts] for domain, counts in _by_domain(edition)],
        },
    )
    return row


def _by_domain(edition: Edition) -> list[tuple[str, tuple[int, ...]]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = edition.deliveries.order_by().values_list("domain", "state").annotate(Count("pk"))
    for domain, state, count in rows:
        found[domain][state] = count
    largest = sorted(found.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))[:DOMAINS]
    return [(domain, tuple(counts[state] for state in _COUNTED)) for domain, counts in largest]


@dataclass(frozen=True, slots=True)
class Domain:
    """One receiving domain in some days. returned: kind -> how many came back."""

    name: str
    sent: int
    failed: int
    doubtful: int
    returned: Mapping[str, int]

    @property
    def complaint_share(self) -> float:
        return self.returned.get(ReturnKind.COMPLAINT, 0) / self.sent if self.sent else 0.0


@dataclass(frozen=True, slots=True)
class Post:
    """The post of some days. days: day -> sent, and failed or come back. returned: kind -> how many."""

    days: Mapping[date, tuple[int, int]]
    sent: int
    failed: int
    skipped: int
    doubtful: int
    returned: Mapping[str, int]
    domains: tuple[Domain, ...]

    @property
    def complaint_share(self) -> float:
        return self.returned.get(ReturnKind.COMPLAINT, 0) / self.sent if self.sent else 0.0


def post_of(first: date, last: date) -> Post:
    """Sums of the editions begun in these days. What is still being sent is not in them."""
    rows = list(Tally.objects.filter(day__gte=first, day__lte=last))
    days: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        days[row.day][0] += row.sent
        days[row.day][1] += row.failed
        for domain, *counts in row.domains:
            sums[domain] = [a + b for a, b in zip(sums[domain], counts, strict=True)]
    since = timezone.make_aware(datetime.combine(first, time()))
    until = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    returned: Counter[str] = Counter()
    of_domain: defaultdict[str, Counter[str]] = defaultdict(Counter)
    came = Return.objects.filter(at__gte=since, at__lt=until).order_by()
    for kind, domain, count in came.values_list("kind", "domain").annotate(Count("pk")):
        returned[kind] += count
        of_domain[domain][kind] += count
    names = sorted(sums, key=lambda name: (-sum(of_domain[name].values()) - sums[name][1], -sums[name][0], name))
    return Post(
        days={day: (pair[0], pair[1]) for day, pair in days.items()},
        sent=sum(row.sent for row in rows),
        failed=sum(row.failed for row in rows),
        skipped=sum(row.skipped for row in rows),
        doubtful=sum(row.doubtful for row in rows),
        returned=returned,
        domains=tuple(_domain(name, sums[name], of_domain[name]) for name in names[:DOMAINS]),
    )


def _domain(name: str, counts: list[int], returned: Mapping[str, int]) -> Domain:
    sent, failed, doubtful = counts
    return Domain(name, sent, failed, doubtful, returned)


def under_way() -> list[tuple[Edition, Mapping[str, int]]]:
    """Editions that are being sent, stopped, or left doubts behind, with the states of their mails."""
    doubted = Delivery.objects.filter(state=DeliveryState.DOUBTFUL).order_by().values("edition_id").distinct()
    editions = Edition.objects.filter(state__in=(EditionState.SENDING, EditionState.STOPPED)) | Edition.objects.filter(
        pk__in=doubted
    )
    return [
        (edition, dict(edition.deliveries.order_by().values_list("state").annotate(Count("pk"))))
        for edition in editions.select_related("letter").order_by("-go_at", "-pk")[:30]
    ]
