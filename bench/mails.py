"""What mails of letters cost to write: `make bench ARGS=mails`. CPU time on one core; MAILS=2000 is the default.

On the made-up site of `bench.readers`, with readers who follow 50 things each: one edition for everybody, and a
personal letter for each. "At first" is the first run over all readers, "then" a second one, when their stories were
written before; sending composes anew each minute, so real runs lie between the two.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple

MAILS = int(os.environ.get("MAILS", "2000"))
BATCH = 100
LEAST_SHARED, LEAST_PERSONAL = 2_000.0, 300.0
"""Mails in a CPU second, of the first run."""


class Written(NamedTuple):
    """Milliseconds to compose, mails of a CPU second in the first and the second run, bytes of HTML of one."""

    compose_ms: float
    first: float
    then: float
    size: int


def write(edition: Any, recipients: list[Any], *, now: datetime) -> Written:
    """Write all mails of an edition twice, in batches as sending does."""
    from broadsheet.letters.rendering import compose

    started = time.process_time()
    composed = compose(edition, now=now)
    compose_ms = (time.process_time() - started) * 1000
    rates, sizes = [], [0]
    for _ in range(2):
        started = time.process_time()
        for place in range(0, len(recipients), BATCH):
            batch = recipients[place : place + BATCH]
            composed.refresh(now=now)
            composed.prepare(batch)
            sizes += [len(mail.html.encode()) for one in batch if (mail := composed.mail(one)) is not None]
        rates.append((len(sizes) - 1) / (len(rates) + 1) / (time.process_time() - started))
    return Written(compose_ms, rates[0], rates[1], sum(sizes) // max(len(sizes) - 1, 1))


def main() -> int:
    os.environ["BROADSHEET_DATA"] = tempfile.mkdtemp(prefix="broadsheet-bench-")
    os.environ["BROADSHEET_SITE_URL"] = "https://news.example.org"
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bench import readers

    readers.READERS = MAILS
    now, dice = datetime.now(UTC), Random(20261122)
    readers.make_stories(now, dice)
    readers.make_readers(dice)
    shared, personal, recipients = _letters(now, dice)
    worst = 0
    for name, edition, least in (("one edition for all", shared, LEAST_SHARED), ("personal", personal, LEAST_PERSONAL)):
        told = write(edition, recipients, now=now)
        print(
            f"{name:22} composed in {told.compose_ms:5.0f} ms; {told.first:7.0f} mails per CPU s at first"
            f" (at least {least:.0f}), {told.then:7.0f} then; {told.size / 1000:.1f} kB of HTML"
        )
        worst += told.first < least
    return 1 if worst else 0


def _letters(now: datetime, dice: Random) -> tuple[Any, Any, list[Any]]:
    from broadsheet.letters.audience import Recipient
    from broadsheet.letters.models import Edition, Item, Letter, LetterKind
    from broadsheet.readers.models import Reader
    from broadsheet.stories.models import Story

    letters = [
        Letter.objects.create(slug=str(kind), name=str(kind), kind=kind, size=12)
        for kind in (LetterKind.EDITION, LetterKind.PERSONAL)
    ]
    shared, personal = (Edition.objects.create(letter=letter, issue=1, until=now) for letter in letters)
    for place, story in enumerate(Story.objects.order_by("-weight")[:12]):
        Item.objects.create(edition=shared, position=place, story=story)
    languages = ("", "de", "ar", "zh-hans")
    readers = Reader.objects.order_by("pk").values_list("pk", flat=True)[:MAILS]
    return (
        shared,
        personal,
        [
            Recipient(pk, f"r{pk}@mail.example", f"{pk:043}", dice.choice(languages), "", pk, None, now)
            for pk in readers
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
