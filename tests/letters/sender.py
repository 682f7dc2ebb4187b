"""A worker that sends until nothing waits, to be killed: `python -m tests.letters.sender`, as the environment says.

`make N` first makes a newspaper with an edition and N readers.
"""

import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")


def make(readers: int, *, stories: int = 10) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from broadsheet.letters.models import Edition, Item, Letter, Subscriber, Subscription
    from broadsheet.post.dkim import make_key
    from tests.factories import make_article, make_publisher, make_story

    call_command("migrate", verbosity=0)
    make_key(settings.DATA / "dkim.pem")
    (settings.DATA / "rates.toml").write_text("[other]\nper_minute = 0\n")
    now = timezone.now()
    letter, _ = Letter.objects.get_or_create(slug="bench", defaults={"name": "The Morning"})
    edition = Edition.objects.create(
        letter=letter, issue=1, state="scheduled", go_at=now, until=now, subject="Ferries, and who sails them"
    )
    publisher = make_publisher(mode="extract")
    for position in range(stories):
        story = make_story(make_article(publisher))
        Item.objects.create(edition=edition, position=position, story=story, moved_at=story.moved_at)
    for start in range(0, readers, 5_000):
        rows = [
            Subscriber(address=f"reader{n}@harbor{n % 50}.example", key=f"{n:032d}", confirmed_at=now)
            for n in range(start, min(readers, start + 5_000))
        ]
        made = Subscriber.objects.bulk_create(rows)
        Subscription.objects.bulk_create(Subscription(subscriber=one, letter=letter) for one in made)


def send(*, lease_s: float = 1.0, patience_s: float = 2.0) -> None:
    """Until nothing waits that may go now. Lease and patience are short: nobody is to wait a minute for a test."""
    from functools import partial

    from django.utils import timezone

    from broadsheet.letters import lanes, sending, transports
    from broadsheet.letters.models import Edition, Lane

    transports.Connection = partial(transports.Connection, patience_s=patience_s, last_patience_s=patience_s)
    lanes.LEASE = sending.LEASE = timedelta(seconds=lease_s)
    print("ready", flush=True)
    while Edition.objects.filter(state__in=("scheduled", "sending")).exists():
        sending.begin_due(now=timezone.now())
        told = sending.run(for_s=600)
        if not told:
            if not Lane.objects.exclude(holder="").exists():
                return
            time.sleep(0.2)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1:2] == ["make"]:
        make(int(sys.argv[2]))
    else:
        send()
