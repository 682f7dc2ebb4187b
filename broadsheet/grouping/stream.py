"""The living articles of one language: found by their words, compared, let go when their time is over.

All that is kept follows from the order of articles and from the story each is in, so that a stream rebuilt from
stored documents answers as if it had never stopped.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, deque
from itertools import chain
from math import exp
from operator import itemgetter

from broadsheet.grouping.document import Document
from broadsheet.grouping.formats import Format
from broadsheet.grouping.member import Counts, Member, Probe
from broadsheet.grouping.settings import Settings

Ranked = list[tuple[float, str]]
"""Stories with their similarity, most similar first."""

_CLOCK = 31
"""Articles whose median date is the stream's clock: a few false dates do not move it."""


class Stream:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.members: dict[int, Member] = {}
        self.stories: dict[str, list[int]] = {}
        """Members of each story, oldest first."""
        self.next_seq = 0
        self._counts = Counts(settings)
        self._postings: dict[str, list[int]] = {}
        self._dates: deque[float] = deque(maxlen=_CLOCK)

    def read(self, doc: Document) -> Member:
        member = self._counts.read(doc, self.next_seq)
        self.next_seq += 1
        return member

    def nearby(self, member: Member) -> tuple[Probe, dict[int, float]]:
        """Living articles that share weighty words with one, with the likeness of their words.

        Where an article shares phrases with one of other names and numbers, both seem to fill in a form (results,
        quarterly figures, agency templates): there words prove little, and the probe says how little.
        """
        s = self.settings
        probe = Probe(member)
        found: dict[int, float] = {}
        taken: Counter[str] = Counter()
        more = 2 if len(member.terms) <= s.bare_terms else 1
        form, full = 0.0, s.form_phrases + s.form_width
        for seq in self._hits(member):
            other = self.members[seq]
            taken[other.story] += 1
            if taken[other.story] > more * s.per_story:
                continue
            cosine = found[seq] = probe.cosine(other)
            telling = form < full and cosine > s.join and len(other.names) > 1 < len(member.names)
            if telling and probe.agreement(other) < s.other_names:
                form = max(form, probe.phrasing(other))
            if len(found) >= more * s.candidates:
                break
        probe.form = min(1.0, max(0.0, (form - s.form_phrases) / s.form_width))
        return probe, found

    def _hits(self, member: Member) -> list[int]:
        """Numbers of articles that share posted words, those with most first."""
        postings = self._postings
        hits = Counter(chain.from_iterable(postings.get(t, ()) for t in member.terms[: self.settings.posted_terms]))
        hits.pop(member.seq, None)
        several = [pair for pair in hits.items() if pair[1] > 1]
        chosen = several if len(several) >= self.settings.candidates // 2 else list(hits.items())
        chosen.sort(key=itemgetter(1), reverse=True)
        return [seq for seq, _ in chosen[: 5 * self.settings.candidates]]

    def similarity(self, probe: Probe, other: Member, cosine: float | None = None) -> float:
        """Likeness of words, or of names and numbers where words prove little, less what time has taken."""
        s = self.settings
        value = probe.cosine(other) if cosine is None else cosine
        dated = probe.hours is not None and other.hours is not None
        if probe.form and len(probe.names) > 1 < len(other.names):
            value += probe.form * (max(0.0, probe.told(other) - s.form_names) - value)
        elif not dated and len(probe.names) > 4 < len(other.names):
            value += s.undated_names * (probe.agreement(other) - value)
        if probe.hours is None or other.hours is None:
            return value * s.undated
        days = (probe.hours - other.hours) / (24 * s.decay_days)
        return value * exp(-min(days * days, 700.0))

    def rank(self, probe: Probe, found: dict[int, float]) -> Ranked:
        """Stories near an article, by the mean over each one's nearest members."""
        s = self.settings
        by_story: dict[str, list[float]] = {}
        for seq, cosine in found.items():
            other = self.members[seq]
            by_story.setdefault(other.story, []).append(self.similarity(probe, other, cosine))
        likely = [(story, values) for story, values in by_story.items() if max(values) >= s.join]
        ranked = [(self._mean(probe, story, values, found), story) for story, values in likely]
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        return ranked

    def _mean(self, probe: Probe, story: str, values: list[float], found: dict[int, float]) -> float:
        members = self.stories[story]
        own = probe.member.seq
        size = len(members) - (probe.member.story == story)
        asked = min(self.settings.nearest, size)
        if len(values) < asked:
            others = [q for q in members[: -3 * self.settings.nearest : -1] if q not in found and q != own]
            values += [self.similarity(probe, self.members[q]) for q in others]
        values.sort(reverse=True)
        return sum(values[:asked]) / asked

    def own(self, probe: Probe) -> float:
        """Mean similarity of an article to the nearest others of its story; 0 if it is alone."""
        newest = self.stories[probe.member.story][: -3 * self.settings.nearest : -1]
        others = [q for q in newest if q != probe.member.seq]
        near = sorted((self.similarity(probe, self.members[q]) for q in others), reverse=True)[: self.settings.nearest]
        return sum(near) / len(near) if near else 0.0

    def keep(self, member: Member, story: str) -> list[Member]:
        """Remember an article in its story; returns the articles let go because they have left the window."""
        self._place(member, story)
        self.members[member.seq] = member
        if member.format is Format.REPORT:
            for term in member.terms[: self.settings.posted_terms]:
                posting = self._postings.setdefault(term, [])
                posting.append(member.seq)
                if len(posting) > self.settings.posting_length:
                    del posting[0]
        if member.hours is not None:
            self._dates.append(member.hours)
        return self._forget()

    def move(self, member: Member, story: str) -> None:
        self._leave(member)
        self._place(member, story)

    def rename(self, story: str, other: str) -> None:
        members = self.stories.pop(story)
        self.stories[other] = members
        for seq in members:
            self.members[seq].story = other

    def _place(self, member: Member, story: str) -> None:
        member.story = story
        insort(self.stories.setdefault(story, []), member.seq)

    def _leave(self, member: Member) -> None:
        members = self.stories[member.story]
        del members[bisect_left(members, member.seq)]
        if not members:
            del self.stories[member.story]

    def _forget(self) -> list[Member]:
        s = self.settings
        gone: list[Member] = []
        clock = sorted(self._dates)[len(self._dates) // 2] if self._dates else 0.0
        while self.members:
            oldest = self.members[next(iter(self.members))]
            stale = oldest.hours is not None and clock - oldest.hours > 24 * s.window_days
            if len(self.members) <= s.memory and not stale:
                break
            gone.append(oldest)
            del self.members[oldest.seq]
            self._leave(oldest)
            self._counts.forget(oldest)
            if oldest.format is Format.REPORT:
                for term in oldest.terms[: s.posted_terms]:
                    posting = self._postings[term]
                    if posting and posting[0] == oldest.seq:
                        del posting[0]
                    if not posting:
                        del self._postings[term]
        return gone
