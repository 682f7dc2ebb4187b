"""Around a mail: scanners that open every link change nothing, one POST leaves, account mail takes every script."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from broadsheet.letters import sending
from broadsheet.letters.models import Proof, Subscriber, Subscription, Suppression
from broadsheet.letters.transports import FolderTransport, ServerTransport, open_transport
from broadsheet.post.dkim import make_key
from tests.letters.post_office import Handler, mail_server, make_edition, say

pytestmark = pytest.mark.django_db(transaction=True)
ADA = "ada@harbor.example"
BACKEND = "broadsheet.readers.postbox.EmailBackend"


@pytest.fixture
def server(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    monkeypatch.setattr(settings, "LETTERS_FROM", "The Courier <news@letters.example.org>")
    handler = Handler()
    with mail_server(handler) as address:
        say(monkeypatch, email_url=address, postal_address="1 Pier Road", mail_checks="report")
        yield handler


def arrived(server):
    make_edition([ADA])
    sending.begin_due(now=timezone.now())
    sending.run(for_s=20)
    return message_from_bytes(server.mails[0][2], policy=policy.default)


def facts():
    return [list(model.objects.order_by("pk").values()) for model in (Subscriber, Subscription, Suppression, Proof)]


def test_scanners_that_open_every_link_change_nothing(server):
    mail = arrived(server)
    whole = "".join(part.get_content() for part in mail.iter_parts()) + mail["List-Unsubscribe"]
    links = sorted(set(re.findall(r"https://news\.example\.org(/[^\s\"'<>)]*)", whole)))
    before = facts()

    assert any(link.startswith("/letters/leave/") for link in links)
    for link in links:
        for method in ("get", "head"):
            assert getattr(Client(), method)(link.replace("&amp;", "&")).status_code in {200, 301, 302, 404}

    assert facts() == before


def test_one_post_without_cookies_leaves(server):
    mail = arrived(server)
    link = re.search(r"<https://news\.example\.org(/letters/leave/[^>]+)>", mail["List-Unsubscribe"])[1]

    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Subscription.objects.get().ended_at is not None


def test_a_letter_says_where_the_newsroom_is_and_who_sends_it(server):
    mail = arrived(server)

    assert "1 Pier Road" in mail.get_body(("plain",)).get_content()
    assert "1 Pier Road" in mail.get_body(("html",)).get_content()
    assert mail["From"] == "The Courier <news@letters.example.org>"


@pytest.mark.parametrize("to", ["ada@harbor.example", "ädä@harbor.example", "用户@例子.example"])
def test_account_mail_takes_addresses_of_every_script(server, settings, tmp_path, to):
    settings.EMAIL_BACKEND = BACKEND
    make_key(tmp_path / "dkim.pem")

    EmailMessage(
        "Ihr Code für heute\r\nBcc: x@y.example", "123456", "Küste <account@news.example.org>", [to],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()  # fmt: skip

    _sender, address, raw = server.mails[0]
    mail = message_from_bytes(raw, policy=policy.default)
    assert address.partition("@")[0] == to.partition("@")[0]
    assert mail["Subject"] == "Ihr Code für heute Bcc: x@y.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Bcc"] is None
    assert mail["DKIM-Signature"]
    assert mail.get_content().strip() == "123456"


def test_account_mail_that_is_refused_is_raised_so_that_it_is_tried_again(server, settings):
    settings.EMAIL_BACKEND = BACKEND
    server.answers[ADA] = "451 4.3.0 later"

    with pytest.raises(OSError, match="451"):
        EmailMessage("Code", "1", "account@news.example.org", [ADA]).send()


def test_account_mail_goes_to_whom_no_letter_goes(server, settings):
    from broadsheet.letters.suppression import suppress
    from broadsheet.readers.tasks import send_mail

    settings.EMAIL_BACKEND = BACKEND
    suppress(ADA, "complaint")
    send_mail.call_local(ADA, "Code", "1", "en")

    assert server.addresses == [ADA]
    assert send_mail.s(ADA, "Code", "1", "en").priority == 10


def test_without_a_server_mail_becomes_files(server, monkeypatch, tmp_path):
    assert isinstance(open_transport(), ServerTransport)
    say(monkeypatch, email_url="")
    assert isinstance(open_transport(), FolderTransport)
    make_edition([ADA])
    sending.begin_due(now=timezone.now())
    sending.run(for_s=20)

    (letter,) = [message_from_bytes(path.read_bytes()) for path in (tmp_path / "mail").glob("letter-*.eml")]
    assert letter["To"] == ADA


def test_so_does_mail_of_the_account(server, monkeypatch, settings, tmp_path):
    settings.EMAIL_BACKEND = "broadsheet.readers.postbox.FolderBackend"
    say(monkeypatch, email_url="")
    assert EmailMessage("Code", "1234", "account@news.example.org", [ADA, "bo@harbor.example"]).send()

    written = [message_from_bytes(path.read_bytes()) for path in (tmp_path / "mail").iterdir()]
    assert sorted(mail["To"] for mail in written) == [ADA, "bo@harbor.example"]
    assert {path.name[:8] + path.suffix for path in (tmp_path / "mail").iterdir()} == {"account-.eml"}
    assert {mail.get_payload(decode=True).strip() for mail in written} == {b"1234"}
