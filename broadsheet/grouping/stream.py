"""The living articles of one language: found by their words, compared, let go when their time is over.

All that is kept follows from the order of articles and from the story each is in, so that a stream rebuilt from
stored documents answers as if it had never stopped.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter, deque
from collections.abc import Iterable
from itertools import chain
from math import exp
from operator import itemgetter
from typing import TYPE_CHECKING
from zlib import crc32

from broadsheet.grouping.document import Document
from broadsheet.grouping.formats import Format
from broadsheet.grouping.member import Counts, Member, Probe
from broadsheet.grouping.settings import Settings

if TYPE_CHECKING:
    from broadsheet.grouping.settle import Standing

Ranked = list[tuple[float, str]]
"""Stories with their similarity, most similar first."""

_CLOCK = 31
"""Articles whose median date is the stream's clock: a few false dates do not move it."""
_LONGEST_H = 1000.0
_WAITING = 4
"""Articles whose phrases are not compared while they seem to tell one event; more cost as much to tell apart."""


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
        self._postings: dict[int, array[int]] = {}
        self._fresh: dict[int, array[int]] = {}
        """The same for what is pending."""
        self.told: dict[str, Standing] = {}
        """Stories as they were told at a settling, kept while they do not change."""
        self._dates: deque[float] = deque(maxlen=_CLOCK)
        self._probes: dict[int, Probe] = {}

    def read(self, doc: Document) -> Member:
        member = self.counts.read(doc, self.next_seq)
        self.next_seq += 1
        return member

    def nearby(self, member: Member) -> tuple[Probe, dict[int, float]]:
        """Living articles that share weighty words with one, with the likeness of their words."""
        s = self.settings
        probe = self.probe(member)
        found: dict[int, float] = {}
        taken: dict[str, int] = {}
        more = 2 if member.bare else 1
        for seq in self._sharing(member, self._postings, self._fresh):
            other = self.members[seq]
            count = taken[other.story] = taken.get(other.story, 0) + 1
            if count > more * s.per_story:
                continue
            cosine = found[seq] = probe.cosine(other)
            if cosine > s.join:
                self.note_form(probe, other)
            if len(found) >= more * s.candidates:
                break
        return probe, found

    def note_form(self, probe: Probe, other: Member) -> None:
        """Where articles of other names and numbers share phrases with one, all seem to fill in a form (results,
        quarterly figures, agency templates): there words prove little, and the probe says how little.  Two must, of
        two events: one may tell the same event with other names.  So phrases are compared when two may be found.
        """
        s = self.settings
        if probe.form == 1 or not len(other.names) > 1 < len(probe.member.names):
            return
        if probe.agreement(other) >= s.form_other:
            return
        waiting = probe.waiting
        waiting.append(other)
        if len(probe.filled) < 2 and len(waiting) <= _WAITING:
            asked = [*(known for known, _ in probe.filled), *waiting[:-1]]
            if all(self._is_one_event(other, known) for known in asked):
                return
        probe.waiting = []
        for known in waiting:
            self._fill_in(probe, known)

    def _is_one_event(self, other: Member, known: Member) -> bool:
        return known.story == other.story and self.probe(other).agreement(known) >= self.settings.form_apart

    def _fill_in(self, probe: Probe, other: Member) -> None:
        """Take an article of other names and numbers among those that fill in a form with one, if it does."""
        s = self.settings
        if probe.form == 1:
            return
        form = min(1.0, (probe.phrasing(other) - s.form_phrases) / s.form_width)
        if form <= 0:
            return
        for place, (known, known_form) in enumerate(probe.filled):
            if self._is_one_event(other, known):
                probe.filled[place] = known, max(form, known_form)
                break
        else:
            probe.filled.append((other, form))
        probe.form = sorted((0.0, *(form for _, form in probe.filled)))[-2]

    def probe(self, member: Member) -> Probe:
        """The one probe of an article until it is final, for names, and for words once they are weighed again."""
        probe = self._probes.get(member.seq)
        if probe is None:
            probe = self._probes[member.seq] = Probe(member)
        return probe

    def stories_near(self, member: Member) -> list[tuple[str, list[int]]]:
        """Stories whose settled articles share most weighty words with one, with all their settled articles."""
        found: dict[str, list[int]] = {}
        for seq in self._sharing(member, self._postings):
            story = self.members[seq].story
            if story not in found:
                found[story] = [q for q in self.stories[story] if q not in self.pending]
                if len(found) == self.settings.standing:
                    break
        return list(found.items())

    def _sharing(self, member: Member, *indexes: dict[int, array[int]]) -> list[int]:
        """Articles that share at least two posted words, those with most first; with a bare headline one word is enough
        where few share more.
        """
        terms = member.terms[: self.settings.posted_terms]
        postings = chain.from_iterable([map(index.get, terms) for index in indexes])
        hits = Counter(chain.from_iterable(filter(None, postings)))
        several = [pair for pair in hits.items() if pair[1] > 1]
        if member.bare and len(several) < self.settings.candidates // 2:
            several = list(hits.items())
        several.sort(key=itemgetter(1), reverse=True)
        return [seq for seq, _ in several[: 5 * self.settings.candidates]]

    def weigh_again(self) -> None:
        """Weigh the words of what is pending, now that those of its time are counted."""
        for seq, member in self.pending.items():
            if self.counts.weigh_again(member) and seq in self._probes:
                self._probes[seq].weighed_again()

    def similarity(self, probe: Probe, other: Member, cosine: float | None = None, form: float = 0.0) -> float:
        """Likeness of words, or of names and numbers where words prove little, less what time has taken.

        form: how far they prove little for the other, as `Probe.form`.
        """
        form = max(form, probe.form)
        if form and len(probe.member.names) > 1 < len(other.names):
            value = max(0.0, probe.agreement(other) - self.settings.form_names)
            if form < 1:
                value = form * value + (1 - form) * (probe.cosine(other) if cosine is None else cosine)
        else:
            value = probe.cosine(other) if cosine is None else cosine
        return value * self.fading(probe.hours, other.hours)

    def fading(self, one: float | None, other: float | None) -> float:
        if one is None or other is None:
            return self.settings.undated
        days = (one - other) / (24 * self.settings.decay_days)
        return exp(-min(days * days, 700.0))

    def rank(self, probe: Probe, found: dict[int, float]) -> Ranked:
        """Stories near an article, by the mean over each one's nearest members."""
        s = self.settings
        by_story: dict[str, list[int]] = {}
        hopeful = set()
        for seq, cosine in found.items():
            story = self.members[seq].story
            by_story.setdefault(story, []).append(seq)
            if cosine >= s.join or probe.form:  # time only takes from likeness; a form may add
                hopeful.add(story)
        likely: list[tuple[str, list[float]]] = []
        for story, seqs in by_story.items():
            if story in hopeful:
                values = [self.similarity(probe, self.members[seq], found[seq]) for seq in seqs]
                if max(values) >= s.join:
                    likely.append((story, values))
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

    def release(self, hours: float | None) -> list[Member]:
        """What is pending was settled: all but the newest are final now. Returns those that are new or final.

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
        known = len(pending) - self._waiting
        self._waiting = 0
        for seq, member in pending.items():
            if seq in kept:
                self.pending[seq] = member
            if member.format is Format.REPORT:
                self._post(self._fresh if seq in kept else self._postings, member)
        self._probes = {seq: probe for seq, probe in self._probes.items() if seq in kept}
        return [member for at, member in enumerate(pending.values()) if at >= known or member.seq not in kept]

    def _clock(self) -> float:
        return sorted(self._dates)[len(self._dates) // 2] if self._dates else 0.0

    def _post(self, postings: dict[int, array[int]], member: Member) -> None:
        get, seq, length = postings.get, member.seq, self.settings.posting_length
        for term in member.terms[: self.settings.posted_terms]:
            posting = get(term)
            if posting is None:
                postings[term] = array("I", (seq,))
                continue
            posting.append(seq)
            if len(posting) > length:
                del posting[0]

    def move(self, member: Member, story: str) -> None:
        self._leave(member)
        self._place(member, story)

    def rename(self, story: str, other: str) -> None:
        members = self.stories.pop(story)
        self.told.pop(story, None)
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
            self.told.pop(member.story, None)

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


def _unpost(postings: dict[int, array[int]], terms: Iterable[int], seq: int) -> None:
    for term in terms:
        posting = postings.get(term)
        if posting and seq in posting:  # nearly always first, but articles are settled by their dates
            posting.remove(seq)
        if not posting:
            postings.pop(term, None)
