"""Which story an article belongs to, decided online in one pass.

Each language is a stream of its own.  An article becomes a short vector of its weightiest words; it joins the story
whose nearest members are close enough in words and time, or opens one.  Sixty-four articles later, when more is
known, it is looked at again: then it may move, and stories that turn out to be one are joined.
Writing the answers down, editors' wishes and pages are left to `broadsheet.stories`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.grouping.abroad import Abroad
from broadsheet.grouping.document import read_document
from broadsheet.grouping.formats import Format
from broadsheet.grouping.member import Member, Probe
from broadsheet.grouping.settings import Settings
from broadsheet.grouping.stream import Ranked, Stream


@dataclass(frozen=True, slots=True)
class Assignment:
    """One answer: this article is in this story."""

    id: str
    story: str
    """Named after the article that opened it."""
    reason: str
    """`new`, `joined`, `moved`, `merged`, `linked` to its twin in another language; a roundup stays `alone`."""
    similarity: float = 0.0
    """To the story's nearest members; 0 for a new story."""
    previous: str | None = None
    """The story it was in before, for a correction."""
    continues: str | None = None
    """For a new story: an older one that it seems to carry on."""


class Grouper:
    """Groups articles into stories as they arrive; the same input gives the same answers."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._streams: dict[str, Stream] = {}
        self._abroad = Abroad(self.settings)

    def add(self, doc: Mapping[str, Any]) -> list[Assignment]:
        """Place one article: its own answer first, then corrections of earlier ones.

        With `fixed` true and a `story`, an editor has placed the article: it goes there and stays.
        """
        document = read_document(doc)
        stream = self._stream(document.language)
        member = stream.read(document)
        if doc.get("fixed") and doc.get("story"):
            member.fixed = True
            self._keep(stream, member, str(doc["story"]))
            return [Assignment(member.id, member.story, "joined", 1.0)]
        if member.format in (Format.ROUNDUP, Format.SERVICE):
            self._keep(stream, member, self._fresh(member.id))
            return [Assignment(member.id, member.story, "alone")]
        probe, found = stream.nearby(member)
        ranked = stream.rank(probe, found)
        if ranked and ranked[0][0] >= self.settings.join:
            similarity, story = ranked[0]
            answers = [Assignment(member.id, story, "joined", similarity)]
        else:
            story = self._fresh(member.id)
            answers = [Assignment(member.id, story, "new", continues=self._continues(stream, probe, found))]
        self._keep(stream, member, story)
        answers += self._merge(stream, probe, ranked)
        answers += self._link_abroad(stream, member)
        answers += self._look_again(stream, member.seq - self.settings.second_look)
        return answers

    def restore(self, docs: Iterable[Mapping[str, Any]]) -> None:
        """Rebuild the memory from stored documents, oldest first, each with its `story`; nothing is decided anew.

        Give twice `Settings.memory` articles of a language or twice `Settings.window_days`, whichever is less, or
        all there are: weights depend on what was alive when an article came, so the older half is only counted.
        """
        for doc in docs:
            document = read_document(doc)
            stream = self._stream(document.language)
            member = stream.read(document)
            member.fixed = bool(doc.get("fixed"))
            self._keep(stream, member, str(doc["story"]))

    def settle(self, places: Mapping[str, str]) -> None:
        """Put living articles where an editor has placed them, by id the story; there they stay."""
        for stream in self._streams.values():
            for member in [member for member in stream.members.values() if member.id in places]:
                member.fixed = True
                if member.story != places[member.id]:
                    stream.move(member, places[member.id])

    def _stream(self, language: str) -> Stream:
        if language not in self._streams:
            if len(self._streams) == 1:  # until now there was nothing to link to
                (only,) = self._streams.values()
                for member in only.members.values():
                    if member.format is Format.REPORT:
                        self._abroad.keep(member)
            self._streams[language] = Stream(self.settings)
        return self._streams[language]

    def _keep(self, stream: Stream, member: Member, story: str) -> None:
        gone = stream.keep(member, story)
        if len(self._streams) == 1:
            return
        self._abroad.forget(m for m in gone if m.format is Format.REPORT)
        if member.format is Format.REPORT:
            self._abroad.keep(member)

    def _link_abroad(self, stream: Stream, member: Member) -> list[Assignment]:
        """Give the story the name of its twin in another language, or the twin the story's.

        A story holds at most one group of articles of each language; so one side must be free to take the name.
        """
        if len(self._streams) < 2 or member.format is not Format.REPORT:
            return []
        found = self._abroad.find(member)
        if found is None or found[0].story == member.story:
            return []
        twin, score = found
        there = self._stream(twin.language)
        for side, old, new in ((stream, member.story, twin.story), (there, twin.story, member.story)):
            if new not in side.stories and not self._is_fixed(side, old):
                side.rename(old, new)
                return [Assignment(side.members[q].id, new, "linked", score, old) for q in side.stories[new]]
        return []

    def _is_fixed(self, stream: Stream, story: str) -> bool:
        return any(stream.members[seq].fixed for seq in stream.stories[story])

    def _fresh(self, ident: str) -> str:
        """A name for a new story that no living one has."""
        name, n = ident, 2
        while any(name in stream.stories for stream in self._streams.values()):
            name, n = f"{ident}~{n}", n + 1
        return name

    def _continues(self, stream: Stream, probe: Probe, found: Mapping[int, float]) -> str | None:
        best: tuple[float, str] | None = None
        for seq, cosine in found.items():
            other = stream.members[seq]
            if cosine < self.settings.continues or (best is not None and cosine <= best[0]):
                continue
            if probe.agreement(other) >= self.settings.other_names:
                best = cosine, other.story
        return best[1] if best else None

    def _merge(self, stream: Stream, probe: Probe, ranked: Ranked) -> list[Assignment]:
        """Join the article's story with the next nearest one if the stories as wholes are as close."""
        member = probe.member
        answers: list[Assignment] = []
        for similarity, story in ranked[:2]:
            if similarity < self.settings.merge or story == member.story or story not in stream.stories:
                continue
            if member.story not in stream.stories:
                break
            link = self._link(stream, member.story, story, probe.form)
            if link >= self.settings.merge:
                answers += self._join(stream, member.story, story, link)
        return answers

    def _join(self, stream: Stream, a: str, b: str, link: float) -> list[Assignment]:
        """The story with more living members keeps its name, of equals the older."""
        ours, theirs = stream.stories[a], stream.stories[b]
        keep, give = (b, a) if (-len(theirs), theirs[0]) < (-len(ours), ours[0]) else (a, b)
        answers = []
        for seq in list(stream.stories[give]):
            moving = stream.members[seq]
            if not moving.fixed:
                stream.move(moving, keep)
                answers.append(Assignment(moving.id, keep, "merged", link, give))
        return answers

    def _link(self, stream: Stream, a: str, b: str, form: float) -> float:
        """Mean similarity of two stories' newest members to each other's nearest."""
        first, second = sorted((stream.stories[a][-8:], stream.stories[b][-8:]), key=len)
        others = [stream.members[seq] for seq in second]
        total = 0.0
        for seq in first:
            probe = Probe(stream.members[seq], form)
            near = sorted((stream.similarity(probe, other) for other in others), reverse=True)
            asked = near[: self.settings.nearest]
            total += sum(asked) / len(asked)
        return total / len(first)

    def _look_again(self, stream: Stream, seq: int) -> list[Assignment]:
        """Move an earlier article to a story that has become nearer than its own."""
        s = self.settings
        member = stream.members.get(seq)
        if member is None or member.fixed or member.format is not Format.REPORT:
            return []
        if stream.own(Probe(member)) >= s.sure:
            return []
        probe, found = stream.nearby(member)
        ranked = stream.rank(probe, found)
        if not ranked or ranked[0][0] < s.join:
            return []
        similarity, story = ranked[0]
        answers = []
        if story != member.story:
            answers.append(Assignment(member.id, story, "moved", similarity, member.story))
            stream.move(member, story)
        return answers + self._merge(stream, probe, ranked)


def group(docs: Iterable[Mapping[str, Any]], settings: Settings | None = None) -> Iterator[tuple[str, str]]:
    """Yield (id, story) for each document in stream order; a later pair corrects an earlier one."""
    grouper = Grouper(settings)
    for doc in docs:
        for answer in grouper.add(doc):
            yield answer.id, answer.story


__all__ = ["Assignment", "Grouper", "Member", "Settings", "group"]
