"""A local spam filter that learns from the editors' decisions and can unlearn them; no text leaves the site.

Each feature of a comment (words, pairs of words, links and their hosts, shape) has two counts: in how many spam and in
how many wanted comments it stood. The shares are combined as Robinson and Fisher proposed for mail: features that say
little are left out, the two chi-square tests "all of this is spam" and "none of it is" are weighed against each other,
so that a comment of unknown words stays near one half instead of swinging with its length.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from broadsheet.comments.lookalikes import folded, undisguised

LEAST_LEARNED = 20
"""Decisions of each kind before the filter says anything."""
PRIOR, PRIOR_WEIGHT = 0.5, 0.4
"""Where a feature stands before it was seen, and how many sightings that is worth."""
LEAST_LEANING = 0.1
"""Features nearer to one half than this are left out."""
MOST_FEATURES = 150
"""Features of one comment that are weighed, the strongest first."""
LONGEST_READ = 5_000
"""Characters of a comment that are read."""

_WORD = re.compile(r"[^\W\d_]+|\d+|[£$€%!?]")
_HOST = re.compile(r"(?:https?://|www\.)([^\s/<>()\[\]\"'?#]{1,200})", re.IGNORECASE)


def features(text: str) -> frozenset[str]:
    """What the filter sees of a comment."""
    text = text[:LONGEST_READ]
    hosts = [host.lower().removeprefix("www.") for host in _HOST.findall(text)]
    words = [
        f"#{min(len(word), 6)}" if word.isdigit() else undisguised(word[:40]) for word in _WORD.findall(folded(text))
    ]
    found = set(words)
    found.update(f"{first} {second}" for first, second in itertools.pairwise(words))
    found.update(f"~host:{host[:80]}" for host in hosts)
    if hosts:
        found.add(f"~links:{min(len(hosts), 4)}")
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) / len(letters) if letters else 0
    found.add(f"~capitals:{min(4, int(capitals * 8))}")
    found.add(f"~length:{int(math.log2(len(text) + 1))}")
    return frozenset(found)


TOTAL = ""
"""The feature that every comment has: its counts are how many comments were learned."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a decision about one comment adds to the counts of each of these features: 1, 0 or -1."""

    features: tuple[str, ...]
    spam: int
    wanted: int


def lesson(text: str, *, before: str = "", after: str = "") -> Lesson:
    """before, after: what the comment was and is now taken for, "spam", "wanted" or neither (empty).

    A decision taken back takes away what it had added.
    """
    return Lesson(
        features=(TOTAL, *sorted(features(text))),
        spam=(after == "spam") - (before == "spam"),
        wanted=(after == "wanted") - (before == "wanted"),
    )


@dataclass
class SpamFilter:
    """Counts of features in spam and in wanted comments. Learn in any order: the counts are sums."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Feature to (comments of spam, wanted comments) it stood in."""

    @property
    def spam(self) -> int:
        return self.counts.get(TOTAL, (0, 0))[0]

    @property
    def wanted(self) -> int:
        return self.counts.get(TOTAL, (0, 0))[1]

    @property
    def is_ready(self) -> bool:
        return min(self.spam, self.wanted) >= LEAST_LEARNED

    def learn(self, text: str, *, before: str = "", after: str = "") -> None:
        """Take a decision in, or back; as `lesson` says."""
        learned = lesson(text, before=before, after=after)
        for feature in learned.features:
            in_spam, in_wanted = self.counts.get(feature, (0, 0))
            counts = in_spam + learned.spam, in_wanted + learned.wanted
            if any(counts):
                self.counts[feature] = counts
            else:
                self.counts.pop(feature, None)

    def belief(self, text: str) -> float | None:
        """How sure it is that the text is spam, 0 to 1; None before it has learned enough of both kinds."""
        return self.belief_of(features(text)) if self.is_ready else None

    def belief_of(self, found: Iterable[str]) -> float:
        """The same of features that were found already, without asking whether enough was learned."""
        leanings = [p for feature in found if abs((p := self._leaning(feature)) - 0.5) >= LEAST_LEANING]
        leanings.sort(key=lambda p: (-abs(p - 0.5), p))
        del leanings[MOST_FEATURES:]
        if not leanings:
            return 0.5
        degrees = 2 * len(leanings)
        is_spam = 1 - _chi_square(-2 * sum(math.log(1 - p) for p in leanings), degrees)
        is_wanted = 1 - _chi_square(-2 * sum(math.log(p) for p in leanings), degrees)
        return (1 + is_spam - is_wanted) / 2

    def _leaning(self, feature: str) -> float:
        in_spam, in_wanted = self.counts.get(feature, (0, 0))
        seen = in_spam + in_wanted
        if not seen:
            return PRIOR
        spam_share = in_spam / max(self.spam, 1)
        wanted_share = in_wanted / max(self.wanted, 1)
        raw = spam_share / (spam_share + wanted_share)
        return (PRIOR_WEIGHT * PRIOR + seen * raw) / (PRIOR_WEIGHT + seen)


def _chi_square(value: float, degrees: int) -> float:
    """Probability that a chi-square of so many degrees (an even number) exceeds the value."""
    half = value / 2
    term = total = math.exp(-half)
    for i in range(1, degrees // 2):
        term *= half / i
        total += term
    return min(total, 1.0)
