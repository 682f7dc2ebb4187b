"""Why a story stands where it stands: the parts of its weight, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadsheet.articles.models import ArticleState
from broadsheet.grouping import Weight, weight
from broadsheet.grouping.weight import FRESH_HALF_LIFE_H, MOVEMENT_HALF_LIFE_H
from broadsheet.prepared import Prepared
from broadsheet.stories.models import Membership, Story


@dataclass(frozen=True, slots=True)
class WhyHere:
    """The weight at one moment: value = reach x freshness x movement x section.

    newsrooms: with a report of their own. owners: of those; newsrooms of one owner count by the square root of their
    number, together `weight.outlets`. age, still: time since the first report and since the last independent one.
    """

    weight: Weight
    newsrooms: int
    owners: int
    copies: int
    age: timedelta
    still: timedelta
    is_pinned: bool
    fresh_half_life: timedelta = timedelta(hours=FRESH_HALF_LIFE_H)
    movement_half_life: timedelta = timedelta(hours=MOVEMENT_HALF_LIFE_H)


def why_here(story: Story, *, now: datetime) -> WhyHere:
    """The parts of this story's weight now. One query."""
    rows: Sequence[tuple[int, str, int | None]] = _REPORTS(story.pk)
    own = {publisher: owner for publisher, owner, original in rows if original is None}
    own = own or {publisher: owner for publisher, owner, _ in rows}  # copies of what we do not have
    names = {str(publisher): owner or f"publisher {publisher}" for publisher, owner in own.items()}
    return WhyHere(
        weight=weight(list(names), story.first_at, story.moved_at, now, owners=names),
        newsrooms=len(own),
        owners=len(set(names.values())),
        copies=sum(original is not None for _, _, original in rows),
        age=max(now - story.first_at, timedelta()),
        still=max(now - story.moved_at, timedelta()),
        is_pinned=story.pinned_until is not None and story.pinned_until > now,
    )


_REPORTS = Prepared(
    lambda story: (
        Membership.objects.filter(story=story)
        .exclude(article__state=ArticleState.REMOVED)
        .order_by()
        .values_list("article__publisher_id", "article__publisher__owner", "original_id")
    )
)
