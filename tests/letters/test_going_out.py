"""When an edition goes out, what it waits for, and that one in trouble holds up no other."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from broadsheet.letters import handing, outgoing, post_tasks, sending
from broadsheet.letters.leaving import leave
from broadsheet.letters.models import Subscriber
from broadsheet.letters.states import go_on, stop
from broadsheet.letters.suppression import suppress
from broadsheet.letters.transports import Mail
from broadsheet.post.smtp import WithdrawnError
from tests.letters.post_office import FAST, THREE, make_edition, say, send, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_leaves_or_complains_between_beginning_and_sending_gets_nothing(server):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    leave(Subscriber.objects.get(address="ada@harbor.example").key)
    suppress("bo@harbor.example", "complaint")

    sending.run(for_s=20)

    assert server.addresses == ["cy@quay.example"]
    assert set(edition.deliveries.filter(state="skipped").values_list("reply", flat=True)) == {"left", "suppressed"}


def test_nothing_leaves_of_a_stopped_edition_until_it_goes_on(server):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    stop(edition, "by hand", now=timezone.now())
    send()
    assert server.mails == []

    assert go_on(edition, now=timezone.now())
    send()

    assert server.addresses == THREE


def test_an_edition_whose_time_is_long_past_waits_for_an_editor(server):
    edition = make_edition(THREE, ago=timedelta(hours=13))

    send()

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("stopped", "late")
    assert server.mails == []


def test_without_a_postal_address_it_waits_and_goes_when_there_is_one(server, monkeypatch, caplog):
    say(monkeypatch, postal_address="")
    edition = make_edition(THREE)

    send()
    send()

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("scheduled", "postal")
    assert not edition.deliveries.exists()
    assert caplog.text.count("waits: postal") == 1

    say(monkeypatch, postal_address="1 Pier Road")
    send()

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("sent", "")
    assert server.addresses == THREE


def test_without_the_address_of_the_site_nobody_could_leave_so_nothing_is_sent(server, monkeypatch):
    monkeypatch.setattr(settings, "SITE_URL", "")
    edition = make_edition(THREE)

    send()

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("scheduled", "site")
    assert server.mails == []


def test_breaking_news_that_waited_for_half_a_day_is_none_any_more(server, monkeypatch):
    say(monkeypatch, postal_address="")
    edition = make_edition(THREE, kind="breaking", slug="breaking", ago=timedelta(hours=13))

    send()

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("dropped", "passed")


def test_an_edition_that_cannot_begin_holds_up_no_other(server, monkeypatch):
    ill, well = make_edition(THREE), make_edition(THREE, issue=2)
    recipients = sending.recipients
    monkeypatch.setattr(sending, "recipients", lambda one, **more: recipients(one if one != ill else None, **more))

    send()

    ill.refresh_from_db()
    well.refresh_from_db()
    assert (ill.state, ill.stopped_because) == ("stopped", "unwritten")
    assert well.state == "sent"
    assert server.addresses == THREE


def test_an_edition_that_cannot_be_composed_holds_up_no_other(server, monkeypatch):
    ill, well = make_edition(THREE), make_edition(THREE, issue=2)
    compose = outgoing.compose
    monkeypatch.setattr(
        outgoing, "compose", lambda edition, **more: compose(edition if edition != ill else None, **more)
    )

    send()
    send()

    ill.refresh_from_db()
    well.refresh_from_db()
    assert (ill.state, ill.stopped_because) == ("stopped", "unwritten")
    assert set(states(ill).values()) == {"waiting"}
    assert well.state == "sent"
    assert server.addresses == THREE


def test_what_waits_for_the_readers_own_hour_waits(server):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    later = edition.deliveries.filter(subscriber__address="bo@harbor.example")
    later.update(due_at=timezone.now() + timedelta(hours=3))

    sending.run(for_s=20)

    edition.refresh_from_db()
    assert server.addresses == ["ada@harbor.example", "cy@quay.example"]
    assert edition.state == "sending"


def test_a_mail_that_cannot_be_written_holds_up_nobody(server):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    Subscriber.objects.filter(address="bo@harbor.example").update(address="bo\r\nBcc: x@y.example@harbor.example")

    sending.run(for_s=20)

    assert server.addresses == ["ada@harbor.example", "cy@quay.example"]
    assert edition.deliveries.get(state="failed").reply.startswith("not an address")


def test_breaking_news_overtakes_an_edition_that_is_being_sent(server, monkeypatch, tmp_path):
    (tmp_path / "rates.toml").write_text(f"{FAST}[server]\nconnections = 1\n")
    monkeypatch.setattr(outgoing, "BATCH", 2)
    make_edition([f"r{number}@harbor.example" for number in range(30)])
    sending.begin_due(now=timezone.now())
    make_edition(["ada@harbor.example"], slug="breaking", kind="breaking")
    sending.begin_due(now=timezone.now())

    sending.run(for_s=20)

    assert len(server.seen) == 31
    assert server.seen.index("ada@harbor.example") < 3


def test_the_task_goes_on_until_all_is_sent_and_never_twice_at_a_time(server, monkeypatch):
    called = []
    monkeypatch.setattr(post_tasks, "send_on", lambda: called.append(1))
    edition = make_edition(THREE)

    post_tasks.send()
    post_tasks.send()
    with post_tasks._sending:
        post_tasks.send()

    edition.refresh_from_db()
    assert (edition.state, len(server.mails), len(called)) == ("sent", 3, 1)


def test_what_was_stopped_at_the_last_moment_does_not_leave(server):
    edition = make_edition(["ada@harbor.example"])

    sending.begin_due(now=timezone.now())
    transport = handing.open_transport()
    mail = Mail("news@letters.example.org", "ada@harbor.example", [], "", "")
    stop(edition, "editor", now=timezone.now())
    number = edition.deliveries.get().pk
    with pytest.raises(WithdrawnError):
        transport.send(mail, b"Subject: x\r\n\r\n", lambda: handing.take(number))
    transport.close()

    assert server.mails == []
    assert states(edition) == {"ada@harbor.example": "waiting"}


def test_an_edition_that_goes_on_after_days_reaches_everybody_who_waits(server):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    stop(edition, "editor", now=timezone.now())
    edition.deliveries.update(due_at=timezone.now() - timedelta(days=2))

    go_on(edition, now=timezone.now())
    sending.begin_due(now=timezone.now())
    sending.finish(now=timezone.now())
    assert set(states(edition).values()) == {"waiting"}

    send()
    assert server.addresses == THREE


def test_who_was_erased_a_moment_ago_gets_nothing(server):
    edition = make_edition(THREE[:1])
    sending.begin_due(now=timezone.now())
    Subscriber.objects.all().delete()
    assert not handing.take(edition.deliveries.get().pk)
