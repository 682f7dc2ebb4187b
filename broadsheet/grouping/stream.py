"""The living articles of one language: found by their words, compared, let go when their time is over.

All that is kept follows from the order of articles and from the story each is in, so that a stream rebuilt from
stored documents answers as if it had never stopped.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, deque
from collections.abc import Iterable
from itertools import chain
from math import exp
from operator import itemgetter
from zlib import crc32

from broadsheet.grouping.document import Document
from broadsheet.grouping.formats import Format
from broadsheet.grouping.member import Counts, Member, Probe
from broadsheet.grouping.settings import Settings

Ranked = list[tuple[float, str]]
"""Stories with their similarity, most similar first."""

_CLOCK = 31
"""Articles whose median date is the stream's clock: a few false dates do not move it."""
_LONGEST_H = 1000.0


class Stream:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.members: dict[int, Member] = {}
        self.stories: dict[str, list[int]] = {}
        """Members of each story, oldest first."""
        self.pending: dict[int, Member] = {}
        """Articles that are not settled yet, oldest first."""
        self._waiting = 0
        """How many articles came since the last settling."""
        self.next_seq = 0
        self.counts = Counts(settings)
        self._postings: dict[str, list[int]] = {}
        self._fresh: dict[str, list[int]] = {}
        """The same for what is pending."""
        self._dates: deque[float] = deque(maxlen=_CLOCK)

    def read(self, doc: Document) -> Member:
        member = self.counts.read(doc, self.next_seq)
        self.next_seq += 1
        return member

    def nearby(self, member: Member) -> tuple[Probe, dict[int, float]]:
        """Living articles that share weighty words with one, with the likeness of their words."""
        s = self.settings
        probe = Probe(member)
        found: dict[int, float] = {}
        taken: Counter[str] = Counter()
        more = 2 if member.bare else 1
        for seq, _ in self._hits(member, self._postings, self._fresh):
            other = self.members[seq]
            taken[other.story] += 1
            if taken[other.story] > more * s.per_story:
                continue
            cosine = found[seq] = probe.cosine(other)
            if cosine > s.join:
                self.note_form(probe, other)
            if len(found) >= more * s.candidates:
                break
        return probe, found

    def note_form(self, probe: Probe, other: Member) -> None:
        """Where an article shares phrases with one of other names and numbers, both seem to fill in a form (results,
        quarterly figures, agency templates): there words prove little, and the probe says how little.
        """
        s = self.settings
        if probe.form < 1 and len(other.names) > 1 < len(probe.names) and probe.agreement(other) < s.form_other:
            form = (probe.phrasing(other) - s.form_phrases) / s.form_width
            probe.form = max(probe.form, min(1.0, form))

    def stories_near(self, member: Member) -> list[tuple[str, list[int]]]:
        """Stories whose settled articles share most weighty words with one, with all their settled articles."""
        found: dict[str, list[int]] = {}
        for seq, shared in self._hits(member, self._postings):
            if shared < 2 and not member.bare:
                break
            story = self.members[seq].story
            if story not in found:
                found[story] = [q for q in self.stories[story] if q not in self.pending]
                if len(found) == self.settings.standing:
                    break
        return list(found.items())

    def _hits(self, member: Member, *indexes: dict[str, list[int]]) -> list[tuple[int, int]]:
        """Articles that share posted words and how many, those with most first."""
        terms = member.terms[: self.settings.posted_terms]
        hits = Counter(chain.from_iterable([index[t] for index in indexes for t in terms if t in index]))
        hits.pop(member.seq, None)
        several = [pair for pair in hits.items() if pair[1] > 1]
        chosen = several if len(several) >= self.settings.candidates // 2 else list(hits.items())
        chosen.sort(key=itemgetter(1), reverse=True)
        return chosen[: 5 * self.settings.candidates]

    def weigh_again(self) -> None:
        """Weigh the words of what is pending, now that those of its time are counted."""
        for member in self.pending.values():
            self.counts.weigh_again(member)

    def similarity(self, probe: Probe, other: Member, cosine: float | None = None, form: float = 0.0) -> float:
        """Likeness of words, or of names and numbers where words prove little, less what time has taken.

        form: how far they prove little for the other, as `Probe.form`.
        """
        value = probe.cosine(other) if cosine is None else cosine
        form = max(form, probe.form)
        if form and len(probe.names) > 1 < len(other.names):
            value += form * (max(0.0, probe.told(other) - self.settings.form_names) - value)
        return value * self.fading(probe.hours, other.hours)

    def fading(self, one: float | None, other: float | None) -> float:
        if one is None or other is None:
            return self.settings.undated
        days = (one - other) / (24 * self.settings.decay_days)
        return exp(-min(days * days, 700.0))

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

    def keep(self, member: Member, story: str) -> list[Member]:
        """Remember an article in its story; returns the articles let go because they have left the window."""
        self._place(member, story)
        self.members[member.seq] = member
        self.pending[member.seq] = member
        self._waiting += 1
        if member.format is Format.REPORT:
            self._post(self._fresh, member)
        if member.hours is not None:
            self._dates.append(member.hours)
        return self._forget()

    def is_due(self, doc: Document) -> bool:
        """Whether what is pending must be settled before this article: its time is over, or too many wait.

        A time is the number of hours, a power of two, in which some six articles come at present.  One article in
        `settle_most` makes it due by its name.  Both follow from the newest articles alone, so streams that were
        begun at different ones settle alike.
        """
        if not self._waiting:
            return False
        by_name = crc32(doc.id.encode("utf-8", "surrogatepass")) % self.settings.settle_most == 0
        return by_name or self._waiting >= self.settings.settle_most or self._is_later(doc.hours)

    def _is_later(self, hours: float | None) -> bool:
        if hours is None or not self._dates:
            return False
        span = max(self._dates) - min(self._dates)
        step = 1 << max(0, int(min(span, _LONGEST_H)).bit_length() - 3)
        return int(hours) // step != int(self._dates[-1]) // step

    def release(self, hours: float | None) -> None:
        """What is pending was settled: all but the newest are final now.

        hours: date of the next article; those of its hour stay open as well.
        """
        s = self.settings
        hour = _hour(hours)
        least = self._clock() - s.settle_hours
        newest = sorted(self.pending.values(), key=lambda m: (m.hours or 0.0, m.id), reverse=True)
        kept = {m.seq for m in newest[: s.settle_keep] if m.hours is None or m.hours >= least}
        kept.update(m.seq for m in newest[: s.settle_pool] if _hour(m.hours) == hour)
        pending, self.pending = self.pending, {}
        self._fresh.clear()
        self._waiting = 0
        for seq, member in pending.items():
            if seq in kept:
                self.pending[seq] = member
            else:
                member.counts = None
            if member.format is Format.REPORT:
                self._post(self._fresh if seq in kept else self._postings, member)

    def _clock(self) -> float:
        return sorted(self._dates)[len(self._dates) // 2] if self._dates else 0.0

    def _post(self, postings: dict[str, list[int]], member: Member) -> None:
        for term in member.terms[: self.settings.posted_terms]:
            posting = postings.setdefault(term, [])
            posting.append(member.seq)
            if len(posting) > self.settings.posting_length:
                del posting[0]

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
        clock = self._clock()
        while self.members:
            oldest = self.members[next(iter(self.members))]
            stale = oldest.hours is not None and clock - oldest.hours > 24 * s.window_days
            if len(self.members) <= s.memory and not stale:
                break
            gone.append(oldest)
            del self.members[oldest.seq]
            postings = self._fresh if self.pending.pop(oldest.seq, None) else self._postings
            self._leave(oldest)
            self.counts.forget(oldest)
            if oldest.format is Format.REPORT:
                _unpost(postings, oldest.terms[: s.posted_terms], oldest.seq)
        return gone


def _hour(hours: float | None) -> int | None:
    return None if hours is None else int(hours)


def _unpost(postings: dict[str, list[int]], terms: Iterable[str], seq: int) -> None:
    for term in terms:
        posting = postings.get(term)
        if posting and seq in posting:  # nearly always first, but articles are settled by their dates
            posting.remove(seq)
        if not posting:
            postings.pop(term, None)
