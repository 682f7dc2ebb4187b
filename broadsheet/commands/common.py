"""What several commands need: starting Django with clear words, writing lines, progress on a terminal."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


class CommandError(Exception):
    """The command cannot be done; the message is a sentence that names the thing and the next step."""


def say(line: str) -> None:
    """One line of result on standard output."""
    print(line, flush=True)


def note(line: str) -> None:
    """One line beside the result, on standard error."""
    print(line, file=sys.stderr, flush=True)


def start_django(data: Path | None = None) -> None:
    """Read the settings and make the rooms with a database usable. Raises CommandError for settings that are wrong."""
    if data is not None:
        os.environ["BROADSHEET_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    import django

    from broadsheet.environment import SettingError

    try:
        django.setup()
    except SettingError as error:
        raise CommandError(str(error)) from error


def port_number(text: str) -> int:
    """For argparse: a port, or a sentence about it."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:6]) < 65_536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; use a number from 1 to 65535")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Raises CommandError when this process may not listen there."""
    elsewhere = f"{host} is no address of this machine. Use --host 127.0.0.1, or 0.0.0.0 for all."
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CommandError(elsewhere) from error
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except PermissionError as error:
            raise CommandError(
                f"Port {port} is reserved for the system. Choose one above 1023: PORT=8000 make up."
            ) from error
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise CommandError(elsewhere) from error
            raise CommandError(
                f"Port {port} on {host} is taken ({error.strerror}). "
                f"Stop what uses it, or choose another: PORT={port + 1 if port < 65_535 else 8000} make up."
            ) from error


@contextmanager
def progress(*columns: str) -> Iterator[Progress | None]:
    """A progress display when attached to a terminal, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    shown = [TextColumn(column) for column in columns] or [TextColumn("{task.description}")]
    with RichProgress(
        *shown, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True)
    ) as bar:
        yield bar
