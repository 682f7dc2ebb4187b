"""Labelled streams for stories and copies, from the folder that BROADSHEET_EVAL_DATA names."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path
from typing import Any

Docs = list[dict[str, Any]]
Gold = dict[str, str]

SETS = ("allsides-lead", "allsides-full", "ecbplus", "uci-titles", "uci-titles shuffled", "basil")


def folder() -> Path | None:
    """Where the sets are, None if the setting is not given."""
    value = os.environ.get("BROADSHEET_EVAL_DATA")
    return Path(value) / "stories" if value else None


def load(name: str) -> tuple[Docs, Gold] | None:
    """Documents in stream order and their stories; None where the data is not at hand.

    "NAME shuffled" is NAME in a fixed random order with equal dates: no hint is left in the order.
    """
    plain, _, shuffled = name.partition(" ")
    where = folder()
    if where is None or not (path := where / f"{plain}.docs.jsonl.gz").exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    if shuffled:
        docs = [doc | {"published": "2014-03-10T12:00:00Z"} for doc in docs]
        random.Random(5).shuffle(docs)
    return docs, {key: group for key, group, *_ in read_gold(where / f"{plain}.gold.tsv")}


def read_gold(path: Path) -> list[list[str]]:
    """Lines of id, group and, for copies, recipe."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
