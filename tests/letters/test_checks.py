"""What the DNS must say before letters leave, and what is said when it does not."""

import pytest
from django.conf import settings
from django.utils import timezone

from broadsheet.letters import authentication, refusing, sending
from broadsheet.letters.authentication import findings, line_findings
from broadsheet.letters.models import Delivery, Edition, Subscriber
from broadsheet.letters.refusing import refusal
from broadsheet.post.checks import check_dkim, check_dmarc, check_pointer, check_returns, check_spf, organization
from broadsheet.post.dkim import make_key, public_part, read_key, record
from broadsheet.post.names import NoAnswerError
from tests.letters.post_office import Handler, mail_server, make_edition, say
from tests.services import free_port


class Zone:
    """The DNS as a dict: (kind, name) -> values."""

    def __init__(self, texts=(), addresses=(), pointers=(), exchangers=(), is_away=False):
        self.tables = {"TXT": dict(texts), "A": dict(addresses), "PTR": dict(pointers), "MX": dict(exchangers)}
        self.is_away = is_away

    def ask(self, kind, name):
        if self.is_away:
            raise NoAnswerError("timed out")
        return list(self.tables[kind].get(name, []))

    def texts(self, name):
        return self.ask("TXT", name)

    def addresses(self, name):
        return self.ask("A", name)

    def names_of(self, address):
        return self.ask("PTR", address)

    def exchangers(self, name):
        return self.ask("MX", name)


def test_spf():
    assert check_spf(Zone({"x.example": ["v=spf1 include:_spf.p.example -all", "google-site=1"]}), "x.example") == ""
    assert "no SPF" in check_spf(Zone(), "x.example")
    assert "2 SPF" in check_spf(Zone({"x.example": ["v=spf1 -all", "v=spf1 a -all"]}), "x.example")
    assert "+all" in check_spf(Zone({"x.example": ["v=spf1 +all"]}), "x.example")
    assert "+all" in check_spf(Zone({"x.example": ["v=spf1 all"]}), "x.example")
    many = {"x.example": ["v=spf1 " + " ".join(f"include:s{n}.example" for n in range(6)) + " -all"]}
    many |= {f"s{n}.example": ["v=spf1 a mx -all"] for n in range(6)}
    assert "more than 10 lookups" in check_spf(Zone(many), "x.example")


def test_spf_records_that_include_each_other_end():
    zone = Zone({"a.example": ["v=spf1 include:b.example -all"], "b.example": ["v=spf1 include:a.example -all"]})
    assert check_spf(zone, "a.example") == ""


def test_dkim(tmp_path):
    make_key(tmp_path / "dkim.pem")
    key = read_key(tmp_path / "dkim.pem")
    own, place = public_part(key), "broadsheet._domainkey.x.example"
    split = record(key).replace("p=", "p= ")

    assert check_dkim(Zone({place: [split]}), "x.example", ["broadsheet"], own) == ""
    assert own in check_dkim(Zone(), "x.example", ["broadsheet"], own)
    assert "another key" in check_dkim(Zone({place: ["v=DKIM1; p=AAAA"]}), "x.example", ["broadsheet"], own)
    assert "BROADSHEET_DKIM_SELECTORS" in check_dkim(Zone({place: ["v=DKIM1; p="]}), "x.example", ["broadsheet"])
    assert check_dkim(Zone({"pm._domainkey.x.example": ["k=rsa; p=AAAA"]}), "x.example", ["broadsheet", "pm"]) == ""


def test_dmarc():
    zone = Zone({"_dmarc.x.example": ["v=DMARC1; p=none"]})
    assert check_dmarc(zone, "letters.x.example", "y.example", is_signed=True) == ""
    assert "DMARC fails" in check_dmarc(zone, "letters.x.example", "y.example", is_signed=False)
    assert check_dmarc(zone, "letters.x.example", "back.x.example", is_signed=False) == ""
    strict = Zone({"_dmarc.x.example": ["v=DMARC1; p=reject; aspf=s"]})
    assert "DMARC fails" in check_dmarc(strict, "letters.x.example", "back.x.example", is_signed=False)
    assert "no DMARC" in check_dmarc(Zone(), "x.example", "x.example", is_signed=True)
    assert "no policy" in check_dmarc(
        Zone({"_dmarc.x.example": ["v=DMARC1"]}), "x.example", "x.example", is_signed=True
    )
    assert organization("news.courier.co.uk") == "courier.co.uk"


def test_the_name_of_the_machine():
    there = {"mx.x.example": ["8.8.4.4"]}
    assert check_pointer(Zone(addresses=there, pointers={"8.8.4.4": ["mx.x.example"]}), "mx.x.example") == ""
    assert "no name" in check_pointer(Zone(addresses=there), "mx.x.example")
    astray = Zone(addresses=there, pointers={"8.8.4.4": ["host4.isp.example"]})
    assert "does not lead back" in check_pointer(astray, "mx.x.example")
    assert check_pointer(Zone(addresses={"localhost": ["127.0.0.1"]}), "localhost") == ""


def test_somebody_takes_our_returns():
    assert "lost" in check_returns(Zone(), "returns@x.example")
    assert check_returns(Zone(exchangers={"x.example": ["mx.x.example"]}), "returns@x.example") == ""


@pytest.fixture
def house(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "SITE_URL", "https://news.x.example")
    monkeypatch.setattr(settings, "LETTERS_FROM", "news@letters.x.example")
    say(
        monkeypatch, email_url="smtp://smtp.provider.example", postal_address="1 Pier Road", mail_checks="refuse",
        returns_address="returns@letters.x.example", dkim_selectors=("broadsheet",),
    )  # fmt: skip
    refusing.forget()
    yield
    refusing.forget()


GOOD = {
    "letters.x.example": ["v=spf1 include:p.example -all"],
    "broadsheet._domainkey.letters.x.example": ["v=DKIM1; p=AAAA"],
    "_dmarc.x.example": ["v=DMARC1; p=none"],
}


def ask_of(monkeypatch, zone):
    monkeypatch.setattr(authentication, "findings", lambda: findings(zone))
    refusing.forget()


@pytest.mark.django_db
def test_letters_leave_when_the_domain_vouches_for_them(house, monkeypatch):
    ask_of(monkeypatch, Zone(GOOD))
    assert refusal() == ""


@pytest.mark.django_db
@pytest.mark.parametrize("missing", list(GOOD))
def test_no_letter_leaves_without_spf_dkim_or_dmarc(house, monkeypatch, missing):
    ask_of(monkeypatch, Zone({name: text for name, text in GOOD.items() if name != missing}))
    edition = make_edition(["ada@harbor.example"])

    sending.begin_due(now=timezone.now())

    edition.refresh_from_db()
    assert (edition.state, edition.stopped_because) == ("scheduled", "unauthenticated")
    say(monkeypatch, mail_checks="report")
    assert refusal() == ""


@pytest.mark.django_db
def test_a_dns_that_is_away_holds_up_only_the_first_edition(house, monkeypatch):
    ask_of(monkeypatch, Zone(is_away=True))
    assert refusal() == "unchecked"

    edition = make_edition(["ada@harbor.example"], state="sent")
    reader = Subscriber.objects.get()
    Delivery.objects.create(edition=edition, subscriber=reader, domain="harbor.example", state="sent", code=250)

    assert refusal() == ""
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_the_doctor_tells_what_to_write_into_the_dns(house):
    told = {one.name: one.problem for one in findings(Zone())}

    assert "v=spf1" in told["SPF"]
    assert "broadsheet letters dkim" in told["DKIM"]
    assert "_dmarc.letters.x.example" in told["DMARC"]
    assert [one.is_unknown for one in findings(Zone(is_away=True)) if one.is_grave] == [True, True, True]


def test_the_line_to_the_server_is_looked_at(house, monkeypatch):
    with mail_server(Handler()) as address:
        say(monkeypatch, email_url=address)
        assert [one.problem for one in line_findings()] == [""]
    say(monkeypatch, email_url=f"smtp://127.0.0.1:{free_port()}?tls=no")
    assert "cannot be used" in next(line_findings()).problem
