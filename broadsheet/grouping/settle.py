"""Settling: what came within an hour is grouped anew, all together, so that its order hardly matters.

The first answer for an article knows only what came before it.  When the hour is over, or many have come, its
articles and the newest before them are taken out of their stories and joined best first, to each other and to the
standing stories around.  The articles of `Stream.pending` are those still open to it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import chain

from broadsheet.grouping.agglomerate import Node, agglomerate
from broadsheet.grouping.formats import Format
from broadsheet.grouping.member import Member, Probe
from broadsheet.grouping.stream import Stream

_COMMON = 128
"""A word that more articles of a pool have tells them apart only where there is nothing but a headline."""
_FORM_FLOOR = 0.1
"""Likeness of words below which two that fill in a form are not compared by names."""
_FORM_LOOKS = 8
_FORM_NEWEST = 2
"""Near articles, and the newest of each near story, that are asked whether they and one fill in a form."""


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that belong together, oldest first, and the standing stories they are one with."""

    members: list[Member]
    standing: list[str]


class Standing:
    """The settled articles of a story: their number, the newest of them and those as one."""

    def __init__(self, name: str, settled: list[int], stream: Stream) -> None:
        self.name = name
        self.settled = settled
        self.size = len(settled)
        members = sorted(map(stream.members.__getitem__, settled), key=in_time)
        self.newest = members[-stream.settings.asked :]
        self.is_bare = 2 * sum(m.bare for m in self.newest) > len(self.newest)
        self.words: dict[int, float] = {}
        get, share = self.words.get, 1 / len(self.newest)
        for member in self.newest:
            for term, weight in zip(member.terms, member.weights, strict=True):
                self.words[term] = get(term, 0.0) + weight * share
        hours = [m.hours for m in self.newest if m.hours is not None]
        self.hours = sum(hours) / len(hours) if hours else None
        self.form = 0.0
        """The highest of those compared with it, as `Probe.form`."""

    def is_fixed(self, stream: Stream) -> bool:
        return any(stream.members[q].fixed for q in self.settled)

    def similarity(self, probe: Probe, stream: Stream) -> float:
        """Mean over the newest; where only names and numbers tell, each of them is asked."""
        if probe.form:
            return sum(stream.similarity(probe, other) for other in self.newest) / len(self.newest)
        words = self.words
        cosine = sum([weight * words[term] for term, weight in probe.words.items() if term in words])
        return cosine * stream.fading(probe.hours, self.hours)


def _told(name: str, settled: list[int], stream: Stream) -> Standing:
    """The standing story, as it was told the last time if nothing was added to it or let go since."""
    known = stream.told.get(name)
    if known is None or known.settled != settled:
        known = stream.told[name] = Standing(name, settled, stream)
    known.form = 0.0
    return known


def regroup(stream: Stream) -> list[Group]:
    """Group what is pending anew; it weighs its words again first, now that those of the hour are counted."""
    s = stream.settings
    stream.weigh_again()
    pool = [m for m in stream.pending.values() if m.format is Format.REPORT and not m.fixed]
    pool.sort(key=in_time)
    near = _likenesses(pool, s.join)
    probes = [*map(stream.probe, pool)]
    for probe in probes:
        probe.forget_forms()
    nodes = [Node([k], bare=int(m.bare)) for k, m in enumerate(pool)]
    standing: list[Standing] = []
    numbers: dict[str, int] = {}
    for k, probe in enumerate(probes):
        stories = stream.stories_near(probe.member)
        for q in _likeliest(near[k], s.join):
            stream.note_form(probe, pool[q])
        for name, settled in stories:
            if name not in numbers:
                numbers[name] = len(nodes)
                story = _told(name, settled, stream)
                standing.append(story)
                nodes.append(Node([len(nodes)], story.size, story.size * story.is_bare, [len(nodes)]))
            for other in standing[numbers[name] - len(pool)].newest[-_FORM_NEWEST:]:
                if probe.form < 1 and probe.is_near(other, s.join):
                    stream.note_form(probe, other)
        for name, _ in stories:
            at = numbers[name]
            story = standing[at - len(pool)]
            story.form = max(story.form, probe.form)
            if not probe.form and stream.fading(probe.hours, story.hours) <= s.link_floor:
                continue
            value = story.similarity(probe, stream)
            if value > s.link_floor:
                nodes[k].links[at] = nodes[at].links[k] = value * nodes[at].size
    for k, probe in enumerate(probes):
        for q, cosine in near[k].items():
            if q < k and cosine > s.link_floor:
                form = max(probe.form, probes[q].form)
                value = stream.similarity(probe, pool[q], cosine, form) if not form or cosine > _FORM_FLOOR else 0.0
                if value > s.link_floor:
                    nodes[k].links[q] = nodes[q].links[k] = value
    groups = agglomerate(
        nodes,
        threshold=s.close,
        bare_threshold=s.bare_close,
        bare_power=s.bare_power,
        between=partial(_between, stream, standing, len(pool)),
    )
    found = []
    for group in groups:
        ours = sorted((pool[k] for k in group.members if k < len(pool)), key=lambda m: m.seq)
        if ours:
            found.append(Group(ours, [standing[k - len(pool)].name for k in group.anchors]))
    return sorted(found, key=lambda group: group.members[0].seq)


def in_time(member: Member) -> tuple[float, str]:
    """Order that does not depend on which article came first."""
    return member.hours or 0.0, member.id


def name_groups(groups: list[Group], stream: Stream) -> list[str | None]:
    """The name of each group: that of its largest standing story, else the one most of its articles have.

    Every name is given once; None asks for a new one.
    """
    names: list[str | None] = [None] * len(groups)
    free = {m.seq for group in groups for m in group.members}
    taken = {name for name in {m.story for g in groups for m in g.members} if _is_kept(name, free, stream)}
    claims = []
    for number, group in enumerate(groups):
        if group.standing:
            sizes = {name: stream.stories[name] for name in group.standing}
            names[number] = min(sizes, key=lambda name: (-len(sizes[name]), sizes[name][0]))
        else:
            counted = Counter(m.story for m in group.members)
            claims += [(-n, group.members[0].seq, number, name) for name, n in counted.items()]
    for _, _, number, name in sorted(claims):
        if names[number] is None and name not in taken:
            names[number] = name
            taken.add(name)
    return names


def _is_kept(story: str, free: set[int], stream: Stream) -> bool:
    """Whether an article that is neither free nor a live blog still has this name."""
    return any(q not in free and stream.members[q].format is not Format.LIVE for q in stream.stories[story])


def _likenesses(pool: list[Member], likely: float) -> list[dict[int, float]]:
    """For each article of the pool those before it that share words, with the likeness of their words; those after it
    only where that is likely to matter.
    """
    frequency = Counter(chain.from_iterable([member.terms for member in pool]))
    shared = {term: n > _COMMON for term, n in frequency.items() if n > 1}
    postings: dict[int, list[tuple[int, float]]] = {term: [] for term in shared}
    near: list[dict[int, float]] = []
    for k, member in enumerate(pool):
        mine: dict[int, float] = {}
        get = mine.get
        for term, weight in zip(member.terms, member.weights, strict=True):
            if term not in shared or (shared[term] and not member.bare):
                continue
            posting = postings[term]
            for q, other in posting:
                mine[q] = get(q, 0.0) + weight * other
            posting.append((k, weight))
        near.append(mine)
    for k, mine in enumerate(near):
        for q, cosine in mine.items():
            if q < k and cosine > likely:
                near[q][k] = cosine
    return near


def _likeliest(near: dict[int, float], least: float) -> list[int]:
    likely = [q for q, cosine in near.items() if cosine > least]
    likely.sort(key=near.__getitem__, reverse=True)
    return likely[:_FORM_LOOKS]


def _between(stream: Stream, standing: list[Standing], first: int, a: int, b: int) -> float | None:
    """Sum of similarities of two standing stories, told from the newest of each; editors' stories stay apart."""
    one, other = standing[a - first], standing[b - first]
    if one.is_fixed(stream) or other.is_fixed(stream):
        return None
    probes = [Probe(member) for member in one.newest]
    for probe in probes:
        probe.form = max(one.form, other.form)
    mean = sum(other.similarity(probe, stream) for probe in probes) / len(probes)
    return mean * one.size * other.size
