"""Being logged in: another address, other devices, and what no page of an account ever does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.readers.conftest import fill, log_in

pytestmark = pytest.mark.django_db
ADA = "ada@harbor.example"


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
