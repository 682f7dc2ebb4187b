"""Pages spoiled at random, each from its own seed, so that any one can be made again without the others."""

from __future__ import annotations

import json
import lzma
import os
import random
from pathlib import Path

OWN = Path(__file__).resolve().parents[2] / "tests" / "data" / "extraction"
LONGEST = 2_000_000
"""Bytes at which a mutated page is cut."""
PIECES = (
    b"<div>", b"</div>", b"<p>", b"</p>", b"<table><tr><td>", b"<script>", b"</script>", b"<!--", b"-->",
    b"<style>", b"<svg>", b"<template>", b"<noscript>", b"<textarea>", b"<title>", b"<select><option>",
    b"<frameset>", b"<plaintext>", b"<![CDATA[", b"\x00", b"\xff\xfe", b"&#x110000;", b"&amp" * 50,
    b"<a href='javascript:'>", b"<b><i><u>" * 20, b"<span " + b"a=1 " * 200 + b">", b"\xe2\x80\xae",
    b'<script type="application/ld+json">{"@graph":[', b"<h1>", b"<time datetime=", b"<article>",
    b"<ul><li>" * 40, b"9" * 400, b"(" * 400, b"<figure><img src=/a.jpg><figcaption>", b"<blockquote>",
    b'<p class="' + b"caption " * 60 + b'">', b"<br><br>", b"<font color=red>", b"Foto: ", "写真：".encode(),
    b"<img srcset='" + b"a.jpg 1w," * 60 + b"'>", b'<meta property="og:title" content="', b"a. " * 200, b" , ." * 200,
    b"<dl><dt>", b"<svg><style><img src=x onerror=alert(1)>", b"<base href=//x>", b"<body hidden>", b"&lt;script&gt;",
)  # fmt: skip


def sources() -> list[bytes]:
    """The pages that are mutated: our own, and development pages where BROADSHEET_EVAL_DATA names their folder."""
    pages = [path.read_bytes() for path in sorted(OWN.glob("*.html"))]
    folder = os.environ.get("BROADSHEET_EVAL_DATA")
    for path in sorted(Path(folder, "extraction").glob("*.jsonl.xz"))[:2] if folder else ():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            pages += [json.loads(line)["html"].encode() for line, _ in zip(lines, range(30), strict=False)]
    return pages


def mutant(pages: list[bytes], seed: int, number: int) -> bytes:
    """One page cut, repeated, swapped and spoiled in one to twelve places."""
    rng = random.Random(f"{seed}:{number}")
    data = bytearray(rng.choice(pages))
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
    return bytes(data[:LONGEST])
