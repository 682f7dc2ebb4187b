"""Measure extraction: `python -m evals.extraction`; non-zero exit below a floor of floors.json.

Pages come from the folder of BROADSHEET_EVAL_DATA; without it nothing is measured, and that is said loudly. The shipped
weights were learned on these pages, so floors watch for change. `python -m evals.extraction --held-out scores.pickle`
gives figures for publishers never seen, by the scores that `evals.extraction.train --held-out scores.pickle` stores.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any

from broadsheet.extraction import Article, extract
from broadsheet.extraction.features import score_pieces
from evals.extraction.labels import shingles, tokens
from evals.extraction.pages import pages_of

SETS = ("fundus", "fundus_eval", "wcxb_dev")
FLOORS = Path(__file__).with_name("floors.json")


def overlap(gold: str, found: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of bags of four-word shingles."""
    want, got = Counter(shingles(tokens(gold))), Counter(shingles(tokens(found)))
    hits = sum((want & got).values())
    precision = hits / got.total() if got else 0.0
    recall = hits / want.total() if want else float(not got)
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def captions_of(gold: dict[str, Any], article: Article) -> tuple[int, int, int]:
    """Captions wanted, found among the fields, and found inside the text."""
    wanted = [" ".join(c.split()) for c in gold.get("captions") or () if len(c) > 20]
    fields = " ".join((*article.captions, *(b.text for b in article.blocks if b.image is not None)))
    text = " ".join(article.text.split())
    return len(wanted), sum(c[:60] in fields for c in wanted), sum(c in text for c in wanted)


Scores = dict[tuple[str, str], list[float]]


def judge_by(scores: Scores, page: dict[str, Any]) -> None:
    """Let the next extraction take its scores from those that a model without the page's publisher gave."""
    found = scores.get((page["dataset"], page["id"]))

    def score(*given: Any) -> list[float]:
        own = score_pieces(*given)
        return found if found is not None else own

    import_module("broadsheet.extraction.choose").score_pieces = score


def measure(folder: Path, name: str, scores: Scores | None = None) -> dict[str, float]:
    rows, captions, spent = [], [], 0.0
    for page in pages_of(folder, name):
        if scores is not None:
            judge_by(scores, page)
        data = page["html"].encode()
        begun = time.process_time()
        article = extract(data, page["url"])
        spent += time.process_time() - begun
        rows.append(max((overlap(t, article.text) for t in page["gold"]["texts"][:4]), key=lambda r: r[2]))
        captions.append(captions_of(page["gold"], article))
    precision, recall = mean(r[0] for r in rows), mean(r[1] for r in rows)
    wanted = sum(c[0] for c in captions)
    found = {
        "f1": 2 * precision * recall / (precision + recall),
        "precision": precision,
        "recall": recall,
        "share_95": mean(r[2] >= 0.95 for r in rows),
        "share_under_50": mean(r[2] < 0.5 for r in rows),
        "pages_per_s": len(rows) / spent,
    }
    if wanted:
        found |= {"captions": sum(c[1] for c in captions) / wanted, "leaked": sum(c[2] for c in captions) / wanted}
    return found


def main() -> int:
    where = os.environ.get("BROADSHEET_EVAL_DATA")
    if not where:
        print("SKIPPED: set BROADSHEET_EVAL_DATA to the folder of the development pages", file=sys.stderr)
        return 0
    held_out = sys.argv[1:2] == ["--held-out"]
    scores = pickle.loads(Path(sys.argv[2]).read_bytes()) if held_out else None
    folder = Path(where) if list(Path(where).glob("*.jsonl.xz")) else Path(where) / "extraction"
    floors, failed = json.loads(FLOORS.read_text("utf-8")), False
    for name in SETS:
        if not (folder / f"{name}.jsonl.xz").exists():
            print(f"SKIPPED: {name}: no such file in the folder", file=sys.stderr)
            continue
        found = measure(folder, name, scores)
        print(name, " ".join(f"{k}={v:.3f}" for k, v in found.items()), flush=True)
        for figure, floor in {} if held_out else floors.get(name, {}).items():
            if found.get(figure, 1.0) < floor:
                print(f"  below the floor: {figure} {found[figure]:.3f} < {floor}")
                failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
