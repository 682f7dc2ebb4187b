"""What the readers' site costs: `python -m bench.site [articles] [folder]`; by default 10,000 in a passing folder.

CPU milliseconds of pages that have to be made, through Django and packed, each kind from several addresses of an
invented edition; and of finished pages handed out of the store, without the server around it. Milliseconds differ
between machines, so the floors are in units: one is the time of a fixed piece of Python, measured in the same run.
A folder keeps its edition for the next time.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

ARTICLES = 10_000
FLOORS = {
    "front": 2.4,
    "section": 1.4,
    "story, 5 to 20 reports": 4.0,
    "article, of late": 1.8,
    "article, any": 1.8,
    "latest": 1.8,
    "topic": 3.0,
    "source": 2.2,
    "sources": 5.5,
    "search": 1.8,
}
"""Units a page may take, in the middle of its kind: about twice what it took, for machines with much other work."""
STORED_PAGES, FINISHED_FLOOR = 2_000, 0.02
"""2,000 stored pages asked for in turn; units for each."""


def unit() -> float:
    """CPU milliseconds of the fixed piece of Python: the least of many."""
    return min(_piece() for _ in range(60))


def _piece() -> float:
    begun, found = time.process_time(), {}
    for number in range(2_500):
        found[number % 97] = json.dumps([number, str(number)])
    return (time.process_time() - begun) * 1000


def finished(folder: Path) -> float:
    """CPU milliseconds of one answer from a store of `STORED_PAGES`, each asked for a few times, in turn."""
    from broadsheet.finished.page import finish
    from broadsheet.finished.store import Store
    from broadsheet.site.replies import from_page

    now = datetime.now(UTC)
    store = Store(folder / "bench-pages.sqlite3", room_bytes=64_000_000, build="bench")
    keys = [f"/articles/{number}" for number in range(STORED_PAGES)]
    for key in keys:
        page = finish(
            200, {"content-type": "text/html"}, key.encode() * 500, tags=[key], until=now + timedelta(hours=1)
        )
        store.put(key, page, is_stale=lambda: False)
    begun = time.process_time()
    for _ in range(5):
        for key in keys:
            found = store.get(key, now=now.timestamp())
            if found is None or not from_page(found, "gzip, br", None).body:
                raise RuntimeError(f"{key} is not in the store")
    spent = (time.process_time() - begun) * 1000 / (5 * STORED_PAGES)
    store.close()
    return spent


def report(count: int, folder: Path) -> int:
    from bench.site.pages import measure

    one = unit()
    slow = []
    print(f"{'CPU ms of a page':26}{'least':>8}{'p50':>8}{'p99':>8}{'units':>8}{'floor':>8}{'queries':>9}{'kB':>7}")
    for row in measure(count):
        floor, units = FLOORS.get(row.kind), row.at(0.5) / one
        shown = f"{floor:8.1f}" if floor else " " * 8
        print(
            f"{row.kind:26}{row.at(0):8.2f}{row.at(0.5):8.2f}{row.at(0.99):8.2f}{units:8.2f}{shown}"
            f"{row.queries:9}{row.kilobytes:7.1f}",
            flush=True,
        )
        if floor and count <= ARTICLES and units > floor:
            slow.append(row.kind)
    spent = finished(folder)
    print(f"{'finished, of 2,000':26}{'':8}{spent:8.4f}{'':8}{spent / one:8.4f}{FINISHED_FLOOR:8.2f}")
    if spent / one > FINISHED_FLOOR:
        slow.append("finished")
    print(f"one unit: {one:.2f} ms" + (f"; too slow: {', '.join(slow)}" if slow else ""))
    return 1 if slow else 0


def main(arguments: Sequence[str]) -> int:
    count = int(arguments[0]) if arguments else ARTICLES
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as passing:
        folder = Path(arguments[1] if len(arguments) > 1 else passing).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.update(BROADSHEET_DATA=str(folder), DJANGO_SETTINGS_MODULE="broadsheet.settings")
        os.environ.pop("BROADSHEET_DATABASE_URL", None)
        import django

        django.setup()
        from bench.site.edition import fill
        from broadsheet.articles.models import Article
        from broadsheet.stories.measuring import take_measures

        if not (folder / "broadsheet.sqlite3").exists():
            fill(count, now=datetime.now(UTC))
        take_measures(now=datetime.now(UTC))
        return report(Article.objects.count(), folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
