"""Killed at any moment, the next gather completes what was begun: the database ends as if nothing had happened."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from broadsheet.sample.server import SampleServer
from tests.begun import begin

pytestmark = pytest.mark.xdist_group("sample")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KILLS = 4

CONTENT = {
    "articles": "SELECT key, headline, digest, version, state, byline, language FROM articles_article",
    "entries": "SELECT address, state, article_key FROM sources_entry",
    "pictures": """SELECT a.key, p.position, p.state, p.stored FROM articles_picture p
        JOIN articles_article a ON a.id = article_id""",
    "stories": """SELECT a.key, s.key, o.key FROM stories_membership m JOIN articles_article a ON a.id = m.article_id
        JOIN stories_story s ON s.id = m.story_id LEFT JOIN articles_article o ON o.id = m.original_id""",
    "told": """SELECT key, headline, outlets, independents, articles_count FROM stories_story
        WHERE merged_into_id IS NULL""",
    "quotations": """SELECT a.key, q.start, q.text, q.name FROM stories_quotation q
        JOIN articles_article a ON a.id = article_id""",
    "indexed": "SELECT a.key, f.headline FROM search_fts f JOIN articles_article a ON a.id = f.rowid",
}


def gather_until(data, environ, seconds=None):
    """Run a gather; kill its whole process group after `seconds`. Returns whether it came to its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet.cli", "gather", "--data", str(data)],
        env=environ,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _, complaint = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return False
    assert process.returncode == 0, complaint.decode()
    return True


def content_of(data):
    with sqlite3.connect(data / "broadsheet.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return {name: sorted(map(repr, database.execute(query))) for name, query in CONTENT.items()}


@pytest.fixture
def served():
    server = SampleServer(NOW)
    server.start()
    yield server
    server.stop()


def prepared(data, server):
    """A data folder that follows the sample, and the environment of commands on it."""
    begin(data)
    environ = {
        **os.environ,
        "BROADSHEET_DATA": str(data),
        "BROADSHEET_ALLOW_NETWORKS": ",".join(f"{host}:{port}" for host, port in server.endpoints),
    }
    environ.pop("BROADSHEET_DATABASE_URL", None)
    code = (
        "import datetime\n"
        "from broadsheet.commands.database import open_database\n"
        "open_database()\n"
        "from broadsheet.gathering.sample import install_sample\n"
        "from broadsheet.sample.reading import edition\n"
        f"now = datetime.datetime.fromisoformat({NOW.isoformat()!r})\n"
        f"install_sample(edition(now), {dict(server.addresses)!r}, {dict(server.feeds)!r}, now=now)\n"
    )
    subprocess.run([sys.executable, "-c", code], env=environ, check=True)
    return environ


def test_killed_gathers_end_like_an_undisturbed_one(served, tmp_path):
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    started = time.monotonic()
    assert gather_until(undisturbed, prepared(undisturbed, served))
    lasted = time.monotonic() - started
    environ = prepared(killed, served)
    moments = random.Random(20261122)

    for _ in range(KILLS):
        gather_until(killed, environ, moments.uniform(0.3, lasted))
    assert gather_until(killed, environ)

    expected, found = content_of(undisturbed), content_of(killed)
    assert len(expected["articles"]) > 60
    for name, rows in expected.items():
        assert found[name] == rows, name
