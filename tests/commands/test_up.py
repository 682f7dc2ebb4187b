"""`broadsheet up` as its user meets it: a newspaper at the printed address, a clean end, a start that resumes."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.services import free_port

pytestmark = pytest.mark.xdist_group("sample")


class Up:
    """A running `broadsheet up --sample`, with the lines it has printed."""

    def __init__(self, data: Path, port: int) -> None:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "broadsheet.cli", "up", "--sample", "--port", str(port), "--data", str(data)],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line)

    def wait_for(self, pattern: str, seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = next((line for line in self.lines if re.search(pattern, line)), None)
            if found is not None:
                return found
            assert self.process.poll() is None, "".join(self.lines)
            time.sleep(0.05)
        raise AssertionError(f"no line like {pattern!r} in:\n" + "".join(self.lines))

    def children(self) -> list[int]:
        shown = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in shown.stdout.split()]

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self.reader.join(5)
        self.process.stdout.close()


@pytest.fixture
def start(tmp_path):
    running: list[Up] = []
    port = free_port()

    def begin() -> Up:
        running.append(Up(tmp_path / "data", port))
        return running[-1]

    begin.port = port
    yield begin
    for up in running:
        up.close()


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def wait_until(check, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b"Z" not in Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1][:3]


def test_first_start_shows_a_newspaper_then_stops_and_resumes(start):
    up = start()
    address = re.search(r"http://\S+", up.wait_for("Broadsheet is up"))[0]
    assert address == f"http://127.0.0.1:{start.port}/"
    wait_until(lambda: "independent report" in get(start.port, "/"))
    front = get(start.port, "/")
    assert "Sample edition" in front
    assert len(re.findall(r'href="/(?:stories|articles)/\d+', front)) > 20
    assert get(start.port, "/-/live")
    # What was corrected is seen at the next gather, a minute later, which a busy machine is late for.
    wait_until(lambda: "/articles/" in get(start.port, "/corrections"), 240)

    children = up.children()
    os.killpg(up.process.pid, signal.SIGINT)
    assert up.process.wait(20) == 0
    assert "has stopped" in up.wait_for("stopped") if up.process.poll() is None else True
    wait_until(lambda: not any(map(is_alive, children)), 5)

    began = time.monotonic()
    again = start()
    again.wait_for("Broadsheet is up")
    assert time.monotonic() - began < 20
    assert "independent report" in get(start.port, "/")


def test_children_end_with_a_killed_parent_and_return_when_killed_alone(start):
    up = start()
    up.wait_for("Broadsheet is up")
    worker = up.children()[-1]
    os.kill(worker, signal.SIGKILL)
    up.wait_for("starting it again")
    wait_until(lambda: len(up.children()) == 2)

    children = up.children()
    os.kill(up.process.pid, signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, children)), 20)
    with pytest.raises((urllib.error.URLError, OSError)):
        get(start.port, "/-/live")
