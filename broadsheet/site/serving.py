"""Starting the web processes: granian with the application of this room."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import uvloop
from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server.embed import Server

APPLICATION = "broadsheet.site.application:application"
BACKLOG = 1024


def serve(host: str = "127.0.0.1", port: int = 8000, *, workers: int = 1, **options: Any) -> None:
    """Serve until told to stop (SIGINT, SIGTERM). Raises OSError when the address is taken.

    workers: processes; one of them serves some thousand readers a second from finished pages. A single one is this
    process itself; several have it as a parent that starts them again. options: passed on to granian.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    # Feeds and canonical addresses need a whole one; a public site sets its own.
    address = os.environ.setdefault("BROADSHEET_SITE_URL", f"http://{_named(host)}:{port}")
    if settings.configured and not settings.SITE_URL:
        settings.SITE_URL = address
    if settings.configured:
        connections.close_all()  # the workers are copies of this process, and no copy may use its handles
    options |= {
        "address": host,
        "port": port,
        "interface": Interfaces.RSGI,
        "http": HTTPModes.http1,  # a proxy in front speaks it too, and looking which one it is takes a tenth
        "websockets": False,
        "backlog": BACKLOG,
        "log_access": False,
    }
    if workers == 1:
        uvloop.run(_serve_here(options))
    else:
        _serve_from_here(workers, options)


async def _serve_here(options: dict[str, Any]) -> None:
    """In this process and its loop: half the memory of a parent with one child."""
    from broadsheet.site.application import application  # noqa: PLC0415  # in the process that serves, not in a parent

    server = Server(application, log_level=LogLevels.error, **options)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, server.stop)
    await server.serve()


def _serve_from_here(workers: int, options: dict[str, Any]) -> None:
    Granian(
        APPLICATION,
        loop=Loops.uvloop,
        workers=workers,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        **options,
    ).serve()


def _named(host: str) -> str:
    """A name for an address that means every one."""
    if host in ("0.0.0.0", "::"):  # noqa: S104  # compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
