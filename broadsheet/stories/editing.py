"""The editors' hand on stories. Each act is one transaction, leaves a line of history, and holds against the machine.

Articles that an editor has placed are fixed: grouping learns where they are and leaves them there for good.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from broadsheet.articles.models import Article
from broadsheet.finished.actions import purge
from broadsheet.stories.actions import STREAM, give_up, refresh_stories
from broadsheet.stories.models import GroupingStream, Membership, Story, StoryChange

HEADLINE_CHARACTERS = 500


class EditingError(ValueError):
    """The act makes no sense here; the message is a sentence for the editor."""


@transaction.atomic
def merge_stories(*, keep: Story, give: Story, actor: str, reason: str, now: datetime) -> Story:
    """Tell two stories as one. The address of the one given up leads to the one kept. Raises EditingError."""
    keep, give = _held(keep, give)
    if keep.pk == give.pk:
        raise EditingError("A story cannot be merged with itself.")
    if give.merged_into_id is not None or keep.merged_into_id is not None:
        raise EditingError("One of the stories was merged before; use the one it was merged into.")
    _place(Membership.objects.filter(story=give), keep)
    Membership.objects.filter(story=keep).update(is_fixed=True)
    give_up(give, keep)
    _note(keep, "merge", actor, reason, now, from_story=give)
    _settle([keep, give], now)
    return Story.objects.get(pk=keep.pk)


@transaction.atomic
def split_story(story: Story, articles: Collection[Article], *, actor: str, reason: str, now: datetime) -> Story:
    """Tell some of a story's articles, with their copies, as a story of their own. Raises EditingError. Returns it."""
    (story,) = _held(story)
    chosen = _with_copies(Membership.objects.filter(story=story, article__in=articles)).select_related("article")
    rows = list(chosen.order_by("sequence"))
    if not rows or len(rows) == Membership.objects.filter(story=story).count():
        raise EditingError("Choose some of the story's articles, not none and not all.")
    first = rows[0].article
    new = Story.objects.create(
        key=_free_key(first.key), headline=first.headline, first_at=first.shown_at, moved_at=first.shown_at
    )
    _place(chosen, new)
    Membership.objects.filter(story=story).update(is_fixed=True)
    _note(new, "split", actor, reason, now, from_story=story)
    _settle([story, new], now)
    return Story.objects.get(pk=new.pk)


@transaction.atomic
def move_article(article: Article, story: Story, *, actor: str, reason: str, now: datetime) -> None:
    """Put an article and its copies into another story. Raises EditingError."""
    (story,) = _held(story)
    member = Membership.objects.select_related("story").filter(article=article).first()
    if member is None or member.story_id == story.pk or story.merged_into_id is not None:
        raise EditingError("The article is in that story already, was not grouped yet, or the story was merged away.")
    left = member.story
    _place(_with_copies(Membership.objects.filter(article=article)), story)
    if not Membership.objects.filter(story=left).exists():
        give_up(left, story)
    _note(story, "move", actor, reason, now, from_story=left, article=article)
    _settle([left, story], now)


@transaction.atomic
def retitle_story(story: Story, headline: str, *, actor: str, reason: str, now: datetime) -> None:
    """Give a story a headline of our own; empty: the lead article's again. Old addresses keep working."""
    headline = " ".join(headline.split())
    if len(headline) > HEADLINE_CHARACTERS:
        raise EditingError(f"A headline has at most {HEADLINE_CHARACTERS} characters.")
    Story.objects.filter(pk=story.pk).update(editors_headline=headline)
    _note(story, "retitle", actor, reason, now)
    _settle([story], now, regroup=False)


@transaction.atomic
def pin_story(story: Story, until: datetime | None, *, actor: str, reason: str, now: datetime) -> None:
    """Keep a story on top of its lists until then; None lets it go. Raises EditingError for a moment gone by."""
    if until is not None and until <= now:
        raise EditingError("That moment has passed; choose one to come.")
    Story.objects.filter(pk=story.pk).update(pinned_until=until)
    _note(story, "pin" if until else "unpin", actor, reason, now)
    _settle([story], now, regroup=False)


@transaction.atomic
def close_story(story: Story, is_closed: bool, *, actor: str, reason: str, now: datetime) -> None:
    """Let no further article join, or open it again."""
    _held(story)
    Story.objects.filter(pk=story.pk).update(is_closed=is_closed)
    _note(story, "close" if is_closed else "reopen", actor, reason, now)
    _settle([story], now)


def release_expired_pins(*, now: datetime) -> int:
    """Let stories fall whose pin has run out. Returns how many."""
    expired = list(Story.objects.filter(pinned_until__lte=now).values_list("pk", flat=True))
    with transaction.atomic():
        Story.objects.filter(pk__in=expired).update(pinned_until=None)
        refresh_stories(expired, now=now)
    return len(expired)


def _held(*stories: Story) -> list[Story]:
    """The stories as they are now, while no batch is placed: one that was under way might have merged or moved them."""
    GroupingStream.objects.get_or_create(name=STREAM)
    GroupingStream.objects.select_for_update().get(name=STREAM)
    return [Story.objects.get(pk=story.pk) for story in stories]


def _with_copies(members: QuerySet[Membership]) -> QuerySet[Membership]:
    """These and the copies of them in the same story: a copy is told with its original."""
    chosen = list(members.values_list("article_id", "story_id"))
    stories = {story for _, story in chosen}
    ids = [article for article, _ in chosen]
    return Membership.objects.filter(Q(article__in=ids) | Q(original__in=ids, story__in=stories))


def _place(members: QuerySet[Membership], story: Story) -> None:
    members.update(story=story, is_fixed=True, reason="placed by an editor")


def _free_key(key: str) -> str:
    taken = set(Story.objects.filter(key__startswith=key).values_list("key", flat=True))
    return next(name for name in [key, *(f"{key}~{n}" for n in range(2, len(taken) + 3))] if name not in taken)


def _note(
    story: Story,
    kind: str,
    actor: str,
    reason: str,
    now: datetime,
    *,
    from_story: Story | None = None,
    article: Article | None = None,
) -> None:
    StoryChange.objects.create(
        story=story, article=article, from_story=from_story, kind=kind, reason=reason[:300], actor=actor[:150], at=now
    )


def _settle(stories: Collection[Story], now: datetime, *, regroup: bool = True) -> None:
    """Retell the stories; with `regroup` have every process read the grouping's memory anew."""
    refresh_stories([story.pk for story in stories], now=now)
    purge([story.tag for story in stories])
    if regroup:
        # A place in the stream that nobody takes: whoever remembers the old one sees that he is behind.
        GroupingStream.objects.filter(name=STREAM).update(sequence=F("sequence") + 1)
