"""`broadsheet export site` and `broadsheet import` as a person meets them, killed ones included."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from tests.begun import begin

pytestmark = [
    pytest.mark.xdist_group("commands"),
    pytest.mark.skipif(bool(os.environ.get("BROADSHEET_DATABASE_URL")), reason="about data folders"),
]
KILLED = """
import os, signal, sys
from broadsheet.commands.common import start_django
start_django()
from broadsheet.gathering.archive import reading
reading._place_pictures = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from broadsheet.cli import main
main(["import", sys.argv[1]])
"""


def run(command, data):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    environ = {**kept, "BROADSHEET_DATA": str(data)}
    begin(data)
    return subprocess.run([sys.executable, *command], env=environ, capture_output=True, timeout=120, check=False)


def broadsheet(*arguments, data):
    return run(["-m", "broadsheet.cli", *map(str, arguments)], data)


def dump(data):
    with sqlite3.connect(data / "broadsheet.sqlite3") as database:
        return [line for line in database.iterdump() if "django_" not in line and "finished_purge" not in line]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    data = folder / "data"
    broadsheet("sources", "add", "http://127.0.0.1:9/feed", "--name", "Pier Post", data=data)
    done = broadsheet("export", "site", folder / "archive", data=data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"Exported 0 articles, 0 stories and 0 pictures to ")
    return folder / "archive"


def test_import_says_what_it_did_and_cannot_be_done_twice(archive, tmp_path):
    done = broadsheet("import", archive, data=tmp_path)

    assert done.returncode == 0, done.stderr
    assert b"Imported 0 articles, 0 stories and 0 pictures" in done.stdout
    assert b"BROADSHEET_TERRITORY=US" in done.stderr
    assert any("127.0.0.1:9/feed" in line for line in dump(tmp_path))
    again = broadsheet("import", archive, data=tmp_path)
    assert again.returncode == 1
    assert b"already holds" in again.stderr
    assert b"Nothing was changed." in again.stderr
    assert b"Traceback" not in again.stderr


def test_killed_import_leaves_the_site_as_it_was(archive, tmp_path):
    broadsheet("sources", "list", data=tmp_path)
    untouched = dump(tmp_path)

    done = run(["-c", KILLED, str(archive)], tmp_path)

    assert done.returncode == -signal.SIGKILL
    assert dump(tmp_path) == untouched
    assert broadsheet("import", archive, data=tmp_path).returncode == 0
    assert dump(tmp_path) != untouched
    assert not list(tmp_path.glob(".import-*"))


def test_import_into_a_site_that_is_up_is_refused(archive, tmp_path):
    broadsheet("sources", "list", data=tmp_path)
    with (tmp_path / "up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = broadsheet("import", archive, data=tmp_path)

    assert done.returncode == 1
    assert b"Stop it before the import." in done.stderr


def test_wrong_files_are_named(archive, tmp_path):
    (tmp_path / "note").write_text("this is no archive of a site" * 40)
    missing = broadsheet("import", tmp_path / "nowhere", data=tmp_path / "data")
    wrong = broadsheet("import", tmp_path / "note", data=tmp_path / "data")
    nowhere = broadsheet("export", "site", tmp_path / "nowhere" / "archive", data=tmp_path / "data")

    assert [done.returncode for done in (missing, wrong, nowhere)] == [1, 1, 1]
    assert b"nowhere" in missing.stderr
    assert b"not an archive of a site" in wrong.stderr
    assert b"cannot be written" in nowhere.stderr
    assert b"Traceback" not in missing.stderr + wrong.stderr + nowhere.stderr
