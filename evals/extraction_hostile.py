"""Mutated pages through `extract`: no crash, none far slower than its size warrants.

`python -m evals.extraction_hostile [COUNT] [SEED]`. Pages come from tests/data/extraction, and from the development
pages as well where BROADSHEET_EVAL_DATA names their folder. A page fails when `extract` raises, or when its CPU time
per byte exceeds LIMIT times the median of all; pages below SMALL bytes are timed as if they had that size, since a
fixed cost is not growth. The seed makes every run repeatable.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from broadsheet.extraction import extract

OWN = Path(__file__).resolve().parents[1] / "tests" / "data" / "extraction"
COUNT = 2_000
LIMIT = 20.0
SMALL = 30_000
PIECES = (
    b"<div>", b"</div>", b"<p>", b"</p>", b"<table><tr><td>", b"<script>", b"</script>", b"<!--", b"-->",
    b"<style>", b"<svg>", b"<template>", b"<noscript>", b"<textarea>", b"<title>", b"<select><option>",
    b"<frameset>", b"<plaintext>", b"<![CDATA[", b"\x00", b"\xff\xfe", b"&#x110000;", b"&amp" * 50,
    b"<a href='javascript:'>", b"<b><i><u>" * 20, b"<span " + b"a=1 " * 200 + b">", b"\xe2\x80\xae",
    b'<script type="application/ld+json">{"@graph":[', b"<h1>", b"<time datetime=", b"<article>",
    b"<ul><li>" * 40, b"9" * 400, b"(" * 400,
)  # fmt: skip


def sources() -> list[bytes]:
    """The pages that are mutated."""
    pages = [path.read_bytes() for path in sorted(OWN.glob("*.html"))]
    folder = os.environ.get("BROADSHEET_EVAL_DATA")
    for path in sorted(Path(folder, "extraction").glob("*.jsonl.xz"))[:2] if folder else ():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            pages += [json.loads(line)["html"].encode() for line, _ in zip(lines, range(30), strict=False)]
    return pages


def mutate(page: bytes, rng: random.Random) -> bytes:
    """Cut, repeat, swap and spoil a page in one to twelve places."""
    data = bytearray(page)
    for _ in range(rng.randint(1, 12)):
        at, length = rng.randrange(len(data) + 1), rng.choice((1, 20, 400, 5_000))
        match rng.randrange(7):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = rng.choice(PIECES) * rng.choice((1, 1, 3, 40))
            case 2:
                data[at:at] = data[at : at + length] * rng.choice((1, 8))
            case 3:
                data[at : at + length] = rng.randbytes(min(length, 64))
            case 4:
                del data[at:]
            case 5:
                other = rng.randrange(len(data) + 1)
                data[at:at] = data[other : other + length]
            case _:
                data[at : at + length] = bytes(data[at : at + length]).swapcase()
    return bytes(data[:2_000_000])


def mutants(count: int, seed: int) -> Iterator[bytes]:
    rng, pages = random.Random(seed), sources()
    for _ in range(count):
        yield mutate(rng.choice(pages), rng)


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else COUNT
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    for page in sources():  # the first page of a language loads its phrases
        extract(page)
    times, failures = [], 0
    for number, page in enumerate(mutants(count, seed)):
        start = time.process_time()
        try:
            extract(page, "https://ledger.example/2026/03/02/pier")
        except Exception as error:  # noqa: BLE001 - any exception is what is looked for
            failures += 1
            print(f"page {number} of seed {seed}: {type(error).__name__}: {error}")
        times.append(((time.process_time() - start) / max(SMALL, len(page)), number, len(page)))
    middle = median(t for t, _, _ in times)
    slow = sorted((t / middle, number, size) for t, number, size in times if t > LIMIT * middle)
    for ratio, number, size in slow[-10:]:
        print(f"page {number} of seed {seed}: {ratio:.0f} times the median time per byte ({size} bytes)")
    worst = max(times)
    print(f"{count} pages, {failures} crashes, {len(slow)} too slow, slowest {worst[0] / middle:.1f} times the median")
    return 1 if failures or slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
