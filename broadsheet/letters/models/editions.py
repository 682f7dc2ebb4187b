"""One edition of a letter and what stands in it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from broadsheet.letters.models.audience import Letter
from broadsheet.readers.models import Reader
from broadsheet.stories.models import Story


class EditionState(models.TextChoices):
    DRAFT = "draft", "draft: an editor writes it, or it waits for one"
    SCHEDULED = "scheduled", "scheduled: goes out when its time comes"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped", "stopped: by an editor or by the brake; can go on"
    DROPPED = "dropped", "dropped: will never be sent"


class Edition(models.Model):
    """One edition. issue: its number among those of its letter. story: of a letter of kind story.

    since, until: the span whose stories it tells. go_at: when it may go out first. subject: an editor's; empty: the
    first headline that may be shown when it is asked for. introduction: an editor's, in the Markdown of comments.
    stopped_because: a code of `reasons.STOPPED`, or words; of a scheduled one, what it waits for.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="editions")
    issue = models.PositiveIntegerField()
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.DRAFT)
    subject = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(default=timezone.now)
    go_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=300, blank=True)
    editor = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "issue"], name="edition_once")]
        indexes = [
            models.Index(
                fields=["go_at"],
                name="edition_due",
                condition=models.Q(state__in=[EditionState.SCHEDULED, EditionState.SENDING]),
            ),
            models.Index(fields=["letter", "-started_at"], name="edition_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.issue}"

    @property
    def path(self) -> str:
        """Of its page; letters about one story and personal ones have none."""
        return f"{self.letter.path}/{self.issue}"


class ItemKind(models.TextChoices):
    STORY = "story"
    CORRECTION = "correction", "correction: of what an earlier edition said"
    WORDS = "words", "words: an editor's own paragraph"


class Item(models.Model):
    """One thing of an edition, in its order. headline, words: an editor's; empty: the story's own, as its rights allow.

    moved_at: how new the story was when it was taken, so that it comes again only when it moved much since.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind, default=ItemKind.STORY)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    correction = models.BigIntegerField(null=True, blank=True, help_text="Number of the correction it tells.")
    headline = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["edition", "position"], name="item_of_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.position}"
