"""Figures for Prometheus, in its text format, summed over the web processes of this machine."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator

from broadsheet.finished.store import Store
from broadsheet.sources.queries import source_states

FORGOTTEN_S = 120
"""A process that told nothing for so long is gone; its figures go with it."""


def exposition(store: Store) -> str:
    return "\n".join(_lines(store))


def _lines(store: Store) -> Iterator[str]:
    workers = _workers(store)
    requests: Counter[str] = Counter()
    for told in workers:
        requests.update(
            {name.partition(".")[2]: int(value) for name, value in told.items() if name.startswith("requests.")}
        )
    yield from _metric("requests_total", "counter", "Requests by what became of them.")
    for outcome, count in sorted(requests.items()):
        yield f'broadsheet_requests_total{{outcome="{outcome}"}} {count}'
    yield from _metric("renders_total", "counter", "Pages made by Django.")
    yield f"broadsheet_renders_total {sum(int(told.get('renders', 0)) for told in workers)}"
    yield from _metric("render_seconds_total", "counter", "Time spent making them.")
    yield f"broadsheet_render_seconds_total {sum(float(told.get('render_seconds', 0)) for told in workers):.3f}"
    yield from _metric("render_failures_total", "counter", "Pages that failed with an error of ours.")
    yield f"broadsheet_render_failures_total {sum(int(told.get('failures', 0)) for told in workers)}"
    pages, size = store.totals()
    yield from _metric("finished_pages", "gauge", "Finished pages on disk.")
    yield f"broadsheet_finished_pages {pages}"
    yield from _metric("finished_bytes", "gauge", "Bytes they take.")
    yield f"broadsheet_finished_bytes {size}"
    yield from _metric("workers", "gauge", "Web processes of this machine.")
    yield f"broadsheet_workers {len(workers)}"
    yield from _metric("sources", "gauge", "Watched addresses by state; failing are active ones that fail.")
    for state, count in sorted(source_states().items()):
        yield f'broadsheet_sources{{state="{state}"}} {count}'


def _metric(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP broadsheet_{name} {words}"
    yield f"# TYPE broadsheet_{name} {kind}"


def _workers(store: Store) -> list[dict[str, float]]:
    told = [json.loads(value) for value in store.notes("worker.").values()]
    return [one for one in told if time.time() - one.get("at", 0) < FORGOTTEN_S]
