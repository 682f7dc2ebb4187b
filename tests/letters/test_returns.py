"""What follows from what comes back: at once for a complaint, slowly for what is soft, never for a stranger's word."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from broadsheet.letters import hooks, mailbox
from broadsheet.letters.audience import may_get
from broadsheet.letters.models import Delivery, Return, Subscriber, Subscription, Suppression
from broadsheet.letters.returns import note_found
from broadsheet.letters.suppression import lift, suppress
from broadsheet.letters.tokens import BACK, leave_address, make_token
from broadsheet.post.reports import read_report
from broadsheet.readers import mails
from tests.letters import returned
from tests.letters.fake_imap import imap_server
from tests.letters.post_office import make_edition, say
from tests.services import free_port

pytestmark = pytest.mark.django_db
ADA = "ada@harbor.example"


@pytest.fixture
def house(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "LETTERS_FROM", "news@news.example.org")
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    say(monkeypatch, returns_address="returns@news.example.org")


@pytest.fixture
def delivery(house):
    return make_delivery(make_edition([ADA], state="sent"))


def make_delivery(edition, address=ADA):
    subscriber = Subscriber.objects.get(address=address)
    return Delivery.objects.create(edition=edition, subscriber=subscriber, domain="harbor.example", state="sent")


def ours(raw, delivery):
    """The sample as if it were about this delivery."""
    raw = raw.replace(returned.LEAVE.encode(), leave_address(delivery.pk).encode())
    return raw.replace(returned.TOKEN.encode(), make_token(BACK, delivery.pk).encode())


def come_back(raw, *, to="", now=None, way="mail", **more):
    return note_found(read_report(raw, to=to), way, raw, now=now or timezone.now(), **more)


HARD = returned.dsn("postfix", "failed", "5.1.1", "smtp; 550 5.1.1 user unknown")
FULL = returned.dsn("postfix", "failed", "5.2.2", "smtp; 552 5.2.2 mailbox full")
SPAM = returned.arf("Feedback-Type: abuse\nUser-Agent: Yahoo\nVersion: 1\n")


def test_a_complaint_suppresses_at_once_and_ends_every_subscription(delivery):
    other = make_edition([], slug="weekly")
    Subscription.objects.create(subscriber=delivery.subscriber, letter=other.letter)

    come_back(ours(SPAM, delivery))

    assert Suppression.objects.get().reason == "complaint"
    assert list(Subscription.objects.values_list("reason", flat=True)) == ["complaint", "complaint"]
    assert Delivery.objects.get(pk=delivery.pk).returned == "complaint"
    assert may_get(delivery.subscriber_id, other.letter) == "suppressed"


def test_a_hard_bounce_suppresses_and_counts_once_however_often_it_comes(delivery):
    raw = ours(HARD, delivery)

    assert len(come_back(raw)) == 1
    assert come_back(raw) == []

    assert Return.objects.count() == 1
    assert Suppression.objects.get().reason == "hard"


def test_soft_returns_suppress_only_when_they_come_close_together(house):
    now = timezone.now()
    for number, days in enumerate((60, 40, 20, 0)):
        one = make_delivery(make_edition([ADA], issue=number + 1, state="sent"))
        come_back(ours(FULL, one), now=now - timedelta(days=days))
    assert not Suppression.objects.exists()

    for number in (11, 12):
        one = make_delivery(make_edition([ADA], issue=number, state="sent"))
        come_back(ours(FULL, one), now=now)

    row = Suppression.objects.get()
    assert (row.reason, row.until) == ("soft", now + timedelta(days=30))


def test_many_soft_returns_about_one_edition_count_once(delivery):
    for number in range(6):
        raw = ours(FULL, delivery).replace(b"06:00:00", b"06:00:0%d" % number)
        come_back(raw)

    assert not Suppression.objects.exists()


@pytest.mark.parametrize("raw", [HARD, SPAM])
def test_a_report_without_our_mark_silences_nobody(delivery, raw):
    noted = come_back(raw)

    assert [one.kind for one in noted] == ["unknown"]
    assert not Suppression.objects.exists()
    assert Subscription.objects.get().ended_at is None


def test_a_mark_of_one_reader_says_nothing_about_another(delivery):
    edition = make_edition(["bo@quay.example"], issue=2, state="sent")
    make_delivery(edition, "bo@quay.example")
    raw = ours(HARD, delivery).replace(ADA.encode(), b"bo@quay.example")

    come_back(raw)

    assert Suppression.objects.get().address == ADA


def test_a_mail_to_the_leaving_address_ends_that_letter_alone(delivery):
    other = make_edition([], slug="weekly")
    Subscription.objects.create(subscriber=delivery.subscriber, letter=other.letter)
    raw = b"From: somebody@else.example\r\nSubject: unsubscribe\r\n\r\n"

    come_back(raw, to=leave_address(delivery.pk))

    assert list(Subscription.objects.filter(ended_at=None).values_list("letter__slug", flat=True)) == ["weekly"]
    assert not Suppression.objects.exists()


LEAVES = "From: Ada <Ada@Harbor.example>\r\nSubject: unsubscribe\r\n{head}\r\n"


@pytest.fixture
def box(monkeypatch):
    """Mail handed to the queue: (address, subject, text)."""
    posted = []
    monkeypatch.setattr(
        mails, "send_mail", lambda to, subject, text, _language, **_: posted.append((to, subject, text))
    )
    monkeypatch.setattr(mails.transaction, "on_commit", lambda act: act())
    return posted


def test_a_name_in_from_ends_nothing_but_is_sent_the_way_to_leave(delivery, box):
    (noted,) = come_back(LEAVES.format(head="").encode(), to="returns@news.example.org")

    assert (noted.kind, noted.subscriber, noted.delivery) == ("wish", delivery.subscriber, None)
    assert Subscription.objects.get().ended_at is None
    ((to, _subject, text),) = box
    assert to == ADA
    assert f"https://news.example.org/letters/leave/{delivery.subscriber.key}\n" in text


def test_the_way_to_leave_is_sent_once_a_day_and_to_nobody_who_has_no_letters(delivery, box):
    now = timezone.now()
    for number in range(3):
        come_back(LEAVES.format(head=f"X-Number: {number}\r\n").encode(), now=now)
    come_back(LEAVES.format(head="X-Number: 9\r\n").encode(), now=now + timedelta(days=1, minutes=1))
    assert len(box) == 2

    Subscription.objects.update(ended_at=now)
    come_back(LEAVES.format(head="X-Number: 10\r\n").encode(), now=now + timedelta(days=3))
    (stranger,) = come_back(b"From: nobody@else.example\r\nSubject: unsubscribe\r\n\r\n")
    assert len(box) == 2
    assert stranger.kind == "unknown"


def test_who_answers_a_letter_from_its_own_address_leaves_that_letter(delivery, box):
    other = make_edition([], slug="weekly")
    Subscription.objects.create(subscriber=delivery.subscriber, letter=other.letter)
    answered = f"In-Reply-To: <{make_token(BACK, delivery.pk)}@news.example.org>\r\n"

    (noted,) = come_back(LEAVES.format(head=answered).encode())

    assert (noted.kind, noted.delivery) == ("leave", delivery)
    assert list(Subscription.objects.filter(ended_at=None).values_list("letter__slug", flat=True)) == ["weekly"]
    assert box == []


def test_who_answers_a_letter_that_somebody_else_got_ends_nothing(delivery, box):
    edition = make_edition(["bo@quay.example"], issue=2, state="sent")
    other = make_delivery(edition, "bo@quay.example")
    answered = f"In-Reply-To: <{make_token(BACK, other.pk)}@news.example.org>\r\n"

    (noted,) = come_back(LEAVES.format(head=answered).encode())

    assert noted.kind == "wish"
    assert not Subscription.objects.exclude(ended_at=None).exists()


def test_an_automatic_answer_to_the_leaving_address_leaves_nothing(delivery):
    raw = b"From: ada@harbor.example\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\n"

    come_back(raw, to=leave_address(delivery.pk))

    assert Subscription.objects.get().ended_at is None


def test_complaints_put_the_brake_on(house):
    edition = make_edition([f"r{number}@harbor.example" for number in range(50)], state="sending")
    for subscriber in Subscriber.objects.all():
        Delivery.objects.create(edition=edition, subscriber=subscriber, domain="harbor.example", state="sent")
    told = list(edition.deliveries.all())

    for one in told[:2]:
        come_back(ours(SPAM, one))
    edition.refresh_from_db()
    assert edition.state == "sending"
    come_back(ours(SPAM, told[2]))

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("stopped", "complaints")


def test_a_lighter_reason_never_replaces_a_graver_one(house):
    suppress(ADA, "complaint")
    suppress(ADA, "soft", until=timezone.now() + timedelta(days=1))

    assert (Suppression.objects.get().reason, Suppression.objects.get().until) == ("complaint", None)
    assert lift(ADA)
    assert not lift(ADA)


def test_the_mailbox_is_read_once_and_strange_mail_is_flagged(delivery):
    mails = [ours(HARD, delivery), b"From: ada@harbor.example\r\nSubject: Re: The morning\r\n\r\nA mistake!\r\n"]
    with imap_server(mails) as (address, box):
        assert mailbox.ask(address, now=timezone.now()) == 2
        assert mailbox.ask(address, now=timezone.now()) == 0

    assert box.flags == [{"\\Seen"}, {"\\Seen", "\\Flagged"}]
    assert sorted(Return.objects.values_list("kind", flat=True)) == ["hard", "unknown"]


def test_a_mailbox_that_cannot_be_read_says_so(house):
    with pytest.raises(mailbox.MailboxError, match=r"127\.0\.0\.1"):
        mailbox.ask(f"imap://a:b@127.0.0.1:{free_port()}/INBOX", now=timezone.now())
    with imap_server([]) as (address, _box), pytest.raises(mailbox.MailboxError):
        mailbox.ask(address.replace("secret", "wrong"), now=timezone.now())


def mailgun(delivery, *, key="hook-signing-key-of-the-provider", kind="complained", **more):
    stamp, token = "1795327200", "t" * 50
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    told = {
        "event": kind,
        "id": "e1",
        "timestamp": 1795327200.0,
        "recipient": ADA,
        "message": {"headers": {"message-id": f"{make_token(BACK, delivery.pk)}@news.example.org"}},
        **more,
    }
    return {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": told}


@pytest.fixture
def signed(monkeypatch, settings):
    say(monkeypatch, hooks_key="hook-signing-key-of-the-provider")
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "hook-signing-key-of-the-provider"}


def post(told, provider="mailgun", **more):
    return Client().post(f"/letters/hooks/{provider}", json.dumps(told), content_type="application/json", **more)


def test_a_signed_hook_is_believed_once(delivery, signed):
    told = mailgun(delivery)

    assert post(told).status_code == 200
    assert post(told).status_code == 200

    assert Return.objects.count() == 1
    assert Suppression.objects.get().reason == "complaint"


def test_a_hook_with_a_wrong_signature_is_refused(delivery, signed):
    assert post(mailgun(delivery, key="guess")).status_code == 403
    assert post({"nonsense": 1}).status_code == 403
    assert Client().post("/letters/hooks/mailgun", b"\xff", content_type="application/json").status_code in {400, 403}
    assert Client().get("/letters/hooks/mailgun").status_code == 405
    assert not Return.objects.exists()


def test_hooks_are_closed_until_they_can_prove_themselves(delivery, monkeypatch):
    say(monkeypatch, hooks="", hooks_key="")
    assert post(mailgun(delivery)).status_code == 404
    assert post({}, "nobody").status_code == 404
    say(monkeypatch, hooks_key="x" * 30)
    assert not hooks.is_open("postmark")  # it signs nothing: it needs a password


def test_a_hook_without_signature_needs_the_password(delivery, monkeypatch, settings):
    say(monkeypatch, hooks="hook:a-long-password-indeed")
    settings.ANYMAIL = {"WEBHOOK_SECRET": "hook:a-long-password-indeed"}
    told = {
        "RecordType": "Bounce", "TypeCode": 1, "Type": "HardBounce", "ID": 1, "Email": ADA,
        "MessageID": "00000000-0000-0000-0000-000000000000", "BouncedAt": "2026-11-22T06:00:00Z",
        "Description": "unknown user", "Metadata": {"letter": f"<{make_token(BACK, delivery.pk)}@news.example.org>"},
    }  # fmt: skip
    assert post(told, "postmark").status_code == 403

    password = base64.b64encode(b"hook:a-long-password-indeed").decode()
    assert post(told, "postmark", headers={"authorization": f"Basic {password}"}).status_code == 200

    assert Suppression.objects.get().reason == "hard"
    assert Return.objects.get().delivery == delivery


def test_every_provider_of_the_list_has_a_hook_we_can_open(monkeypatch, settings):
    keys = [f"{name.upper()}_{one.hook}" for name, one in hooks.PROVIDERS.items() if one.hook]
    more = {"WEBHOOK_SECRET": "hook:password", "BREVO_API_KEY": "x", "MAILGUN_API_KEY": "x"}
    settings.ANYMAIL = dict.fromkeys(keys, "a2V5") | more
    without = {"scaleway"}  # it has none
    names = set(hooks.PROVIDERS) - without

    assert {name for name in names if hooks._view(name)} == names


def test_signs_that_no_database_holds_do_not_stop_the_mailbox(delivery):
    poison = (
        b"From: MAILER-DAEMON@harbor.example\r\nReturn-Path: <>\r\nSubject: Undelivered \x00 mail \xff\r\n\r\n"
        b"This address failed: \x00 bo@harbor.example 550 5.1.1 no such user\r\n"
    )
    with imap_server([poison, ours(HARD, delivery)]) as (address, _box):
        assert mailbox.ask(address, now=timezone.now()) == 2

    assert not any("\x00" in text for row in Return.objects.values_list("detail", "address") for text in row)
    assert Return.objects.filter(kind="hard").count() == 1


def test_a_hook_of_no_length_is_refused(delivery, monkeypatch):
    say(monkeypatch, hooks_key="hook-signing-key-of-the-provider")
    told = Client().post("/letters/hooks/mailgun", b"{}", content_type="application/json", CONTENT_LENGTH="many")
    assert told.status_code in {400, 403}
