"""Writes of the stories' room: which story an article joins, whose copy it is, who said what in it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import transaction

from broadsheet.articles.models import Article, ArticleState, Body, Mention, Topic
from broadsheet.finished.actions import purge
from broadsheet.grouping import Assignment, Copy, find_names
from broadsheet.quotes import find_quotes
from broadsheet.rights import LedgerEntry, Output
from broadsheet.sources.ledger import as_entries, decide_here
from broadsheet.sources.models import LedgerLine, Publisher
from broadsheet.stories import memory
from broadsheet.stories.models import GroupingStream, Membership, Quotation, Story, StoryChange
from broadsheet.stories.people import bare_name, name_slug, person_slug
from broadsheet.stories.sayings import rank_quotations
from broadsheet.stories.telling import Member, tell
from broadsheet.stories.topics import TopicKind, choose_topics
from broadsheet.text.slugs import slug as slugify

log = logging.getLogger(__name__)

BATCH = 50
"""Articles placed in one transaction: short enough that other writers hardly wait."""
STREAM = "articles"
QUOTATIONS_PER_ARTICLE = 60
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
    recalled = memory.recall(stream.sequence)
    bodies = Body.objects.in_bulk([article.pk for article in articles])
    ledgers = _ledgers(articles)
    placed = set(Membership.objects.filter(article__in=articles).values_list("article_id", flat=True))
    stop = _publishers_names()
    touched: set[int] = set()
    for article in articles:
        body = bodies.get(article.pk)
        may_read = decide_here(ledgers[article.publisher_id], article.signals, Output.MINING, now).may_keep
        text = memory.readable_text(article, body) if may_read else article.summary
        if article.pk not in placed:
            document = memory.as_document(article, text)
            stream.sequence += 1
            own = body if may_read else None
            touched |= _add(article, own, document, recalled, stream.sequence, now)
            recalled.sequence = stream.sequence
        else:
            touched.add(article.membership.story_id)
        _note_quotations(article, text if may_read and article.state == ArticleState.LIVE else "")
        _note_topics(article, text, stop)
    stream.save()
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(grouped_at=now)
    refresh_stories(touched, now=now)
    return Placed(tuple(article.pk for article in articles), len(touched))


def _ledgers(articles: Sequence[Article]) -> dict[int, tuple[LedgerEntry, ...]]:
    publishers = {article.publisher_id for article in articles}
    lines: dict[int, list[LedgerLine]] = {publisher: [] for publisher in publishers}
    for line in LedgerLine.objects.filter(publisher__in=publishers, article_key=""):
        lines[line.publisher_id].append(line)
    return {publisher: as_entries(found) for publisher, found in lines.items()}


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
    if own is not None and original is not None:
        # A copy is told with its original, whatever a new headline suggests.
        recalled.grouper.restore([{**document, "story": original.story.key}])
        _create_copy(article, own, original, sequence, now)
        touched = {original.story_id}
    else:
        touched = _join(article, recalled.grouper.add(document), sequence, now)
    for copy in copies:
        if copy is not own:
            touched |= _mark_copy(copy)
    return touched


def _original_of(copy: Copy | None) -> Membership | None:
    if copy is None:
        return None
    return Membership.objects.select_related("story", "article").filter(article__key=copy.original).first()


def _create_copy(article: Article, copy: Copy, original: Membership, sequence: int, now: datetime) -> None:
    Membership.objects.create(
        article=article,
        story=original.story,
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
    story, is_new = Story.objects.get_or_create(
        key=own.story,
        defaults={
            "headline": article.headline,
            "first_at": article.shown_at,
            "moved_at": article.shown_at,
            "is_sample": article.is_sample,
        },
    )
    if is_new and own.continues is not None:
        story.continues = Story.objects.filter(key=own.continues).first()
        story.save(update_fields=["continues"])
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
        Story.objects.filter(merged_into=left).update(merged_into=story)
        Story.objects.filter(pk=left.pk).update(merged_into=story)
        purge([left.tag])
    Story.objects.filter(pk=story.pk).update(merged_into=None)
    return {left.pk, story.pk}


def _reason(answer: Assignment) -> str:
    return answer.reason if not answer.similarity else f"{answer.reason}, similarity {answer.similarity:.2f}"


def _note_quotations(article: Article, text: str) -> None:
    Quotation.objects.filter(article=article).delete()
    try:
        found = find_quotes(text, article.language.split("-")[0])
    except Exception:  # a text that breaks the finder costs its quotations, not the whole stream
        log.exception("finding quotations in %s", article.address)
        found = []
    found = found[:QUOTATIONS_PER_ARTICLE]
    names = [bare_name(quote.name or "")[:200] for quote in found]
    ranks = rank_quotations([name or quote.speaker or "" for name, quote in zip(names, found, strict=True)])
    Quotation.objects.bulk_create(
        [
            Quotation(
                article=article,
                shown_at=article.shown_at,
                rank=rank,
                start=quote.start,
                end=quote.end,
                text=text[quote.start : quote.end],
                speaker=(quote.speaker or "")[:300],
                name=name,
                role=(quote.role or "")[:200],
                person=person_slug(name),
                same_key=quotation_key(text[quote.start : quote.end]),
            )
            for quote, name, rank in zip(found, names, ranks, strict=True)
        ]
    )


def quotation_key(text: str) -> str:
    """Equal for the same words however they are set: letters and digits alone, without case."""
    words = "".join(char for char in text.casefold() if char.isalnum())
    return blake2b(words.encode(), digest_size=16).hexdigest()


def _note_topics(article: Article, text: str, stop: Collection[str]) -> None:
    speakers = Quotation.objects.filter(article=article).exclude(person="").values_list("name", flat=True)
    language = article.language.split("-")[0]
    names = find_names(article.headline, text, language)
    slugs = [name_slug(name.name) for name in names]
    places = Topic.objects.filter(slug__in=slugs, kind=TopicKind.PLACE).values_list("slug", flat=True)
    found = choose_topics(
        names, set(speakers), article.headline, text, stop=stop, places=set(places), language=language
    )
    chosen = {topic.slug: topic for topic in found}
    Topic.objects.bulk_create(
        [Topic(slug=topic.slug, name=topic.name[:200], kind=topic.kind) for topic in chosen.values()],
        ignore_conflicts=True,
    )
    topics = list(Topic.objects.filter(slug__in=chosen))
    for topic in topics:
        if chosen[topic.slug].is_sure and topic.kind != chosen[topic.slug].kind:
            topic.kind = chosen[topic.slug].kind
            topic.save(update_fields=["kind"])
    Mention.objects.filter(article=article).delete()
    Mention.objects.bulk_create(
        [
            Mention(
                article=article,
                topic=topic,
                times=min(chosen[topic.slug].times, 30_000),
                shown_at=article.shown_at,
            )
            for topic in topics
        ]
    )


def _publishers_names() -> frozenset[str]:
    """Slugs of the publishers' own names, which stand in every article of theirs and are no topic of it."""
    return frozenset(name_slug(name) for name in Publisher.objects.values_list("name", flat=True))


def refresh_stories(stories: Iterable[int], *, now: datetime) -> None:
    """Retell stories from their members: headline, lead, counts, weight. Purges what shows them."""
    ids = sorted(set(stories))
    members: dict[int, list[Member]] = {pk: [] for pk in ids}
    rows = Membership.objects.filter(story__in=ids).select_related("article", "article__publisher")
    for row in rows.order_by("article__shown_at", "article__key"):
        members[row.story_id].append(
            Member(row.article, is_copy=row.original_id is not None, owner=row.article.publisher.owner)
        )
    tags = set()
    for story in Story.objects.filter(pk__in=ids).select_related("section"):
        tags.add(story.tag)
        told = tell(members[story.pk])
        if told is None:
            Story.objects.filter(pk=story.pk).update(lead=None, articles_count=0, outlets=0, independents=0)
            continue
        if story.section is not None:
            tags.add(story.section.tag)
        story.lead, story.headline = told.lead, story.editors_headline or told.lead.headline
        story.slug = slugify(story.headline)
        story.language, story.direction = told.lead.language, told.lead.direction
        story.section_id = told.section_id
        story.first_at, story.moved_at = told.first_at, told.moved_at
        is_pinned = story.pinned_until is not None and story.pinned_until > now
        story.weight = told.weight + (PINNED if is_pinned else 0.0)
        story.articles_count, story.outlets, story.independents = told.articles, told.outlets, told.independents
        story.is_sample = told.lead.is_sample
        story.save()
        tags.update(member.article.tag for member in members[story.pk])
        if story.section is not None:
            tags.add(story.section.tag)
    purge([*tags, "front"])
