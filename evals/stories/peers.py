"""Other ways to group, to stand beside ours in the same run: modules in the folder BROADSHEET_PEERS names.

Their functions take and yield what ours do.  Without the setting there are none, which is said aloud.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Grouping = Callable[[Iterable[dict[str, Any]]], Iterable[tuple[str, Any]]]

_KNOWN = {"baselines": ("same_title", "tfidf"), "baselines_neardup": ("exact", "shingles")}


def peers(module: str) -> list[tuple[str, Grouping]]:
    """Name and function of each peer of a module that the folder has."""
    folder = os.environ.get("BROADSHEET_PEERS")
    path = Path(folder or ".") / f"{module}.py"
    if not folder or not path.exists():
        print("no peers: let BROADSHEET_PEERS name their folder", file=sys.stderr)
        return []
    spec = importlib.util.spec_from_file_location(module, path)
    if spec is None or spec.loader is None:
        return []
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return [(name, getattr(loaded, name)) for name in _KNOWN[module] if hasattr(loaded, name)]
