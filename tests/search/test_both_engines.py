"""FTS5 and PostgreSQL find the same: every test query has the same count and the same first ten, in the same order."""

import json
import os
import subprocess
import sys

import pytest

from tests import services


def answers(folder, **settings):
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.answers"],
        env={**os.environ, "BROADSHEET_DATA": str(folder), **settings},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)


@pytest.mark.postgres
def test_both_engines_find_the_same(tmp_path):
    with services.postgres() as address:
        if address is None:
            pytest.skip("no PostgreSQL server: none runs, and none is installed to be started")
        postgres = answers(tmp_path / "postgres", BROADSHEET_DATABASE_URL=address)
    sqlite = answers(tmp_path / "sqlite", BROADSHEET_DATABASE_URL="")

    assert sqlite == postgres
    assert sum(1 for found in sqlite.values() if found[0]) > 30
    assert any(found[1] for found in sqlite.values())
