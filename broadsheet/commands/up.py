"""`broadsheet up`: site, workers, schedule and the sample edition in one process tree on an embedded database.

This process only watches: `serve` and `work` are its children, started again when they fail. It holds the write end of
a pipe that the children read; when it dies, however it dies, they see the end of the pipe and stop too. It stays small:
what needs Django is done by children, the database's upgrade by one that ends with it.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

from broadsheet.commands.common import CommandError, check_port, port_number, say
from broadsheet.commands.database import check_folder, open_database
from broadsheet.environment import SettingError, read_environment

READY_WITHIN_S = 60.0
STOP_WITHIN_S = 12.0
SMALL = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""For the C library's allocator in the children: few pools, and what is free goes back. Threads here mostly wait."""
RESTARTS, RESTART_WINDOW_S = 5, 60.0


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("up", help="site, workers and schedule in one go, on an embedded database")
    port = os.environ.get("PORT") or "8000"
    command.add_argument("--port", type=port_number, default=port, help="port of the site (default 8000, or PORT)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")
    sample = command.add_mutually_exclusive_group()
    sample.add_argument(
        "--sample", action="store_true", default=None, dest="sample", help="only the sample edition; follow nobody"
    )
    sample.add_argument("--no-sample", action="store_false", dest="sample", help="never the sample edition")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    if chosen.sample is not None:
        os.environ["BROADSHEET_SAMPLE"] = "always" if chosen.sample else "never"
    if chosen.data is not None:
        os.environ["BROADSHEET_DATA"] = str(chosen.data.expanduser().resolve())
    address = f"http://{_shown(chosen.host)}:{chosen.port}"
    os.environ.setdefault("BROADSHEET_SITE_URL", address)
    try:
        data = read_environment().data.expanduser().resolve()
    except SettingError as error:
        raise CommandError(str(error)) from error
    check_folder(data)
    with _only_one(data, address):
        check_port(chosen.host, chosen.port)
        code = _in_a_child(open_database)
        return code or Supervisor(chosen.host, chosen.port).run()


def _in_a_child(work: Callable[[], None]) -> int:
    """Do it in a process that ends with it, so that what it loads is not held as long as the site is up.

    Returns its exit code; what went wrong is said there.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except CommandError as error:
            print(f"broadsheet: {error}", file=sys.stderr)
        except KeyboardInterrupt:
            code = 130
        except Exception:  # noqa: BLE001  # its process ends here, and nobody else would tell of it
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # what the operator chose, shown as an address that can be opened
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _only_one(data: Path, address: str) -> IO[str]:
    """A lock on the data folder, held until the process ends, however it ends. It says who holds it, and where."""
    file = (data / "up.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        owner = file.read().strip()
        file.close()
        raise CommandError(
            f"Broadsheet is already up on {data}" + (f" ({owner})" if owner else "") + ". "
            "Stop it first, or choose another folder with --data (DATA=… make up)."
        ) from error
    file.truncate(0)
    file.write(f"process {os.getpid()}, {address}/")
    file.flush()
    return file


class Supervisor:
    """Starts the children, waits until the site answers, keeps them running, stops them all."""

    def __init__(self, host: str, port: int) -> None:
        self._address = f"http://{_shown(host)}:{port}"
        self._place = _shown(host).strip("[]"), port
        self._commands = {
            "serve": ["serve", "--host", host, "--port", str(port)],
            "work": ["work", "--with-sample"],
        }
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._starts: dict[str, list[float]] = {name: [] for name in self._commands}
        self._stopping = False

    def run(self) -> int:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        self._lifeline, write_end = os.pipe()
        try:
            for name in self._commands:
                self._start(name)
            if self._wait_until_ready():
                say(f"Broadsheet is up: {self._address}/  (Ctrl-C stops it)")
            while not self._stopping:
                self._look_after()
                time.sleep(0.2)  # how soon a child that ended is noticed
        finally:
            self._stop_children()
            os.close(write_end)
        say("Broadsheet has stopped; nothing is lost, the next start goes on where it was.")
        return 0

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, name: str) -> None:
        self._starts[name].append(time.monotonic())
        command = [sys.executable, "-m", "broadsheet.cli", *self._commands[name], "--lifeline", str(self._lifeline)]
        # A session of its own: Ctrl-C reaches this process alone, which then stops the children in order.
        self._children[name] = subprocess.Popen(  # noqa: S603  # our own command
            command,
            pass_fds=[self._lifeline],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**SMALL, **os.environ},
        )

    def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and not self._stopping:
            if self._children["serve"].poll() is not None:
                raise CommandError("The site stopped while starting; the lines above say why.")
            if self._is_ready():
                return True
            time.sleep(0.05)
        if not self._stopping:
            raise CommandError(f"The site does not answer at {self._address} after {READY_WITHIN_S:.0f} seconds.")
        return False

    def _is_ready(self) -> bool:
        """By hand: the library for it takes a fifth of this process's memory, as long as the site is up."""
        try:
            with socket.create_connection(self._place, timeout=2) as connection:
                connection.sendall(b"GET /-/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return connection.recv(64).startswith(b"HTTP/1.1 200 ")
        except OSError:  # not up yet
            return False

    def _look_after(self) -> None:
        for name, child in list(self._children.items()):
            if child.poll() is None:
                continue
            recent = [at for at in self._starts[name] if time.monotonic() - at < RESTART_WINDOW_S]
            if len(recent) > RESTARTS:
                raise CommandError(f"`broadsheet {name}` stops again and again; the lines above say why.")
            say(f"`broadsheet {name}` ended with code {child.returncode}; starting it again.")
            self._start(name)

    def _stop_children(self) -> None:
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_WITHIN_S
        for child in self._children.values():
            try:
                child.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
