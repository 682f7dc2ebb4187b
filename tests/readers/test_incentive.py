"""The notice of financial incentive: a step of its own, taken back at any time, and silence for a year after a no."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

import tests.factories as make
from broadsheet.readers.gate_rules import set_rule
from broadsheet.readers.incentive import SILENCE, Standing, agree, is_offered, refuse, standing
from broadsheet.readers.models import GateKind, Reader
from tests.readers.conftest import fill, make_reader

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = "The harbor master signed the order at noon."
OFFER = 'name="act" value="agree"'


@pytest.fixture
def eve(db):
    """She has an account and was never asked."""
    return make_reader("eve@harbor.example", agrees=False)


@pytest.fixture
def logged_in(eve):
    client = Client()
    client.force_login(eve)
    return client


@pytest.fixture
def text(db, monkeypatch):
    monkeypatch.setattr(make, "NOW", datetime.now(UTC))
    publisher = make.make_publisher("Own Desk", mode="full", basis="own")
    article = make.make_article(publisher, blocks=[SECRET, "Ships came in before one."])
    set_rule("site", GateKind.ACCOUNT)
    return article


def shown(client, text):
    return client.get(f"/read/{text.pk}").content.decode()


class TestStanding:
    def test_nobody_has_agreed_by_default(self, eve):
        assert standing(eve, now=NOW) is Standing.ASKABLE

    def test_after_a_no_there_is_silence_for_twelve_months(self, eve):
        refuse(eve, now=NOW)

        assert standing(eve, now=NOW) is Standing.SILENT
        assert standing(eve, now=NOW + SILENCE - timedelta(seconds=1)) is Standing.SILENT
        assert standing(eve, now=NOW + SILENCE) is Standing.ASKABLE
        assert timedelta(days=365) <= SILENCE

    def test_taking_it_back_is_a_no_too(self, eve):
        agree(eve, now=NOW)
        assert standing(eve, now=NOW) is Standing.AGREED
        refuse(eve, now=NOW)
        assert standing(eve, now=NOW) is Standing.SILENT
        assert eve.agreements.get().withdrawn_at == NOW

    def test_who_thinks_otherwise_may_agree_at_any_time(self, eve):
        refuse(eve, now=NOW)
        agree(eve, now=NOW + timedelta(days=1))

        assert standing(Reader.objects.get(), now=NOW + timedelta(days=2)) is Standing.AGREED

    @pytest.mark.parametrize(("kind", "offered"), [("open", False), ("members", False), ("metered", True)])
    def test_something_is_offered_where_an_account_opens_something(self, db, kind, offered):
        assert not is_offered()
        set_rule("site", GateKind(kind))
        assert is_offered() is offered


class TestGate:
    def test_an_account_without_agreement_opens_nothing_and_is_asked_with_equal_buttons(self, logged_in, text):
        page = shown(logged_in, text)

        assert SECRET not in page
        for act in ("agree", "refuse"):
            assert f'<button class="button button--plain" type="submit" name="act" value="{act}">' in page

    def test_who_agrees_reads_on_where_they_were(self, logged_in, text):
        path = f"/read/{text.pk}"
        answer = logged_in.post("/account/incentive", {"act": "agree", "next": path})

        assert answer["Location"] == path
        assert SECRET in shown(logged_in, text)

    def test_who_refuses_is_not_asked_again_and_reads_nothing_more(self, logged_in, text):
        logged_in.post("/account/incentive", {"act": "refuse", "next": f"/read/{text.pk}"})
        page = shown(logged_in, text)

        assert OFFER not in page
        assert SECRET not in page
        assert "not asked" in page

    def test_twelve_months_later_it_may_be_asked_once_more(self, logged_in, eve, text):
        refuse(eve, now=datetime.now(UTC) - SILENCE - timedelta(hours=1))
        assert OFFER in shown(logged_in, text)

    def test_taking_it_back_closes_the_gate(self, logged_in, eve, text):
        agree(eve, now=NOW)
        assert SECRET in shown(logged_in, text)
        logged_in.post("/account/incentive", {"act": "withdraw"})
        assert SECRET not in shown(logged_in, text)

    def test_what_everybody_may_read_is_open_to_who_refused(self, logged_in, eve, text):
        set_rule("site", GateKind.METERED)
        refuse(eve, now=NOW)
        logged_in.post(f"/read/{text.pk}", {"act": "read"})

        assert SECRET in shown(logged_in, text)

    @pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
    def test_agreeing_leads_nowhere_else(self, logged_in, onward, text):
        answer = logged_in.post("/account/incentive", {"act": "agree", "next": onward})
        assert answer["Location"] == "/account/incentive"

    def test_without_an_account_nothing_is_agreed(self, client, text):
        client.post("/account/incentive", {"act": "agree"})
        assert OFFER not in client.get("/account/incentive").content.decode()
        assert SECRET not in shown(client, text)


class TestJoining:
    FIELDS = {"email": "nora@harbor.example", "terms": "yes"}

    def test_the_tick_is_its_own_and_empty(self, client, text):
        page = client.get("/account/join").content.decode()
        assert '<input id="incentive" name="incentive" type="checkbox" value="yes" aria' in page

    def test_joining_works_without_it(self, client, mailbox, text):
        fill(client, "/account/join", **self.FIELDS)
        assert standing(Reader.objects.get(), now=NOW) is Standing.ASKABLE

    def test_who_ticks_it_has_agreed(self, client, mailbox, text):
        fill(client, "/account/join", **self.FIELDS, incentive="yes")
        assert standing(Reader.objects.get(), now=NOW) is Standing.AGREED

    def test_where_an_account_opens_nothing_nobody_is_asked(self, client, mailbox, db):
        assert "incentive" not in client.get("/account/join").content.decode()
        fill(client, "/account/join", **self.FIELDS, incentive="yes")
        assert not Reader.objects.get().agreements.filter(document="incentive").exists()


def test_the_operators_own_notice_stands_in_place_of_ours(client, settings, tmp_path, db):
    settings.DATA = tmp_path
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "incentive.txt").write_text("We give you this.\n\nFor <that>.", encoding="utf-8")
    page = client.get("/account/incentive").content.decode()

    assert "<p>We give you this.</p>" in page
    assert "<p>For &lt;that&gt;.</p>" in page
    assert "Close to nothing" not in page
