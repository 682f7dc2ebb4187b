"""Learn the weights of the choice of blocks and write `broadsheet/extraction/model.json`.

    BROADSHEET_EVAL_DATA=... python -m evals.extraction.train [--held-out scores.pickle] [--teacher texts] [--write]

Needs numpy, scipy and trafilatura, in an environment of its own: none of them is needed to use the weights.

Provenance. Pages with full texts (fundus, fundus_eval, WCXB development articles) are labelled by `labels.label`.
Pages of other publishers without full texts (traf_eval, htmldate_news, postlight) are labelled weakly: a teacher of
the same form, which besides sees what trafilatura keeps of the page, judges their pieces, their own required and
banned snippets overrule it, and each label weighs as much as the teacher is sure. The model is one logistic
regression over the columns that `score_pieces` names, with a second set of weights that pages of news add.
`--held-out` stores, for every labelled page, scores by a model that saw no page of its publisher.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import scipy.sparse as sp
import trafilatura
from scipy.optimize import minimize
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.features import SIZES, score_pieces
from broadsheet.extraction.metadata import read_metadata
from evals.extraction.columns import Columns, NameColumns
from evals.extraction.labels import label
from evals.extraction.pages import pages_of

LABELLED = ("fundus", "fundus_eval", "wcxb_dev")
WEAK = ("traf_eval", "htmldate_news", "postlight")
FOLDS = 5
STRENGTH = 0.01
"""Inverse of the regularisation, for weights scaled to mean one."""
NEWS_WEIGHT = 2.0
WEAK_WEIGHT = 0.8
MIN_PUBLISHERS = 6
"""Publishers on whose pages a word of a name must stand to get a weight."""
BARS = {"other": -0.8, "news": 0.0}
MODEL = Path(__file__).parents[2] / "broadsheet/extraction/model.json"
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "ne", "or", "go"})
_extract = import_module("broadsheet.extraction.extract")
context_of, read_pieces = _extract.context_of, _extract.read_pieces


def publisher(url: str) -> str:
    parts = (urlsplit(url).hostname or url).lower().split(".")
    wide = len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2
    return ".".join(parts[-3 if wide else -2 :])


def read_page(page: dict[str, Any], columns: Columns, names: NameColumns) -> dict[str, Any] | None:
    """Rows of columns, labels and weights of one page's pieces."""
    tree = LexborHTMLParser(page["html"].encode(), scripting=True)
    if tree.body is None:
        return None
    embedded = read_embedded(tree, page["url"])
    context = context_of(read_metadata(tree, page["url"], embedded), embedded)
    seen = read_pieces(tree.body, context)
    if not seen.pieces:
        return None
    rows = score_pieces(seen, context, columns, names)
    texts, sizes = [p.text for p in seen.pieces], np.array([p.size for p in seen.pieces])
    found: dict[str, Any] = {
        "key": (page["dataset"], page["id"]), "publisher": publisher(page["url"]), "flag": context.news,
        "news": page["news"],
        "gold": page["gold"], "rows": rows, "texts": texts, "sizes": sizes, "coarse": [p.coarse for p in seen.pieces],
        "labels": None,
    }  # fmt: skip
    if page["gold"].get("texts"):
        labels, open_ = label(page["gold"]["texts"], texts)
        found["labels"], found["sure"] = np.array(labels), np.where(open_, 0.05, 1.0)
    return found


def teach(folder: Path, remembered: Path | None) -> dict[tuple[str, str], tuple[str, str]]:
    """What trafilatura keeps of every page, by default and by precision; remembered, as it takes minutes."""
    if remembered is not None and remembered.exists():
        found: dict[tuple[str, str], tuple[str, str]] = pickle.loads(remembered.read_bytes())
        return found
    found = {}
    for page in (page for s in (*LABELLED, *WEAK) for page in pages_of(folder, s)):
        found[page["dataset"], page["id"]] = tuple(
            " ".join((trafilatura.extract(page["html"], include_comments=False, **wishes) or "").split())
            for wishes in ({}, {"favor_precision": True})
        )
    if remembered is not None:
        remembered.write_bytes(pickle.dumps(found))
    return found


def _kept_by(teacher: tuple[str, str], texts: list[str]) -> list[int]:
    kept = [[t[:60] in flat and t[-60:] in flat for t in texts] for flat in teacher]
    return [2 * a + b for a, b in zip(*kept, strict=True)]


def weights_of(page: dict[str, Any]) -> np.ndarray:
    """What each piece counts: its share of the text, capped, and a little for being there at all."""
    sizes = page["sizes"]
    text = max(200.0, float((sizes * page["labels"]).sum()))
    weight = np.minimum(np.minimum(sizes, 1500) / text, 0.5) + 0.3 / max(len(sizes), 20)
    looked_at = np.array([row != Columns.never for row in page["rows"]])
    return weight * page["sure"] * looked_at * (NEWS_WEIGHT if page["news"] else 1.0)


def matrix(rows: list[tuple[int, ...]], width: int) -> sp.csr_matrix:
    rows = [() if row == Columns.never else row for row in rows]
    lengths = np.cumsum([0, *map(len, rows)])
    places = np.fromiter((c for row in rows for c in row), np.int64, int(lengths[-1]))
    found = sp.csr_matrix((np.ones(len(places), np.float32), places, lengths), shape=(len(rows), width))
    found.sum_duplicates()
    return found


def fit(x: sp.csr_matrix, y: np.ndarray, weight: np.ndarray, rounds: int = 60) -> np.ndarray:
    """Logistic regression with a quadratic penalty; the last number is the bias."""
    weight = weight / weight.mean()
    n, total, sign, turned = x.shape[1], weight.sum(), np.where(y > 0, 1.0, -1.0), x.T.tocsr()

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = -sign * (x @ theta[:n] + theta[n])
        slope = -sign * weight / (1 + np.exp(-margin))
        penalty = theta[:n] / (STRENGTH * total)
        gradient = np.append(turned @ slope, slope.sum()) / total + np.append(penalty, 0)
        return float(weight @ np.logaddexp(0, margin) / total + 0.5 * theta[:n] @ penalty), gradient

    return minimize(loss, np.zeros(n + 1), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x


def scores(x: sp.csr_matrix, theta: np.ndarray) -> np.ndarray:
    return x @ theta[:-1] + theta[-1]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--held-out")
    options.add_argument("--teacher", type=Path, help="where the teacher's texts are remembered")
    options.add_argument("--write", action="store_true")
    wishes = options.parse_args()
    folder = Path(os.environ["BROADSHEET_EVAL_DATA"])
    columns = Columns()
    names = NameColumns(columns.width)
    teacher = teach(folder, wishes.teacher)
    pages = [p for s in (*LABELLED, *WEAK) for d in pages_of(folder, s) if (p := read_page(d, columns, names))]
    for page in pages:
        page["teacher"] = _kept_by(teacher[page["key"]], page["texts"])
    known = {p["publisher"] for p in pages if p["labels"] is not None}
    pages = [p for p in pages if p["labels"] is not None or p["publisher"] not in known]
    pages.sort(key=lambda p: p["labels"] is None)
    counts = [len(p["rows"]) for p in pages]
    ends = np.cumsum([0, *counts])
    strong = int(ends[sum(p["labels"] is not None for p in pages)])
    shared = matrix([row for p in pages for row in p["rows"]], names.next)
    keep = _worth_keeping(shared, np.repeat([p["publisher"] for p in pages], counts), columns.width)
    flag = np.repeat([float(p["flag"]) for p in pages], counts)
    silent = np.zeros(names.next)
    silent[columns.starts["beyond"] : columns.starts["beyond"] + SIZES["beyond"]] = 1
    silent[[c for (level, _, _), c in names.columns.items() if level == 4]] = 1
    shared = (shared - sp.diags(flag) @ shared @ sp.diags(silent)).tocsr()[:, keep]
    shared.eliminate_zeros()
    x = sp.hstack([shared, sp.diags(flag) @ shared]).tocsr().astype(np.float32)
    folds = _folds(pages)
    fold = np.repeat([folds[p["publisher"]] for p in pages], counts)
    _label_weakly(pages, x, strong, flag, fold, ends)
    y = np.concatenate([p["labels"] for p in pages]).astype(float)
    weight = np.concatenate([weights_of(p) for p in pages])
    if wishes.held_out:
        held = np.zeros(len(y))
        for k in range(FOLDS):
            held[fold == k] = scores(x[fold == k], fit(x[fold != k], y[fold != k], weight[fold != k]))
        looked = np.array([row != Columns.never for p in pages for row in p["rows"]])
        held[~looked] = -9.0
        found = {p["key"]: held[a:b].tolist() for p, a, b in zip(pages, ends, ends[1:], strict=False) if b <= strong}
        Path(wishes.held_out).write_bytes(pickle.dumps(found))
    if wishes.write:
        write(fit(x, y, weight, 80), keep, columns, names)


def _folds(pages: list[dict[str, Any]]) -> dict[str, int]:
    order = sorted({p["publisher"] for p in pages})
    random.Random(3).shuffle(order)
    return {name: i % FOLDS for i, name in enumerate(order)}


def _worth_keeping(x: sp.csr_matrix, publishers: np.ndarray, tables: int) -> np.ndarray:
    """Columns of tables that occur, and those of words seen with enough publishers."""
    _, numbers = np.unique(publishers, return_inverse=True)
    by_column = x.tocsc()
    keep = np.asarray(x.getnnz(axis=0)).ravel() > 0
    for c in np.flatnonzero(keep[tables:]) + tables:
        places = by_column.indices[by_column.indptr[c] : by_column.indptr[c + 1]]
        keep[c] = len(places) >= MIN_PUBLISHERS and len(np.unique(numbers[places])) >= MIN_PUBLISHERS
    return np.flatnonzero(keep)


def _label_weakly(pages: list[dict[str, Any]], x: Any, strong: int, flag: Any, fold: Any, ends: Any) -> None:
    """Give labels to the pages that have none, by a teacher that also sees another extractor's choice."""
    seen = matrix([(t * 5 + c,) for p in pages for t, c in zip(p["teacher"], p["coarse"], strict=True)], 20)
    taught = sp.hstack([x, seen, sp.diags(flag) @ seen]).tocsr().astype(np.float32)
    labelled = [p for p in pages if p["labels"] is not None]
    y = np.concatenate([p["labels"] for p in labelled]).astype(float)
    weight = np.concatenate([weights_of(p) for p in labelled])
    judged = np.zeros(x.shape[0] - strong)
    for k in range(FOLDS):
        train = fold[:strong] != k
        judged += scores(taught[strong:], fit(taught[:strong][train], y[train], weight[train])) / FOLDS
    for page, a, b in zip(pages, ends, ends[1:], strict=False):
        if page["labels"] is None:
            chance = 1 / (1 + np.exp(-judged[a - strong : b - strong]))
            for i, text in enumerate(page["texts"]):
                if any(s and " ".join(s.split()) in text for s in page["gold"].get("with") or ()):
                    chance[i] = 1.0
                elif any(
                    s and len(text) < 3 * len(s) and " ".join(s.split()) in text
                    for s in page["gold"].get("without") or ()
                ):
                    chance[i] = 0.0
            page["labels"] = (chance > 0.45).astype(int)
            page["sure"] = np.clip(np.abs(chance - 0.45) * 2.5, 0, 1) * 0.7 * WEAK_WEIGHT


def write(theta: np.ndarray, keep: np.ndarray, columns: Columns, names: NameColumns) -> None:
    """The weights as plain numbers, three decimals: one set for news, one for other pages."""
    n = len(keep)
    shared, more = np.zeros(names.next), np.zeros(names.next)
    shared[keep], more[keep] = theta[:n], theta[n : 2 * n]
    data = {}
    for kind, values in (("other", shared), ("news", shared + more)):
        tables = {k: [_short(v) for v in values[s : s + SIZES[k]]] for k, s in columns.starts.items()}
        tables["length"] = [_short(v + theta[-1]) for v in values[columns.starts["length"] :][: SIZES["length"]]]
        if kind == "news":
            tables["beyond"] = [0.0] * SIZES["beyond"]
        parts: dict[str, dict[str, list[float]]] = {"word": {}, "group": {}}
        for (level, part, word), column in sorted(names.columns.items()):
            value = _short(values[column])
            if abs(value) >= 0.02 and not (level == 4 and kind == "news"):
                parts[part].setdefault(word, [0.0] * 5)[level] = value
        data[kind] = {"bar": BARS[kind], "first": tables, "words": parts["word"], "groups": parts["group"]}
    MODEL.write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")


def _short(value: float) -> float:
    return round(float(value), 3) or 0.0


if __name__ == "__main__":
    main()
