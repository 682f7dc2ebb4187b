"""The same event in another language: found by the names and numbers that no translation changes.

Words of two languages cannot be compared; "Osterby", "434,000" and "2007" can.  A story is linked to one abroad
when an article of each agrees in enough of them, rare ones counting more.  Scripts that share no names with ours
are compared by numbers alone, and then more of them must agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from math import log

from broadsheet.grouping.member import Member
from broadsheet.grouping.settings import Settings

_POSTING = 96


class Abroad:
    """Names and numbers of the living articles of all languages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._postings: dict[str, dict[str, list[int]]] = {}
        """By language, then by name or number: the articles that have it, oldest first."""
        self._members: dict[int, Member] = {}
        self._keys: dict[tuple[str, int], int] = {}
        self._count: Counter[str] = Counter()
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

    def find(self, member: Member) -> tuple[Member, float] | None:
        """The article of another language that agrees best with this one, if that proves one event."""
        s = self._settings
        if member.hours is None or len(member.names) < s.abroad_shared:
            return None
        hits: Counter[int] = Counter()
        for language, postings in self._postings.items():
            if language != member.language:
                hits.update(chain.from_iterable(postings.get(name, ()) for name in member.names))
        best: tuple[Member, float] | None = None
        for key, shared in hits.most_common(12):
            if shared < s.abroad_shared:
                break
            other = self._members[key]
            if other.hours is None or abs(other.hours - member.hours) > s.abroad_hours:
                continue
            score = self._agreement(member, other)
            if score >= s.abroad_score and (best is None or score > best[1]):
                best = other, score
        return best

    def _agreement(self, a: Member, b: Member) -> float:
        """Share of the poorer article's names and numbers that the other has, weighted by rarity; 0 if too few."""
        first, second = set(a.names), set(b.names)
        if not _has_names(first) or not _has_names(second):
            first = {n for n in first if n[0].isdigit()}
            second = {n for n in second if n[0].isdigit()}
        both = sorted(first & second)
        evidence = sum(map(self._rarity, both))
        if len(both) < self._settings.abroad_shared or evidence < self._settings.abroad_evidence:
            return 0.0
        return evidence / min(sum(map(self._rarity, sorted(first))), sum(map(self._rarity, sorted(second))))

    def _rarity(self, name: str) -> float:
        return log(1 + (len(self._members) + 100) / (1 + self._count[name]))


def _has_names(names: set[str]) -> bool:
    return any(not n[0].isdigit() for n in names)
