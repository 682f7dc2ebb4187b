"""What a person can do wrong is answered with a sentence that names the thing and the next step, and an exit code."""

import fcntl
import io
import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing

import pytest

from tests.begun import begin

pytestmark = pytest.mark.xdist_group("commands")


EMPTY_FOLDERS = {"up", "restore"}
"""Commands that want to begin a site themselves."""


def broadsheet(*arguments, data=None, stdin=b"", **environ):
    command = [sys.executable, "-m", "broadsheet.cli", *arguments]
    if data is not None:
        environ["BROADSHEET_DATA"] = str(data)
        if arguments[0] not in EMPTY_FOLDERS and not data.is_file():
            begin(data)
    kept = {name: value for name, value in os.environ.items() if name != "BROADSHEET_DATABASE_URL"}
    return subprocess.run(command, env={**kept, **environ}, input=stdin, capture_output=True, timeout=120, check=False)


def complaint(done):
    lines = done.stderr.decode().strip().splitlines()
    assert b"Traceback" not in done.stderr
    return lines[-1]


def test_help_needs_no_framework():
    done = broadsheet("--help")

    assert done.returncode == 0
    for command in (b"up", b"gather", b"sources", b"extract", b"export", b"backup", b"restore", b"doctor"):
        assert command in done.stdout


def test_wrong_address_is_named(tmp_path):
    done = broadsheet("sources", "add", "ftp://example.org/feed", data=tmp_path)

    assert done.returncode == 1
    assert "ftp://example.org/feed" in complaint(done)
    assert "http" in complaint(done)


def test_page_as_opml_is_named(tmp_path):
    page = tmp_path / "page.opml"
    page.write_text("<html><body>no list</body></html>")

    done = broadsheet("sources", "import", str(page), data=tmp_path / "data")

    assert done.returncode == 1
    assert "OPML" in complaint(done)


def test_missing_file_is_named(tmp_path):
    for arguments in (["sources", "import"], ["extract"], ["restore"]):
        done = broadsheet(*arguments, str(tmp_path / "nowhere"), data=tmp_path / arguments[0])
        assert done.returncode == 1
        assert "nowhere" in complaint(done)


def test_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = broadsheet("up", "--sample", "--port", str(port), data=tmp_path)

    assert done.returncode == 1
    assert f"Port {port}" in complaint(done)
    assert "PORT=" in complaint(done)


def test_second_up_on_one_folder_is_refused(tmp_path):
    assert broadsheet("doctor", data=tmp_path).returncode in {0, 1}
    with (tmp_path / "up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 41, http://127.0.0.1:8000/")
        lock.flush()
        before = (tmp_path / "broadsheet.sqlite3").read_bytes()
        done = broadsheet("up", "--sample", "--port", "18999", data=tmp_path)

    assert done.returncode == 1
    assert "already up" in complaint(done)
    assert "process 41, http://127.0.0.1:8000/" in complaint(done)
    assert (tmp_path / "broadsheet.sqlite3").read_bytes() == before


def test_a_port_or_host_that_cannot_be_is_named(tmp_path):
    assert "'0' is not a port" in complaint(broadsheet("up", data=tmp_path, PORT="0"))
    assert broadsheet("up", "--port", "99999", data=tmp_path).returncode == 2
    for command in ("up", "serve"):
        done = broadsheet(command, "--host", "192.0.2.1", data=tmp_path)
        assert done.returncode == 1
        assert "192.0.2.1 is no address of this machine" in complaint(done)


def test_database_of_a_newer_version_is_left_alone(tmp_path):
    broadsheet("doctor", data=tmp_path)
    with sqlite3.connect(tmp_path / "broadsheet.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations(app, name, applied) VALUES ('articles', '0999_future', '2030-01-01')"
        )
        before = list(database.iterdump())

    done = broadsheet("gather", data=tmp_path)

    assert done.returncode == 1
    assert "newer Broadsheet" in complaint(done)
    with sqlite3.connect(tmp_path / "broadsheet.sqlite3") as database:
        assert list(database.iterdump()) == before


def test_damaged_database_is_named(tmp_path):
    (tmp_path / "broadsheet.sqlite3").write_bytes(b"this is no database" * 500)

    done = broadsheet("gather", data=tmp_path)

    assert done.returncode == 1
    assert "cannot be read" in complaint(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    done = broadsheet("gather", data=tmp_path / "data")

    assert done.returncode == 1
    assert str(tmp_path / "data") in complaint(done)


def test_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("")

    done = broadsheet("gather", data=tmp_path / "data")

    assert done.returncode == 1
    assert str(tmp_path / "data") in complaint(done)


def test_wrong_setting_stops_the_start(tmp_path):
    done = broadsheet("gather", data=tmp_path, BROADSHEET_TERRITORY="Utopia")

    assert done.returncode == 1
    assert "BROADSHEET_TERRITORY" in complaint(done)


def test_unknown_source_is_named(tmp_path):
    done = broadsheet("gather", "--source", "https://example.org/feed", data=tmp_path)

    assert done.returncode == 1
    assert "sources add https://example.org/feed" in complaint(done)


def test_extract_reads_standard_input():
    page = (
        b"<html><body><article><h1>Rain</h1>" + b"<p>It rained all day in the valley, and then it rained more.</p>" * 6
    )
    done = broadsheet("extract", "-", "--format", "text", stdin=page)

    assert done.returncode == 0
    assert b"It rained all day in the valley" in done.stdout


def test_a_restore_unpacks_only_what_a_backup_holds(tmp_path):
    broadsheet("doctor", data=tmp_path / "data")
    outside = tmp_path / "outside"
    with tarfile.open(tmp_path / "backup", "w:gz") as archive:
        archive.add(tmp_path / "data" / "broadsheet.sqlite3", "broadsheet.sqlite3")
        for name in ("../outside", str(outside), "pictures/../../outside", "settings.py", "pictures/a.webp"):
            member = tarfile.TarInfo(name)
            member.size = 4
            archive.addfile(member, io.BytesIO(b"RIFF"))
        link = tarfile.TarInfo("secret-key")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    done = broadsheet("restore", str(tmp_path / "backup"), data=tmp_path / "other")

    assert done.returncode == 0
    found = {str(file.relative_to(tmp_path / "other")) for file in (tmp_path / "other").rglob("*") if file.is_file()}
    assert {"broadsheet.sqlite3", "pictures/a.webp"} <= found
    assert "settings.py" not in found
    assert not outside.exists()
    assert not (tmp_path / "other" / "secret-key").is_symlink()


def test_extract_writes_every_form(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<article><h1>Rain</h1>" + "<p>It rained all day, and then it rained <b>more</b> in May.</p>" * 6)
    for form, sign in (("json", '"headline"'), ("text", "Rain"), ("markdown", "**more**"), ("html", "<strong>more<")):
        done = broadsheet("extract", str(page), "--format", form)
        assert done.returncode == 0
        assert sign in done.stdout.decode()


def test_a_restored_backup_sends_no_edition_by_itself(tmp_path):
    broadsheet("sources", "list", data=tmp_path / "data")
    insert = "INSERT INTO letters_edition SELECT {} FROM letters_letter ORDER BY id LIMIT 1"
    with closing(sqlite3.connect(tmp_path / "data/broadsheet.sqlite3")) as base, base:
        known = {
            "id": "7",
            "letter_id": "id",
            "issue": "7",
            "state": "'scheduled'",
            "until": "made_at",
            "go_at": "made_at",
        }
        columns = [
            (name, bool(needed)) for _, name, _, needed, *_ in base.execute("PRAGMA table_info(letters_edition)")
        ]
        base.execute(insert.format(", ".join(known.get(name, "''" if needed else "NULL") for name, needed in columns)))

    assert broadsheet("backup", str(tmp_path / "backup"), data=tmp_path / "data").returncode == 0
    assert broadsheet("restore", str(tmp_path / "backup"), data=tmp_path / "other").returncode == 0

    told = "SELECT state, stopped_because FROM letters_edition"
    with closing(sqlite3.connect(tmp_path / "data/broadsheet.sqlite3")) as base:
        assert base.execute(told).fetchall() == [("scheduled", "")]
    with closing(sqlite3.connect(tmp_path / "other/broadsheet.sqlite3")) as base:
        assert base.execute(told).fetchall() == [("stopped", "restored")]


def test_backup_is_restored_and_a_damaged_one_refused(tmp_path):
    broadsheet("sources", "add", "http://127.0.0.1:9/feed", data=tmp_path / "data")
    assert broadsheet("backup", str(tmp_path / "backup"), data=tmp_path / "data").returncode == 0
    assert broadsheet("restore", str(tmp_path / "backup"), data=tmp_path / "other").returncode == 0
    assert b"127.0.0.1:9/feed" in broadsheet("sources", "list", data=tmp_path / "other").stdout

    full = broadsheet("restore", str(tmp_path / "backup"), data=tmp_path / "other")
    assert full.returncode == 1
    assert "already holds" in complaint(full)
    (tmp_path / "broken").write_bytes((tmp_path / "backup").read_bytes()[:300])
    broken = broadsheet("restore", str(tmp_path / "broken"), data=tmp_path / "third")
    assert broken.returncode == 1
    assert "not a backup" in complaint(broken)
