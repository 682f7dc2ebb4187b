"""Joining and logging in: right with two tabs, the back button, old codes, codes of others, and for guessers."""

import re
from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from broadsheet.readers import forms
from broadsheet.readers.models import Agreement, Reader
from tests.readers.conftest import fill, log_in

pytestmark = pytest.mark.django_db
ADA = "ada@harbor.example"


def test_who_joins_proves_the_address_and_agrees_to_this_version_of_the_terms(client, mailbox):
    asked = fill(client, "/account/join", email="Ada@Harbor.example", terms="yes")
    assert asked["Location"] == "/account/confirm"
    assert Reader.objects.get().confirmed_at is None

    done = client.post("/account/confirm", {"action": "verify", "code": mailbox.code_for(ADA)})

    assert done["Location"] == "/my"
    reader = Reader.objects.get(email=ADA)
    assert reader.confirmed_at is not None
    assert not reader.has_usable_password()
    agreed = Agreement.objects.get(reader=reader, document="terms")
    assert Agreement.objects.filter(reader=reader, document="privacy").exists()
    assert agreed.version in client.get("/account/terms").content.decode()
    assert client.get("/account").status_code == 200


def test_nobody_joins_without_agreeing_and_nothing_is_said_before_something_was_typed(client, mailbox):
    assert "problems" not in client.get("/account/join").content.decode()

    refused = fill(client, "/account/join", email=ADA)

    assert refused.status_code == 200
    page = refused.content.decode()
    assert 'aria-describedby="terms-error"' in page
    assert 'role="alert"' in page
    assert Reader.objects.count() == 0
    assert mailbox == []


def test_opening_the_mail_or_its_page_confirms_nothing(client, mailbox):
    fill(client, "/account/join", email=ADA, terms="yes")

    client.get(f"/account/confirm?code={mailbox.code_for(ADA)}")

    assert Reader.objects.get().confirmed_at is None


def test_a_slip_in_the_domain_is_asked_about_and_the_reader_decides(client, mailbox):
    asked = fill(client, "/account/join", email="ada@gmial.com", terms="yes").content.decode()
    assert 'value="ada@gmail.com"' in asked
    assert mailbox == []

    fill(client, "/account/join", email="ada@gmial.com", kept="ada@gmial.com", terms="yes")

    assert [to for to, _subject, _text in mailbox] == ["ada@gmial.com"]


def test_addresses_to_be_thrown_away_are_refused_with_a_reason(client, mailbox):
    page = fill(client, "/account/join", email="x@mailinator.com", terms="yes").content.decode()

    assert "thrown away" in page
    assert mailbox == []


def test_who_began_to_join_and_lost_the_code_still_gets_in(mailbox):
    fill(Client(), "/account/join", email=ADA, terms="yes")
    fresh = Client()
    fill(fresh, "/account/login", email=ADA)

    done = fresh.post("/account/code", {"action": "verify", "code": mailbox.code_for(ADA)})

    assert done["Location"] == "/my"
    assert Reader.objects.get().confirmed_at is not None


def test_a_strangers_mailbox_is_not_filled(mailbox, monkeypatch):
    import time

    now = time.time()
    for number in range(60):
        monkeypatch.setattr(time, "time", lambda at=now + 30 * number: at)
        fill(Client(REMOTE_ADDR=f"192.0.2.{number}"), "/account/join", email=ADA, terms="yes")
        fill(Client(REMOTE_ADDR=f"192.0.2.{number}"), "/account/login", email=ADA)

    assert len(mailbox.to(ADA)) <= 16


def test_a_pasted_code_may_have_blanks_and_small_letters(client, reader, mailbox):
    fill(client, "/account/login", email=ADA)
    code = mailbox.code_for(ADA)

    done = client.post("/account/code", {"action": "verify", "code": f"  {code.lower().replace('-', ' ')} "})

    assert done["Location"] == "/my"


class TestNobodyLearnsWhoHasAnAccount:
    def ask(self, path, address, mailbox, **more):
        client = Client()
        found = fill(client, path, email=address, **more)
        page = client.get(found["Location"])
        words = page.content.decode().replace(address, "ADDRESS")
        return found.status_code, found["Location"], re.sub(r'value="[^"]{20,}"', "", words)

    def test_when_asking_for_a_code(self, reader, mailbox):
        known = self.ask("/account/login", ADA, mailbox)
        unknown = self.ask("/account/login", "bob@harbor.example", mailbox)

        assert known == unknown
        assert "no account" in mailbox.to("bob@harbor.example")[0][1]

    def test_when_joining(self, reader, mailbox):
        known = self.ask("/account/join", ADA, mailbox, terms="yes")
        unknown = self.ask("/account/join", "bob@harbor.example", mailbox, terms="yes")

        assert known == unknown
        assert "There is one already" in " ".join(mailbox.to(ADA)[0][1].split())


class TestCodes:
    def test_are_good_once(self, client, reader, mailbox):
        log_in(client, ADA, mailbox)
        code = mailbox.code_for(ADA)
        client.post("/account/logout")

        replayed = client.post("/account/code", {"action": "verify", "code": code})

        assert replayed["Location"] == "/account/login"
        assert client.get("/account").status_code == 302

    def test_expire(self, client, reader, mailbox, monkeypatch):
        fill(client, "/account/login", email=ADA)
        code = mailbox.code_for(ADA)
        import time

        later = time.time() + 16 * 60
        monkeypatch.setattr(time, "time", lambda: later)

        assert client.post("/account/code", {"action": "verify", "code": code})["Location"] == "/account/login"

    def test_of_another_person_do_not_fit(self, reader, mailbox):
        from tests.readers.conftest import make_reader

        make_reader("bob@harbor.example")
        ada, bob = Client(), Client()
        fill(ada, "/account/login", email=ADA)
        fill(bob, "/account/login", email="bob@harbor.example")

        wrong = bob.post("/account/code", {"action": "verify", "code": mailbox.code_for(ADA)})

        assert wrong.status_code == 200
        assert "not the one we sent" in wrong.content.decode()

    def test_of_another_browser_do_not_open_this_one(self, reader, mailbox):
        asked, other = Client(), Client()
        fill(asked, "/account/login", email=ADA)

        assert other.post("/account/code", {"code": mailbox.code_for(ADA)})["Location"] == "/account/login"
        assert other.get("/account").status_code == 302

    def test_of_joining_count_in_the_browser_that_asked_too(self, mailbox):
        asked, other = Client(), Client()
        fill(asked, "/account/join", email=ADA, terms="yes")
        fill(other, "/account/join", email="eve@harbor.example", terms="yes")
        code = mailbox.code_for(ADA)

        other.post("/account/confirm", {"action": "verify", "code": code})
        assert not Reader.objects.filter(confirmed_at__isnull=False).exists()
        asked.post("/account/confirm", {"action": "verify", "code": code})
        assert Reader.objects.get(confirmed_at__isnull=False).email == ADA

    def test_that_were_seen_elsewhere_are_of_no_use_with_a_stolen_form(self, reader, mailbox):
        """Whoever reads the mail, and even sends the very form of the browser that asked, is in another browser."""
        asked, thief = Client(), Client()
        fill(asked, "/account/login", email=ADA)
        fill(thief, "/account/login", email="bob@harbor.example")
        form = {"action": "verify", "code": mailbox.code_for(ADA), "next": "/account", "email": ADA}

        assert thief.post("/account/code", form).status_code == 200
        assert thief.get("/account").status_code == 302
        assert asked.post("/account/code", form).status_code == 302
        assert asked.get("/account").status_code == 200

    def test_only_the_newest_of_two_tabs_counts(self, client, reader, mailbox):
        fill(client, "/account/login", email=ADA)
        old = mailbox.code_for(ADA)
        client.post("/account/code", {"action": "resend"})
        new = mailbox.code_for(ADA)

        assert old != new
        assert client.post("/account/code", {"action": "verify", "code": old}).status_code == 200
        assert client.post("/account/code", {"action": "verify", "code": new})["Location"] == "/my"

    def test_stop_after_three_tries_even_with_the_right_one(self, client, reader, mailbox):
        fill(client, "/account/login", email=ADA)
        for _ in range(3):
            stopped = client.post("/account/code", {"action": "verify", "code": "BBBB-BBBB"})

        assert stopped["Location"] == "/account/login"
        client.post("/account/code", {"action": "verify", "code": mailbox.code_for(ADA)})
        assert client.get("/account").status_code == 302

    def test_count_tries_that_come_at_once(self, client, reader, mailbox):
        """As many copies of the same session as one likes: each reads the same count, the database's is one."""
        fill(client, "/account/login", email=ADA)
        code = mailbox.code_for(ADA)
        session = client.session
        before = dict(session.items())
        for _ in range(3):
            client.post("/account/code", {"action": "verify", "code": "BBBB-BBBB"})
            session = client.session
            for key, value in before.items():  # what a parallel request saw when it began
                session[key] = value
            session.save()

        late = client.post("/account/code", {"action": "verify", "code": code})

        assert late.status_code == 200
        assert client.get("/account").status_code == 302

    def test_are_sent_to_one_address_a_few_times_only(self, reader, mailbox):
        for _ in range(12):
            fill(Client(), "/account/login", email=ADA)

        assert 1 <= len(mailbox.to(ADA)) <= 3


class TestMachines:
    def test_that_fill_in_everything_get_the_form_again(self, client, mailbox):
        page = fill(client, "/account/join", email=ADA, terms="yes", website="https://spam.example")

        assert page.status_code == 200
        assert mailbox == []
        assert Reader.objects.count() == 0

    def test_that_are_quicker_than_people_press_the_button_again(self, client, mailbox, monkeypatch):
        monkeypatch.setattr(forms, "QUICKEST", timedelta(seconds=30))
        page = fill(client, "/account/join", email=ADA, terms="yes")

        assert "very quick" in page.content.decode()
        assert mailbox == []

    @pytest.mark.parametrize("mark", ["", "form", "form:1:x"])
    def test_that_make_up_the_mark_get_nowhere(self, client, mailbox, mark):
        client.get("/account/join")
        client.post("/account/join", {"email": ADA, "terms": "yes", "shown": mark})

        assert mailbox == []

    def test_mark_of_an_old_page_is_asked_for_anew(self, client, mailbox, monkeypatch):
        old = TimestampSigner(salt="readers.forms")
        monkeypatch.setattr(old, "timestamp", lambda: "1kXYZa")
        page = fill(client, "/account/join", email=ADA, terms="yes", shown=old.sign("form"))

        assert "open for a long time" in page.content.decode()
