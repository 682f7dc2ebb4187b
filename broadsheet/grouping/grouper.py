"""Which story an article belongs to, decided online.

Each language is a stream of its own.  An article becomes a short vector of its weightiest words; it joins the story
whose nearest members are close enough in words and time, or opens one: that is the first answer.  When its hour is
over it is settled together with all that came in it, see `settle`; then it may move, stories may become one, and
twins in other languages are sought again.
Writing the answers down, editors' wishes and pages are left to `broadsheet.stories`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.grouping.abroad import VOTERS, Abroad
from broadsheet.grouping.document import read_document
from broadsheet.grouping.formats import Format
from broadsheet.grouping.member import Member, Probe
from broadsheet.grouping.settings import Settings
from broadsheet.grouping.settle import in_time, name_groups, regroup
from broadsheet.grouping.stream import Stream


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

        With a `story` the article is placed there, or in what that story has just become; with `fixed` true, as by an
        editor, it stays.
        """
        document = read_document(doc)
        stream = self._stream(document.language)
        settled = self._settle(stream, document.hours) if stream.is_due(document) else []
        member = stream.read(document)
        if doc.get("story"):
            member.fixed = bool(doc.get("fixed"))
            became = {answer.previous: answer.story for answer in settled}
            story = str(doc["story"])
            while story not in stream.stories and story in became:
                story = became.pop(story)
            self._keep(stream, member, story)
            return [Assignment(member.id, member.story, "joined", 1.0), *settled]
        if member.format in (Format.ROUNDUP, Format.SERVICE):
            self._keep(stream, member, self._fresh(member.id))
            return [Assignment(member.id, member.story, "alone"), *settled]
        probe, found = stream.nearby(member)
        ranked = stream.rank(probe, found)
        if ranked and ranked[0][0] >= self.settings.join:
            similarity, story = ranked[0]
            answers = [Assignment(member.id, story, "joined", similarity)]
        else:
            story = self._fresh(member.id)
            answers = [Assignment(member.id, story, "new", continues=self._continues(stream, probe, found))]
        self._keep(stream, member, story)
        answers += settled
        answers += self._link_abroad(member)
        return answers

    def restore(self, docs: Iterable[Mapping[str, Any]]) -> None:
        """Rebuild the memory from stored documents, oldest first, each with its `story`; nothing is decided anew.

        Give twice `Settings.memory` articles of a language or twice `Settings.window_days`, whichever is less, or
        all there are: weights depend on what was alive when an article came, so the older half is only counted.
        """
        for doc in docs:
            document = read_document(doc)
            stream = self._stream(document.language)
            if stream.is_due(document):
                stream.weigh_again()
                stream.release(document.hours)
            member = stream.read(document)
            member.fixed = bool(doc.get("fixed"))
            self._keep(stream, member, str(doc["story"]))

    def finish(self) -> list[Assignment]:
        """Settle what is pending now, as at the end of a stream; returns the corrections."""
        return [answer for stream in self._streams.values() for answer in self._settle(stream, None)]

    def fix(self, places: Mapping[str, str]) -> None:
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

    def _link_abroad(self, member: Member) -> list[Assignment]:
        """Give the story the name of its twin in another language, or the twin the story's.

        A story holds at most one group of articles of each language; so one side must be free to take the name.
        """
        if len(self._streams) < 2 or member.format is not Format.REPORT:
            return []
        found = self._abroad.find(member, self._told)
        if found is None:
            return []
        twin, score = found
        here, there = self._streams[member.language], self._streams[twin.language]
        for side, old, new in ((here, member.story, twin.story), (there, twin.story, member.story)):
            if new not in side.stories and not self._is_fixed(side, old):
                side.rename(old, new)
                return [Assignment(side.members[q].id, new, "linked", score, old) for q in side.stories[new]]
        return []

    def _part(self, stream: Stream, story: str) -> list[Member]:
        """Undo a link that the articles which came since do not bear out: the smaller side takes a new name.

        Returns the articles of that side.
        """
        sides = [side for _, side in sorted(self._streams.items()) if side is not stream and story in side.stories]
        if not sides or story not in stream.stories:
            return []
        theirs = sorted((member for side in sides for member in _newest(side, story)), key=in_time)
        if self._abroad.vote(_newest(stream, story), theirs[-VOTERS:]) >= self.settings.abroad_part:
            return []
        leaving = [stream] if len(stream.stories[story]) <= sum(len(side.stories[story]) for side in sides) else sides
        if any(self._is_fixed(side, story) for side in leaving):
            return []
        left = [side.members[q] for side in leaving for q in side.stories[story]]
        name = self._fresh(left[0].id)
        for side in leaving:
            side.rename(story, name)
        return left

    def _told(self, language: str, story: str) -> list[Member]:
        return _newest(self._streams[language], story)

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
            if probe.agreement(other) >= self.settings.continued_names:
                best = cosine, other.story
        return best[1] if best else None

    def _settle(self, stream: Stream, hours: float | None) -> list[Assignment]:
        """Group what is pending anew and return what that changes."""
        groups = regroup(stream)
        before: dict[str, Counter[str]] = {}
        answers: list[Assignment] = []
        for found, name in zip(groups, name_groups(groups, stream), strict=True):
            story = name or self._fresh(found.members[0].id)
            for member in found.members:
                before.setdefault(member.story, Counter())[story] += 1
            answers += self._move(stream, found.members, story, "moved")
            for other in found.standing:
                members = [stream.members[q] for q in stream.stories.get(other, ())]
                answers += self._move(stream, [m for m in members if m.seq not in stream.pending], story, "merged")
        for member in stream.pending.values():
            went = before.get(member.story)
            if member.format is Format.LIVE and went and not member.fixed:
                answers += self._move(stream, [member], went.most_common(1)[0][0], "moved")
        return answers + self._link_again(stream, answers, hours)

    def _link_again(self, stream: Stream, moved: Iterable[Assignment], hours: float | None) -> list[Assignment]:
        """Release what is pending and ask for twins abroad once more: for what is new or final, and on both sides of
        what was moved, since then a story may have lost its twin or have another's.
        """
        changed = {name for answer in moved for name in (answer.story, answer.previous)}
        pending = [*stream.pending.values()]
        released = set(stream.release(hours))
        asked = [member for member in pending if member in released or member.story in changed]
        for _, other in sorted(self._streams.items()):
            if other is not stream:
                asked += [member for member in other.pending.values() if member.story in changed]
        parted: list[Assignment] = []
        for story in sorted({member.story for member in asked}):
            left = self._part(stream, story)
            parted += [Assignment(member.id, member.story, "moved", previous=story) for member in left]
            asked += left
        return parted + [answer for member in asked for answer in self._link_abroad(member)]

    def _move(self, stream: Stream, members: Iterable[Member], story: str, reason: str) -> list[Assignment]:
        answers = []
        for member in members:
            if member.story != story:
                answers.append(Assignment(member.id, story, reason, previous=member.story))
                stream.move(member, story)
        return answers


def _newest(stream: Stream, story: str) -> list[Member]:
    """Those of a story's articles in one language that vote."""
    return [stream.members[q] for q in stream.stories.get(story, ())[-VOTERS:]]


def group(docs: Iterable[Mapping[str, Any]], settings: Settings | None = None) -> Iterator[tuple[str, str]]:
    """Yield (id, story) for each document in stream order; a later pair corrects an earlier one."""
    grouper = Grouper(settings)
    for doc in docs:
        for answer in grouper.add(doc):
            yield answer.id, answer.story
    for answer in grouper.finish():
        yield answer.id, answer.story


__all__ = ["Assignment", "Grouper", "Member", "Settings", "group"]
