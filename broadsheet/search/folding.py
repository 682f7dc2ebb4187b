"""Matches of one story under the best of them, looked up no further than a page of them needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.prepared import Prepared
from broadsheet.search.ranking import Ranked
from broadsheet.stories.models import Membership, Story

FIRST = 64
"""Best matches whose stories are looked up first: mostly enough for a page."""


@dataclass(slots=True)
class Group:
    """Matches of one story, the best first; an article without a story stands alone. story: id or None."""

    story: int | None
    matches: list[Ranked]


def fold(found: Sequence[Ranked], count: int) -> tuple[list[Group], bool]:
    """The first `count` groups, whole, in the order of their best; and whether there are more.

    found: best first. Four queries at most, over no more rows than there are matches.
    """
    groups: dict[tuple[str, int], Group] = {}
    rest = found
    for some in (found[:FIRST], found[FIRST:]):
        if len(groups) > count:
            break
        rest = rest[len(some) :]
        _sort_into(groups, some, _stories_of([article for _score, _place, article in some]))
    shown = list(groups.values())[:count]
    if rest:
        _add(shown, rest)
    return shown, len(groups) > count


def _sort_into(groups: dict[tuple[str, int], Group], found: Sequence[Ranked], stories: Mapping[int, int]) -> None:
    for ranked in found:
        article = ranked[2]
        story = stories.get(article)
        key = ("article", article) if story is None else ("story", story)
        group = groups.get(key)
        if group is None:
            groups[key] = Group(story, [ranked])
        else:
            group.matches.append(ranked)


def _add(groups: Sequence[Group], rest: Sequence[Ranked]) -> None:
    """Put those of the rest into the groups that belong there, asking from the side that is shorter."""
    by_story = {group.story: group for group in groups if group.story is not None}
    stories = (
        _articles_of(by_story.keys())
        if sum(_SIZES(sorted(by_story))) <= len(rest)
        else _stories_of([article for _score, _place, article in rest])
    )
    for ranked in rest:
        group = by_story.get(stories.get(ranked[2], 0))
        if group is not None:
            group.matches.append(ranked)


def _stories_of(articles: Collection[int]) -> Mapping[int, int]:
    return dict(_BY_ARTICLE(sorted(articles)))


def _articles_of(stories: Collection[int]) -> Mapping[int, int]:
    return dict(_BY_STORY(sorted(stories)))


_BY_ARTICLE = Prepared(
    lambda articles: Membership.objects.filter(article__in=articles).values_list("article_id", "story_id")
)
_BY_STORY = Prepared(lambda stories: Membership.objects.filter(story__in=stories).values_list("article_id", "story_id"))
_SIZES = Prepared(lambda stories: Story.objects.filter(pk__in=stories).values_list("articles_count", flat=True))
