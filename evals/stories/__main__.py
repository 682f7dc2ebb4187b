"""Measure stories and copies: `python -m evals.stories`; non-zero exit below a floor of floors.json.

One setting for all sets.  Peers of BROADSHEET_PEERS run on the same documents in the same run.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from broadsheet.grouping import copies, group
from evals.stories.data import SETS, folder, load, read_gold
from evals.stories.peers import Grouping, peers
from evals.stories.score import score


def answers(function: Grouping, docs: Iterable[dict[str, Any]]) -> tuple[dict[str, str], float]:
    """The last answer for each document, and the CPU seconds it took."""
    begun = time.process_time()
    found = {key: str(value) for key, value in function(docs)}
    return found, time.process_time() - begun


def stories(name: str, others: list[tuple[str, Grouping]]) -> dict[str, float]:
    """Print the rows of one set and return our figures; empty without the data."""
    loaded = load(name)
    if loaded is None:
        print(f"SKIPPED {name}: no such set; let BROADSHEET_EVAL_DATA name the data folder", file=sys.stderr)
        return {}
    docs, gold = loaded
    for label, function in [*others, ("ours", group)]:
        found, spent = answers(function, docs)
        s = score(gold, found)
        print(
            f"{name:20} {label:12} B3 {s.b3:.3f} (P {s.b3_p:.3f} R {s.b3_r:.3f})"
            f"  pairs {s.pair:.3f} (P {s.pair_p:.3f} R {s.pair_r:.3f})  {len(docs) / spent:6.0f} docs/CPU s"
        )
    return {f"{name} B3": s.b3, f"{name} pairs": s.pair}


def order() -> dict[str, float]:
    """How much the order within the hour changes: B-cubed between the stories of two orders."""
    loaded = load("uci-titles")
    if loaded is None:
        return {}
    docs, _ = loaded
    rng = random.Random(11)
    other = sorted(docs, key=lambda doc: ((doc["published"] or "")[:13], rng.random()))
    first, second = answers(group, docs)[0], answers(group, other)[0]
    same = score(first, second).b3
    print(f"{'uci-titles':20} two orders within the hour: B3 {same:.3f}")
    return {"order B3": same}


def reprints(others: list[tuple[str, Grouping]]) -> dict[str, float]:
    loaded, where = load("neardup"), folder()
    if loaded is None or where is None:
        print("SKIPPED neardup: no such set; let BROADSHEET_EVAL_DATA name the data folder", file=sys.stderr)
        return {}
    docs, gold = loaded
    recipes = {key: recipe for key, _, recipe in read_gold(where / "neardup.gold.tsv")}
    originals = {gold[key]: key for key in gold if recipes[key] == "original"}
    for label, function in [*others, ("ours", copies)]:
        found, spent = answers(function, docs)
        s = score(gold, found)
        size = Counter(found.values())
        wrong = sum(size[found[key]] > 1 for key in gold if recipes[key] == "alone")
        print(f"{'copies':20} {label:12} pairs {s.pair:.4f}  wrong {wrong}  {len(docs) / spent:6.0f} docs/CPU s")
    missed = Counter(
        r for key, r in recipes.items() if gold[key] in originals and found[key] != found[originals[gold[key]]]
    )
    print(f"{'':20} {'':12} missed by recipe: {dict(sorted(missed.items()))}")
    return {"copies pairs": s.pair, "copies right alone": 1 - wrong / max(1, len(docs))}


def main() -> int:
    found: dict[str, float] = {}
    others = peers("baselines")
    for name in SETS:
        found |= stories(name, others)
    found |= order()
    found |= reprints(peers("baselines_neardup"))
    floors = json.loads((Path(__file__).parent / "floors.json").read_text())
    below = [f"{key}: {value:.4f} is below {floors[key]}" for key, value in found.items() if value < floors.get(key, 0)]
    for line in below:
        print(line, file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
