"""What a story's account looks like on its page: speakers, events, the drawing of its spread. No queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.site.cards import ArticleCard, StoryCard, tag
from broadsheet.site.corrections import Edit, edit_view
from broadsheet.stories.account import StoryAccount
from broadsheet.stories.edits import Passage, Span
from broadsheet.stories.relating import Beside
from broadsheet.stories.sayings import Likeness, Place, Saying, Speaker
from broadsheet.stories.spread import Spread
from broadsheet.stories.timeline import Event
from broadsheet.text.diffs import Piece

SPEAKERS, SAYINGS = 10, 3
"""Speakers a page names, and what each of them says there."""
BAR_WIDTH, BAR_GAP, HEIGHT = 10, 2, 48
"""Of the drawing, in its own units."""

Cards = Mapping[int, ArticleCard]


@dataclass(frozen=True, slots=True)
class Version:
    """The same words elsewhere, where they differ. cards: the newsrooms that have them so, the first to do so first.

    likeness: shortened, longer or changed.
    """

    cards: tuple[ArticleCard, ...]
    likeness: str
    change: Passage
    is_cut: bool


@dataclass(frozen=True, slots=True)
class SayingView:
    """Words somebody said. card: whose version it is; others: the further newsrooms that carry them, one card each."""

    text: str
    language: str
    direction: str
    is_cut: bool
    at: datetime
    card: ArticleCard
    others: tuple[ArticleCard, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """topic: address of the page about the person; empty without one. further: sayings that are not shown."""

    name: str
    role: str
    topic: str
    language: str
    sayings: tuple[SayingView, ...]
    further: int


@dataclass(frozen=True, slots=True)
class EventView:
    """kind: of `stories.timeline.EventKind`. card: whose doing it was. count: reports concerned."""

    kind: str
    at: datetime
    card: ArticleCard | None
    count: int
    outlets: int
    edit: Edit | None
    by_editor: bool


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar of the drawing, from `x`; independents stand below copies. outlets, countries: carrying it by then."""

    x: int
    independents_height: float
    copies_height: float
    at: datetime
    independents: int
    copies: int
    outlets: int
    countries: int

    @property
    def height(self) -> float:
        return self.independents_height + self.copies_height


@dataclass(frozen=True, slots=True)
class SpreadView:
    spread: Spread
    bars: tuple[BarView, ...]
    width: int
    height: int

    @property
    def told(self) -> tuple[BarView, ...]:
        """The bars that say something: the rows of the table."""
        return tuple(bar for bar in self.bars if bar.height)


@dataclass(frozen=True, slots=True)
class SentenceView:
    text: str
    card: ArticleCard


@dataclass(frozen=True, slots=True)
class Kin:
    card: StoryCard
    reason: str
    names: tuple[str, ...]


def speaker_views(speakers: Sequence[Speaker], topics: Mapping[str, str], cards: Cards) -> list[SpeakerView]:
    return [_speaker(speaker, topics.get(speaker.person, ""), cards) for speaker in speakers[:SPEAKERS]]


def saying_views(sayings: Sequence[Saying], cards: Cards) -> list[SayingView]:
    """Of each saying its words and who carries them; those whose source has no card are left out."""
    return [_saying(saying, cards) for saying in sayings if saying.places[0].article in cards]


def event_views(events: Sequence[Event], cards: Cards) -> list[EventView]:
    views = []
    for event in events:
        card = cards.get(event.article.pk) if event.article is not None else None
        views.append(
            EventView(
                kind=str(event.kind),
                at=event.at,
                card=card,
                count=len(event.articles),
                outlets=event.outlets,
                edit=edit_view(event.edit, card) if event.edit is not None and card is not None else None,
                by_editor=event.by_editor,
            )
        )
    return views


def spread_view(spread: Spread | None) -> SpreadView | None:
    if spread is None:
        return None
    scale = (HEIGHT - 2) / max(spread.highest, 1)
    bars = tuple(
        BarView(
            x=place * (BAR_WIDTH + BAR_GAP),
            independents_height=round(bar.independents * scale, 1),
            copies_height=round(bar.copies * scale, 1),
            at=bar.at,
            independents=bar.independents,
            copies=bar.copies,
            outlets=bar.outlets,
            countries=bar.countries,
        )
        for place, bar in enumerate(spread.bars)
    )
    return SpreadView(spread, bars, len(bars) * (BAR_WIDTH + BAR_GAP), HEIGHT)


def sentence_views(account: StoryAccount, cards: Cards) -> list[SentenceView]:
    return [SentenceView(one.text, cards[one.article.pk]) for one in account.summary if one.article.pk in cards]


def kin_views(beside: Sequence[Beside], cards: Mapping[int, StoryCard]) -> list[Kin]:
    """The related stories that have a card, each with its reason. cards: by story."""
    return [Kin(cards[one.story.pk], one.reason, one.names) for one in beside if one.story.pk in cards]


def _speaker(speaker: Speaker, topic: str, cards: Cards) -> SpeakerView:
    sayings = saying_views(speaker.sayings, cards)
    return SpeakerView(
        name=speaker.name,
        role=speaker.role,
        topic=topic,
        language=tag(speaker.sayings[0].language),
        sayings=tuple(sayings[:SAYINGS]),
        further=max(len(sayings) - SAYINGS, 0),
    )


def _saying(saying: Saying, cards: Cards) -> SayingView:
    first = saying.places[0]
    others = {place.publisher: cards[place.article] for place in saying.places[1:] if place.article in cards}
    others.pop(first.publisher, None)
    return SayingView(
        text=saying.text,
        language=tag(saying.language),
        direction=saying.direction,
        is_cut=saying.is_cut,
        at=saying.at,
        card=cards[first.article],
        others=tuple(others.values()),
        versions=_versions([place for place in saying.places if _differs(place, cards)], cards),
    )


def _differs(place: Place, cards: Cards) -> bool:
    return place.likeness not in {Likeness.SAME, Likeness.UNTOLD} and place.article in cards


def _versions(places: Sequence[Place], cards: Cards) -> tuple[Version, ...]:
    """Places that differ in the same way are one version."""
    alike: dict[tuple[Likeness, tuple[Piece, ...], bool], dict[int, ArticleCard]] = {}
    for place in places:
        found = alike.setdefault((place.likeness, place.pieces, place.is_cut), {})
        found.setdefault(place.publisher, cards[place.article])
    return tuple(
        Version(tuple(found.values()), str(likeness), tuple(span for piece in pieces for span in _spans(piece)), is_cut)
        for (likeness, pieces, is_cut), found in alike.items()
    )


def _spans(piece: Piece) -> list[Span]:
    pairs = (("same", piece.kept), ("removed", piece.removed), ("added", piece.added))
    return [Span(kind, text) for kind, text in pairs if text]
