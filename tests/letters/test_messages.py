"""A mail as bytes: nothing put in adds a line to its head, it is signed, and other programs read it alike."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from types import SimpleNamespace

import dkim
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.letters.audience import Recipient
from broadsheet.letters.headers import head_of
from broadsheet.letters.tokens import BACK, LEAVE, leave_address, make_token, read_token, return_path
from broadsheet.letters.transports import Mail, Packer
from broadsheet.post.dkim import KeyFileError, Signer, make_key, public_part, read_key, record
from broadsheet.post.message import AddressError, envelope_address, join, mailbox, phrase, words, write_body, write_head
from tests.letters.post_office import say

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
HOSTILE = [
    "Morning\r\nBcc: everybody@x.example",
    "Morning\nX-Evil: 1",
    "Morning\r\n\r\n<script>",
    "\u2028Bcc: x@y.example",
    "a\x00b\x0bc",
    "=?utf-8?q?a=0d=0aBcc=3a_x?=",
    'Ada "the\\" Lund',
    "x" * 5_000,
    "早报 " * 100,
    "النشرة\r\nBcc: x@y.example",
]


@pytest.fixture
def house(monkeypatch):
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    monkeypatch.setattr(settings, "LETTERS_FROM", "The Courier <news@letters.example.org>")
    say(monkeypatch, returns_address="returns@letters.example.org")


def make_mail(
    *, name="Morning", subject="Ferries", address="ada@harbor.example", html="<p>Ferries</p>", text="Ferries"
):
    letter = SimpleNamespace(pk=7, slug="morning", name=name, kind="edition")
    edition = SimpleNamespace(pk=3, letter=letter)
    recipient = Recipient(1, address, "k" * 43, "en", "", None, None, NOW)
    head = head_of(edition, recipient, 12, subject=subject, language="en", now=NOW)
    return Mail(return_path(12), envelope_address(address), head, text, "<p>Ferries</p>")


def parsed(mail, signer=None):
    return message_from_bytes(Packer(signer).pack(mail), policy=policy.default)


@pytest.mark.parametrize("words_of_others", HOSTILE)
def test_names_and_subjects_add_no_line_to_the_head(house, monkeypatch, words_of_others):
    plain = [name for name, _ in make_mail().head]

    mail = make_mail(name=words_of_others, subject=words_of_others)
    raw = Packer(None).pack(mail)
    read = message_from_bytes(raw)

    assert [name for name in read if name not in {"MIME-Version", "Content-Type"}] == plain
    assert "Bcc" not in read
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "sender", ["Ada\r\nBcc: x@y.example <news@letters.example.org>", 'A "B" <news@letters.example.org>']
)
def test_the_senders_name_adds_no_line_either(house, monkeypatch, sender):
    monkeypatch.setattr(settings, "LETTERS_FROM", sender)
    assert parsed(make_mail()).keys().count("Bcc") == 0


@pytest.mark.parametrize(
    "address",
    [
        "a\r\nRCPT TO:<x@y.example>@harbor.example",
        "a b@harbor.example",
        "<a>@harbor.example",
        "a@",
        "@b",
        "a,b@c.example",
        "a@b@\n",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(AddressError):
        envelope_address(address)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_said_the_head_keeps_its_lines(name, subject):
    lines = write_head([("List-Id", f"{phrase(name)} <x.example>"), ("Subject", words(subject))])
    read = message_from_bytes(join(lines, b"body"))

    assert read.keys() == ["List-Id", "Subject"]
    assert read.get_payload() == "body"


@given(st.text(max_size=2_000), st.text(max_size=2_000))
def test_both_bodies_come_out_as_they_went_in(text, html):
    lines, body = write_body(text, html or "<p>")
    read = message_from_bytes(join(lines, body), policy=policy.default)

    def same(value):
        found = value.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
        return found.rstrip("\n") + "\n"

    parts = list(read.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    payloads = [part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in parts]
    assert payloads[0].rstrip("\n") == same(text).rstrip("\n")
    assert payloads[1].rstrip("\n") == same(html or "<p>").rstrip("\n")


def test_the_head_says_what_list_it_is_and_how_to_leave(house):
    read = parsed(make_mail())

    assert read["List-Id"] == "Morning <morning.letters.example.org>"
    assert read["List-Unsubscribe"] == (
        f"<https://news.example.org/letters/leave/{'k' * 43}.7>, <mailto:{leave_address(12)}?subject=unsubscribe>"
    )
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Feedback-ID"] == "3:morning:edition:letters.example.org"
    assert read["Message-ID"] == f"<{make_token(BACK, 12)}@letters.example.org>"
    assert read["Content-Language"] == "en"
    assert read["Date"] == "Sun, 22 Nov 2026 06:00:00 +0000"


def test_marks_are_ours_alone(house, monkeypatch):
    token = make_token(BACK, 12)
    assert read_token(return_path(12), BACK) == (BACK, 12)
    assert read_token(leave_address(12).upper(), LEAVE) == (LEAVE, 12)
    assert read_token(leave_address(12), BACK) is None
    assert read_token(token.replace("d12.", "d13."), BACK) is None
    assert read_token(f"d12.{'0' * 20}", BACK, LEAVE) is None
    monkeypatch.setattr(settings, "SECRET_KEY", "another")
    assert read_token(token, BACK) is None


@pytest.fixture
def key(tmp_path):
    make_key(tmp_path / "dkim.pem")
    return read_key(tmp_path / "dkim.pem")


@pytest.mark.parametrize("subject", ["Ferries", "早报:渡轮 " * 30, "Füße  and   spaces " * 20])
def test_another_program_believes_the_signature(house, key, subject):
    raw = Packer(Signer("letters.example.org", "broadsheet", key)).pack(
        make_mail(subject=subject, text="a\n\n.\n.. b \n\n\n")
    )

    def names(name, timeout=5):
        assert name == b"broadsheet._domainkey.letters.example.org."
        return record(key).encode()

    assert dkim.verify(raw, dnsfunc=names)
    for line in (b"List-Unsubscribe:", b"List-Unsubscribe-Post:", b"Subject:", b"From:"):
        assert not dkim.verify(raw.replace(b"\r\n" + line, b"\r\n" + line + b" x", 1), dnsfunc=names)
    assert not dkim.verify(b"Subject: another\r\n" + raw, dnsfunc=names)
    assert not dkim.verify(raw + b"more\r\n", dnsfunc=names)


def test_a_key_is_made_once_for_our_eyes_only(tmp_path, key):
    path = tmp_path / "dkim.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(path)
    path.write_text("no key")
    with pytest.raises(KeyFileError, match="PEM"):
        read_key(path)
    assert read_key(tmp_path / "none") is None
    assert len(public_part(key)) > 300


@pytest.mark.parametrize(
    ("given_", "written"),
    [
        ("ada@harbor.example", "ada@harbor.example"),
        ("ädä@harbor.example", "ädä@harbor.example"),
        ("ada@häfen.example", "ada@xn--hfen-loa.example"),
        ("用户@例子.example", "用户@xn--fsqu00a.example"),
    ],
)
def test_domains_are_written_as_the_dns_has_them(given_, written):
    assert envelope_address(given_) == written


def test_a_name_beyond_ascii_is_encoded_once():
    assert mailbox("Die Küste <news@x.example>") == "=?utf-8?q?Die_K=C3=BCste?= <news@x.example>"
    assert mailbox("news@x.example") == "news@x.example"
    assert mailbox('The "Courier", Ltd <news@x.example>') == '"The \\"Courier\\", Ltd" <news@x.example>'
