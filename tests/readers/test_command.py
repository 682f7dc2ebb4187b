"""`broadsheet readers` from the command line."""

import pytest

from broadsheet.cli import main
from broadsheet.readers.models import GateRule, Member, Reader, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def database(monkeypatch):
    monkeypatch.setattr("broadsheet.commands.readers.open_database", lambda data: None)


def test_roles(reader, capsys):
    assert main(["readers", "role", "give", reader.email, "editor"]) == 0
    assert Role.objects.get().kind == "editor"
    assert main(["readers", "role", "take", reader.email, "editor"]) == 0
    assert not Role.objects.exists()
    assert main(["readers", "role", "give", "nobody@harbor.example", "editor"]) == 1
    assert main(["readers", "role", "give", reader.email, "publisher"]) == 1
    assert "no account" in capsys.readouterr().err


def test_gate_members_and_wording(capsys):
    assert main(["readers", "gate", "site", "metered", "--days", "7"]) == 0
    assert GateRule.objects.get().days == 7
    assert main(["readers", "gate", "section:nowhere", "account"]) == 1
    assert main(["readers", "gate"]) == 0
    assert "site: metered, texts of 7 days" in capsys.readouterr().out
    assert main(["readers", "gate", "site", "none"]) == 0
    assert not GateRule.objects.exists()
    assert main(["readers", "member", "add", "network", "192.0.2.0/24"]) == 0
    assert main(["readers", "member", "add", "network", "nonsense"]) == 1
    assert Member.objects.get().value == "192.0.2.0/24"
    assert main(["readers", "wording", "gate.account.title", "en", "Come in"]) == 0


def test_a_persons_data(reader, capsys, mailbox):
    assert main(["readers", "export", reader.email]) == 0
    assert reader.email in capsys.readouterr().out
    assert main(["readers", "erase", reader.email, "--words"]) == 0
    assert not Reader.objects.exists()
