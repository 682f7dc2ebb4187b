"""Joining and logging in: right with two tabs, the back button, old codes, codes of others, and for guessers."""

import re
from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

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


class TestChangeOfAddress:
    NEW = "ada@island.example"

    def ask(self, client, reader):
        client.force_login(reader)
        return client.post("/account/address", {"email": self.NEW})

    def send(self, client, old, new):
        return client.post("/account/address/confirm", {"old_code": old, "new_code": new})

    def test_takes_a_code_from_both_mailboxes(self, client, reader, mailbox):
        self.ask(client, reader)

        done = self.send(client, mailbox.code_for(ADA), mailbox.code_for(self.NEW))

        assert done["Location"] == "/account"
        reader.refresh_from_db()
        assert reader.email == self.NEW
        assert "is changed" in mailbox.to(ADA)[-1][0]
        other = Client()
        assert log_in(other, self.NEW, mailbox)["Location"] == "/my"

    @pytest.mark.parametrize("which", ["old", "new"])
    def test_one_code_is_not_enough(self, client, reader, mailbox, which):
        self.ask(client, reader)
        codes = {"old": mailbox.code_for(ADA), "new": mailbox.code_for(self.NEW)}
        only = codes[which]

        assert self.send(client, only, only).status_code == 200
        reader.refresh_from_db()
        assert reader.email == ADA

    def test_codes_are_good_once_and_stop_after_five_tries(self, client, reader, mailbox):
        self.ask(client, reader)
        right = mailbox.code_for(ADA), mailbox.code_for(self.NEW)
        for _ in range(5):
            self.send(client, "BBBB-BBBB", "BBBB-BBBB")

        self.send(client, *right)

        reader.refresh_from_db()
        assert reader.email == ADA

    def test_expired_codes_do_nothing(self, client, reader, mailbox):
        from broadsheet.readers.accounts import change_address

        self.ask(client, reader)
        right = mailbox.code_for(ADA), mailbox.code_for(self.NEW)

        assert not change_address(reader, *right, now=timezone.now() + timedelta(minutes=31))

    def test_address_changed_in_between(self, client, reader, mailbox):
        """Two changes at once: codes of the first are worth nothing once the second is through."""
        self.ask(client, reader)
        first = mailbox.code_for(ADA), mailbox.code_for(self.NEW)
        client.post("/account/address", {"email": "ada@third.example"})
        second = mailbox.code_for(ADA), mailbox.code_for("ada@third.example")

        assert self.send(client, *first).status_code == 200
        assert self.send(client, *second).status_code == 302
        self.send(client, *first)
        reader.refresh_from_db()
        assert reader.email == "ada@third.example"

    def test_an_address_that_has_an_account_is_not_given_away(self, client, reader, mailbox):
        from tests.readers.conftest import make_reader

        make_reader(self.NEW)
        free = self.ask(client, reader)

        assert free["Location"] == "/account/address/confirm"
        assert "There is one already" in " ".join(mailbox.to(self.NEW)[-1][1].split())


class TestSessions:
    def test_other_devices_are_listed_and_logged_out(self, reader, mailbox):
        phone, desk = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android) Firefox/140.0"), Client()
        log_in(phone, ADA, mailbox)
        log_in(desk, ADA, mailbox)
        assert "Firefox, Android" in desk.get("/account").content.decode()

        desk.post("/account/sessions", {"session": "all"})

        assert phone.get("/account").status_code == 302
        assert desk.get("/account").status_code == 200

    def test_nobody_ends_another_persons_session(self, reader, mailbox):
        from tests.readers.conftest import make_reader

        make_reader("bob@harbor.example")
        ada, bob = Client(), Client()
        log_in(ada, ADA, mailbox)
        log_in(bob, "bob@harbor.example", mailbox)
        from allauth.usersessions.models import UserSession

        theirs = UserSession.objects.get(user=reader)
        bob.post("/account/sessions", {"session": str(theirs.pk)})

        assert ada.get("/account").status_code == 200

    def test_logging_out_takes_a_button(self, client, reader):
        client.force_login(reader)
        client.get("/account/logout")
        assert client.get("/account").status_code == 200
        client.post("/account/logout")
        assert client.get("/account").status_code == 302


class TestTheGroundRules:
    @pytest.mark.parametrize(
        "next_page", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x"]
    )
    def test_nobody_is_sent_elsewhere(self, client, reader, mailbox, next_page):
        fill(client, f"/account/login?next={next_page}", email=ADA, next=next_page)

        done = client.post("/account/code", {"code": mailbox.code_for(ADA), "next": next_page})

        assert done["Location"] == "/my"

    def test_own_pages_are_gone_back_to(self, client, reader, mailbox):
        fill(client, "/account/login", email=ADA, next="/articles/7-x")

        assert (
            client.post("/account/code", {"code": mailbox.code_for(ADA), "next": "/articles/7-x"})["Location"]
            == "/articles/7-x"
        )

    @pytest.mark.parametrize("path", ["/account/join", "/account/login", "/account/logout", "/account/address"])
    def test_forms_of_other_sites_are_refused(self, reader, path):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(reader)

        assert strict.post(path, {"email": ADA}).status_code == 403

    def test_cookies_are_for_the_server_alone(self, client, reader, mailbox):
        log_in(client, ADA, mailbox)

        for name in ("reader", "form"):
            cookie = client.cookies[name]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"
            assert not cookie["domain"]

    def test_pages_are_kept_by_nobody_and_framed_by_nobody(self, client, reader):
        client.force_login(reader)
        for path in ("/account", "/account/address", "/account/logout"):
            found = client.get(path)
            assert found["Cache-Control"] == "private, no-store"
            assert found["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
            assert found["X-Robots-Tag"] == "noindex"
            assert found["Referrer-Policy"] == "same-origin"

    def test_session_is_a_new_one_after_logging_in(self, client, reader, mailbox):
        fill(client, "/account/login", email=ADA)
        before = client.cookies["reader"].value

        client.post("/account/code", {"code": mailbox.code_for(ADA)})

        assert client.cookies["reader"].value != before

    def test_reading_sets_no_cookie(self, client):
        for path in ("/", "/latest", "/search?q=ferry", "/about", "/help"):
            found = client.get(path)
            assert found.status_code == 200
            assert not found.cookies
            assert "Cookie" not in found.get("Vary", "")
