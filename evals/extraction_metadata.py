"""How well metadata is read: `python -m evals.extraction_metadata`, one row a set, one figure a field, beside floors.

The pages come from the folder that BROADSHEET_EVAL_DATA names (`extraction/*.jsonl.xz`, one page a line with url, html
and gold); without it nothing is measured, and that is said. Titles count when their letters and digits agree, authors
by F1 of names, dates by the local or UTC day, lead pictures by address without query or by a long file name.

With `--peer`, trafilatura reads the same pages in the same run, where it is installed: with its defaults and metadata.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import read_metadata

FLOORS = {
    "fundus": {"title": 0.92, "authors": 0.93, "date": 0.99, "image": 0.77},
    "htmldate_news": {"date": 0.89},
    "postlight": {"title": 0.95, "authors": 0.73, "date": 0.82, "image": 0.69},
    "traf_eval": {"title": 0.88, "authors": 0.74, "date": 0.89},
    "wcxb_dev": {"title": 0.895, "authors": 0.84, "date": 0.87},
}
"""A little below what was measured when they were set; raise them with the figures."""

NOW = datetime(2026, 9, 1, tzinfo=UTC)


class Found(NamedTuple):
    """What a tool read from a page. day: of publication, as ISO text."""

    title: str
    authors: tuple[str, ...]
    day: str
    image: str


Reader = Callable[[str, str], Found]


def broadsheet(html: str, url: str) -> Found:
    tree = LexborHTMLParser(html.encode(), scripting=True)
    found = read_metadata(tree, url, read_embedded(tree, url), now=NOW)
    day = found.published.date().isoformat() if found.published else ""
    return Found(found.headline, found.authors, day, found.image.address if found.image else "")


def trafilatura_reader() -> Reader | None:
    """The peer, None where it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return None

    def read(html: str, url: str) -> Found:
        found = trafilatura.bare_extraction(html, url=url or None, with_metadata=True)
        if found is None:
            return Found("", (), "", "")
        names = tuple(name for name in (found.author or "").split("; ") if name)
        return Found(found.title or "", names, (found.date or "")[:10], found.image or "")

    return read


def pages(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def key(text: object) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", str(text or "")).casefold()))


def authors(gold: list[str], found: tuple[str, ...]) -> float:
    by = re.compile(r"^\s*(by|von|par|por|di)\s+", re.I)
    wanted, names = ({key(by.sub("", n)) for n in group} - {""} for group in (gold, found))
    return 2 * len(wanted & names) / (len(wanted) + len(names)) if wanted or names else 1.0


def same_day(gold: str, day: str) -> bool:
    days = {str(gold)[:10]}
    try:
        moment = datetime.fromisoformat(str(gold).replace("Z", "+00:00"))
        if moment.tzinfo:
            days.add(moment.astimezone(UTC).date().isoformat())
    except ValueError:
        pass
    return day in days


def same_image(gold: list[str], found: str) -> bool:
    def forms(address: str) -> tuple[str, str]:
        parts = urlsplit(unquote(address))
        name = parts.path.rstrip("/").rsplit("/", 1)[-1]
        return parts.netloc + parts.path, name if len(name) > 11 else ""

    mine = forms(found)
    return bool(mine[0]) and any(mine[0] == f[0] or (mine[1] and mine[1] == f[1]) for f in map(forms, gold))


def fields(gold: dict[str, Any], found: Found) -> dict[str, float]:
    """The figure of each field for which the page has a gold value."""
    scores: dict[str, float] = {}
    if gold.get("title"):
        scores["title"] = key(gold["title"]) == key(found.title)
    if gold.get("authors"):
        scores["authors"] = authors(gold["authors"], found.authors)
    if gold.get("date"):
        scores["date"] = same_day(gold["date"], found.day)
    if gold.get("images"):
        scores["image"] = same_image(gold["images"], found.image)
    return scores


def main() -> int:
    folder = os.environ.get("BROADSHEET_EVAL_DATA")
    if not folder or not Path(folder, "extraction").is_dir():
        print("SKIPPED: BROADSHEET_EVAL_DATA names no folder with extraction/*.jsonl.xz", file=sys.stderr)
        return 0
    sums: dict[str, dict[str, list[float]]] = {}
    others: dict[str, dict[str, list[float]]] = {}
    peer = trafilatura_reader() if "--peer" in sys.argv else None
    if "--peer" in sys.argv and peer is None:
        print("trafilatura is not installed: nothing beside", file=sys.stderr)
    for page in pages(Path(folder, "extraction")):
        url = page["url"] or ""
        _add(sums, page, broadsheet(page["html"], url))
        if peer is not None:
            _add(others, page, peer(page["html"], url))
    low = 0
    for dataset, by_field in sums.items():
        row = []
        for field, values in by_field.items():
            mean, floor = sum(values) / len(values), FLOORS.get(dataset, {}).get(field, 0.0)
            low += mean < floor
            beside = others.get(dataset, {}).get(field)
            said = f" ({sum(beside) / len(beside):.3f})" if beside else ""
            row.append(f"{field} {mean:.3f}{said} of {len(values)}{' BELOW ' + str(floor) if mean < floor else ''}")
        print(f"{dataset:14s} {' · '.join(row)}")
    if peer is not None:
        print("in brackets: trafilatura")
    return 1 if low else 0


def _add(sums: dict[str, dict[str, list[float]]], page: dict[str, Any], found: Found) -> None:
    for field, value in fields(page["gold"], found).items():
        sums.setdefault(page["dataset"], {}).setdefault(field, []).append(float(value))


if __name__ == "__main__":
    sys.exit(main())
