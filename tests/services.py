"""Real servers for the tests: one that a setting names, else one started from installed binaries."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HASTE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
"""What makes PostgreSQL safe when the power fails, which tests can do without."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a database of its own on a PostgreSQL server, dropped afterwards; None if there is no server."""
    with _postgres_server() as server:
        if server is None:
            yield None
            return
        import psycopg

        name = f"broadsheet_{os.getpid()}_{time.time_ns() % 1_000_000}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        try:
            yield f"{server}/{name}"
        finally:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _postgres_server() -> Iterator[str | None]:
    """The one that BROADSHEET_TEST_POSTGRES names, else one of our own, else one that runs where all expect it."""
    named = os.environ.get("BROADSHEET_TEST_POSTGRES", "")
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = binaries[-1] if binaries else shutil.which("initdb")
    if initdb is not None and not named:
        with tempfile.TemporaryDirectory(prefix="broadsheet-postgres-") as folder:
            yield from _started_postgres(Path(initdb).parent, Path(folder), free_port())
        return
    address = named or "postgresql://postgres@127.0.0.1:5432"
    yield address.rstrip("/") if _postgres_answers(address) else None


def _started_postgres(binaries: Path, folder: Path, port: int) -> Iterator[str | None]:
    # The server refuses to run as root: then it runs as the system's own user for it.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        [*user, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"], check=True, capture_output=True
    )
    server = subprocess.Popen(
        [*user, binaries / "postgres", "-D", data, "-p", str(port), "-k", folder, *HASTE],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"postgresql://postgres@127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        while not _postgres_answers(address) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _postgres_answers(address: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(f"{address.rstrip('/')}/postgres", connect_timeout=2):
            return True
    except psycopg.Error:
        return False


@contextmanager
def redis() -> Iterator[str | None]:
    """The address of a Redis database: the one that BROADSHEET_TEST_REDIS names, else that of a server of our own,
    which no other test empties, else one that runs where all expect it; None if there is no server."""
    named = os.environ.get("BROADSHEET_TEST_REDIS", "")
    binary = shutil.which("redis-server")
    if binary is None or named:
        address = named or "redis://127.0.0.1:6379/9"
        yield address if _redis_answers(address) else None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="broadsheet-redis-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        try:
            address = f"redis://127.0.0.1:{port}/0"
            deadline = time.monotonic() + 15
            while not _redis_answers(address) and time.monotonic() < deadline:
                time.sleep(0.05)
            yield address
        finally:
            server.terminate()
            server.wait(10)


def _redis_answers(address: str) -> bool:
    import redis as client

    try:
        with client.Redis.from_url(address, socket_connect_timeout=2) as connection:
            return bool(connection.ping())
    except client.RedisError:
        return False
