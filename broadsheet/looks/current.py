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
_read: dict[Path, tuple[Stamp, Looks]] = {}


def looks() -> Looks:
    """What the file says now. A file with mistakes changes nothing until they are mended; `doctor` names them."""
    path = Path(settings.DATA) / FILE
    known = _read.get(path)
    if known is not None and known[0] == _stamp(path, known[1]):
        return known[1]
    found, problems = read_looks(path)
    if problems:
        log.warning("%s: %s", path, " ".join(problems))
        found = known[1] if known is not None else Looks()
    _read[path] = (_stamp(path, found), found)
    return found


def _stamp(path: Path, found: Looks) -> Stamp:
    files = [path, path.parent / found.logo.name] if found.logo else [path]
    return tuple(map(_stat, files))


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        told = os.stat(path)  # noqa: PTH116  # asked several times a page: half the time of Path.stat
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino
