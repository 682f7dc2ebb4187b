"""How a story developed, as events: the first report, each independent one, copies folded, edits, regroupings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from broadsheet.articles.models import Article
from broadsheet.stories.edits import Edit, EditKind
from broadsheet.stories.models import Story, StoryChange

EVENTS = 80
"""Told of one story; beyond, later reports of the same newsrooms go first."""
FOLD = timedelta(hours=6)
"""Copies of one original that came within this time of each other are one event."""


class EventKind(StrEnum):
    FIRST = "first"
    REPORT = "report"
    FURTHER = "further"
    """A later report of a newsroom that reported before."""
    COPIES = "copies"
    CORRECTION = "correction"
    HEADLINE = "headline"
    TEXT = "text"
    CONTINUES = "continues"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    RETITLED = "retitled"


_EDITS = {
    EditKind.CORRECTION: EventKind.CORRECTION,
    EditKind.HEADLINE: EventKind.HEADLINE,
    EditKind.TEXT: EventKind.TEXT,
}
_CHANGES = {
    "merge": EventKind.MERGED,
    "merged": EventKind.MERGED,
    "linked": EventKind.MERGED,
    "split": EventKind.SPLIT,
    "move": EventKind.MOVED,
    "moved": EventKind.MOVED,
    "retitle": EventKind.RETITLED,
}
_LESS = (EventKind.FURTHER, EventKind.COPIES)


@dataclass(frozen=True, slots=True)
class Event:
    """article: whose doing it was; of copies the original; None for changes of grouping.

    articles: the reports concerned (the copies; the articles moved). outlets: how many publishers those are.
    edit: for corrections and silent edits. by_editor: a change of grouping that an editor made.
    """

    kind: EventKind
    at: datetime
    article: Article | None = None
    articles: tuple[Article, ...] = ()
    outlets: int = 0
    edit: Edit | None = None
    story: Story | None = None
    by_editor: bool = False


def timeline(
    members: Sequence[Article],
    edits: Iterable[Edit] = (),
    changes: Iterable[StoryChange] = (),
    *,
    continues: Story | None = None,
    limit: int = EVENTS,
) -> list[Event]:
    """The events from first to last, at most `limit`.

    members: the story's articles that may be named, oldest first, each with its membership. changes: of its grouping,
    each with the story it came from. continues: the older story that this one carries on.
    """
    events = [*_reports(members), *_copies(members), *_regrouped(changes)]
    events += [
        Event(_EDITS[edit.kind], edit.at, article=edit.article, edit=edit) for edit in edits if edit.kind in _EDITS
    ]
    if continues is not None and members:
        events.append(Event(EventKind.CONTINUES, members[0].shown_at, story=continues))
    events.sort(key=lambda event: (event.at, event.kind is not EventKind.CONTINUES))
    for kind in _LESS:
        surplus = len(events) - limit
        if surplus > 0:
            dropped = [event for event in events if event.kind is kind][-surplus:]
            events = [event for event in events if all(event is not one for one in dropped)]
    return events[:limit]


def last_movement(events: Sequence[Event]) -> Event | None:
    """The newest event that is news: an independent report or a change of one."""
    news = [event for event in events if event.article is not None and event.kind is not EventKind.COPIES]
    return news[-1] if news else None


def _reports(members: Sequence[Article]) -> list[Event]:
    known: set[int] = set()
    events = []
    for member in members:
        if member.membership.original_id is not None:
            continue
        kind = EventKind.FIRST if not known else EventKind.REPORT
        if member.publisher_id in known:
            kind = EventKind.FURTHER
        known.add(member.publisher_id)
        events.append(Event(kind, member.shown_at, article=member, articles=(member,), outlets=1))
    return events


def _copies(members: Sequence[Article]) -> list[Event]:
    by_pk = {member.pk: member for member in members}
    folded: list[list[Article]] = []
    open_folds: dict[int, list[Article]] = {}
    for member in members:
        original = member.membership.original_id
        if original is None:
            continue
        fold = open_folds.get(original)
        if fold is None or member.shown_at - fold[-1].shown_at > FOLD:
            fold = open_folds[original] = []
            folded.append(fold)
        fold.append(member)
    return [
        Event(
            EventKind.COPIES,
            fold[0].shown_at,
            article=by_pk.get(fold[0].membership.original_id or 0),
            articles=tuple(fold),
            outlets=len({copy.publisher_id for copy in fold}),
        )
        for fold in folded
    ]


def _regrouped(changes: Iterable[StoryChange]) -> list[Event]:
    """The machine moves articles one by one; what it moved at one moment from one story is one event, and so is all
    that it found to be the same story then."""
    found: dict[tuple[EventKind, datetime, int | None], list[StoryChange]] = {}
    for change in changes:
        kind = _CHANGES.get(change.kind)
        if kind is not None:
            source = None if kind is EventKind.MERGED and not change.actor else change.from_story_id
            found.setdefault((kind, change.at, source), []).append(change)
    return [
        Event(
            kind,
            at,
            articles=tuple(change.article for change in of_one if change.article is not None),
            story=of_one[0].from_story,
            by_editor=bool(of_one[0].actor),
        )
        for (kind, at, _from), of_one in found.items()
    ]
