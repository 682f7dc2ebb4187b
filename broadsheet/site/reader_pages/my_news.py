"""My news: what was wished, in an order that says why, as a page and as a private feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.queries import listed
from broadsheet.readers.candidates import news_for
from broadsheet.readers.following import Wishes
from broadsheet.readers.models import FollowKind
from broadsheet.readers.ranking import Choice
from broadsheet.readers.targets import Named, Thing, name_things
from broadsheet.rights import Output
from broadsheet.site.cards import StoryCard, story_cards
from broadsheet.site.feeds import Entry, Feed
from broadsheet.site.head import absolute
from broadsheet.stories.queries import stories_with

FEED = 40
NAMED = 3
"""Reasons that are told for one story."""


@dataclass(frozen=True, slots=True)
class Reason:
    """because: the follows that brought a story, each by name. more: how many besides."""

    because: tuple[Named, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Item:
    card: StoryCard
    reason: Reason


@dataclass(frozen=True, slots=True)
class News:
    """items: what was wished. missed: big stories outside of it. now: when it was put together."""

    items: tuple[Item, ...]
    missed: tuple[Item, ...]
    now: datetime

    @property
    def stories(self) -> str:
        """The numbers of the stories shown, for the button that says they were read."""
        return " ".join(str(item.card.id) for item in self.items)


def my_news(wishes: Wishes, *, now: datetime, limit: int = 30, output: Output = Output.PAGE) -> News:
    """Ten queries at most, and what a followed search costs that nobody asked lately."""
    chosen, outside = news_for(wishes, now=now, limit=limit)
    names = name_things({thing for choice in chosen for thing in choice.because[:NAMED]})
    cards = _cards([*chosen, *outside], now=now, output=output)
    return News(tuple(_items(chosen, cards, names)), tuple(_items(outside, cards, {})), now)


def _cards(choices: Sequence[Choice], *, now: datetime, output: Output) -> Mapping[int, StoryCard]:
    stories = stories_with([choice.candidate.story for choice in choices])
    other = {choice.candidate.story: choice.lead for choice in choices if choice.lead is not None}
    leads = listed().in_bulk([lead for lead in other.values() if lead]) if other else {}
    for story, lead in other.items():
        if story in stories:
            stories[story].lead = leads.get(lead) if lead else None
    return {card.id: card for card in story_cards(stories.values(), now=now, output=output, pictured=False)}


def _items(choices: Iterable[Choice], cards: Mapping[int, StoryCard], names: Mapping[Thing, Named]) -> Iterable[Item]:
    for choice in choices:
        card = cards.get(choice.candidate.story)
        if card is not None:
            told = tuple(names[thing] for thing in choice.because[:NAMED] if thing in names)
            yield Item(card, Reason(told, max(len(choice.because) - NAMED, 0)))


def reason_words(item: Item) -> str:
    """The reason as a sentence: "Because you follow Trade and Ferries; three independent outlets"."""
    names = [_kind_and_name(named) for named in item.reason.because]
    if item.reason.more:
        names.append(ngettext("%(num)d more", "%(num)d more", item.reason.more) % {"num": item.reason.more})
    outlets = ngettext("%(num)d independent outlet", "%(num)d independent outlets", item.card.independents)
    count = outlets % {"num": item.card.independents}
    if not names:
        return _("Outside of what you follow; %(count)s") % {"count": count}
    return _("Because you follow %(names)s; %(count)s") % {"names": _joined(names), "count": count}


def _kind_and_name(named: Named) -> str:
    if named.thing.kind == FollowKind.SEARCH:
        return _("the search “%(words)s”") % {"words": named.name}
    if named.thing.kind == FollowKind.STORY:
        return _("this story")
    return named.name


def _joined(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s") % {"first": str(_(", ")).join(names[:-1]), "last": names[-1]}


def my_feed(wishes: Wishes, path: str, home: str, *, now: datetime) -> Feed:
    """The same as a feed; each entry says why it is there. path: of the feed without its ending."""
    news = my_news(wishes, now=now, limit=FEED, output=Output.FEED)
    entries = tuple(_entry(item) for item in news.items)
    return Feed(
        title=f"{settings.SITE_NAME}: {_('My news')}",
        path=path,
        home=absolute(home),
        language=settings.LANGUAGE_CODE,
        updated=max((entry.updated for entry in entries), default=now),
        entries=entries,
        tags=frozenset(),
    )


def _entry(item: Item) -> Entry:
    card = item.card
    return Entry(
        id=absolute(f"/stories/{card.id}"),
        address=absolute(iri_to_uri(card.path)),
        via="",
        title=card.headline,
        language=card.language,
        summary=f"{card.extract}\n{reason_words(item)}".strip(),
        author="",
        publisher=card.publisher.name,
        publisher_home=card.publisher.home,
        rights=f"© {card.publisher.name}",
        published=card.moved_at,
        updated=card.moved_at,
    )
