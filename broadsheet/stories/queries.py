"""Reads of stories, for pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from broadsheet.articles import queries as articles
from broadsheet.articles.models import Article, ArticleState, Section
from broadsheet.articles.queries import LISTED, listed
from broadsheet.prepared import Prepared
from broadsheet.stories.models import Membership, Story

_TOLD = (
    *(field.attname for field in Story._meta.concrete_fields),  # noqa: SLF001  # documented, in spite of its name
    *(f"section__{field.attname}" for field in Section._meta.concrete_fields),  # noqa: SLF001  # the same
    *(f"lead__{name}" for name in LISTED),
)


def told() -> QuerySet[Story]:
    """Stories as lists show them: with section, lead article and its publisher."""
    shown = Story.objects.filter(merged_into=None, lead__isnull=False).select_related("section", "lead__publisher")
    return shown.only(*_TOLD)


_CARDED = (
    "slug", "section_id", "lead_id", "moved_at", "articles_count", "outlets", "independents",
    *(f"lead__{name}" for name in articles.CARDED),
)  # fmt: skip
CARDED = 500
"""Rows that the front page and the sections remember: only what is asked for again and again is worth it."""


def carded() -> QuerySet[Story]:
    """The same with what a card shows of them, and nothing else: long lists are made of cards."""
    return Story.objects.filter(merged_into=None, lead__isnull=False).select_related("lead__publisher").only(*_CARDED)


def by_weight(stories: QuerySet[Story]) -> QuerySet[Story]:
    return stories.order_by("-weight", "-pk")


def heaviest(limit: int) -> Sequence[tuple[int, int | None]]:
    """(story, section) of the heaviest stories, heaviest first: what the front page chooses from."""
    return _HEAVIEST(limit=limit)


_HEAVIEST = Prepared(lambda limit: by_weight(told()).values_list("pk", "section_id")[:limit])


def heaviest_in(section: Section, *, start: int, limit: int) -> list[Story]:
    """A section's stories, heaviest first."""
    return _IN_SECTION(section.pk, start=start, limit=limit)


def _in_section(section: int, start: int, limit: int) -> QuerySet[Story]:
    shown = Story.objects.filter(section=section, merged_into=None, lead__isnull=False)
    # What stands before `start` is passed by in the index, without its leads and publishers.
    return by_weight(carded().filter(pk__in=by_weight(shown).values("pk")[start : start + limit]))


_IN_SECTION = Prepared(_in_section, remembered=CARDED)


def stories_with(ids: Collection[int]) -> Mapping[int, Story]:
    return {story.pk: story for story in _STORIES(sorted(ids))}


_STORIES = Prepared(lambda ids: told().filter(pk__in=ids))


def cards_with(ids: Collection[int]) -> Mapping[int, Story]:
    """The same as cards show them."""
    return {story.pk: story for story in _CARDS(sorted(ids))}


_CARDS = Prepared(lambda ids: carded().filter(pk__in=ids))


def front_cards_with(ids: Collection[int]) -> Mapping[int, Story]:
    """The same for the front page, which asks for the same ones again and again."""
    return {story.pk: story for story in _FRONT_CARDS(sorted(ids))}


_FRONT_CARDS = Prepared(lambda ids: carded().filter(pk__in=ids), remembered=CARDED)


def stories_moved(since: datetime, until: datetime, *, limit: int) -> list[Story]:
    """Stories whose last own report came from `since` until before `until`, most independent reports first."""
    return _MOVED(since, until, limit=limit)


_MOVED = Prepared(
    lambda since, until, limit: (
        told().filter(moved_at__gte=since, moved_at__lt=until).order_by("-independents", "-outlets", "-pk")[:limit]
    )
)


def story_for_page(pk: int) -> Story | None:
    """The story with its section and where it was merged into, if anywhere; None when there is none."""
    return next(iter(_STORY(pk)), None)


_STORY = Prepared(lambda pk: Story.objects.select_related("section", "merged_into", "lead__publisher").filter(pk=pk))


def members_of(story: Story, limit: int) -> list[Article]:
    """The story's articles, oldest first, each with its publisher and membership; at most `limit`."""
    return _MEMBERS(story.pk, limit=limit)


_MEMBERS = Prepared(
    lambda story, limit: (
        listed("membership__story_id", "membership__original_id", "membership__reason")
        .filter(membership__story=story)
        .select_related("publisher", "membership")
        .order_by("shown_at", "pk")[:limit]
    )
)


def reports_of(story: Story, limit: int) -> list[Article]:
    """The same as cards show them."""
    return _REPORTS(story.pk, limit=limit)


_REPORTS = Prepared(
    lambda story, limit: (
        articles.carded("membership__story_id", "membership__original_id")
        .filter(membership__story=story)
        .select_related("publisher", "membership")
        .order_by("shown_at", "pk")[:limit]
    )
)


def neighbors_of(story: Story, limit: int) -> list[Story]:
    """The heaviest other stories of the same section; none for a story without one."""
    return [] if story.section_id is None else _NEIGHBORS(story.section_id, story.pk, limit=limit)


_NEIGHBORS = Prepared(
    lambda section, story, limit: by_weight(carded().filter(section=section)).exclude(pk=story)[:limit]
)


def copy_counts(publisher: int, *, since: datetime) -> tuple[int, int]:
    """How many of a publisher's grouped articles since then there are, and how many of them are copies. One query."""
    row = Membership.objects.filter(
        ~Q(article__state=ArticleState.REMOVED), article__publisher=publisher, article__shown_at__gte=since
    ).aggregate(all=Count("pk"), copies=Count("pk", filter=Q(original__isnull=False)))
    return row["all"], row["copies"]
