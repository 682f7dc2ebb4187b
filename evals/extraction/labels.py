"""Which pieces of a page are its article, found by fitting them to the accepted full texts.

The measure is that of the scores: bags of four-word shingles. Pieces mostly made of the text's shingles are taken;
short and mixed ones are then tried one by one, and kept where the whole fits better with them.
"""

from __future__ import annotations

import re
from collections import Counter

_DENSE = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")
Shingle = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Words; single characters for scripts written without spaces."""
    return _TOKEN.findall(text.replace("\u00ad", ""))


def shingles(words: list[str]) -> list[Shingle]:
    return [tuple(words[i : i + 4]) for i in range(max(0, len(words) - 3))]


def fit(text: str, pieces: list[list[str]]) -> tuple[list[int], float]:
    """Labels (1: of the text) for tokenised pieces, and the F1 that they reach."""
    words = tokens(text)
    gold = Counter(shingles(words))
    flat = f" {' '.join(words)} "
    labels, unsure = [0] * len(pieces), []
    for i, piece in enumerate(pieces):
        own = shingles(piece)
        if own:
            share = sum(s in gold for s in own) / len(own)
            labels[i] = int(share > 0.5)
            if 0 < share < 0.95 or (share and len(piece) < 12):
                unsure.append(i)
        elif piece and f" {' '.join(piece)} " in flat:
            unsure.append(i)
    chosen = Counter(shingles([w for i, piece in enumerate(pieces) if labels[i] for w in piece]))
    hits, size, total = sum((gold & chosen).values()), sum(chosen.values()), sum(gold.values())
    for _ in range(3):
        changed = False
        for i in unsure:
            left, right = _beside(pieces, labels, i)
            there, without = shingles(left + pieces[i] + right), shingles(left + right)
            added, removed = (without, there) if labels[i] else (there, without)
            now = hits
            for s in removed:
                now -= chosen[s] <= gold[s]
                chosen[s] -= 1
            for s in added:
                chosen[s] += 1
                now += chosen[s] <= gold[s]
            new_size = size - len(removed) + len(added)
            if _f1(now, new_size, total) > _f1(hits, size, total) + 1e-9:
                labels[i] ^= 1
                hits, size, changed = now, new_size, True
                continue
            for s in added:
                chosen[s] -= 1
            for s in removed:
                chosen[s] += 1
        if not changed:
            break
    return labels, _f1(hits, size, total)


def _f1(hits: int, size: int, total: int) -> float:
    return 2 * hits / (size + total) if size + total else 0.0


def _beside(pieces: list[list[str]], labels: list[int], at: int) -> tuple[list[str], list[str]]:
    """The last three words kept before a piece and the first three kept after it."""
    left: list[str] = []
    for i in range(at - 1, -1, -1):
        if len(left) >= 3:
            break
        if labels[i]:
            left = pieces[i][-3:] + left
    right: list[str] = []
    for i in range(at + 1, len(pieces)):
        if len(right) >= 3:
            break
        if labels[i]:
            right += pieces[i][:3]
    return left[-3:], right[:3]


def label(texts: list[str], pieces: list[str]) -> tuple[list[int], list[bool]]:
    """Labels by the best fitting of several accepted texts, and which pieces another as good one judges otherwise."""
    cut = [tokens(p) for p in pieces]
    fits = [fit(text, cut) for text in texts[:4]]
    best = max(range(len(fits)), key=lambda i: fits[i][1] + (0.001 if i == 0 else 0.0))
    labels, reached = fits[best]
    open_ = [False] * len(labels)
    for other, f1 in fits:
        if f1 >= reached - 0.01:
            open_ = [o or a != b for o, a, b in zip(open_, other, labels, strict=True)]
    return labels, open_
