"""Through a provider's own interface: what it says becomes the states a server's answer would give."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote_plus

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from broadsheet.environment import SettingError, read_environment
from broadsheet.letters import sending
from broadsheet.letters.models import Lane, Suppression
from broadsheet.post.providers import PROVIDERS, provider_of, provider_settings
from tests.letters.post_office import make_edition, say, states

pytestmark = pytest.mark.django_db(transaction=True)
ADA = "ada@harbor.example"


class Provider(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(body)
        status = self.server.status
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b'{"id": "<1@mg.example.org>", "message": "Queued"}')

    def log_message(self, *_):
        pass


@contextmanager
def provider(status):
    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        server.seen, server.status = [], status
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


@pytest.fixture
def house(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(django_settings, "DATA", tmp_path)
    monkeypatch.setattr(django_settings, "SITE_URL", "https://news.example.org")
    monkeypatch.setattr(django_settings, "LETTERS_FROM", "The Courier <news@mg.example.org>")

    def use(server):
        address = f"mailgun://key-1@mg.example.org?api_url=http://127.0.0.1:{server.server_port}/v3"
        say(monkeypatch, email_url=address, postal_address="1 Pier Road", mail_checks="report")
        settings.EMAIL_BACKEND = f"anymail.backends.{provider_of(address)}.EmailBackend"
        settings.ANYMAIL = provider_settings(address)

    return use


@pytest.mark.parametrize(
    ("status", "state", "rests"),
    [
        (200, "sent", False), (429, "waiting", True), (401, "waiting", True), (503, "waiting", False),
        (400, "failed", False), (0, "doubtful", False),
    ],
)  # fmt: skip
def test_what_a_provider_says_becomes_a_state(house, status, state, rests):
    with provider(status) as server:
        house(server)
        edition = make_edition([ADA])
        sending.begin_due(now=timezone.now())
        sending.run(for_s=20)

    assert states(edition) == {ADA: state}
    assert Lane.objects.filter(rest_until__isnull=False).exists() == rests
    assert not Suppression.objects.exists()


def test_a_provider_gets_our_own_head_and_the_mark(house):
    with provider(200) as server:
        house(server)
        edition = make_edition([ADA])
        sending.begin_due(now=timezone.now())
        sending.run(for_s=20)

    told = unquote_plus(server.seen[0].decode())
    assert "List-Unsubscribe-Post" in told
    assert "/letters/leave/" in told
    assert f"d{edition.deliveries.get().pk}." in told
    assert "v:letter" in told


def test_every_provider_can_be_named_and_needs_its_key():
    for name in PROVIDERS:
        assert read_environment({"BROADSHEET_EMAIL_URL": f"{name}://key:second@mg.example.org"})
        assert f"{name.upper()}_{PROVIDERS[name].key}" in provider_settings(f"{name}://key:second@mg.example.org")
    for wrong in ("mailgun://mg.example.org", "pigeon://key@mg.example.org", "smtp://"):
        with pytest.raises(SettingError, match="not shown"):
            read_environment({"BROADSHEET_EMAIL_URL": wrong})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POSTAL_ADDRESS", "1 Pier Road\nBcc: x@y.example"),
        ("LETTERS_FROM", "A\r\nBcc: x@y.example"),
        ("RETURNS_ADDRESS", "no address"),
        ("RETURNS_ADDRESS", "a+b@x.example"),
        ("RETURNS_URL", "pop3://x"),
        ("RETURNS_URL", "lmtp://127.0.0.1"),
        ("MAIL_CHECKS", "perhaps"),
        ("DKIM_SELECTORS", "a b/c"),
        ("HOOKS", "short:one"),
    ],
)
def test_settings_of_mail_are_checked_at_the_start(name, value):
    with pytest.raises(SettingError, match=f"BROADSHEET_{name}"):
        read_environment({f"BROADSHEET_{name}": value})
