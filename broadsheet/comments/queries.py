"""Reads of conversations, for pages, feeds and the desk. The number of queries never depends on how many comments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from broadsheet.comments.models import Appeal, Comment, CommentState, Decision, Persona, Report, Thread
from broadsheet.prepared import Prepared
from broadsheet.readers.models import Reader
from broadsheet.stories.models import Story

PAGE = 20
"""Comments at the top of a page."""
REPLIES = 20
"""Replies shown below one comment; the rest stands on the page of that comment."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SHOWN = (
    "id", "parent_id", "answers_id", "answers__name", "author_id", "name", "state", "html", "language", "direction",
    "posted_at", "edited_at", "featured_at", "useful", "replies_count", "author__persona__has_profile",
    "author__persona__shape",
)  # fmt: skip


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    USEFUL = "useful"


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as everybody may read it. html is empty and `state` tells why where it is not published; `reason` is
    then the moderator's. answers_name: of the reply it answers, when it answers a reply. has_profile, shape: whether
    its writer wants a page of their own, and the name of that. replies: the first of them."""

    id: int
    parent_id: int | None
    answers_id: int | None
    answers_name: str | None
    author_id: int | None
    name: str
    state: str
    html: str
    language: str
    direction: str
    posted_at: datetime
    edited_at: datetime | None
    featured_at: datetime | None
    useful: int
    replies_count: int
    has_profile: bool | None = None
    shape: str | None = None
    replies: tuple[Shown, ...] = ()
    reason: str = ""

    @property
    def is_published(self) -> bool:
        return self.state == CommentState.PUBLISHED

    @property
    def profile(self) -> str:
        """Where what its writer wrote stands together; empty unless the writer wants that."""
        return f"/comments/by/{self.shape}" if self.has_profile and self.name else ""

    @property
    def hidden_replies(self) -> int:
        """Replies there is no room for here."""
        return max(0, self.replies_count - len(self.replies))


@dataclass(frozen=True, slots=True)
class Conversation:
    """One page of a conversation. after: the cursor of the next page, or ""."""

    comments: tuple[Shown, ...]
    order: Order
    after: str


def threads_of(story: Story) -> list[Thread]:
    """The conversation of a story, if there is a row of it, and those of stories that became part of it."""
    return _THREADS(story.pk)


_THREADS = Prepared(
    lambda story: Thread.objects.filter(story__in=Story.objects.filter(Q(pk=story) | Q(merged_into=story)).values("pk"))
)


def conversation(
    places: Sequence[int], order: Order = Order.NEWEST, after: str = "", *, limit: int = PAGE
) -> Conversation:
    """A page of the conversations of these stories, as one.

    after: a cursor of this order; one that makes no sense begins at the beginning.
    """
    if after:
        rows = _shown(_ordered(_tops(places), order, after).values_list(*_SHOWN)[: limit + 1])
    else:
        rows = _shown(_FIRST(places, order=order, limit=limit + 1))
    more = _cursor(rows[limit - 1], order) if len(rows) > limit else ""
    return Conversation(_with_replies(rows[:limit]), order, more)


def _tops(places: Sequence[int]) -> QuerySet[Comment]:
    tops = Comment.objects.filter(thread_id__in=places, parent=None)
    return tops.filter(Q(state=CommentState.PUBLISHED) | Q(replies_count__gt=0))


_FIRST = Prepared(lambda places, order, limit: _ordered(_tops(places), order, "").values_list(*_SHOWN)[:limit])


def exchange(comment: Comment, *, start: int = 0, limit: int = 100) -> tuple[Shown, int]:
    """One comment at the top with its replies from `start` on, and how many replies there are."""
    top = comment.parent_id or comment.pk
    row = _shown(Comment.objects.filter(pk=top).values_list(*_SHOWN))[0]
    replies = Comment.objects.filter(parent_id=top, state=CommentState.PUBLISHED).order_by("posted_at", "pk")
    return replace(
        _veiled([row])[0], replies=tuple(_shown(replies.values_list(*_SHOWN)[start : start + limit]))
    ), row.replies_count


def counts_of(stories: Collection[int]) -> dict[int, int]:
    """Story to the number of published comments, where there are any; what was merged counts with what it became."""
    found: dict[int, int] = {}
    for story, merged_into, count in _COUNTS(sorted(stories)):
        kept = merged_into or story
        found[kept] = found.get(kept, 0) + count
    return found


_COUNTS = Prepared(
    lambda stories: Thread.objects.filter(
        Q(pk__in=stories) | Q(pk__in=Story.objects.filter(merged_into__in=stories).values("pk")), count__gt=0
    ).values_list("pk", "story__merged_into", "count")
)


def picks(places: Sequence[int], *, limit: int = 3) -> list[Shown]:
    """The editors' picks of these stories' conversations, newest pick first."""
    return _shown(_PICKS(places, limit=limit))


_PICKS = Prepared(
    lambda places, limit: (
        Comment.objects.filter(thread_id__in=places, state=CommentState.PUBLISHED, featured_at__isnull=False)
        .order_by("-featured_at")
        .values_list(*_SHOWN)[:limit]
    )
)


def latest(story: Story | None = None, *, limit: int = 50) -> list[Comment]:
    """Published comments, newest first: of one story, or of the whole site."""
    found = Comment.objects.filter(state=CommentState.PUBLISHED).select_related("thread__story")
    if story is not None:
        found = found.filter(thread_id__in=_places(story))
    return list(found.order_by("-posted_at", "-pk")[:limit])


def written_by(persona: Persona, *, limit: int = 50) -> list[Comment]:
    """What somebody wrote that everybody may read, newest first."""
    found = Comment.objects.filter(author=persona.reader_id, state=CommentState.PUBLISHED)
    return list(found.select_related("thread__story__lead__publisher").order_by("-posted_at", "-pk")[:limit])


def own_waiting(story: Story, reader: Reader) -> list[Comment]:
    """What a reader wrote here that nobody else sees yet: they always know what became of it."""
    states = [CommentState.HELD, CommentState.HIDDEN]
    return list(
        Comment.objects.filter(thread_id__in=_places(story), author=reader, state__in=states).order_by("posted_at")
    )


# The desk


def held() -> QuerySet[Comment]:
    """Comments that wait for a moderator, oldest first."""
    found = Comment.objects.filter(state__in=[CommentState.HELD, CommentState.HIDDEN])
    return found.select_related("thread__story", "author__persona", "parent").order_by("posted_at", "pk")


def reported() -> QuerySet[Report]:
    """Open notices, threats to life first, then what is said to be illegal, then oldest first."""
    found = Report.objects.filter(decision=None).select_related("comment__thread__story", "comment__author__persona")
    return found.order_by("-threatens_life", "kind", "received_at", "pk")


def recent() -> QuerySet[Comment]:
    return Comment.objects.select_related("thread__story", "author__persona", "parent").order_by("-posted_at", "-pk")


def open_appeals() -> QuerySet[Appeal]:
    found = Appeal.objects.filter(answered_at=None).select_related(
        "decision__comment__thread__story", "decision__subject"
    )
    return found.order_by("made_at", "pk")


def pending() -> QuerySet[Decision]:
    """Grave acts that wait for a second moderator."""
    return Decision.objects.filter(is_pending=True).select_related("comment__thread__story", "moderator").order_by("at")


def history(author: Reader, *, limit: int = 50) -> tuple[list[Comment], list[Decision]]:
    """What somebody wrote and what was decided about it, newest first."""
    comments = Comment.objects.filter(author=author).select_related("thread__story").order_by("-posted_at")[:limit]
    decisions = Decision.objects.filter(subject=author).select_related("moderator").order_by("-at")[:limit]
    return list(comments), list(decisions)


def _places(story: Story) -> list[int]:
    """The story and those that became part of it."""
    return [story.pk, *Story.objects.filter(merged_into=story).values_list("pk", flat=True)]


def _ordered(tops: QuerySet[Comment], order: Order, after: str) -> QuerySet[Comment]:
    cursor = _read_cursor(after)
    if order is Order.USEFUL:
        if cursor:
            value, last = cursor
            tops = tops.filter(Q(useful__lt=value) | Q(useful=value, pk__lt=last))
        return tops.order_by("-useful", "-pk")
    if order is Order.OLDEST:
        if cursor:
            at, last = _moment(cursor[0]), cursor[1]
            tops = tops.filter(Q(posted_at__gt=at) | Q(posted_at=at, pk__gt=last))
        return tops.order_by("posted_at", "pk")
    if cursor:
        at, last = _moment(cursor[0]), cursor[1]
        tops = tops.filter(Q(posted_at__lt=at) | Q(posted_at=at, pk__lt=last))
    return tops.order_by("-posted_at", "-pk")


def _cursor(row: Shown, order: Order) -> str:
    value = row.useful if order is Order.USEFUL else (row.posted_at - _EPOCH) // _MICROSECOND
    return f"{value}-{row.id}"


def _read_cursor(after: str) -> tuple[int, int] | None:
    value, _, last = after.partition("-")
    if not (value.isascii() and value.isdigit() and last.isascii() and last.isdigit() and len(after) < 40):
        return None
    return min(int(value), 2**52), min(int(last), 2**62)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _shown(rows: Iterable[Sequence[Any]]) -> list[Shown]:
    return [Shown(*row) for row in rows]


def _with_replies(tops: Sequence[Shown]) -> tuple[Shown, ...]:
    few = [top.id for top in tops if 0 < top.replies_count <= REPLIES]
    many = [top.id for top in tops if top.replies_count > REPLIES]
    below: dict[int | None, list[Shown]] = {}
    for row in _shown([*_REPLIES(few), *_FIRST_REPLIES(many)]):
        below.setdefault(row.parent_id, []).append(row)
    return tuple(
        replace(top, replies=tuple(below.get(top.id, ()))) if top.id in below else top for top in _veiled(tops)
    )


_REPLIES = Prepared(
    lambda parents: (
        Comment.objects.filter(parent__in=parents, state=CommentState.PUBLISHED)
        .order_by("posted_at", "pk")
        .values_list(*_SHOWN)
    )
)
_FIRST_REPLIES = Prepared(
    lambda parents: (
        Comment.objects.filter(parent__in=parents, state=CommentState.PUBLISHED)
        .annotate(place=Window(RowNumber(), partition_by=F("parent_id"), order_by=[F("posted_at"), F("pk")]))
        .filter(place__lte=REPLIES)
        .order_by("place")
        .values_list(*_SHOWN)
    )
)


def _veiled(rows: Sequence[Shown]) -> list[Shown]:
    """Without words and name where a comment is not published; with the reason where a moderator took it away."""
    gone = [row.id for row in rows if row.state == CommentState.REMOVED]
    reasons: dict[int | None, str] = {}
    if gone:
        decided = Decision.objects.filter(comment__in=gone, act="remove", is_pending=False).order_by("at")
        reasons = dict(decided.values_list("comment_id", "reason"))
    return [
        row if row.is_published else replace(row, html="", name="", author_id=None, reason=reasons.get(row.id, ""))
        for row in rows
    ]
