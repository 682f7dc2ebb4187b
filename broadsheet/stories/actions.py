"""Writes of the stories' room: which story an article joins, whose copy it is. What it says is written by `noting`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from broadsheet.articles.models import Article, ArticleState, Body
from broadsheet.finished.actions import purge
from broadsheet.grouping import Assignment, Copy
from broadsheet.stories import memory
from broadsheet.stories.models import GroupingStream, Membership, Story, StoryChange
from broadsheet.stories.noting import Reading, note_readings
from broadsheet.stories.telling import Member, Telling, tell
from broadsheet.text.slugs import slug as slugify

BATCH = 50
"""Articles placed in one transaction: short enough that other writers hardly wait."""
STREAM = "articles"
PINNED = 10_000.0
"""Added to a pinned story's weight: centuries of freshness."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Ids of the articles looked at, and how many stories changed."""

    articles: tuple[int, ...] = ()
    stories: int = 0


def place_articles(*, now: datetime, limit: int = BATCH) -> Placed:
    """Give the next ungrouped articles, oldest first, to grouping. Returns an empty `Placed` when none is left.

    The answer, its corrections of earlier ones, copies, quotations and topics are written in one transaction: killed
    at any moment, the next call goes on where the last finished.
    """
    with memory.lock:
        try:
            return _place(now, limit)
        except BaseException:
            memory.forget()  # it may be ahead of what was written
            raise


@transaction.atomic
def _place(now: datetime, limit: int) -> Placed:
    stream, _ = GroupingStream.objects.get_or_create(name=STREAM)
    stream = GroupingStream.objects.select_for_update().get(pk=stream.pk)
    waiting = Article.objects.filter(grouped_at=None).exclude(state=ArticleState.REMOVED)
    articles = list(waiting.select_related("publisher").order_by("shown_at", "key")[:limit])
    if not articles:
        return Placed()
    recalled = memory.recall(stream.sequence, now)
    bodies = Body.objects.in_bulk([article.pk for article in articles])
    agreed = memory.ledgers([article.publisher_id for article in articles])
    placed = set(Membership.objects.filter(article__in=articles).values_list("article_id", flat=True))
    readings: list[Reading] = []
    touched: set[int] = set()
    for article in articles:
        may_read = memory.may_read(article, agreed, now)
        body = bodies.get(article.pk) if may_read else None
        if article.pk not in placed:
            document = memory.as_document(article, memory.compared_text(article, body))
            stream.sequence += 1
            touched |= _add(article, body, document, recalled, stream.sequence, now)
            recalled.sequence = stream.sequence
        else:
            touched.add(article.membership.story_id)
        text = memory.readable_text(article, body)
        readings.append(Reading(article, text, may_read and article.state == ArticleState.LIVE))
    note_readings(readings)
    stream.save()
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(grouped_at=now)
    refresh_stories(touched, now=now)
    purge([article.tag for article in articles])
    return Placed(tuple(article.pk for article in articles), len(touched))


def _add(
    article: Article,
    body: Body | None,
    document: dict[str, Any],
    recalled: memory.Memory,
    sequence: int,
    now: datetime,
) -> set[int]:
    """Write the article's own story and what its coming corrected. Returns the stories concerned."""
    copies = recalled.copies.add(memory.as_copied(document, body))
    own = next((copy for copy in copies if copy.id == article.key), None)
    original = _original_of(own)
    if own is not None and original is not None and not original.story.is_closed:
        # A copy is told with its original, whatever a new headline suggests.
        placed, *corrections = recalled.grouper.add({**document, "story": original.story.key})
        touched = {pk for answer in corrections for pk in _move(answer, now)}
        story = Story.objects.get(key=placed.story)
        _create_copy(article, own, original, story, sequence, now)
        touched |= {story.pk, original.story_id}
    else:
        touched = _join(article, recalled.grouper.add(document), sequence, now)
    for copy in copies:
        if copy is not own or (original is not None and original.story.is_closed):
            touched |= _mark_copy(copy)
    return touched


def _original_of(copy: Copy | None) -> Membership | None:
    if copy is None:
        return None
    return Membership.objects.select_related("story", "article").filter(article__key=copy.original).first()


def _create_copy(
    article: Article, copy: Copy, original: Membership, story: Story, sequence: int, now: datetime
) -> None:
    Membership.objects.create(
        article=article,
        story=story,
        sequence=sequence,
        reason=f"copy, {copy.reason}",
        original=original.article,
        copy_kind=str(copy.kind),
        share_kept=copy.share_kept,
        joined_at=now,
    )


def _mark_copy(copy: Copy) -> set[int]:
    """An article placed before turns out to be a copy."""
    original = _original_of(copy)
    member = Membership.objects.filter(article__key=copy.id).first()
    if member is None or original is None or member.article_id == original.article_id:
        return set()
    Membership.objects.filter(pk=original.pk).update(original=None, copy_kind="", share_kept=None)
    member.original, member.copy_kind, member.share_kept = original.article, str(copy.kind), copy.share_kept
    member.save(update_fields=["original", "copy_kind", "share_kept"])
    return {member.story_id, original.story_id}


def _join(article: Article, answers: Sequence[Assignment], sequence: int, now: datetime) -> set[int]:
    own, *corrections = answers
    story = Story.objects.filter(key=own.story).first()
    if story is None:
        story = Story.objects.create(
            key=own.story,
            headline=article.headline,
            first_at=article.shown_at,
            moved_at=article.shown_at,
            is_sample=article.is_sample,
            continues=Story.objects.filter(key=own.continues).first() if own.continues is not None else None,
        )
    Membership.objects.create(article=article, story=story, sequence=sequence, reason=_reason(own), joined_at=now)
    touched = {story.pk}
    for answer in corrections:
        touched |= _move(answer, now)
    return touched


def _move(answer: Assignment, now: datetime) -> set[int]:
    member = Membership.objects.select_related("story").get(article__key=answer.id)
    left = member.story
    if left.key == answer.story:
        return set()
    story, _ = Story.objects.get_or_create(
        key=answer.story, defaults={"headline": left.headline, "first_at": left.first_at, "moved_at": left.moved_at}
    )
    member.story, member.reason = story, _reason(answer)
    member.save(update_fields=["story", "reason"])
    StoryChange.objects.create(
        story=story, article_id=member.article_id, from_story=left, kind=answer.reason, reason=_reason(answer), at=now
    )
    if not Membership.objects.filter(story=left).exists():
        give_up(left, story)
    Story.objects.filter(pk=story.pk).update(merged_into=None)
    return {left.pk, story.pk}


def give_up(left: Story, story: Story) -> None:
    """Let the addresses of a story that has no articles any more, and what carried it on, lead to another."""
    Story.objects.filter(Q(merged_into=left) | Q(pk=left.pk)).update(merged_into=story)
    Story.objects.filter(pk=story.pk, continues=left).update(continues=None)
    Story.objects.filter(continues=left).update(continues=story)
    purge([left.tag])


def _reason(answer: Assignment) -> str:
    return answer.reason if not answer.similarity else f"{answer.reason}, similarity {answer.similarity:.2f}"


def refresh_stories(stories: Iterable[int], *, now: datetime) -> None:
    """Retell stories from their members: headline, lead, counts, weight. Purges what shows them."""
    ids = sorted(set(stories))
    members: dict[int, list[Member]] = {pk: [] for pk in ids}
    for pk, *of_member in _members(ids):
        members[pk].append(Member(*of_member))
    told = {pk: tell(found) for pk, found in members.items()}
    leads = Article.objects.in_bulk([one.lead for one in told.values() if one is not None])
    tags = {"front"}
    for story in Story.objects.filter(pk__in=ids).select_related("section"):
        tags.add(story.tag)
        if story.section is not None:
            tags.add(story.section.tag)
        one = told[story.pk]
        if one is None:
            Story.objects.filter(pk=story.pk).update(lead=None, articles_count=0, outlets=0, independents=0)
            continue
        _retell(story, one, leads[one.lead], now)
        if story.section is not None:
            tags.add(story.section.tag)
    purge(tags)


def _members(stories: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    """The story and the fields of a `Member` for each of the stories' articles, oldest first: no models, as there may
    be thousands."""
    rows = Membership.objects.filter(story__in=stories).order_by("article__shown_at", "article__key")
    return rows.values_list(
        "story_id",
        "article_id",
        "article__key",
        "article__shown_at",
        "article__state",
        "article__language",
        "article__section_id",
        "article__publisher_id",
        "article__publisher__owner",
        "original_id",
    ).iterator()


def _retell(story: Story, told: Telling, lead: Article, now: datetime) -> None:
    story.lead, story.headline = lead, story.editors_headline or lead.headline
    story.slug = slugify(story.headline)
    story.language, story.direction = lead.language, lead.direction
    story.section_id = told.section_id
    story.first_at, story.moved_at = told.first_at, told.moved_at
    is_pinned = story.pinned_until is not None and story.pinned_until > now
    story.weight = told.weight + (PINNED if is_pinned else 0.0)
    story.articles_count, story.outlets, story.independents = told.articles, told.outlets, told.independents
    story.is_sample = lead.is_sample
    story.save()
