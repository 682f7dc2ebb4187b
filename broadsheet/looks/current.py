"""The looks of this moment: read again whenever the file or its logo changes."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from django.conf import settings

from broadsheet.looks.look import Looks
from broadsheet.looks.reading import read_looks

log = logging.getLogger(__name__)

FILE = "site.toml"
"""The name of the file in the data folder."""
Stamp = tuple[tuple[int, int, int] | None, ...]
_read: dict[str, tuple[Stamp, Looks]] = {}


def looks() -> Looks:
    """What the file says now. A file with mistakes changes nothing until they are mended; `doctor` names them."""
    folder = str(settings.DATA)
    known = _read.get(folder)
    if known is not None and known[0] == _stamp(folder, known[1]):
        return known[1]
    path = Path(folder) / FILE
    found, problems = read_looks(path)
    if problems:
        log.warning("%s: %s", path, " ".join(problems))
        found = known[1] if known is not None else Looks()
    _read[folder] = (_stamp(folder, found), found)
    return found


def site_name() -> str:
    """The name on the masthead."""
    return looks().name or str(settings.SITE_NAME)


def _stamp(folder: str, found: Looks) -> Stamp:
    """Asked several times a page, so with plain names: paths take longer to build than to look up."""
    names = [FILE, found.logo.name] if found.logo else [FILE]
    return tuple(_stat(f"{folder}/{name}") for name in names)


def _stat(path: str) -> tuple[int, int, int] | None:
    try:
        told = os.stat(path)  # noqa: PTH116  # the same
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino
