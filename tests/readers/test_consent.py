"""Consent: nobody is asked for nothing, nothing runs before a yes, a no is as easy, and a signal is a no."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from broadsheet.readers import consent
from broadsheet.readers.models import Receipt
from broadsheet.site.requests import told_by, variant

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
FILE = '[[purpose]]\nname = "{name}"\ntitle = "Detailed counts"\nwords = "{words}"\n'


@pytest.fixture
def asked(tmp_path, settings):
    """An operator who added a purpose."""
    settings.DATA = tmp_path
    (tmp_path / "texts").mkdir()

    def write(words="We count pages under a random number.", name="counts"):
        (tmp_path / "texts" / "purposes.toml").write_text(FILE.format(name=name, words=words), encoding="utf-8")
        consent._read.cache_clear()

    write()
    return write


def cookie(client):
    return client.cookies["consent"].value if "consent" in client.cookies else ""


def granted(client, now=None):
    return consent.is_granted("counts", cookie(client), now=now or datetime.now(UTC))


def test_as_it_comes_nobody_is_asked_and_nothing_is_kept(client):
    for path in ("/", "/about", "/consent"):
        page = client.get(path)
        assert 'class="consent"' not in page.content.decode()
        assert not page.cookies
    assert "Nothing on this site needs your consent" in client.get("/consent").content.decode()
    client.post("/consent", {"act": "accept"})
    assert Receipt.objects.count() == 0


def test_where_there_is_something_to_ask_yes_and_no_are_equal(client, asked):
    page = client.get("/about").content.decode()
    buttons = re.findall(r'<button class="([^"]+)" type="submit" name="act" value="(\w+)">', page)

    assert [value for _style, value in buttons if value in ("accept", "reject")] == ["accept", "reject"]
    assert len({style for style, value in buttons if value in ("accept", "reject")}) == 1
    assert not re.search(r'name="purpose"[^>]* checked', client.get("/consent").content.decode())


def test_silence_grants_nothing(client, asked):
    client.get("/")
    client.get("/consent")

    assert not granted(client)
    assert Receipt.objects.count() == 0
    assert not client.cookies


@pytest.mark.parametrize(
    ("form", "runs"),
    [
        ({"act": "accept"}, True),
        ({"act": "reject"}, False),
        ({"act": "choose", "purpose": ["counts"]}, True),
        ({"act": "choose"}, False),
        ({"act": "choose", "purpose": ["made-up"]}, False),
        ({}, False),
    ],
)
def test_a_choice_is_kept_with_its_receipt(client, asked, form, runs):
    client.post("/consent", form)

    assert granted(client) is runs
    receipt = Receipt.objects.get()
    assert receipt.granted == (["counts"] if runs else [])
    assert receipt.texts == [
        {"name": "counts", "title": "Detailed counts", "words": "We count pages under a random number."}
    ]
    assert client.cookies["consent"]["httponly"]
    assert 'class="consent"' not in client.get("/about").content.decode()


def test_taking_it_back_stops_at_once_and_ends_the_receipt(client, asked):
    client.post("/consent", {"act": "accept"})
    client.post("/consent", {"act": "reject"})

    assert not granted(client)
    first, second = Receipt.objects.order_by("pk")
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None


def test_a_choice_ends_after_six_months_and_with_other_words(client, asked):
    client.post("/consent", {"act": "accept"})
    assert not granted(client, datetime.now(UTC) + timedelta(days=183))

    asked("We count pages and how long you stay.")

    assert not granted(client)
    assert 'class="consent"' in client.get("/about").content.decode()


@pytest.mark.parametrize("made_up", ["x", "e30:abc", "." * 2_000])
def test_a_made_up_cookie_is_no_consent(asked, made_up):
    assert not consent.is_granted("counts", made_up, now=NOW)


def test_the_opt_out_signal_is_shown_and_nobody_is_asked(client, asked, reader):
    plain, signalled = client.get("/about"), client.get("/about", headers={"Sec-GPC": "1"})

    assert "Opt-out signal honored" not in plain.content.decode()
    assert "Opt-out signal honored" in signalled.content.decode()
    assert 'class="consent"' not in signalled.content.decode()
    client.force_login(reader)
    client.get("/account", headers={"Sec-GPC": "1"})
    reader.refresh_from_db()
    assert reader.honors_gpc


def test_finished_pages_know_the_signal_and_the_answer_and_nothing_else():
    assert variant("/about", None, None) == "/about"
    assert variant("/about", "1", "reader=x") == "/about\tg"
    assert variant("/about", "0", "consent=x") == "/about\tc"
    assert variant(None, "1", None) is None
    assert told_by("/about?page=2\tgc") == ("/about?page=2", (("sec-gpc", "1"), ("x-consent", "answered")))
    assert told_by("/about") == ("/about", ())


def test_other_sites_choose_for_nobody(asked):
    strict = Client()
    answer = strict.post("/consent", {"act": "accept"}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert strict.post("/consent", {"act": "reject", "back": "//evil.example"})["Location"] == "/consent"


def test_a_broken_file_of_purposes_is_told(asked, tmp_path):
    (tmp_path / "texts" / "purposes.toml").write_text("purpose = 3", encoding="utf-8")

    with pytest.raises(consent.PurposesError, match=r"purposes\.toml"):
        consent.purposes()
