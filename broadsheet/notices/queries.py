"""Reads of notices, for the desk."""

from __future__ import annotations

from django.db.models import QuerySet

from broadsheet.notices.models import Notice


def open_notices() -> QuerySet[Notice]:
    """Those nobody has decided, the oldest first, with what they are about."""
    return Notice.objects.filter(decided_at=None).select_related("article", "story").order_by("received_at", "pk")
