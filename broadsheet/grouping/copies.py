"""Which article is another's text again: reprinted, cut, retitled, edited or damaged, and whose it was first.

A copy is found by runs of four words it shares with an earlier article and confirmed by how many of its word pairs
the other has.  Which of the two is the original is told, in this order, by the canonical link, by the credit
("Reuters" as author or in the opening of an article whose publisher is another), by time, by arrival.
Stories and display are left to others; `compare` shows where two texts differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any

from broadsheet.grouping.document import Document, read_document
from broadsheet.grouping.sketch import Overlap, Sketch, overlap, sketch


class Kind(StrEnum):
    """What was done to the original."""

    EXACT = "exact"
    CUT = "cut"
    EXTENDED = "extended"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class CopySettings:
    share: float = 0.7
    """Share of the shorter text's word pairs that must stand in the longer in the same order."""
    keys: float = 0.2
    """Share of the runs of four words that must be in common before two texts are compared at all."""
    moved_share: float = 0.72
    """The same share where whole paragraphs were moved."""
    piece: float = 26.0
    """Words that such paragraphs have at least on average; half as many again in texts that are not long."""
    damaged_share: float = 0.5
    """The same share where the order is kept nearly everywhere: words were damaged or changed one by one."""
    missing: float = 0.2
    """Share of the shorter text's numbers that the longer may lack."""
    short: int = 120
    """Up to this many words a text must be kept nearly whole and in one piece: chance agreement is likelier."""
    short_share: float = 0.95
    short_spread: float = 1.1
    min_words: int = 20
    """Shorter texts are copies only if equal word for word."""
    key_length: int = 32
    """Articles remembered under one run of words; a run that more articles have is boilerplate."""
    candidates: int = 10
    memory: int = 20_000
    """Newest articles whose copies can still be found."""
    settled: int = 64
    """Copies from which a group keeps the original it has, whoever claims to be earlier."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One answer: article `id` is a copy of `original`."""

    id: str
    original: str
    share_kept: float
    """Part of the original's text that stands in the copy, 0 to 1."""
    share_own: float
    """Part of the copy's text that the original does not have, 0 to 1."""
    kind: Kind
    retitled: bool
    reason: str
    """Why the other is the original: `canonical`, `credit`, `time` or `arrival`."""


@dataclass(slots=True, eq=False)
class _Known:
    seq: int
    id: str
    title: str
    hours: float | None
    source: str
    url: str
    canonical: str
    credits: str
    sketch: Sketch
    group: _Group | None = None


@dataclass(slots=True, eq=False)
class _Group:
    name: str
    """Id of the original, which may have left the memory."""
    members: dict[int, _Known] = field(default_factory=dict)


class CopyFinder:
    """Finds copies as articles arrive; linear in articles, bounded in memory."""

    def __init__(self, settings: CopySettings | None = None) -> None:
        self.settings = settings or CopySettings()
        self._known: dict[int, _Known] = {}
        self._keys: dict[int, int | tuple[int, ...]] = {}  # most keys have one article: then it stands bare
        self._exact: dict[int, int] = {}
        self._urls: dict[str, int] = {}
        self._next = 0

    def add(self, doc: Mapping[str, Any]) -> list[Copy]:
        """Look at one article; besides the keys of `group`, `url`, `canonical`, `authors` and `publisher` help.

        `publisher` is a name that credits may give, if `source` is not one.

        Returns its own answer first if it is a copy, then earlier articles that now turn out to be copies of it or
        of another original.  An empty list means: an original, as far as is known.
        """
        known = self._read(doc)
        found = self._find(known)
        self._keep(known)
        if found is None:
            return []
        group = found.group
        if group is None:
            group = found.group = _Group(found.id, {found.seq: found})
        known.group = group
        group.members[known.seq] = known
        original = next((m for m in group.members.values() if m.id == group.name), None)
        reason = _earlier(known, original) if original else ""
        if reason and len(group.members) <= self.settings.settled:
            group.name = known.id
            return [_answer(other, known, known.id, reason) for other in group.members.values() if other is not known]
        return [_answer(known, original or found, group.name, _earlier(original or found, known) or "arrival")]

    def restore(self, docs: Iterable[Mapping[str, Any]]) -> None:
        """Rebuild the memory from stored documents, oldest first; nothing is decided anew.

        A copy carries the id of its `original`; give the newest `CopySettings.memory` articles, or all there are.
        """
        originals: dict[str, str] = {}
        for doc in docs:
            known = self._read(doc)
            self._keep(known)
            if doc.get("original") and doc["original"] != doc["id"]:
                originals[known.id] = str(doc["original"])
        names = frozenset(originals.values())
        groups: dict[str, _Group] = {}
        for known in self._known.values():
            name = originals.get(known.id, known.id if known.id in names else "")
            if name:
                known.group = groups.setdefault(name, _Group(name))
                known.group.members[known.seq] = known

    def _read(self, doc: Mapping[str, Any]) -> _Known:
        d = read_document(doc)
        authors = doc.get("authors") or ()
        names = [authors] if isinstance(authors, str) else authors
        return _Known(
            seq=self._next,
            id=d.id,
            title=d.title,
            hours=d.hours,
            source=str(doc.get("publisher") or d.source),
            url=str(doc.get("url") or ""),
            canonical=str(doc.get("canonical") or ""),
            credits=" ".join([*map(str, names), _opening(d)]).lower(),
            sketch=sketch(d.text),
        )

    def _find(self, known: _Known) -> _Known | None:
        """The article this one shares most with, if it is enough."""
        s = self.settings
        mine = known.sketch
        if not mine.words:
            return None
        same = self._exact.get(mine.whole)
        if same is not None and self._known[same].sketch.words == mine.words:
            return self._known[same]
        linked = self._urls.get(known.canonical) if known.canonical != known.url else None
        if linked is not None and overlap(mine, self._known[linked].sketch).in_order > 0:
            return self._known[linked]
        if mine.words < s.min_words:
            return None
        keys = self._keys
        found = [keys[key] for key in mine.keys if key in keys]
        hits = Counter(chain.from_iterable([held if isinstance(held, tuple) else (held,) for held in found]))
        best: tuple[float, _Known] | None = None
        for seq, count in hits.most_common(s.candidates):
            other = self._known[seq]
            if count < s.keys * min(len(mine.keys), len(other.sketch.keys)):
                continue
            same_words = overlap(mine, other.sketch)
            enough = self._is_copy(same_words, min(mine.words, other.sketch.words))
            if enough and (best is None or same_words.in_order > best[0]):
                best = same_words.in_order, other
        return best[1] if best else None

    def _is_copy(self, found: Overlap, shorter: int) -> bool:
        s = self.settings
        if shorter <= s.short:
            return found.in_order >= s.short_share and found.spread <= s.short_spread and not found.changed
        matched = max(found.of_a, found.of_b)
        long = shorter > 2 * s.short
        moved = matched >= s.moved_share and found.piece >= (s.piece if long else 1.5 * s.piece)
        damaged = found.in_order >= max(s.damaged_share, 0.95 * matched) and long
        return (found.in_order >= s.share or moved or damaged) and found.missing <= s.missing

    def _keep(self, known: _Known) -> None:
        self._next += 1
        self._known[known.seq] = known
        if known.url:
            self._urls.setdefault(known.url, known.seq)
        if known.sketch.words:
            self._exact.setdefault(known.sketch.whole, known.seq)
        keys, length, own = self._keys, self.settings.key_length, known.seq
        for key in known.sketch.keys:
            held = keys.get(key)
            if held is None:
                keys[key] = own
            elif not isinstance(held, tuple):
                keys[key] = held, own
            elif len(held) < length:
                keys[key] = *held, own
        while len(self._known) > self.settings.memory:
            self._forget(self._known.pop(next(iter(self._known))))

    def _forget(self, known: _Known) -> None:
        if self._exact.get(known.sketch.whole) == known.seq:
            del self._exact[known.sketch.whole]
        if self._urls.get(known.url) == known.seq:
            del self._urls[known.url]
        for key in known.sketch.keys:
            held = self._keys.get(key)
            left = tuple(seq for seq in held if seq != known.seq) if isinstance(held, tuple) else ()
            if left:
                self._keys[key] = left if len(left) > 1 else left[0]
            elif isinstance(held, tuple) or held == known.seq:
                del self._keys[key]
        if known.group is not None:
            del known.group.members[known.seq]


_WHOLE = 0.95
"""Share from which a text counts as wholly in the other."""

_PLACE_AND_AGENCY = re.compile(r"\(([^()\n]{2,40})\)\s*[-–—:]")


def _opening(d: Document) -> str:
    """Where agencies sign: `PARIS (Reuters) -` at the top, a line of thanks at the end."""
    head = _PLACE_AND_AGENCY.search(d.text[:200])
    return f"{head[1] if head else ''} {d.text[-160:]}"


def _earlier(a: _Known, b: _Known) -> str:
    """Why `a` is the original of `b`, or "" if nothing says so."""
    if b.canonical and b.canonical != b.url and b.canonical in (a.url, a.canonical):
        return "canonical"
    if a.canonical and a.canonical != a.url and a.canonical in (b.url, b.canonical):
        return ""
    if a.source != b.source:
        if _signed(b, a.source):
            return "credit"
        if _signed(a, b.source):
            return ""
    if a.hours is not None and b.hours is not None and a.hours < b.hours:
        return "time"
    return ""


def _signed(article: _Known, source: str) -> bool:
    """Whether an article names another publisher as the one who wrote it."""
    return (
        any(map(str.isalpha, source[:80]))
        and re.search(rf"\b{re.escape(source.lower())}\b", article.credits) is not None
    )


def _answer(copy: _Known, original: _Known, name: str, reason: str) -> Copy:
    found = overlap(original.sketch, copy.sketch)
    kept, own = found.of_a, found.of_b
    if copy.sketch.whole == original.sketch.whole and copy.sketch.words == original.sketch.words:
        kind = Kind.EXACT
    elif (own >= _WHOLE) == (kept >= _WHOLE):
        kind = Kind.EDITED
    else:
        kind = Kind.CUT if own >= _WHOLE else Kind.EXTENDED
    return Copy(
        id=copy.id,
        original=name,
        share_kept=round(kept, 3),
        share_own=round(1 - own, 3),
        kind=kind,
        retitled=copy.title.strip().casefold() != original.title.strip().casefold(),
        reason=reason,
    )


def copies(docs: Iterable[Mapping[str, Any]], settings: CopySettings | None = None) -> Iterator[tuple[str, str]]:
    """Yield (id, original) for each document, itself for an original; a later pair corrects an earlier one."""
    finder = CopyFinder(settings)
    for doc in docs:
        answers = finder.add(doc)
        own = str(doc["id"])
        if not any(a.id == own for a in answers):
            yield own, own
        for answer in answers:
            yield answer.id, answer.original
