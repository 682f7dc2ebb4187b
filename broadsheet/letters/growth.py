"""Which stories are worth telling again: those that have moved much since they were told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Min

from broadsheet.articles.models import ArticleState
from broadsheet.stories.models import Membership

MUCH = 3
"""Newsrooms that must have come with a report of their own; and no fewer than had one before."""


def grown(told: Mapping[int, datetime]) -> frozenset[int]:
    """Those of the stories that moved much since then: as many newsrooms again report them on their own. One query."""
    if not told:
        return frozenset()
    own = Membership.objects.filter(story__in=told, original=None).exclude(article__state=ArticleState.REMOVED)
    firsts = own.order_by().values_list("story", "article__publisher").annotate(first=Min("article__shown_at"))
    before, after = Counter[int](), Counter[int]()
    for story, _publisher, first in firsts:
        (after if first > told[story] else before)[story] += 1
    return frozenset(story for story, count in after.items() if count >= max(MUCH, before[story]))
