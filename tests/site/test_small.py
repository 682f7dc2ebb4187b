"""The process that serves loads what pages need, and no client of servers that it does not talk to; the one that
watches over it loads hardly anything."""

import os
import subprocess
import sys

LOADED = """
import sys
from broadsheet.cli import parser
from broadsheet.commands.processes import open_for
open_for(parser().parse_args(["serve", "--lifeline", "0"]))
import broadsheet.site.house, broadsheet.site.serving, broadsheet.site.application
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
WSGIHandler()
get_resolver().url_patterns
print(*sys.modules)
"""
DEAR = {
    "redis", "psycopg", "aiohttp", "lxml", "selectolax", "PIL", "cryptography", "dns", "fido2", "feedparser",
    "broadsheet.extraction", "broadsheet.fetching.client", "broadsheet.gathering.gatherer", "broadsheet.sample",
    "django.db.migrations.loader",
}  # fmt: skip
WATCHED = """
import sys
from broadsheet.cli import parser
parser()
print(*sys.modules)
"""
DEAR_TO_WATCH_WITH = {"django", "http.client", "ssl", "email", "asyncio", "broadsheet.settings"}


def loaded(code):
    here = {**os.environ, "BROADSHEET_DATABASE_URL": ""}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=here)
    return set(ran.stdout.split())


def test_serving_does_not_load_what_only_gathering_and_sending_need():
    modules = loaded(LOADED)
    assert "broadsheet.site.views" in modules
    assert sorted(DEAR & modules) == []


def test_watching_over_the_processes_loads_next_to_nothing():
    modules = loaded(WATCHED)
    assert "broadsheet.commands.up" in modules
    assert sorted(DEAR_TO_WATCH_WITH & modules) == []
