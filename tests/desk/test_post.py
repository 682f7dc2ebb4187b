"""The post at the desk: sums that are true, acts that only editors may do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.letters.models import Delivery, Lane, Return, Subscriber
from broadsheet.letters.tallies import post_of, tally
from broadsheet.readers.accounts import give_role
from tests.factories import make_reader
from tests.letters.post_office import make_edition

pytestmark = pytest.mark.django_db
THREE = ["ada@harbor.example", "bo@harbor.example", "cy@quay.example"]


@pytest.fixture
def editor():
    reader = make_reader("ed@courier.example")
    give_role(reader, "editor")
    client = Client()
    client.force_login(reader)
    return client


def make_sent(*states, **more):
    edition = make_edition(THREE, state="sent", **more)
    for subscriber, state in zip(Subscriber.objects.order_by("pk"), states, strict=True):
        domain = subscriber.address.partition("@")[2]
        Delivery.objects.create(edition=edition, subscriber=subscriber, domain=domain, state=state)
    return edition


def test_sums_are_those_of_the_mails(editor):
    edition = make_sent("sent", "failed", "doubtful")
    bo = edition.deliveries.get(state="failed")
    Return.objects.create(kind="hard", way="smtp", mark="1", delivery=bo, domain="harbor.example")
    Return.objects.create(kind="complaint", way="arf", mark="2", domain="harbor.example")
    tally(edition, now=timezone.now())
    today = timezone.localdate()

    found = post_of(today - timedelta(days=3), today)

    assert (found.sent, found.failed, found.doubtful) == (1, 1, 1)
    assert found.days == {today: (1, 1)}
    assert [(one.name, one.sent, one.failed, dict(one.returned)) for one in found.domains] == [
        ("harbor.example", 1, 1, {"hard": 1, "complaint": 1}),
        ("quay.example", 0, 0, {}),
    ]
    assert found.domains[0].complaint_share == 1.0


def test_the_page_shows_what_is_under_way_stopped_and_resting(editor):
    edition = make_sent("sent", "waiting", "doubtful")
    type(edition).objects.filter(pk=edition.pk).update(state="stopped", stopped_because="complaints")
    Lane.objects.create(name="google", rest_until=timezone.now() + timedelta(minutes=5), said="4.7.28 unusual rate")

    page = editor.get("/desk/post").content.decode()

    assert "Too many readers marked it as unwanted." in page
    assert "4.7.28 unusual rate" in page
    assert 'value="go_on"' in page
    assert 'value="again"' in page


def test_stopping_and_going_on(editor):
    edition = make_sent("waiting", "waiting", "waiting")
    type(edition).objects.filter(pk=edition.pk).update(state="sending")

    editor.post(f"/desk/post/{edition.pk}", {"act": "stop"})
    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("stopped", "editor")

    editor.post(f"/desk/post/{edition.pk}", {"act": "go_on"})
    edition.refresh_from_db()
    assert edition.state == "scheduled"


@pytest.mark.parametrize(("act", "state", "then"), [("again", "waiting", "sending"), ("close", "sent", "sent")])
def test_mails_in_doubt_are_an_editors_to_decide(editor, act, state, then):
    edition = make_sent("sent", "sent", "doubtful")

    editor.post(f"/desk/post/{edition.pk}", {"act": act})

    edition.refresh_from_db()
    assert edition.deliveries.get(subscriber__address="cy@quay.example").state == state
    assert edition.state == then
    assert editor.post(f"/desk/post/{edition.pk}", {"act": act}, follow=True).status_code == 200


def test_what_came_back_is_listed_by_kind(editor):
    Return.objects.create(kind="unknown", way="mail", mark="1", address="x@y.example", detail="<b>Re: a mistake</b>")

    page = editor.get("/desk/post/returns/unknown").content.decode()

    assert "&lt;b&gt;Re: a mistake" in page
    assert editor.get("/desk/post/returns/nothing").status_code == 404
    assert "mistake" not in editor.get("/desk/post/returns/hard").content.decode()


def test_nobody_else_sees_or_does_anything(editor):
    edition = make_sent("waiting", "waiting", "waiting")
    stranger = Client()
    stranger.force_login(make_reader("cy@quay.example"))

    for client in (stranger, Client()):
        assert client.get("/desk/post").status_code in {302, 404}
        assert client.get("/desk/post/returns/hard").status_code in {302, 404}
        assert client.post(f"/desk/post/{edition.pk}", {"act": "close"}).status_code in {302, 404}
    assert editor.post(f"/desk/post/{edition.pk}", {"act": "erase"}).status_code == 404
    assert editor.get(f"/desk/post/{edition.pk}").status_code == 405
    assert editor.post("/desk/post/999999", {"act": "stop"}).status_code == 404


def test_the_page_asks_as_often_for_one_edition_as_for_none(editor, django_assert_max_num_queries):
    for issue in range(1, 5):
        tally(make_edition(THREE, state="sent", issue=issue), now=timezone.now())
    with django_assert_max_num_queries(15):
        editor.get("/desk/post")
