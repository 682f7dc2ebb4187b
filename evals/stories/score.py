"""How well found groups agree with true ones: B-cubed (Bagga and Baldwin 1998) and pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple


class Score(NamedTuple):
    """Precision and recall, B-cubed and over pairs, 0 to 1."""

    b3_p: float
    b3_r: float
    pair_p: float
    pair_r: float

    @property
    def b3(self) -> float:
        return f1(self.b3_p, self.b3_r)

    @property
    def pair(self) -> float:
        return f1(self.pair_p, self.pair_r)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(gold: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Score the labelled documents; one without an answer counts as alone."""
    answer = {key: found.get(key, f"alone {key}") for key in gold}
    true, given = Counter(gold.values()), Counter(answer.values())
    both = Counter((gold[key], answer[key]) for key in gold)
    precision = sum(n * n / given[g] for (_, g), n in both.items()) / len(gold)
    recall = sum(n * n / true[t] for (t, _), n in both.items()) / len(gold)
    hit = sum(map(_pairs, both.values()))
    wanted, offered = sum(map(_pairs, true.values())), sum(map(_pairs, given.values()))
    return Score(precision, recall, hit / offered if offered else 1.0, hit / wanted if wanted else 1.0)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2
