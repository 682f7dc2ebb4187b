"""What the tests of sending share: a letter with readers, a server that does as it is told, settings for both."""

import threading
from contextlib import contextmanager
from datetime import timedelta

from aiosmtpd.controller import Controller
from django.conf import settings
from django.utils import timezone

from broadsheet.letters import sending
from broadsheet.letters.keys import new_key
from broadsheet.letters.models import Delivery, Edition, Item, Lane, Letter, Subscriber, Subscription
from tests.factories import make_article, make_publisher, make_story
from tests.services import free_port

FAST = "[other]\nper_minute = 0\n"
THREE = ["ada@harbor.example", "bo@harbor.example", "cy@quay.example"]


class Handler:
    """Takes mail; `answers` maps an address to what the server says at RCPT, `after` to what it says to the mail."""

    def __init__(self):
        self.mails, self.seen = [], []
        self.answers, self.after = {}, {}
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        with self.lock:
            self.seen.append(address)
        said = self.answers.get(address)
        if callable(said):
            return said(server)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        said = self.after.get(envelope.rcpt_tos[0])
        if callable(said):
            return await said(server)
        if said:
            return said
        with self.lock:
            self.mails.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.content))
        return "250 taken"

    @property
    def addresses(self):
        return sorted(to for _, to, _ in self.mails)


@contextmanager
def mail_server(handler):
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}?tls=no"
    finally:
        controller.stop()


def say(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setitem(vars(settings.ENVIRONMENT), name, value)


def make_edition(addresses, *, kind="edition", issue=1, slug="morning", state="scheduled", ago=timedelta(0)):
    """An edition that is due, of a letter that these addresses get."""
    now = timezone.now()
    letter, _ = Letter.objects.get_or_create(slug=slug, defaults={"name": "Morning", "kind": kind})
    edition = Edition.objects.create(
        letter=letter, issue=issue, state=state, go_at=now - ago, until=now, subject="Ferries, and who sails them"
    )
    story = make_story(make_article(make_publisher(mode="extract")))
    Item.objects.create(edition=edition, position=1, story=story, moved_at=story.moved_at)
    for address in addresses:
        subscriber, is_new = Subscriber.objects.get_or_create(
            address=address, defaults={"key": new_key(), "confirmed_at": now}
        )
        if is_new:
            Subscription.objects.create(subscriber=subscriber, letter=letter)
    return edition


def states(edition):
    """Address -> state of its delivery."""
    return dict(edition.deliveries.values_list("subscriber__address", "state"))


def send():
    """Begin what is due and hand it over, as the workers do."""
    sending.begin_due(now=timezone.now())
    return sending.run(for_s=20)


def due_now():
    """What waits for another try may go at once."""
    Delivery.objects.filter(state="waiting").update(due_at=timezone.now())
    Lane.objects.update(rest_until=None)
