"""The audience as the desk sees it: openings by day, by story, article, source and sender; a publisher's own report."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.desk.frame import actor, desk, for_roles
from broadsheet.desk.plots import day_plot
from broadsheet.readers.accounts import has_role, publishers_of
from broadsheet.readers.counts import by_day, most_opened, publisher_report
from broadsheet.readers.models import RoleKind
from broadsheet.readers.targets import Thing, name_things
from broadsheet.sources.models import Publisher

DAYS = 28


@for_roles(RoleKind.EDITOR)
@require_safe
def audience(request: HttpRequest) -> HttpResponse:
    last = datetime.now(UTC).date()
    first = last - timedelta(days=DAYS - 1)
    numbers = by_day(since=first)
    tables = []
    for kind, title in (("story", _("Stories")), ("article", _("Articles")), ("source", _("Sources"))):
        rows = most_opened(kind, since=first)
        names = name_things(Thing(kind, name) for name, _count in rows)
        tables.append((title, [(names.get(Thing(kind, name)), name, count) for name, count in rows]))
    return desk(
        request,
        "audience.html",
        _("Audience"),
        plot=day_plot({day: (count, 0) for day, count in numbers.items()}, first, last),
        days=[(first + timedelta(days=n), numbers.get(first + timedelta(days=n), 0)) for n in range(DAYS)],
        tables=tables,
        senders=most_opened("referrer", since=first),
    )


@for_roles(RoleKind.EDITOR, RoleKind.PUBLISHER)
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done with a publisher's work in the last days, as CSV; publishers see their own."""
    publisher = Publisher.objects.filter(slug=slug).first()
    reader = actor(request)
    if publisher is None or not (has_role(reader, RoleKind.EDITOR) or publisher in publishers_of(reader)):
        raise Http404
    last = datetime.now(UTC).date()
    found = publisher_report(publisher, first=last - timedelta(days=DAYS - 1), last=last, now=timezone.now())
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["publisher", "first_day", "last_day", "what", "number"])
    head = [publisher.slug, found.first.isoformat(), found.last.isoformat()]
    for mode, count in sorted(found.modes.items()):
        rows.writerow([*head, f"articles shown as {mode}", count])
    rows.writerow([*head, "openings of our pages about them", found.openings])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{publisher.slug}.csv"'
    return response
