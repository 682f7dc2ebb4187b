"""What was said, once each, with every place it stands in and how the places differ; and who said it. Pure.

How quotations are found is left to `quotes`; which of them may be shown to `quoting`, which asks the rights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broadsheet.quotes import gather_same
from broadsheet.stories.people import merge_names, person_slug
from broadsheet.text.diffs import Piece, word_diff
from broadsheet.text.excerpts import excerpt, is_cut

PROVEN = 24
"""Characters from which the same words credited to nobody by name are taken for the same utterance."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation at its place. start, end: characters of the article's text, `text` is what stands there.

    may_show: whether its words may be shown; where it stands may be told always. length: how many characters of it
    may be shown, None for all.
    """

    article: int
    publisher: int
    at: datetime
    start: int
    end: int
    text: str
    speaker: str
    name: str
    role: str
    language: str
    direction: str
    may_show: bool
    length: int | None


class Likeness(StrEnum):
    """How the words at one place compare with the version that is shown."""

    SAME = "same"
    SHORTENED = "shortened"
    LONGER = "longer"
    CHANGED = "changed"
    UNTOLD = "untold"
    """They differ, but that place's words may not be shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: characters `start` to `end` of the text of `article`.

    credited: the speaker as that article names him. pieces: what differs from the version shown, from first to last;
    empty unless likeness is shortened, longer or changed. is_cut: the pieces go on.
    """

    article: int
    publisher: int
    at: datetime
    start: int
    end: int
    credited: str
    likeness: Likeness
    pieces: tuple[Piece, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """One utterance. text: as it stands at the first of `places`, word for word; is_cut: its end is left out."""

    text: str
    is_cut: bool
    language: str
    direction: str
    places: tuple[Place, ...]

    @property
    def at(self) -> datetime:
        """When it was first reported."""
        return min(place.at for place in self.places)

    @property
    def outlets(self) -> tuple[int, ...]:
        """The publishers that carry it, first to last."""
        return tuple(dict.fromkeys(place.publisher for place in sorted(self.places, key=lambda place: place.at)))

    @property
    def differs(self) -> bool:
        return any(place.likeness is not Likeness.SAME for place in self.places)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something, with what they said in order of time. person: slug of their topic, empty without a name."""

    name: str
    role: str
    person: str
    sayings: tuple[Saying, ...]

    @property
    def outlets(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(publisher for saying in self.sayings for publisher in saying.outlets))


def rank_quotations(speakers: Sequence[str]) -> list[int]:
    """The order in which an article's quotations are worth showing, given who says each: 0 for the best.

    Everybody's first words come before anybody's second, named persons before words credited to nobody.
    """
    turns: Counter[str] = Counter()
    order = []
    for place, speaker in enumerate(speakers):
        order.append((not speaker, turns[speaker], place))
        turns[speaker] += 1
    ranks = [0] * len(order)
    for rank, (_, _, place) in enumerate(sorted(order)):
        ranks[place] = rank
    return ranks


def who_said_what(quotations: Sequence[Quoted]) -> list[Speaker]:
    """The speakers of a story's quotations: those most newsrooms carried first, each with their sayings by time.

    The same words in several articles are one saying. Sayings of which no version may be shown are left out, with
    speakers of whom nothing is left; words that are credited to nobody join the named speaker of the same words.
    """
    ordered = sorted(quotations, key=lambda quoted: (quoted.at, quoted.article, quoted.start))
    persons = merge_names(Counter(quoted.name for quoted in ordered if quoted.name))
    spoken: dict[str, list[Quoted]] = {}
    nobodys: list[Quoted] = []
    for quoted in ordered:
        if quoted.name:
            spoken.setdefault(persons[quoted.name], []).append(quoted)
        elif quoted.speaker:
            nobodys.append(quoted)
    groups = [(name, group) for name, said in spoken.items() for group in _groups(said)]
    groups += [(group[0].speaker, group) for group in _adopt(groups, nobodys)]
    sayings: dict[str, list[tuple[Saying, list[Quoted]]]] = {}
    for name, group in groups:
        saying = _saying(group)
        if saying is not None:
            sayings.setdefault(name, []).append((saying, group))
    speakers = [_speaker(name, found, is_named=name in spoken) for name, found in sayings.items()]
    return sorted(speakers, key=lambda speaker: (-len(speaker.outlets), not speaker.person, speaker.sayings[0].at))


def _groups(quotations: Sequence[Quoted]) -> list[list[Quoted]]:
    found = gather_same((place, quoted.text) for place, quoted in enumerate(quotations))
    return [[quotations[place] for place in same.places if isinstance(place, int)] for same in found]


def _adopt(groups: Sequence[tuple[str, list[Quoted]]], nobodys: Sequence[Quoted]) -> list[list[Quoted]]:
    """Add words without a named speaker to the group of the same words; returns those that found none, in groups."""
    known = [max(group, key=lambda quoted: len(quoted.text)) for _, group in groups]
    own = []
    for same in _groups([*known, *(quoted for quoted in nobodys)]):
        strays = [quoted for quoted in same if not quoted.name]
        home = next((group for _, group in groups if any(quoted is one for quoted in same for one in group)), None)
        if home is not None and len(same[0].text) >= PROVEN:
            home += strays
        elif strays:
            own.append(strays)
    return own


def _saying(group: Sequence[Quoted]) -> Saying | None:
    """The group as one saying, shown in its longest version that may be shown, the earliest of those."""
    allowed = [quoted for quoted in group if quoted.may_show]
    if not allowed:
        return None
    best = min(allowed, key=lambda quoted: (-len(_bare(quoted.text)), quoted.at))
    whole = _bare(best.text)
    text = whole if best.length is None else _bare(excerpt(whole, best.length))
    rest = [quoted for quoted in group if quoted is not best]
    return Saying(
        text=text,
        is_cut=is_cut(whole, text),
        language=best.language,
        direction=best.direction,
        places=(_place(best, best), *(_place(quoted, best) for quoted in rest)),
    )


def _bare(text: str) -> str:
    """Without the comma before "she said", which belongs to the sentence around the quotation."""
    return text.rstrip().rstrip(",،，、;").rstrip()


def _place(quoted: Quoted, shown: Quoted) -> Place:
    pieces = word_diff(shown.text, quoted.text)
    changes = [piece for piece in pieces if not piece.kept and not piece.boring]
    likeness = Likeness.SAME
    if changes:
        removes, adds = any(piece.removed for piece in changes), any(piece.added for piece in changes)
        likeness = Likeness.CHANGED if removes and adds else Likeness.SHORTENED if removes else Likeness.LONGER
    told: tuple[Piece, ...] = ()
    cut = False
    if changes and not quoted.may_show:
        likeness = Likeness.UNTOLD
    elif changes:
        told, cut = _within(pieces, _least(shown.length, quoted.length))
    return Place(
        article=quoted.article,
        publisher=quoted.publisher,
        at=quoted.at,
        start=quoted.start,
        end=quoted.end,
        credited=quoted.speaker or quoted.name,
        likeness=likeness,
        pieces=told,
        is_cut=cut,
    )


def _within(pieces: Sequence[Piece], length: int | None) -> tuple[tuple[Piece, ...], bool]:
    """The first pieces that show no more than `length` characters of either version, boring changes as they now are."""
    found: list[Piece] = []
    before = after = 0
    for piece in pieces:
        kept = piece.added if piece.boring else piece.kept
        before += len(piece.removed) + len(piece.kept)
        after += len(piece.added) + len(piece.kept)
        if length is not None and max(before, after) > length:
            room = length - max(before - len(piece.kept), after - len(piece.kept))
            if piece.kept and room > 0:
                found.append(Piece(kept=excerpt(piece.kept, room)))
            return tuple(found), True
        found.append(Piece(kept=kept) if kept or piece.boring else piece)
    return tuple(piece for piece in found if piece.kept or piece.removed or piece.added), False


def _least(one: int | None, other: int | None) -> int | None:
    lengths = [length for length in (one, other) if length is not None]
    return min(lengths) if lengths else None


def _speaker(name: str, found: Sequence[tuple[Saying, list[Quoted]]], *, is_named: bool) -> Speaker:
    quotations = [quoted for _, group in found for quoted in group]
    roles = Counter(quoted.role for quoted in quotations if quoted.role)
    return Speaker(
        name=name,
        role=roles.most_common(1)[0][0] if roles else "",
        person=person_slug(name) if is_named else "",
        sayings=tuple(sorted((saying for saying, _ in found), key=lambda saying: saying.at)),
    )
