"""The same event in another language: found by the names and numbers that no translation changes.

Words of two languages cannot be compared; "Osterby", "434,000" and "2007" can.  A story is linked to one abroad
when an article of each agrees in enough of them, rare ones counting more, and its other articles, asked for their
vote, bear that out: of two stories of one country single articles may well name the same.  Scripts that share no names
with ours are compared by numbers alone, and then more of them must agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from math import log

from broadsheet.grouping.member import Member
from broadsheet.grouping.settings import Settings

_POSTING = 96
_LOOKS = 24
VOTERS = 6
"""Newest articles of a story that vote."""
_DOUBT = 4.0
"""Added to what the poorer article knows: early in a stream few names are known abroad."""


class Abroad:
    """Names and numbers of the living articles of all languages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._postings: dict[str, dict[int, list[int]]] = {}
        """By language, then by name or number: the articles that have it, oldest first."""
        self._members: dict[int, Member] = {}
        self._keys: dict[tuple[str, int], int] = {}
        self._count: Counter[int] = Counter()
        self._next = 0

    def keep(self, member: Member) -> None:
        key = self._next
        self._next += 1
        self._members[key] = member
        self._keys[member.language, member.seq] = key
        self._count.update(member.names)
        postings = self._postings.setdefault(member.language, {})
        for name in member.names:
            posting = postings.setdefault(name, [])
            posting.append(key)
            if len(posting) > _POSTING:
                del posting[0]

    def forget(self, members: Iterable[Member]) -> None:
        for member in members:
            key = self._keys.pop((member.language, member.seq))
            del self._members[key]
            postings = self._postings[member.language]
            for name in member.names:
                self._count[name] -= 1
                if not self._count[name]:
                    del self._count[name]
                posting = postings.get(name)
                if posting and posting[0] == key:
                    del posting[0]
                if not posting:
                    postings.pop(name, None)

    def find(self, member: Member, told: Callable[[str, str], Sequence[Member]]) -> tuple[Member, float] | None:
        """An article of the story abroad that is the twin of this one's story and is not linked to it yet, and how far
        the two stories agree, see `vote`.

        told: the newest articles of a language in a story; none if it has none.
        Asked are the stories with an article that agrees well with this one. Where a story has a twin in the other's
        language already, that must agree less.
        """
        best: tuple[Member, float] | None = None
        likely: dict[tuple[str, str], Member] = {}
        for other in self._likely(member):
            likely.setdefault((other.language, other.story), other)
        for (language, story), other in likely.items():
            if story == member.story:
                continue
            ours, theirs = told(member.language, member.story), told(language, story)
            vote = self.vote(ours, theirs)
            if vote < self._settings.abroad_vote or (best is not None and vote <= best[1]):
                continue
            present = told(language, member.story), told(member.language, story)
            if vote > max(self.vote(ours, present[0]), self.vote(theirs, present[1])):
                best = other, vote
        return best

    def vote(self, ours: Sequence[Member], theirs: Sequence[Member]) -> float:
        """Mean agreement over all pairs; 0 without any.  Who names too little, as where only a headline was read, has
        no vote: nobody could agree with it.
        """
        least = self._settings.abroad_shared
        first, second = (
            [self._weighed(member) for member in side if len(member.names) >= least] for side in (ours, theirs)
        )
        pairs = [self._sum(a & b) / (min(of_a, of_b) + _DOUBT) for a, of_a in first for b, of_b in second]
        return sum(pairs) / max(1, len(pairs))

    def _likely(self, member: Member) -> list[Member]:
        """Articles of other languages that agree well enough with one, those with most in common first, newer ones
        before older ones.
        """
        s = self._settings
        if member.hours is None or len(member.names) < s.abroad_shared:
            return []
        known, ours = self._weighed(member)
        if len(known) < s.abroad_shared or ours < s.abroad_evidence:
            return []
        found = []
        for key in self._sharing(member):
            other = self._members[key]
            if other.hours is None or abs(other.hours - member.hours) > s.abroad_hours:
                continue
            evidence = self._sum(known.intersection(other.names))
            if evidence < s.abroad_evidence:
                continue
            if evidence / (min(ours, self._weighed(other)[1]) + _DOUBT) >= s.abroad_score:
                found.append(other)
        return found

    def _sharing(self, member: Member) -> list[int]:
        """Articles of other languages that have enough names and numbers in common, those with most and newer first."""
        found = [
            posting
            for language, postings in self._postings.items()
            if language != member.language
            for posting in map(postings.get, member.names)
            if posting
        ]
        hits = Counter(chain.from_iterable(found))
        several = [(shared, key) for key, shared in hits.items() if shared >= self._settings.abroad_shared]
        several.sort(reverse=True)
        return [key for _, key in several[:_LOOKS]]

    def _weighed(self, member: Member) -> tuple[set[int], float]:
        """Its names and numbers that an article of another language has, and the sum of their rarity: what none has may
        be a word of its own.
        """
        known: set[int] = set()
        for language, postings in self._postings.items():
            if language != member.language:
                known.update(filter(postings.__contains__, member.names))
        return known, self._sum(known)

    def _sum(self, names: Iterable[int]) -> float:
        return sum(map(self._rarity, sorted(names)))

    def _rarity(self, name: int) -> float:
        return log(1 + (len(self._members) + 100) / (1 + self._count[name]))
