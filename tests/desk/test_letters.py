"""Letters at the desk: who may enter, making and changing them, numbers, lists, and why somebody got none."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.finished.models import Purge
from broadsheet.letters.counts import growth
from broadsheet.letters.keys import address_key, new_key
from broadsheet.letters.leaving import leave
from broadsheet.letters.models import (
    Delivery,
    Edition,
    Letter,
    Proof,
    Return,
    Subscriber,
    Subscription,
    Suppression,
)
from broadsheet.letters.starting import ensure_letters
from broadsheet.readers.accounts import OTHERS
from broadsheet.readers.models import AuditLine, Reader, Role
from tests.factories import make_section
from tests.readers.conftest import make_reader

pytestmark = pytest.mark.django_db
PATHS = ["", "/new", "/of/morning", "/why", "/lists", "/subscribers.csv"]
NEW = {"name": "Harbor", "slug": "harbor", "kind": "edition", "days": ["0", "3"], "hour": "7", "size": "5"}


@pytest.fixture(autouse=True)
def letters():
    ensure_letters()
    return {letter.slug: letter for letter in Letter.objects.all()}


@pytest.fixture
def erika(client):
    made = make_reader("erika@harbor.example", name="Erika")
    Role.objects.create(reader=made, kind="editor")
    client.force_login(made)
    return client


def subscribe(address, *letters, **more):
    made = Subscriber.objects.create(address=address, key=new_key(), **{"confirmed_at": timezone.now(), **more})
    for letter in letters:
        Subscription.objects.create(subscriber=made, letter=letter)
    return made


@pytest.mark.parametrize("path", PATHS)
def test_the_desk_does_not_exist_for_readers(client, path):
    assert client.get(f"/desk/letters{path}")["Location"].startswith("/account/login")
    bo = Client()
    bo.force_login(make_reader("bo@harbor.example"))
    assert bo.get(f"/desk/letters{path}").status_code == 404
    assert bo.post(f"/desk/letters{path}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_and_is_kept_by_nobody(erika, path):
    response = erika.get(f"/desk/letters{path}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_foreign_form_changes_nothing(erika):
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = erika.cookies
    for path in ("/new", "/of/morning", "/sections", "/why", "/lists"):
        assert forged.post(f"/desk/letters{path}", NEW).status_code == 403
    assert Letter.objects.count() == 6


def test_a_letter_is_made_and_offered_on_every_page(erika):
    response = erika.post("/desk/letters/new", {**NEW, "is_open": "on"})
    assert response["Location"] == "/desk/letters/of/harbor"
    made = Letter.objects.get(slug="harbor")
    assert (made.days, made.hour, made.size, made.is_open, made.by_itself) == ("03", 7, 5, True, False)
    assert Purge.objects.filter(tag="all").exists()
    assert 'value="harbor"' in erika.get("/letters").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slug": "morning"}, "This word is taken"),
        ({"slug": "settings"}, "This word is taken"),
        ({"slug": "a b"}, ""),
        ({"days": []}, "Choose at least one day"),
        ({"days": ["9"]}, ""),
        ({"hour": "24"}, ""),
        ({"size": "0"}, ""),
        ({"kind": "advertising"}, ""),
        ({"name": ""}, ""),
        ({"section": "nonesuch"}, ""),
        ({"slug": "\x00", "name": "\x00"}, ""),
    ],
)
def test_what_cannot_be_is_said_so_and_changes_nothing(erika, wrong, says):
    response = erika.post("/desk/letters/new", {**NEW, **wrong})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert Letter.objects.count() == 6


def test_a_letter_is_changed_but_keeps_its_address(erika, letters):
    changes = {**NEW, "slug": "other", "kind": "personal", "name": "Early"}
    erika.post("/desk/letters/of/morning", changes)
    letters["morning"].refresh_from_db()
    assert (letters["morning"].name, letters["morning"].kind, letters["morning"].is_open) == ("Early", "edition", False)
    assert erika.post("/desk/letters/of/morning", {**changes, "name": ""}).status_code == 422
    assert erika.get("/desk/letters/of/nonesuch").status_code == 404


def test_a_section_gets_its_letter_when_it_is_wanted(erika):
    section = make_section("politics", "Politics")
    for _ in range(2):
        response = erika.post("/desk/letters/sections", {"section": section.slug})
        assert response["Location"] == "/desk/letters/of/section-politics"
    made = Letter.objects.get(section="politics")
    assert not made.is_open
    for nonesuch in ("nonesuch", "\x00"):
        assert erika.post("/desk/letters/sections", {"section": nonesuch}).status_code == 404


def test_numbers_tell_who_came_who_left_and_why_without_anybody(erika, letters):
    now = timezone.now()
    first = now.date() - timedelta(days=27)
    subscribe("ada@harbor.example", letters["morning"])
    bo = subscribe("bo@harbor.example", letters["morning"], letters["week"])
    leave(bo.key, "morning", "too_many", words="Four a day")
    Subscription.objects.filter(letter=letters["week"]).update(since=now - timedelta(days=90))
    Proof.objects.create(subscriber=bo, text="x", version="1", confirmed_at=now)
    Proof.objects.create(subscriber=bo, text="x", version="1")
    found = growth(first=first, last=now.date())
    assert (found.live, found.began, found.ended, found.asked, found.confirmed) == (2, 2, 1, 2, 1)
    assert found.reasons == [("too_many", 1)]
    page = erika.get("/desk/letters/of/morning").content.decode()
    assert "Four a day" in page
    assert "bo@harbor.example" not in page
    assert growth(first=first, last=now.date(), letter=letters["week"]).live == 1


def test_numbers_cost_the_same_however_many_there_are(letters, django_assert_num_queries):
    for number in range(20):
        leave(subscribe(f"r{number}@harbor.example", letters["morning"]).key, words="x")
    last = timezone.now().date()
    with django_assert_num_queries(4 + 2 * 28):
        growth(first=last - timedelta(days=27), last=last)


class TestWhy:
    def look(self, erika, address, **more):
        response = erika.post("/desk/letters/why", {"email": address, **more})
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    def test_everything_that_bears_on_an_address_is_told(self, erika, letters):
        ada = subscribe("ada@harbor.example", letters["morning"], letters["week"])
        leave(ada.key, "week")
        edition = Edition.objects.create(letter=letters["morning"], issue=41)
        mail = Delivery.objects.create(
            edition=edition, subscriber=ada, domain="harbor.example", state="skipped", reply="paused", code=None
        )
        Return.objects.create(
            kind="soft", way="dsn", mark="m", delivery=mail, subscriber=ada, status="4.2.2", detail="Mailbox full"
        )
        Proof.objects.create(subscriber=ada, text="", version="", way="import", evidence="Paper form 17")
        page = self.look(erika, "Ada@Harbor.example")
        for words in (
            "gets it",
            "left it",
            "never asked for it",
            "takes a break",
            "Mailbox full",
            "Paper form 17",
            "41",
        ):
            assert words in page, words

    def test_an_unknown_address_is_said_to_be_unknown(self, erika):
        assert "is not known here" in self.look(erika, "nobody@harbor.example")

    def test_an_editor_suppresses_and_lifts(self, erika):
        assert "By an editor" in self.look(erika, "ada@harbor.example", act="suppress")
        assert Suppression.objects.get().key == address_key("ada@harbor.example")
        self.look(erika, "ada@harbor.example", act="lift")
        assert Suppression.objects.count() == 0
        self.look(erika, "ada@harbor.example", act="nonsense")

    def test_looking_at_a_readers_mail_is_noted(self, erika):
        reader = make_reader("ada@harbor.example")
        subscribe(reader.email, reader=reader)
        self.look(erika, reader.email)
        line = AuditLine.objects.get(subject=reader.pk)
        assert (line.act, line.detail) == ("mail looked up", "")

    def test_so_is_looking_at_the_mail_of_who_has_no_account(self, erika, letters):
        ada = subscribe("ada@harbor.example", letters["morning"])
        self.look(erika, ada.address, act="suppress")
        line = AuditLine.objects.get(subject=OTHERS)
        assert (line.act, line.detail) == ("mail suppress", f"subscriber {ada.pk}")

    def test_nonsense_is_asked_about(self, erika):
        assert erika.post("/desk/letters/why", {"email": "ada\nBcc: x"}).status_code == 422


class TestLists:
    HEAD = "address,letters,consent,consented_at\n"

    def send(self, erika, text, **more):
        file = io.BytesIO(text.encode())
        file.name = "list.csv"
        return erika.post("/desk/letters/lists", {"file": file, **more})

    def test_a_list_is_tried_and_then_brought_in(self, erika):
        text = self.HEAD + "ada@harbor.example,morning,Form,2024-05-03\nbo@harbor.example,morning,,\n"
        page = self.send(erika, text, act="try").content.decode()
        assert "What would happen" in page
        assert "no proof of consent" in page
        assert Subscriber.objects.count() == 0
        assert "What happened" in self.send(erika, text, act="bring").content.decode()
        assert Subscriber.objects.get().address == "ada@harbor.example"
        page = erika.get("/desk/letters/subscribers.csv")
        assert page.content.decode().splitlines()[1].startswith("ada@harbor.example,morning,")
        editor = Reader.objects.get().pk
        assert list(AuditLine.objects.order_by("pk").values_list("act", "subject", "actor")) == [
            ("subscribers brought in", OTHERS, editor),
            ("subscribers exported", OTHERS, editor),
        ]

    def test_without_a_word_it_is_only_tried(self, erika):
        self.send(erika, self.HEAD + "ada@harbor.example,morning,Form,2024-05-03\n")
        assert Subscriber.objects.count() == 0

    @pytest.mark.parametrize("text", ["", "x", "a,b\n1,2\n", "\x00\x01"])
    def test_what_is_no_list_is_said_so(self, erika, text):
        assert self.send(erika, text, act="bring").status_code == 422

    def test_no_file_is_said_so(self, erika):
        assert erika.post("/desk/letters/lists", {"act": "bring"}).status_code == 422

    def test_a_long_list_goes_by_the_command(self, erika, monkeypatch):
        from broadsheet.desk import letters as desk_letters

        monkeypatch.setattr(desk_letters, "MOST_HERE", -1)
        assert erika.get("/desk/letters/subscribers.csv").status_code == 404
        assert "broadsheet letters export" in erika.get("/desk/letters/lists").content.decode()
