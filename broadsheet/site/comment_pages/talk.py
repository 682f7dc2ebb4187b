"""A conversation as pages show it: what may be read, whether one may write, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.comments.guarding import House, house
from broadsheet.comments.models import Opening, Thread
from broadsheet.comments.posting import closing, is_open
from broadsheet.comments.queries import Conversation, Order, Shown, conversation, picks, threads_of
from broadsheet.stories.models import Story

NOTHING = Conversation((), Order.NEWEST, "")


@dataclass(frozen=True, slots=True)
class Talk:
    """path: of the story's conversation. count: published comments. is_open: whether one may write now. closes_at: the
    day set for it, if it is still to come; until: when the clock closes it. ignored: writers folded for who reads.
    write: where a reader writes."""

    story: Story
    count: int
    is_open: bool
    is_premoderated: bool
    is_questions: bool
    closes_at: datetime | None
    conversation: Conversation
    picks: tuple[Shown, ...]
    until: datetime | None = None
    ignored: frozenset[int] = frozenset()

    @property
    def path(self) -> str:
        return f"{self.story.path}/comments"

    @property
    def write(self) -> str:
        return f"/my/comments/write?story={self.story.pk}"

    @property
    def next_path(self) -> str:
        return f"{self.path}/{self.conversation.order}/{self.conversation.after}" if self.conversation.after else ""


def talk_of(
    story: Story,
    *,
    now: datetime,
    order: Order = Order.NEWEST,
    after: str = "",
    ignored: frozenset[int] = frozenset(),
) -> Talk | None:
    """The conversation of a story; None where none is offered and nothing was said.

    Two queries while it is empty, seven at most, however long it is.
    """
    threads = threads_of(story)
    thread = next((one for one in threads if one.pk == story.pk), Thread(story=story))
    thread.story = story
    settings = house()
    count = sum(one.count for one in threads)
    if not _is_offered(thread, settings, count):
        return None
    has_words = count > 0
    is_writable = is_open(thread, settings, now)
    shown = conversation([one.pk for one in threads], order, after) if has_words else NOTHING
    return Talk(
        story=story,
        count=count,
        is_open=is_writable,
        is_premoderated=thread.opening == Opening.PREMODERATED,
        is_questions=thread.is_questions,
        closes_at=thread.closes_at if thread.closes_at and thread.closes_at > now else None,
        conversation=shown,
        picks=_picked(threads, ignored) if has_words and not after else (),
        until=closing(thread, settings) if is_writable else None,
        ignored=ignored,
    )


def _picked(threads: Sequence[Thread], ignored: frozenset[int]) -> tuple[Shown, ...]:
    return tuple(one for one in picks([thread.pk for thread in threads]) if one.author_id not in ignored)


def _is_offered(thread: Thread, settings: House, count: int) -> bool:
    return thread.opening != Opening.OFF and (settings.is_offered or count > 0)
