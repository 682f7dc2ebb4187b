"""`broadsheet search` from the command line, and what doctor says of the index."""

from argparse import Namespace

import pytest
from django.db import connection

from broadsheet.cli import parser
from broadsheet.commands import doctor, search
from broadsheet.commands.common import CommandError


@pytest.fixture(autouse=True)
def opened(monkeypatch):
    monkeypatch.setattr(search, "open_database", lambda data: None)


def ill(check):
    return [problem for _name, problem in check() if problem]


def test_for_prints_what_a_reader_would_find(library, capsys):
    library.article("Treaty with Varga", days=200)

    assert search.run_for(Namespace(data=None, query="vagra")) == 0

    assert capsys.readouterr().out.splitlines()[0] == "Results for varga"
    with pytest.raises(CommandError, match="wants a date"):
        search.run_for(Namespace(data=None, query="after:never"))


def test_doctor_sees_a_gap_and_rebuild_mends_it(library, capsys):
    row = library.article("Treaty signed")
    assert ill(doctor._search) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_document")
    assert "rebuild" in ill(doctor._search)[0]

    assert search.run_rebuild(Namespace(data=None)) == 0

    assert "1 articles" in capsys.readouterr().out
    assert ill(doctor._search) == []
    assert library.find("treaty") == [row]


def test_command_line():
    assert parser().parse_args(["search", "rebuild"]).run is search.run_rebuild
    assert parser().parse_args(["search", "for", "a treaty"]).query == "a treaty"
