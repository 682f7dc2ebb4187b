"""How well the local spam filter tells spam from what is wanted: `python -m evals.comments`.

The texts are the SMS Spam Collection (Almeida and Hidalgo 2011; 5,574 messages, 13 % of them spam), as short as
comments and as careless. The npm package spam-filter carries it as `dataSet.txt`; put that file, or any file of lines
"bad<TAB>text" and "good<TAB>text", into the folder BROADSHEET_EVAL_DATA names as `comments/dataSet.txt`. It is not ours
to ship. The filter learns 500 decisions drawn by a seed and is asked about the rest, five times over.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from broadsheet.comments.guard import Rules, SpamFilter

DECISIONS = 500
RUNS = 5
FLOORS = {"precision": 0.95, "recall": 0.85}


def load(path: Path) -> list[tuple[str, bool]]:
    rows = (line.partition("\t") for line in path.read_text("utf-8", "replace").splitlines())
    return [(text, kind == "bad") for kind, _, text in rows if kind in ("bad", "good") and text]


def score(rows: list[tuple[str, bool]], seed: int) -> tuple[float, float]:
    """Precision and recall of holding at the default belief, after DECISIONS decisions."""
    rows = rows[:]
    random.Random(seed).shuffle(rows)
    spam = SpamFilter()
    for text, is_spam in rows[:DECISIONS]:
        spam.learn(text, after="spam" if is_spam else "wanted")
    held = [(spam.belief(text) or 0) >= Rules().spam for text, _ in rows[DECISIONS:]]
    right = sum(one and is_spam for one, (_, is_spam) in zip(held, rows[DECISIONS:], strict=True))
    return right / max(1, sum(held)), right / sum(is_spam for _, is_spam in rows[DECISIONS:])


def main() -> int:
    folder = os.environ.get("BROADSHEET_EVAL_DATA", "")
    path = Path(folder) / "comments" / "dataSet.txt"
    if not folder or not path.is_file():
        print(f"SKIPPED: no {path}; the docstring of evals/comments.py says where it comes from", file=sys.stderr)
        return 0
    rows = load(path)
    start = time.process_time()
    scores = [score(rows, seed) for seed in range(RUNS)]
    took = time.process_time() - start
    low = False
    for place, (name, floor) in enumerate(FLOORS.items()):
        mean = sum(one[place] for one in scores) / RUNS
        low |= mean < floor
        print(f"{name:10} {mean:.3f}  floor {floor}  worst {min(one[place] for one in scores):.3f}")
    print(f"{RUNS * len(rows) / took:,.0f} comments learned or judged per CPU s")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
