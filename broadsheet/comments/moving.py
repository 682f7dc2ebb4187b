"""Conversations moved in from another system, and out of this one.

A comment finds its story by the address of the page it stood under: the article of that address, and its story. Names
come along as they were shown; nobody's account is made or guessed from a mail address, and mail addresses are not kept.
Bringing the same file in twice brings nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q

from broadsheet.comments import markup
from broadsheet.comments.guard import Draft
from broadsheet.comments.guarding import digest
from broadsheet.comments.importing import ImportedComment
from broadsheet.comments.importing.comment import State
from broadsheet.comments.models import Comment, CommentState, Thread
from broadsheet.finished.actions import purge
from broadsheet.sources.keys import page_key
from broadsheet.stories.models import Membership, Story
from broadsheet.text.addresses import AddressError
from broadsheet.text.identification import identify
from broadsheet.text.scripts import direction_of

BATCH = 500
_STATES = {State.APPROVED: CommentState.PUBLISHED, State.WAITING: CommentState.HELD}


@dataclass
class Moved:
    """published, waiting: what came in. known: what was here already. left: spam and deleted ones, not brought.
    lost: address of a page that no article here has, and how many comments it had."""

    published: int = 0
    waiting: int = 0
    known: int = 0
    left: int = 0
    lost: dict[str, int] = field(default_factory=dict)


def bring_in(comments: Iterable[ImportedComment], source: str, *, now: datetime, dry_run: bool = False) -> Moved:
    """Take comments of another system in. Deleted and spam ones stay behind; replies to them come to the top.

    source: names the system, so that numbers of two systems do not meet.
    """
    moved = Moved()
    stories: dict[str, Story | None] = {}
    placed: dict[str, Comment] = {}
    for one in sorted(comments, key=lambda comment: comment.at):
        state = _STATES.get(one.state)
        if state is None or not one.markdown.strip():
            moved.left += 1
            continue
        if one.page not in stories:
            stories[one.page] = _story_of(one.page)
        story = stories[one.page]
        if story is None:
            moved.lost[one.page] = moved.lost.get(one.page, 0) + 1
            continue
        token = blake2b(f"{source}\0{one.page}\0{one.id}".encode(), digest_size=20).hexdigest()
        known = Comment.objects.filter(token=token).first()
        if known is not None:
            placed[one.id] = known
            moved.known += 1
            continue
        if state == CommentState.PUBLISHED:
            moved.published += 1
        else:
            moved.waiting += 1
        if not dry_run:
            placed[one.id] = _keep(one, story, token, state, placed.get(one.parent), now)
    if not dry_run:
        for story in {story.pk: story for story in stories.values() if story is not None}.values():
            _count(story)
    return moved


def take_out() -> Iterator[dict[str, Any]]:
    """Every comment with its thread, oldest first, as plain values: address of the story's page, of the comment, of the
    one it answers; name, times, state, Markdown. Nobody's mail address is among them."""
    comments = Comment.objects.select_related("thread__story").order_by("posted_at", "pk")
    for one in comments.iterator(chunk_size=BATCH):
        yield {
            "id": one.pk,
            "answers": one.answers_id,
            "parent": one.parent_id,
            "story": one.thread.story.path,
            "headline": one.thread.story.headline,
            "name": one.name,
            "posted": one.posted_at.isoformat(),
            "edited": one.edited_at.isoformat() if one.edited_at else None,
            "state": one.state,
            "useful": one.useful,
            "markdown": one.markdown,
        }


def _story_of(page: str) -> Story | None:
    try:
        key = page_key(page)
    except AddressError:
        return None
    member = Membership.objects.select_related("story__merged_into").filter(article__key=key).first()
    return (member.story.merged_into or member.story) if member else None


def _keep(
    one: ImportedComment, story: Story, token: str, state: CommentState, answers: Comment | None, now: datetime
) -> Comment:
    with transaction.atomic():
        Thread.objects.bulk_create([Thread(story=story)], ignore_conflicts=True)
        thread = Thread(story=story)
        if answers is not None and answers.thread_id != story.pk:
            answers = None
        return Comment.objects.create(
            thread=thread,
            parent=(answers.parent or answers) if answers else None,
            answers=answers,
            name=" ".join(one.name.split())[:60],
            state=state,
            markdown=one.markdown,
            html=markup.to_html(one.markdown),
            language=identify(one.markdown, story.language),
            direction=direction_of(one.markdown),
            key=digest(Draft(one.markdown, one.at)),
            token=token,
            posted_at=min(one.at, now),
            useful=max(0, one.score),
        )


def _count(story: Story) -> None:
    """Count the conversation anew: an import broken off half way leaves no count wrong after the next."""
    with transaction.atomic():
        comments = Comment.objects.filter(thread_id=story.pk)
        published = Q(state=CommentState.PUBLISHED)
        waiting = Q(state__in=[CommentState.HELD, CommentState.HIDDEN])
        told = comments.aggregate(
            count=Count("pk", filter=published),
            waiting=Count("pk", filter=waiting),
            last=Max("posted_at", filter=published),
        )
        Thread.objects.filter(pk=story.pk).update(count=told["count"], waiting=told["waiting"], last_at=told["last"])
        replies = comments.filter(published, parent__isnull=False).values_list("parent").annotate(Count("pk"))
        for parent, count in replies:
            Comment.objects.filter(pk=parent).update(replies_count=count)
        purge([story.tag])
