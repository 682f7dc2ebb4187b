import pytest
from django.conf import settings

from broadsheet.readers.candidates import kept
from tests.letters.post_office import FAST, Handler, mail_server, say


@pytest.fixture
def server(monkeypatch, tmp_path):
    """A mail server, and all that our settings need to send through it."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    monkeypatch.setattr(settings, "LETTERS_FROM", "The Courier <news@letters.example.org>")
    (tmp_path / "rates.toml").write_text(FAST)
    handler = Handler()
    with mail_server(handler) as address:
        say(monkeypatch, email_url=address, postal_address="1 Pier Road", mail_checks="report")
        yield handler


@pytest.fixture
def composing(monkeypatch):
    """The address of our site; nothing is remembered of other tests' stories."""
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    kept.forget()
    yield
    kept.forget()
