"""`broadsheet letters import` and `export` from the command line."""

import pytest

from broadsheet.cli import main
from broadsheet.letters.models import Subscriber, Subscription
from broadsheet.letters.starting import ensure_letters

pytestmark = pytest.mark.django_db
ROWS = """address,letters,consent,consented_at
ada@harbor.example,morning,Form,2024-05-03
bo@harbor.example,week,no,2024-05-03
"""


@pytest.fixture(autouse=True)
def database(monkeypatch, db):
    ensure_letters()
    monkeypatch.setattr("broadsheet.commands.letters.open_database", lambda data: None)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ROWS)
    return path


def test_a_list_is_tried_brought_in_and_written_out_again(file, capsys):
    assert main(["letters", "import", str(file), "--dry-run"]) == 0
    told = capsys.readouterr()
    assert told.out == (
        "Would bring in 1 new addresses and more letters for 0; 0 had all of it already, "
        "1 rows are refused (1 no proof of consent).\n"
    )
    assert "line 3: no proof of consent" in told.err
    assert Subscriber.objects.count() == 0
    assert main(["letters", "import", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Brought in 1 new")
    assert main(["letters", "export"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[1:] == ["ada@harbor.example,morning,,,Form,2024-05-03T00:00:00+00:00"]
    assert told.err == "1 subscribers.\n"


def test_a_letter_can_be_named_for_rows_that_name_none(file, capsys):
    file.write_text("email,consent,consented_at\nada@harbor.example,Form,2024-05-03\n")
    assert main(["letters", "import", str(file), "--letter", "evening"]) == 0
    assert Subscription.objects.get().letter.slug == "evening"
    assert main(["letters", "import", str(file), "--letter", "nonesuch"]) == 1
    assert "There are: morning, evening" in capsys.readouterr().err


def test_what_cannot_be_read_is_said_in_a_sentence(file, tmp_path, capsys):
    assert main(["letters", "import", str(tmp_path / "none.csv")]) == 1
    file.write_bytes(b"\xff\xfe\x00")
    assert main(["letters", "import", str(file)]) == 1
    file.write_text("name\n")
    assert main(["letters", "import", str(file)]) == 1
    told = capsys.readouterr().err
    assert "There is no file" in told
    assert "is not in UTF-8" in told
    assert "names no column address" in told
