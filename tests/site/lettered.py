"""What the tests of the pages of letters share: somebody who asks, the link in the mail, who has what."""

import re

from django.utils import timezone

from broadsheet.letters.keys import address_key
from broadsheet.letters.models import Subscriber, Subscription

ADA = "ada@harbor.example"


def ask(client, address=ADA, letters=("morning",), **more):
    return client.post("/letters/ask", {"email": address, "letter": list(letters), "page": "/", **more})


def link(mailbox, word="confirm"):
    return re.search(rf"/letters/{word}/\S+", mailbox[-1][2])[0]


def confirmed(address=ADA, *letters, **more):
    """A subscriber as the button leaves it."""
    more = {"confirmed_at": timezone.now(), "key": address_key(address)[:40], **more}
    made = Subscriber.objects.create(address=address, **more)
    for letter in letters:
        Subscription.objects.create(subscriber=made, letter=letter)
    return made


def had(address=ADA):
    live = Subscription.objects.filter(subscriber__address=address, ended_at=None)
    return sorted(live.values_list("letter__slug", flat=True))


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
