"""Mutated pages through `extract`: no crash, nothing unsafe, none far slower than its size warrants.

    python -m evals.extraction_hostile [COUNT] [SEED] [--log FILE] [--only NUMBER]

A page fails when `extract` raises, when a block's markup holds more than the few elements that are allowed, or when its
CPU time per byte exceeds LIMIT times the median of all. Pages below SMALL bytes are timed as if they had that size,
since a fixed cost is not growth; a page that looks slow is timed again, and its best time counts, since other work on
the machine is not ours. With --log a run that was stopped goes on where it was; with --only one page is written to
standard output. It runs at low priority.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from pathlib import Path
from statistics import median

from broadsheet.extraction import extract
from evals.extraction_hostile.mutate import mutant, sources

COUNT = 2_000
LIMIT = 20.0
SMALL = 30_000
ADDRESS = "https://ledger.example/2026/03/02/pier"
FIRST = 200
"""Pages timed before any can look slow."""
_SAFE = re.compile(
    r"(?:[^<>]|</?(?:strong|em|code|sub|sup|q|cite|mark|s|kbd|samp|var|abbr|ul|ol|li|table|tr|td|a)>"
    r'|<a href="https?://[^"<>]*">|<img src="(?:https?:/)?/[^"<>]*" alt="[^"<>]*">)*',
    re.I,
)


def check(page: bytes) -> tuple[float, str]:
    """CPU seconds, and what went wrong ("" if nothing)."""
    begun = time.process_time()
    try:
        article = extract(page, ADDRESS)
    except Exception as error:  # noqa: BLE001 - any exception is what is looked for
        return time.process_time() - begun, f"{type(error).__name__}: {error}"
    spent = time.process_time() - begun
    unsafe = next((b.html for b in article.blocks if not _SAFE.fullmatch(b.html)), "")
    return spent, f"unsafe markup: {unsafe[:200]!r}" if unsafe else ""


def run(pages: list[bytes], count: int, seed: int, log: Path | None) -> list[tuple[float, int, str]]:
    """Seconds per byte, number and complaint of every page, those of an earlier run of the log included."""
    rows: list[tuple[float, int, str]] = []
    if log is not None and log.exists():
        lines = [line.split(" ", 2) for line in log.read_text("utf-8").split("\n")[:-1]]
        rows = [(float(pace), int(number), complaint) for number, pace, complaint in lines]
    kept = log.open("a", encoding="utf-8") if log is not None else None
    bar = float("inf")
    for number in range(len(rows), count):
        page = mutant(pages, seed, number)
        size = max(SMALL, len(page))
        spent, complaint = check(page)
        if spent / size > bar:
            spent = min(spent, *(check(page)[0] for _ in range(3)))
        rows.append((spent / size, number, complaint))
        if number % 500 == FIRST:
            bar = LIMIT / 2 * median(pace for pace, _, _ in rows[-5_000:])
        if complaint:
            print(f"page {number} of seed {seed}: {complaint}", flush=True)
        if kept is not None:
            kept.write(f"{number} {spent / size:.4g} {complaint[:200]!r}\n")
            if number % 1_000 == 0:
                kept.flush()
    if kept is not None:
        kept.close()
    return rows


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="evals.extraction_hostile")
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--only", type=int)
    given = parser.parse_args(arguments)
    os.nice(15)
    pages = sources()
    if given.only is not None:
        sys.stdout.buffer.write(mutant(pages, given.seed, given.only))
        return 0
    for page in [*pages, b"<p>words"]:  # the first page of a language loads its phrases
        extract(page)
    rows = run(pages, given.count, given.seed, given.log)
    middle = median(pace for pace, _, _ in rows)
    slow = sorted((pace / middle, number) for pace, number, _ in rows if pace > LIMIT * middle)
    for ratio, number in slow[-10:]:
        print(f"page {number} of seed {given.seed}: {ratio:.0f} times the median time per byte")
    failed = sum(complaint not in ("", "''") for _, _, complaint in rows)
    print(
        f"{len(rows)} pages of seed {given.seed}: {failed} crashed or unsafe, {len(slow)} too slow, "
        f"slowest {max(rows)[0] / middle:.1f} times the median"
    )
    return 1 if failed or slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
