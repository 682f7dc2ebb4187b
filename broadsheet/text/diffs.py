"""What changed between two versions of a text, word by word, as a reader would mark it with a pencil.

Patience diff: words that stand once in both texts are anchors, their longest common order is kept, and what lies
between anchors is looked at in the same way. O(n log n) for each of at most `DEEPEST` rounds, whatever the input.
Source: Bram Cohen's patience diff; the small rests go through difflib, bounded in size.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 400_000
"""Characters of a text that are compared word by word; longer ones only by their common beginning and end."""
DEEPEST = 12
SMALL = 64
"""Words on either side up to which every common word is found, not only those that stand once."""

FURTHEST = 20
"""Tokens that a change is moved to begin at a word."""

Run = tuple[int, int, int]
"""Place in the first text, place in the second, number of tokens."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0dff"
_TOKEN = re.compile(
    "[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    rf"|[\w{_MARKS}]+(?:['’][\w{_MARKS}]+)*"
    r"|\s+|."
)
_SKELETON_DROPPED = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sk", "Zs", "Zl", "Zp", "Cc", "Cf"})
_TELLING = frozenset("?%‰&@#/*§")
"""Punctuation that says something: a question mark in a headline is news."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Either words that stayed (`kept`), or a change (`removed`, `added`, one of them possibly empty).

    All kept and removed pieces joined are the first text, all kept and added ones the second.
    boring: a change of white space, style of quotation marks or punctuation only.
    """

    kept: str = ""
    removed: str = ""
    added: str = ""
    boring: bool = False


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces from first to last; kept and changed ones alternate."""
    if before == after:
        return (Piece(kept=before),) if before else ()
    old, new = _tokens(before, after)
    pieces: list[Piece] = []
    at_old = at_new = 0
    for start_old, start_new, size in [*_readable(_matches(old, new), old, new), (len(old), len(new), 0)]:
        removed, added = "".join(old[at_old:start_old]), "".join(new[at_new:start_new])
        if removed or added:
            pieces.append(Piece(removed=removed, added=added, boring=is_boring(removed, added)))
        if size:
            pieces.append(Piece(kept="".join(old[start_old : start_old + size])))
        at_old, at_new = start_old + size, start_new + size
    return tuple(pieces)


def is_boring(before: str, after: str) -> bool:
    """Whether two texts say the same but for white space, quotation marks, dashes and other punctuation.

    Question marks, per cent signs and everything between or before digits count as words: "1.5" is not "15".
    """
    return _skeleton(before) == _skeleton(after)


def _skeleton(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    last = len(folded) - 1
    kept = []
    for at, char in enumerate(folded):
        if unicodedata.category(char) not in _SKELETON_DROPPED or char in _TELLING:
            kept.append(char)
        elif at < last and folded[at + 1].isdigit() and not char.isspace():
            before = folded[at - 1] if at else " "
            if before.isdigit() or (char in "-−–" and before.isspace()):
                kept.append("-" if char in "-−–" else char)
    return "".join(kept)


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    if max(len(before), len(after)) <= LONGEST:
        return _TOKEN.findall(before), _TOKEN.findall(after)
    start = _common(before, after)
    end = min(_common(before[::-1], after[::-1]), min(len(before), len(after)) - start)
    return [
        [part for part in (text[:start], text[start : len(text) - end], text[len(text) - end :]) if part]
        for text in (before, after)
    ]  # type: ignore[return-value]  # two texts in, two lists out


def _common(one: str, other: str) -> int:
    """Length of the common beginning, by halves, so that long texts are compared by the machine and not by us."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """(place in old, place in new, number of tokens) of what is common, in order."""
    pairs: list[tuple[int, int]] = []
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        low_old, high_old, low_new, high_new, depth = todo.pop()
        while low_old < high_old and low_new < high_new and old[low_old] == new[low_new]:
            pairs.append((low_old, low_new))
            low_old, low_new = low_old + 1, low_new + 1
        while low_old < high_old and low_new < high_new and old[high_old - 1] == new[high_new - 1]:
            high_old, high_new = high_old - 1, high_new - 1
            pairs.append((high_old, high_new))
        if low_old == high_old or low_new == high_new:
            continue
        part_old, part_new = old[low_old:high_old], new[low_new:high_new]
        anchors = _anchors(part_old, part_new) if depth < DEEPEST else []
        if not anchors:
            if max(len(part_old), len(part_new)) <= SMALL:
                for block in SequenceMatcher(None, part_old, part_new, autojunk=False).get_matching_blocks():
                    pairs += [(low_old + block.a + k, low_new + block.b + k) for k in range(block.size)]
            continue
        edge_old, edge_new = low_old, low_new
        for in_old, in_new in [*anchors, (len(part_old), len(part_new))]:
            todo.append((edge_old, low_old + in_old, edge_new, low_new + in_new, depth + 1))
            edge_old, edge_new = low_old + in_old + 1, low_new + in_new + 1
        pairs += [(low_old + in_old, low_new + in_new) for in_old, in_new in anchors]
    return _runs(sorted(pairs))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of tokens that stand exactly once on both sides, in the longest order both share."""
    counts_old, counts_new = Counter(old), Counter(new)
    places = {token: at for at, token in enumerate(new) if counts_new[token] == 1 and counts_old[token] == 1}
    pairs = [(at, places[token]) for at, token in enumerate(old) if token in places]
    # Longest increasing subsequence of the places in new, by piles of cards.
    tops: list[int] = []
    top_index: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(top_index[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        top_index[pile : pile + 1] = [index]
    chain = []
    index = top_index[-1] if top_index else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    for in_old, in_new in pairs:
        if runs and runs[-1][0] + runs[-1][2] == in_old and runs[-1][1] + runs[-1][2] == in_new:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((in_old, in_new, 1))
    return runs


def _readable(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The runs as a pencil would leave them: phrases struck whole, insertions beginning at a word."""
    slid = _slide(runs, old, new)
    kept: list[Run] = []
    for at, run in enumerate(slid):
        # A blank or comma that two changed words have in common is no reason to lift the pencil.
        bare = not any(_says(token) for token in old[run[0] : run[0] + run[2]])
        if bare and _gap_says(slid, at, old, new) and _gap_says(slid, at + 1, old, new):
            continue
        kept.append(run)
    return kept


def _gap_says(runs: Sequence[Run], at: int, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether words, not only marks, change between the run before `at` and run `at`."""
    start_old, start_new = (runs[at - 1][0] + runs[at - 1][2], runs[at - 1][1] + runs[at - 1][2]) if at else (0, 0)
    end_old, end_new = runs[at][:2] if at < len(runs) else (len(old), len(new))
    return any(map(_says, old[start_old:end_old])) or any(map(_says, new[start_new:end_new]))


def _slide(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Move pure insertions and deletions to the right where they begin after a blank and end with one.

    ". Police came" before ". The" is the same change as "Police came. " after ". "; only the second can be read.
    """
    slid = list(runs)
    for at in range(1, len(slid)):
        before, after = slid[at - 1], slid[at]
        ends = (before[0] + before[2], before[1] + before[2])
        gaps = (after[0] - ends[0], after[1] - ends[1])
        if min(gaps) > 0:
            continue
        tokens, start, size = (new, ends[1], gaps[1]) if gaps[1] else (old, ends[0], gaps[0])
        for step in range(min(after[2], FURTHEST)):
            if tokens[start + step - 1].isspace() and tokens[start + step + size - 1].isspace():
                slid[at - 1] = (before[0], before[1], before[2] + step)
                slid[at] = (after[0] + step, after[1] + step, after[2] - step)
                break
            if tokens[start + step] != tokens[start + step + size]:
                break
    return slid


def _says(token: str) -> bool:
    return any(char.isalnum() for char in token)
