"""The rooms with a database do the same on PostgreSQL: their own tests once more, on a real server."""

import os
import subprocess
import sys

import pytest

from tests import services

ROOMS = (
    "tests/finished/test_hosts.py",
    "tests/articles",
    "tests/sources",
    "tests/stories",
    "tests/comments",
    "tests/search",
    "tests/gathering/test_gather_sample.py",
    "tests/gathering/test_rules.py",
    "tests/letters/test_assembling.py",
    "tests/letters/test_sending.py",
    "tests/letters/test_returns.py",
    "tests/site/api",
)


@pytest.mark.postgres
@pytest.mark.xdist_group("sample")
def test_rooms_with_a_database_hold_on_postgresql():
    with services.postgres() as address:
        if address is None:
            pytest.skip("no PostgreSQL server: none runs, and none is installed to be started")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *ROOMS],
            env={**os.environ, "BROADSHEET_DATABASE_URL": address},
            capture_output=True,
            timeout=1_200,
            check=False,
        )

    assert done.returncode == 0, done.stdout.decode()[-3000:]
