"""Why this site makes no edition at all, for the desk to say before anybody wonders."""

from __future__ import annotations

from broadsheet.letters.models import Subscription
from broadsheet.stories.models import Story

NOBODY, EMPTY, SAMPLE = "nobody", "empty", "sample"


def hindrances() -> list[str]:
    """Codes: nobody gets a letter; there is no story; all stories are invented ones. Two queries, three at most."""
    found = []
    if not Subscription.objects.filter(ended_at=None, subscriber__confirmed_at__isnull=False).exists():
        found.append(NOBODY)
    if not Story.objects.filter(is_sample=False).exists():
        found.append(SAMPLE if Story.objects.exists() else EMPTY)
    return found
