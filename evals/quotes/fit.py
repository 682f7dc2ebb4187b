"""Fit the structural weights of `broadsheet.quotes` on labelled articles.

    BROADSHEET_EVAL_DATA=… python -m evals.quotes.fit

A quotation is a choice among its candidates and nobody: softmax over the sums of their weights, fitted by AdaGrad.
Right is the first candidate on the marked mention; other candidates on it, or of the same name, are left out of the
choice. Fragments teach who is chosen, not whether. Seeds are fixed, so the same data give the same numbers.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from math import exp, sqrt
from typing import Any, NamedTuple

from broadsheet.quotes.attribution import SIZE, Case, walk
from broadsheet.quotes.marks import find_spans
from broadsheet.quotes.weights import store

from .data import SETS, load
from .score import agree, overlap

EPOCHS = 8
RATE = 0.15
DECAY = 1e-6
MIN_WORDS = 4


class Example(NamedTuple):
    """A choice: index of the right option, options left out, and the weights each adds up. Option 0 is nobody."""

    right: int
    left_out: frozenset[int]
    options: list[list[int]]


def examples(article: dict[str, Any]) -> list[Example]:
    """The choices of one article, its marked speakers serving as the chain."""
    text, found = article["text"], []

    def decide(case: Case) -> int:
        marked = max(article["quotes"], key=lambda q: _overlap(case, q), default=None)
        if marked is None or _overlap(case, marked) < 0.5:
            marked = {"kind": "none", "speaker": None, "names": []}
        on_mention, same_name = _hits(text, case, marked)
        right = on_mention[0] if on_mention else same_name[0] if same_name else -1
        options = [case.nobody, *(candidate.features for candidate in case.candidates)]
        left_out = {i + 1 for i in on_mention + same_name if i != right}
        if marked["kind"] == "fragment":
            left_out.add(0)
        if right >= 0 and marked["kind"] in ("direct", "fragment"):
            found.append(Example(right + 1, frozenset(left_out), options))
        elif marked["kind"] == "none" and len(text[case.span.start : case.span.end].split()) >= MIN_WORDS:
            found.append(Example(0, frozenset(), options))
        return right

    walk(text, find_spans(text, article["lang"]), article["lang"], decide)
    return found


def fit(found: Sequence[Example], seed: int = 1) -> list[float]:
    """Weights that make the right options likely."""
    order, rng = list(found), random.Random(seed)
    weights, seen = [0.0] * SIZE, [0.01] * SIZE
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        rate = RATE * (1 - epoch / EPOCHS) + 0.01
        for example in order:
            _step(example, weights, seen, rate)
    return weights


def _step(example: Example, weights: list[float], seen: list[float], rate: float) -> None:
    scores = [sum(map(weights.__getitem__, option)) for option in example.options]
    for i in example.left_out:
        scores[i] = -1e9
    top = max(scores)
    likely = [exp(score - top) for score in scores]
    whole = sum(likely)
    for i, option in enumerate(example.options):
        error = likely[i] / whole - (i == example.right)
        if abs(error) < 1e-3:
            continue
        for place in option:
            slope = error + DECAY * weights[place]
            seen[place] += slope * slope
            weights[place] -= rate * slope / sqrt(seen[place])


def _overlap(case: Case, marked: dict[str, Any]) -> float:
    return overlap((case.span.start, case.span.end), (marked["start"], marked["end"]))


def _hits(text: str, case: Case, marked: dict[str, Any]) -> tuple[list[int], list[int]]:
    """Candidates on the marked mention in order of place, and the others of the same name."""
    if not marked["speaker"]:
        return [], []
    start, end = marked["speaker"]
    spots = [(c.start, c.end) for c in case.candidates]
    on = sorted((i for i, (a, b) in enumerate(spots) if a < end and b > start), key=lambda i: spots[i][0])
    names = marked["names"]
    return on, [i for i, (a, b) in enumerate(spots) if i not in on and any(agree(text[a:b], n) for n in names)]


def main() -> int:
    """Fit every language that has data, and `any` from all of them in equal parts; write the file."""
    found = {}
    for name, lang in SETS.items():
        articles = load(name)
        if articles is None:
            print(f"no data for {name}: set BROADSHEET_EVAL_DATA", file=sys.stderr)
            return 1
        found[lang] = [example for article in articles for example in examples(article)]
        print(f"{lang}: {len(found[lang])} choices")
    least = min(map(len, found.values()))
    mixed = [example for some in found.values() for example in random.Random(1).sample(some, min(len(some), 2 * least))]
    store({**{lang: fit(some) for lang, some in found.items()}, "any": fit(mixed)})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
