"""Starting and stopping a served site, and asking it things as a plain HTTP client does."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from tests.begun import begin

ROOT = Path(__file__).resolve().parents[2]


class Site:
    def __init__(self, data, **settings):
        """settings: of the environment, without their prefix."""
        self.data, self.settings = data, settings
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self):
        """Of its processes: its own settings, and none of those who run the tests."""
        found = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
        found["BROADSHEET_SECRET_KEY"] = "only-for-tests-" * 4
        return found | {f"BROADSHEET_{name}": value for name, value in self.settings.items()}

    def run(self, *words):
        """Run Python on the site's data, beside it; what it printed last, read as JSON."""
        environ = {**self.environ, "BROADSHEET_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "broadsheet.settings"}
        command = [sys.executable, *words]
        made = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        return json.loads(made.stdout.splitlines()[-1])

    def start(self):
        environ = self.environ
        command = [sys.executable, "-m", "tests.site.served", str(self.data), str(self.port)]
        if begin(self.data):
            command.append("fill")
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + 120  # a machine may be busy
        while time.monotonic() < deadline:
            try:
                if self.get("/-/ready").status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.1)
        self.stop()
        raise AssertionError((self.data / "log").read_text())

    def stop(self, sign=signal.SIGTERM):
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, sign)
            self.process.wait(timeout=15)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def get(self, path, headers=None, method="GET", host=None):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.putrequest(method, path, skip_host=host is not None, skip_accept_encoding=True)
            if host is not None:
                connection.putheader("Host", host)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            response.body = response.read()
            return response

    @contextmanager
    def database(self):
        """The site's database, in one transaction."""
        with closing(sqlite3.connect(self.data / "broadsheet.sqlite3", timeout=20)) as database, database:
            yield database

    def settle(self):
        """Wait until the running site has seen every change there is."""
        with self.database() as database:
            newest = database.execute("SELECT max(id) FROM finished_purge").fetchone()[0] or 0
        deadline = time.monotonic() + 30  # a machine may be busy
        while newest not in self._seen(newest):
            assert time.monotonic() < deadline, "the watch over finished pages stands still"
            time.sleep(0.05)

    def _seen(self, newest):
        with closing(sqlite3.connect(self.data / "pages" / "pages.sqlite3", timeout=20)) as pages:
            note = pages.execute("SELECT value FROM note WHERE name = 'position'").fetchone()
        floor, above = json.loads(note[0]) if note else (-1, [])
        return {*above, *([newest] if newest <= floor else [])}

    def metric(self, name):
        lines = self.get("/-/metrics").body.decode().splitlines()
        return next(float(line.split()[-1]) for line in lines if line.startswith(f"broadsheet_{name}"))
