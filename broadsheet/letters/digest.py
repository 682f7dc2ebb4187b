"""Personal letters: what each reader's follows bring, read for many readers at once and asked for rights like all else.

A story comes once: it is told when it began or reached us after the reader's last letter, or has grown much since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Max, Min

from broadsheet.letters.audience import Recipient
from broadsheet.letters.growth import grown
from broadsheet.letters.models import Delivery, DeliveryState, Edition
from broadsheet.letters.telling import LATE_BY, ToldStory, Wanted, tell_stories
from broadsheet.readers.candidates import digests
from broadsheet.readers.ranking import Choice
from broadsheet.readers.targets import Named, Thing, name_things
from broadsheet.rights import Output
from broadsheet.stories.models import Membership

FIRST = timedelta(days=1)
"""How far back the first letter of a reader looks."""
LOOKED_AT = 3
"""Choices that are made for each story a letter has room for: some of them were told before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One story of a reader's letter and the follows it meets."""

    story: ToldStory
    because: tuple[Named, ...]


@dataclass
class Digests:
    """The letters of many readers at one moment."""

    edition: Edition
    now: datetime
    _ready: dict[int, tuple[Line, ...]] = field(default_factory=dict)
    _told: dict[Wanted, ToldStory | None] = field(default_factory=dict)
    _named: dict[Thing, Named | None] = field(default_factory=dict)
    _came: dict[int, datetime] = field(default_factory=dict)
    _grown: dict[tuple[int, datetime], bool] = field(default_factory=dict)

    def of(self, recipient: Recipient) -> tuple[Line, ...]:
        """The stories for this reader, each letter once; empty when there is nothing."""
        if recipient.subscriber not in self._ready:
            self.prepare([recipient])
        return self._ready.pop(recipient.subscriber, ())

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(tag for told in self._told.values() if told is not None for tag in told.tags)

    def prepare(self, recipients: Sequence[Recipient]) -> None:
        """A dozen queries for five hundred readers."""
        by_reader = {one.reader: one.subscriber for one in recipients if one.reader is not None}
        told = self._last(by_reader.values())
        last = {subscriber: told.get(subscriber, self.now - FIRST) for subscriber in by_reader.values()}
        first = min(last.values(), default=self.now).replace(minute=0, second=0, microsecond=0) - LATE_BY
        size = self.edition.letter.size
        found: dict[int, tuple[datetime, list[Choice]]] = {}
        for reader, choices in digests(list(by_reader), now=self.now, since=first, limit=LOOKED_AT * size):
            since = last[by_reader[reader]]
            found[by_reader[reader]] = (since, [one for one in choices if one.candidate.moved_at > since - LATE_BY])
        self._tell([choice for _since, choices in found.values() for choice in choices])
        for one in recipients:
            since, choices = found.get(one.subscriber, (self.now, []))
            self._ready[one.subscriber] = tuple(islice(self._lines(choices, since), size))

    def _last(self, subscribers: Collection[int]) -> dict[int, datetime]:
        """Up to when each was told of, by the last edition that reached them. One query."""
        rows = Delivery.objects.filter(
            subscriber__in=list(subscribers),
            edition__letter=self.edition.letter_id,
            state__in=[DeliveryState.SENT, DeliveryState.DOUBTFUL],
        ).exclude(edition=self.edition)
        return dict(rows.values_list("subscriber").annotate(last=Max("changed_at")))

    def _tell(self, choices: Sequence[Choice]) -> None:
        """Ask for the rights of stories, and for the names of follows, that were not met before."""
        wanted = {(choice.candidate.story, choice.lead) for choice in choices} - self._told.keys()
        if wanted:
            found = tell_stories(wanted, output=Output.LETTER, now=self.now)
            self._told |= {one: found.get(one) for one in wanted}
        stories = {story for story, _article in wanted} - self._came.keys()
        if stories:
            rows = Membership.objects.filter(story__in=stories).order_by().values_list("story")
            self._came |= dict(rows.annotate(first=Min("joined_at")))
        things = {thing for choice in choices for thing in choice.because} - self._named.keys()
        if things:
            names = name_things(things)
            self._named |= {thing: names.get(thing) for thing in things}

    def _lines(self, choices: Sequence[Choice], since: datetime) -> Iterator[Line]:
        for choice in choices:
            told = self._told[choice.candidate.story, choice.lead]
            if told is not None and (self._is_new(told, since) or self._has_grown(told.story, since)):
                named = (self._named[thing] for thing in choice.because)
                yield Line(told, tuple(one for one in named if one is not None))

    def _is_new(self, told: ToldStory, since: datetime) -> bool:
        """Begun since then, or published before and gathered since."""
        return max(told.first_at, self._came.get(told.story, told.first_at)) > since

    def _has_grown(self, story: int, since: datetime) -> bool:
        """To the hour: letters that went out together end in one question for each story."""
        hour = since.replace(minute=0, second=0, microsecond=0)
        if (story, hour) not in self._grown:
            self._grown[story, hour] = bool(grown({story: hour}))
        return self._grown[story, hour]
