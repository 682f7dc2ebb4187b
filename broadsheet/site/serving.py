"""Starting the web processes: granian with the application of this room."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

APPLICATION = "broadsheet.site.application:application"
BACKLOG = 1024


def serve(host: str = "127.0.0.1", port: int = 8000, *, workers: int = 1, **options: Any) -> None:
    """Serve until told to stop (SIGINT, SIGTERM). Raises OSError when the address is taken.

    workers: processes; one of them serves some thousand readers a second from finished pages. options: passed on to
    granian.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    # Feeds and canonical addresses need a whole one; a public site sets its own.
    address = os.environ.setdefault("BROADSHEET_SITE_URL", f"http://{_named(host)}:{port}")
    if settings.configured and not settings.SITE_URL:
        settings.SITE_URL = address
    if settings.configured:
        connections.close_all()  # the workers are copies of this process, and no copy may use its handles
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        workers=workers,
        websockets=False,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
        **options,
    ).serve()


def _named(host: str) -> str:
    """A name for an address that means every one."""
    if host in ("0.0.0.0", "::"):  # noqa: S104  # compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
