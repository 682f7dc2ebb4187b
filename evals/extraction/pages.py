"""The development pages: one `*.jsonl.xz` for each set, one page a line."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def pages_of(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Pages of a set: dataset, id, url, news, gold, html."""
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
