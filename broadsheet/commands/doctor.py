"""`broadsheet doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from broadsheet.commands.common import CommandError, say
from broadsheet.commands.database import open_database

LEAST_DISK_MB = 500
LONGEST_SILENCE = timedelta(hours=3)


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("doctor", help="checks settings, database, queue, sources, mail and disk")
    command.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    ill = 0
    for check in CHECKS:
        for name, problem in check():
            ill += bool(problem)
            say(f"{'ill ' if problem else 'well'}  {name}" + (f": {problem}" if problem else ""))
    if ill:
        raise CommandError(f"{ill} of the checks above found something to mend.")
    say("Everything is well.")
    return 0


Finding = tuple[str, str]


def _settings() -> Iterator[Finding]:
    from django.conf import settings

    local = settings.SITE_URL.startswith(("http://127.", "http://localhost", "http://[::1]")) or not settings.SITE_URL
    yield (
        "address of the site",
        "" if local or settings.SITE_URL.startswith("https://") else "BROADSHEET_SITE_URL should begin with https://.",
    )
    yield "debug", "BROADSHEET_DEBUG is on; switch it off on a public site." if settings.DEBUG else ""
    yield (
        "mail to readers",
        ""
        if local or settings.ENVIRONMENT.email_url
        else f"it is only written to {settings.DATA / 'mail'}, so nobody can join. Set BROADSHEET_EMAIL_URL.",
    )
    yield (
        "contact for publishers",
        "" if local or settings.ENVIRONMENT.contact else "Set BROADSHEET_CONTACT, so that publishers can write to you.",
    )


def _looks() -> Iterator[Finding]:
    from django.conf import settings

    from broadsheet.articles.queries import sections
    from broadsheet.looks import FILE, read_looks
    from broadsheet.site.head import is_public

    path = Path(settings.DATA) / FILE
    found, problems = read_looks(path)
    if not problems:
        yield f"looks ({FILE})", ""
    for problem in problems:  # the site keeps the looks it had until they are mended
        yield f"looks ({FILE})", problem
    known = {section.slug for section in sections()}
    for one in found.sections:
        if one.slug not in known:
            yield f"looks ({FILE})", f"sections: {one.slug} is not a section; there are {', '.join(sorted(known))}."
    ill = is_public() and not found.imprint.is_complete
    yield "imprint", f"Say in {path} who runs the site: [imprint] operator, address and contact." if ill else ""


def _database() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            verdict = cursor.fetchone()[0]
            yield "database", "" if verdict == "ok" else f"{verdict}. Restore a backup."
        else:
            cursor.execute("SELECT 1")
            yield "database", ""


def _queue() -> Iterator[Finding]:
    from broadsheet.queue import queue

    try:
        size = queue.storage.queue_size()
    except Exception as error:  # noqa: BLE001  # whatever the queue's driver raises is the finding
        yield "queue", f"it cannot be reached: {error}. Check BROADSHEET_QUEUE_URL."
        return
    yield "queue", f"{size} tasks wait; are workers running?" if size > 1_000 else ""


def _sources() -> Iterator[Finding]:
    from broadsheet.sources.models import Source, SourceState
    from broadsheet.sources.rules import unusable_rules

    active = Source.objects.filter(state=SourceState.ACTIVE)
    if not active.exists():
        yield "sources", "nobody is followed. Add publishers with `broadsheet sources add` or `sources starter`."
        return
    newest = active.exclude(polled_at=None).order_by("-polled_at").first()
    silent = newest is None or newest.polled_at is None or datetime.now(UTC) - newest.polled_at > LONGEST_SILENCE
    yield "gathering", "nothing was polled for hours; is `broadsheet up` or `work` running?" if silent else ""
    ill = active.exclude(problem="").count()
    yield "sources", f"{ill} are not well; see `broadsheet sources check`." if ill * 2 > active.count() else ""
    unusable = len(unusable_rules())
    yield "rules of publishers", f"{unusable} cannot be used; see `broadsheet sources check`." if unusable else ""


def _search() -> Iterator[Finding]:
    from broadsheet.search.rebuild import health

    found = health(now=datetime.now(UTC))
    again = "Run `broadsheet search rebuild`; the site may go on running."
    if not found.is_current:
        yield "search", f"its index is of another version, or half rebuilt. {again}"
    elif found.missing or found.stray or found.lost:
        yield "search", f"{found.missing} articles are missing, {found.stray + found.lost} entries are astray. {again}"
    else:
        yield "search", ""


def _letters() -> Iterator[Finding]:
    """What letters need before the first leaves; asked of the DNS and the mail server."""
    from django.conf import settings

    from broadsheet.letters.authentication import findings, line_findings
    from broadsheet.letters.models import Letter, Subscription
    from broadsheet.letters.refusing import STOPPED_BY_SETTINGS, refusal_of_settings
    from broadsheet.post.rates import FILE, RatesError, read_rates

    try:
        read_rates(settings.DATA)
    except RatesError as error:
        yield f"rates of mail ({FILE})", str(error)
    if not settings.ENVIRONMENT.email_url or not Letter.objects.filter(is_open=True).exists():
        return
    for one in line_findings():
        yield one.name, one.problem
    if not Subscription.objects.filter(ended_at=None).exists():
        return  # nobody gets letters yet; accounts need the server alone
    problem = refusal_of_settings()
    yield "what letters must bear", STOPPED_BY_SETTINGS.get(problem, "")
    for one in findings():
        yield one.name, one.problem


def _disk() -> Iterator[Finding]:
    from django.conf import settings

    free_mb = shutil.disk_usage(settings.DATA).free // 1_000_000
    yield "disk", f"only {free_mb} MB are free in {settings.DATA}." if free_mb < LEAST_DISK_MB else ""
    yield "python", "" if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed."


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _settings, _looks, _database, _queue, _sources, _search, _letters, _disk,
)  # fmt: skip
