"""Extraction beside bare parsing and beside peers: CPU time, every tool on each page in turn, every page cold.

    BROADSHEET_EVAL_DATA=... python -m bench.extraction [pages]

Peers are timed where they are installed (resiliparse, trafilatura). The first pass over other pages loads tables.
pages: how many of each set, 60 unless told.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import extract
from evals.extraction.pages import pages_of

Page = tuple[bytes, str]
Tool = Callable[[bytes, str], object]
SETS = ("fundus", "wcxb_dev")
"""Pages of news, and articles of all kinds."""


def tools() -> dict[str, Tool]:
    """Bare parsing first: everything is told in units of it."""
    found: dict[str, Tool] = {"bare lexbor parse": lambda data, _: LexborHTMLParser(data), "broadsheet": extract}
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        found["resiliparse"] = lambda data, _: extract_plain_text(
            HTMLTree.parse(data.decode("utf-8", "replace")),
            main_content=True,
            alt_texts=False,
            preserve_formatting=True,
        )
    except ImportError:
        print("resiliparse is not installed: not timed")
    try:
        import trafilatura

        found["trafilatura"] = lambda data, url: trafilatura.bare_extraction(
            data.decode("utf-8", "replace"), url=url, with_metadata=True, include_comments=False
        )
    except ImportError:
        print("trafilatura is not installed: not timed")
    return found


def main() -> int:
    where = os.environ.get("BROADSHEET_EVAL_DATA")
    if not where:
        print("SKIPPED: set BROADSHEET_EVAL_DATA to the folder of the development pages", file=sys.stderr)
        return 0
    folder = Path(where) if list(Path(where).glob("*.jsonl.xz")) else Path(where) / "extraction"
    limit = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 60
    found = tools()
    for name in SETS:
        pages = [(p["html"].encode(), p["url"]) for p in islice(pages_of(folder, name), 2 * limit)]
        compare(name, found, pages[::2], pages[1::2])
    return 0


def compare(name: str, found: dict[str, Tool], timed: list[Page], warming: list[Page]) -> None:
    """Time every tool on each page in turn and print what it took."""
    for page in warming:
        extract(*page)
    for tool in found.values():
        tool(*warming[0])
    spent = dict.fromkeys(found, 0.0)
    for page in timed:
        for tool_name, tool in found.items():
            begun = time.process_time()
            tool(*page)
            spent[tool_name] += time.process_time() - begun
    bare = spent["bare lexbor parse"]
    for tool_name, seconds in spent.items():
        print(
            f"{name:9s} {tool_name:18s} {len(timed) / seconds:6.0f} pages/s {seconds / bare:7.1f} x a bare parse "
            f"({len(timed)} pages)"
        )


if __name__ == "__main__":
    sys.exit(main())
