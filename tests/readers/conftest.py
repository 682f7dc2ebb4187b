import re

import pytest

from broadsheet.readers import forms, mails
from broadsheet.readers.models import Reader


class Mailbox(list):
    """What was handed to the queue: (address, subject, text)."""

    def to(self, address):
        return [(subject, text) for found, subject, text in self if found == address]

    def code_for(self, address):
        return re.findall(r"^ {4}([A-Z]{4}-[A-Z]{4})$", self.to(address)[-1][1], re.MULTILINE)[-1]


@pytest.fixture
def mailbox(monkeypatch):
    """Mail as it is handed over; forms may be filled in as quickly as tests do it."""
    box = Mailbox()
    monkeypatch.setattr(mails, "send_mail", lambda to, subject, text, language: box.append((to, subject, text)))
    monkeypatch.setattr(mails.transaction, "on_commit", lambda act: act())
    monkeypatch.setattr(forms, "QUICKEST", forms.timedelta(seconds=-1))
    return box


@pytest.fixture
def reader(db):
    """Ada, who has an account and proved her address."""
    return make_reader("ada@harbor.example")


def make_reader(address, *, agrees=True, **fields):
    """agrees: that the account opens texts, as the notice of incentive says."""
    from allauth.account.models import EmailAddress
    from django.utils import timezone

    made = Reader.objects.create_user(address, confirmed_at=timezone.now(), **fields)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    if agrees:
        made.agreements.create(document="incentive", version="1")
    return made


def fill(client, path, **fields):
    """Open a page, fill in its form as it is shown, and send it."""
    page = client.get(path)
    shown = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
    if shown:
        fields.setdefault("shown", shown[1])
    return client.post(path, fields)


def log_in(client, address, mailbox):
    fill(client, "/account/login", email=address)
    return client.post("/account/code", {"action": "verify", "code": mailbox.code_for(address)})
