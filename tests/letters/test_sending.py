"""Each reader's mail goes once, whatever the server says and whenever the worker dies."""

import asyncio
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from broadsheet.letters import handing, lanes, sending
from broadsheet.letters.keys import address_key
from broadsheet.letters.models import Delivery, Lane, Return, Suppression
from broadsheet.letters.transports import ServerTransport
from broadsheet.post.smtp import Connection, Server
from tests.letters.post_office import FAST, THREE, due_now, make_edition, say, send, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_everybody_gets_it_once_and_the_edition_is_done(server):
    edition = make_edition(THREE)

    send()
    send()

    edition.refresh_from_db()
    assert server.addresses == THREE
    assert edition.state == "sent"
    assert set(edition.deliveries.values_list("state", "code", "tries")) == {("sent", 250, 1)}


def test_a_begin_that_is_killed_goes_on_behind_the_last_reader(server, monkeypatch):
    edition = make_edition([f"r{number}@harbor.example" for number in range(7)])
    monkeypatch.setattr(sending, "CHUNK", 2)
    whole = sending.recipients

    def dies(*args, **more):
        for number, one in enumerate(whole(*args, **more)):
            if number == 5:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(sending, "recipients", dies)
    with pytest.raises(KeyboardInterrupt):
        send()
    edition.refresh_from_db()
    assert (edition.deliveries.count(), edition.state) == (4, "scheduled")

    monkeypatch.setattr(sending, "recipients", whole)
    send()

    assert len(server.mails) == 7
    assert len(set(server.addresses)) == 7


def test_not_now_is_tried_again_later_and_suppresses_nobody(server):
    edition = make_edition(THREE)
    server.answers["bo@harbor.example"] = "450 4.2.0 busy"

    send()
    assert states(edition)["bo@harbor.example"] == "waiting"
    waiting = edition.deliveries.get(subscriber__address="bo@harbor.example")
    assert timedelta(minutes=4) < waiting.due_at - timezone.now() < timedelta(minutes=6)
    send()
    assert server.seen.count("bo@harbor.example") == 1

    server.answers.clear()
    due_now()
    send()

    assert server.addresses == THREE
    assert not Suppression.objects.exists()
    assert not Return.objects.exists()


def test_after_a_day_of_not_now_it_fails_and_counts_as_soft(server):
    edition = make_edition(["bo@harbor.example"])
    server.answers["bo@harbor.example"] = "452 4.2.2 mailbox full"

    for _ in range(len(sending.WAITS) + 2):
        send()
        due_now()

    delivery = edition.deliveries.get()
    assert (delivery.state, delivery.tries, delivery.returned) == ("failed", len(sending.WAITS) + 1, "soft")
    assert Return.objects.get().status == "4.2.2"
    assert not Suppression.objects.exists()


def test_an_unknown_user_fails_at_once_and_is_never_written_to_again(server):
    edition = make_edition(THREE)
    server.answers["bo@harbor.example"] = "550 5.1.1 no such user"

    send()

    assert states(edition) == {
        "ada@harbor.example": "sent",
        "bo@harbor.example": "failed",
        "cy@quay.example": "sent",
    }
    assert Suppression.objects.get().key == address_key("bo@harbor.example")
    again = make_edition([], issue=2)
    send()
    assert set(states(again)) == {"ada@harbor.example", "cy@quay.example"}


def test_a_refusal_that_is_about_us_suppresses_nobody_and_stops_after_many(server, tmp_path):
    many = [f"r{number}@harbor.example" for number in range(40)]
    edition = make_edition(many)
    (tmp_path / "rates.toml").write_text(f"{FAST}[brake]\nblocked_in_a_row = 5\n[server]\nconnections = 1\n")
    server.answers.update(dict.fromkeys(many, "550 5.7.1 blocked, see blocklist"))

    send()

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("stopped", "blocked")
    assert not Suppression.objects.exists()
    assert edition.deliveries.filter(state="failed", returned="blocked").count() < 20


def test_who_hangs_up_before_the_mail_gets_it_later(server):
    edition = make_edition(["bo@harbor.example"])

    def hang_up(protocol):
        protocol.transport.close()
        return "250 ok"

    server.answers["bo@harbor.example"] = hang_up
    send()
    assert states(edition) == {"bo@harbor.example": "waiting"}

    server.answers.clear()
    due_now()
    send()

    assert server.addresses == ["bo@harbor.example"]


def test_who_hangs_up_after_the_mail_leaves_a_doubt_and_gets_no_second(server):
    edition = make_edition(["bo@harbor.example"])

    async def hang_up(protocol):
        protocol.transport.close()
        return "250 taken"

    server.after["bo@harbor.example"] = hang_up
    send()
    assert states(edition) == {"bo@harbor.example": "doubtful"}

    server.after.clear()
    due_now()
    send()

    edition.refresh_from_db()
    assert server.mails == []
    assert edition.state == "sent"


def test_a_server_that_stalls_after_the_mail_leaves_a_doubt(server, monkeypatch):
    edition = make_edition(THREE)

    def impatient():
        connection = Connection(
            Server.read(settings.ENVIRONMENT.email_url), name="news.example.org", patience_s=5, last_patience_s=0.2
        )
        return ServerTransport(connection, None)

    async def stall(_protocol):
        await asyncio.sleep(1)
        return "250 taken"

    monkeypatch.setattr(handing, "open_transport", impatient)
    server.after["bo@harbor.example"] = stall
    send()

    assert states(edition)["bo@harbor.example"] == "doubtful"
    assert server.addresses == ["ada@harbor.example", "cy@quay.example"]


def test_a_server_that_is_away_costs_nothing_but_time(server, monkeypatch):
    edition = make_edition(THREE)
    address = settings.ENVIRONMENT.email_url
    say(monkeypatch, email_url="smtp://127.0.0.1:1?tls=no")
    send()
    assert set(states(edition).values()) == {"waiting"}

    say(monkeypatch, email_url=address)
    due_now()
    send()

    assert server.addresses == THREE


def test_a_lane_has_one_worker_at_a_time(server):
    now = timezone.now()
    first = lanes.hold("google", now=now)

    assert first is not None
    assert lanes.hold("google", now=now) is None
    first.release()
    assert lanes.hold("google", now=timezone.now()) is not None


def test_what_a_dead_worker_had_in_hand_becomes_doubtful(server):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    lane = edition.deliveries.get(subscriber__address="cy@quay.example").lane
    edition.deliveries.filter(lane=lane).update(state="taken")
    Lane.objects.create(name=lane, holder="gone", until=timezone.now() - timedelta(seconds=1))

    sending.run(for_s=20)

    edition.refresh_from_db()
    assert states(edition)["cy@quay.example"] == "doubtful"
    assert "cy@quay.example" not in server.addresses
    assert edition.state == "sent"


def test_a_worker_that_was_only_asleep_notes_its_yes_after_all(server):
    edition = make_edition(["cy@quay.example"])
    sending.begin_due(now=timezone.now())
    delivery = edition.deliveries.get().pk
    assert handing.take(delivery)
    assert not handing.take(delivery)
    edition.deliveries.update(state="doubtful")

    handing.note_sent(delivery, sending.Answer(250, "taken"))

    assert states(edition) == {"cy@quay.example": "sent"}


def test_a_warm_up_lets_few_go_each_day(server, tmp_path):
    edition = make_edition([f"r{number}@gmail.com" for number in range(9)])
    today = timezone.now().date().isoformat()
    (tmp_path / "rates.toml").write_text(f'{FAST}[warm_up]\nsince = "{today}"\nper_day = [4, 100]\n')

    send()
    send()

    edition.refresh_from_db()
    assert len(server.mails) == 4
    assert edition.state == "sending"
    assert Lane.objects.get(name="google").sent == 4


def test_a_provider_that_asks_for_patience_is_left_alone(server, tmp_path):
    many = [f"r{number}@gmail.com" for number in range(30)]
    edition = make_edition([*many, "cy@quay.example"])
    (tmp_path / "rates.toml").write_text(f"{FAST}[server]\nconnections = 1\n")
    server.answers.update(dict.fromkeys(many, "421 4.7.28 unusual rate of mail"))

    send()

    assert server.addresses == ["cy@quay.example"]
    assert len([one for one in server.seen if one.endswith("gmail.com")]) <= 4
    assert set(edition.deliveries.filter(lane="google").values_list("state", flat=True)) == {"waiting"}


def test_a_worker_that_is_put_down_takes_nothing_more_in_hand(server, monkeypatch):
    edition = make_edition(THREE)
    sending.begin_due(now=timezone.now())
    monkeypatch.setattr(sending, "_stopping", threading.Event())

    assert sending.put_down(within_s=1)
    sending.run(for_s=20)

    assert server.mails == []
    assert set(states(edition).values()) == {"waiting"}


def test_a_mail_that_cannot_be_taken_in_hand_never_left_and_is_tried_again(server, monkeypatch):
    edition = make_edition(THREE)
    whole = handing.take

    def locked(_delivery):
        raise OperationalError("database is locked")

    monkeypatch.setattr(handing, "take", locked)
    send()
    assert (server.addresses, set(states(edition).values())) == ([], {"waiting"})

    monkeypatch.setattr(handing, "take", whole)
    due_now()
    send()
    assert server.addresses == THREE


def test_a_lane_taken_before_the_clock_was_put_back_is_found(server):
    now = timezone.now()
    lanes.hold("google", now=now + timedelta(days=1))
    assert lanes.hold("google", now=now - timedelta(seconds=1)) is not None


def test_a_yes_counts_even_if_another_worker_gave_the_mail_up(server):
    edition = make_edition(THREE[:1])
    sending.begin_due(now=timezone.now())
    delivery = edition.deliveries.get()
    assert handing.take(delivery.pk)
    Delivery.objects.update(state="waiting")  # a worker whose lease had run out lost its line to the server
    handing.note_sent(delivery.pk, sending.Answer(250, "taken"))
    assert edition.deliveries.get().state == "sent"
