"""What the guard goes by: the operator's rules and what the spam filter has learned."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class GuardSettings(models.Model):
    """The rules in force, as `guard.Rules.to_mapping` writes them, and those of conversations. The newest row counts.

    edit_minutes: how long a comment may be changed. closes_after_days: age at which conversations close; 0 for never.
    needs_two: whether a removal for being illegal, or a ban, waits for a second moderator.
    """

    rules = models.JSONField(default=dict)
    edit_minutes = models.PositiveIntegerField(default=5)
    closes_after_days = models.PositiveIntegerField(default=30)
    needs_two = models.BooleanField(default=False)
    is_offered = models.BooleanField(default=True, help_text="Whether stories have conversations at all.")
    set_by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"rules of {self.at:%Y-%m-%d %H:%M}"


class FeatureCount(models.Model):
    """In how many spam and wanted comments a feature stood; the feature "" counts the comments themselves."""

    feature = models.CharField(max_length=100, primary_key=True)
    spam = models.PositiveIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.feature
