"""Measure quotations: `python -m evals.quotes [--shipped]`; non-zero exit below a floor of floors.json.

Two parts. Labelled articles (folder of BROADSHEET_EVAL_DATA; skipped loudly without): joint F1 of span and speaker, our
finder cross-validated by document, its weights fitted anew for each fifth, beside two baselines. `--shipped` adds the
shipped weights on the same articles, which they were fitted on. And always what is kept here: the checked pronouns, and
invented passages in French and Spanish, for which there is no labelled set.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from broadsheet.quotes import find, find_quotes

from .baselines import cue_rules, nearest_name
from .data import SETS, checked_sentences, load
from .fit import Example, examples, fit
from .pronouns import answers
from .pronouns import nearest_name as nearest_name_pronoun
from .score import Counts, Predicted, count, total

FOLDS = 5
Finder = Callable[[str, str], Iterable[Predicted]]


def ours(text: str, lang: str) -> list[Predicted]:
    """The finder as shipped."""
    return [Predicted(q.start, q.end, q.speaker, q.speaker_start, q.speaker_end) for q in find_quotes(text, lang)]


def measure(finder: Finder, articles: list[dict[str, Any]]) -> tuple[Counts, float]:
    """Counts over articles, and articles per CPU second."""
    begun = time.process_time()
    found = [list(finder(a["text"], a["lang"])) for a in articles]
    spent = time.process_time() - begun
    return total(count(a, f) for a, f in zip(articles, found, strict=True)), len(articles) / spent


def cross_validated(articles: list[dict[str, Any]]) -> Counts:
    """Every article judged by weights fitted on the other folds."""
    order = list(range(len(articles)))
    random.Random(3).shuffle(order)
    taught: list[list[Example]] = [examples(a) for a in articles]
    shipped, counts = find.weights, []
    try:
        for fold in range(FOLDS):
            kept = set(order[fold::FOLDS])
            fitted = fit([e for i, some in enumerate(taught) if i not in kept for e in some])
            find.weights = lambda _lang, fitted=fitted: fitted
            counts += [count(articles[i], ours(articles[i]["text"], articles[i]["lang"])) for i in sorted(kept)]
    finally:
        find.weights = shipped
    return total(counts)


def labelled(name: str, shipped: bool) -> float | None:
    """Print the rows of one set; the cross-validated joint F1, None without the data."""
    articles = load(name)
    if articles is None:
        print(f"SKIPPED {name}: no such set; let BROADSHEET_EVAL_DATA name the data folder", file=sys.stderr)
        return None
    rows = [
        (label, *measure(finder, articles)) for label, finder in (("nearest name", nearest_name), ("cues", cue_rules))
    ]
    if shipped:
        rows.append(("ours, fitted on these", *measure(ours, articles)))
    crossed = cross_validated(articles)
    rows.append(("ours, cross-validated", crossed, measure(ours, articles)[1]))
    for label, c, speed in rows:
        precision, recall = c.joint / max(1, c.predicted), c.joint / max(1, c.marked)
        print(
            f"{name:11} {label:23} span F1 {c.f1(c.spans):.3f}  joint P {precision:.3f} R {recall:.3f} "
            f"F1 {c.f1(c.joint):.3f}  {speed:6.0f} articles/CPU s"
        )
    return crossed.f1(crossed.joint)


def pronouns() -> float:
    """Print how many pronouns of the checked set go to the right person; the share."""
    asked, right, plain = Counter[str](), Counter[str](), 0
    for answer in answers():
        lang = answer.article.lang
        asked[lang] += 1
        right[lang] += answer.is_right
        plain += nearest_name_pronoun(answer.article, answer.pronoun)
    whole, share = sum(asked.values()), sum(right.values()) / sum(asked.values())
    each = ", ".join(f"{lang} {right[lang]}/{asked[lang]}" for lang in asked)
    print(f"{'pronouns':11} {'nearest name':23} right {plain / whole:.3f} of {whole}")
    print(f"{'pronouns':11} {'ours':23} right {share:.3f} of {whole} ({each})")
    return share


def sentences(lang: str) -> float:
    """Print the rows of the invented passages of a language; the joint F1."""
    articles = checked_sentences(lang)
    for label, finder in (("nearest name", nearest_name), ("ours", ours)):
        c = measure(finder, articles)[0]
        print(
            f"{lang + ' passages':11} {label:23} span F1 {c.f1(c.spans):.3f}  joint {c.f1(c.joint):.3f} of {c.marked}"
        )
    return c.f1(c.joint)


def main() -> int:
    """Print all rows and compare with the floors."""
    scores = {"pronouns": pronouns(), **{f"passages {lang}": sentences(lang) for lang in ("fr", "es")}}
    for name in SETS:
        score = labelled(name, "--shipped" in sys.argv[1:])
        if score is not None:
            scores[name] = score
    floors = json.loads(Path(__file__).with_name("floors.json").read_text())
    low = [f"{name} {scores[name]:.3f} < {floors[name]}" for name in scores if scores[name] < floors[name]]
    for line in low:
        print(f"BELOW FLOOR {line}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
