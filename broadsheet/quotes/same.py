"""When two quotations are the same words: across outlets that cut, mend and re-mark what was said.

Compared are the words alone, without case, marks, brackets or dots of omission. `quotation_key` brings likely pairs
together cheaply; `same_quotation` decides; `gather_same` folds a list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

MIN_SHARED_WORDS = 4
"""Fewer words in common prove nothing: "I don't know"."""
MIN_SHARE = 0.8
"""Share of the shorter quotation's words found in order in the longer one."""
KEY_WORDS = 5
MAX_WORDS = 400
MAX_NEAR = 20
"""Earlier utterances compared for each run of words they share."""

_INSERTED = re.compile(r"\[[^\]\n]{0,80}\]|\([^)\n]{0,80}\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SCRIPTS_WITHOUT_SPACES = re.compile("[\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u0e00-\\u0e7f]")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that stand in one version of a quotation and otherwise or not at all in the other."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class SameWords:
    """One quotation, in its longest version, with every place it stands in."""

    text: str
    places: tuple[Hashable, ...]
    versions: tuple[str, ...]
    """The text at each place, in the order of `places`."""


def quotation_words(quoted: str) -> list[str]:
    """What is compared: the words, or the signs of scripts without spaces, at most MAX_WORDS."""
    plain = _INSERTED.sub(" ", unicodedata.normalize("NFKC", quoted)).casefold().replace("’", "'")
    if _SCRIPTS_WITHOUT_SPACES.search(plain):
        return [c for c in plain if c.isalnum()][:MAX_WORDS]
    return _WORD.findall(plain)[:MAX_WORDS]


def quotation_key(quoted: str) -> frozenset[str]:
    """Runs of words; the same quotation shares at least one of them with its other versions."""
    words = quotation_words(quoted)
    size = min(KEY_WORDS, max(1, len(words)))
    runs = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
    if len(words) > MIN_SHARED_WORDS:
        runs += [" ".join(words[i : i + MIN_SHARED_WORDS]) for i in range(len(words) - MIN_SHARED_WORDS + 1)]
    return frozenset(runs)


def same_quotation(a: str, b: str) -> bool:
    """Whether two quoted texts are one utterance: equal, or one cut from or mended in the other.

    Words alone are compared; whether the speakers agree is the caller's to ask.
    """
    x, y = quotation_words(a), quotation_words(b)
    if x == y:
        return bool(x)
    shorter = min(len(x), len(y))
    if shorter < MIN_SHARED_WORDS:
        return False
    blocks = SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
    if shorter < 2 * MIN_SHARED_WORDS:  # a short one must stand in the other as it is
        return max(block.size for block in blocks) == shorter
    return sum(block.size for block in blocks if block.size > 1) >= MIN_SHARE * shorter


def differences(a: str, b: str) -> list[Difference]:
    """Where two versions differ, word by word and in order, in their own writing."""
    x, y = a.split()[:MAX_WORDS], b.split()[:MAX_WORDS]
    bare_x, bare_y = [_bare(w) for w in x], [_bare(w) for w in y]
    steps = SequenceMatcher(None, bare_x, bare_y, autojunk=False).get_opcodes()
    return [
        Difference(" ".join(x[i:j]), " ".join(y[k:m]))
        for step, i, j, k, m in steps
        if step != "equal" and (any(bare_x[i:j]) or any(bare_y[k:m]))
    ]


def gather_same(quotations: Iterable[tuple[Hashable, str]]) -> list[SameWords]:
    """Fold (place, quoted text) pairs, in their order, into one entry for each utterance.

    Each joins the first earlier one it is the same as; so give quotations of one speaker, oldest first.
    """
    groups: list[list[tuple[Hashable, str]]] = []
    by_run: dict[str, list[int]] = {}
    for place, quoted in quotations:
        runs = quotation_key(quoted)
        near = sorted({g for run in runs for g in by_run.get(run, [])[:MAX_NEAR]})
        home = next((g for g in near if same_quotation(_longest(groups[g]), quoted)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append((place, quoted))
        for run in runs:
            listed = by_run.setdefault(run, [])
            if home not in listed[-1:]:
                listed.append(home)
    return [SameWords(_longest(g), tuple(p for p, _ in g), tuple(q for _, q in g)) for g in groups]


def _longest(group: list[tuple[Hashable, str]]) -> str:
    return max((quoted for _, quoted in group), key=len)


def _bare(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())
