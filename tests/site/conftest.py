import pytest
from django.utils import timezone

from broadsheet.letters import asking, tasks
from broadsheet.letters.models import Letter
from broadsheet.letters.starting import ensure_letters
from broadsheet.readers import mails
from tests.site.running import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("site")).start()
    yield made
    made.stop()


@pytest.fixture
def letters():
    """The letters of the start, by slug."""
    ensure_letters()
    return {letter.slug: letter for letter in Letter.objects.all()}


@pytest.fixture
def mailbox(monkeypatch):
    """What was handed to the queue, as (address, subject, text); the queue works at once."""
    box = []
    monkeypatch.setattr(
        mails, "send_mail", lambda to, subject, text, _language, **_tries: box.append((to, subject, text))
    )
    monkeypatch.setattr(mails.transaction, "on_commit", lambda act: act())
    monkeypatch.setattr(tasks, "ask", lambda *given: asking.ask(*given, now=timezone.now()))
    return box
