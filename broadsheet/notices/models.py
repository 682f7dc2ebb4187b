"""Notices of readers and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from broadsheet.articles.models import Article
from broadsheet.stories.models import Story


class NoticeKind(models.TextChoices):
    """Why somebody writes, in the words of the form."""

    MISTAKE = "mistake", _("Something is shown wrongly")
    GROUPING = "grouping", _("It does not belong to this story")
    RIGHTS = "rights", _("It is mine, and may not be shown like this")
    PERSON = "person", _("It harms a person’s privacy or good name")
    ILLEGAL = "illegal", _("It is against the law")
    OTHER = "other", pgettext_lazy("kind of problem", "Something else")


class Notice(models.Model):
    """What somebody told us about an article or a story, without an account.

    sender: a keyed digest of where it came from, for counting; forgotten after a day. contact: only if they gave one.
    """

    reference = models.CharField(max_length=12, help_text="What its sender was told, to ask about it.")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="notices")
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, related_name="notices")
    path = models.CharField(max_length=200, help_text="The page it was written on.")
    words = models.TextField()
    contact = models.CharField(max_length=254, blank=True)
    sender = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=32, help_text="Of what it says: sent twice, it is one notice.")
    received_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reference"], name="notice_reference_once")]
        indexes = [
            models.Index(fields=["received_at"], name="notice_open", condition=Q(decided_at=None)),
            models.Index(fields=["sender", "received_at"], name="notice_sender"),
            models.Index(fields=["digest"], name="notice_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.kind}"
