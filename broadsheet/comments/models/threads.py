"""The conversation under a story: its settings, its comments, what they said before they were edited."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from broadsheet.articles.models import Article
from broadsheet.readers.models import Reader
from broadsheet.stories.models import Story


class Opening(models.TextChoices):
    """Who may write in a conversation, and what happens to what they write."""

    OPEN = "open", pgettext_lazy("comments", "open")
    PREMODERATED = "premoderated", _("read by an editor first")
    CLOSED = "closed", pgettext_lazy("comments", "closed, still readable")
    OFF = "off", _("not offered")


class Thread(models.Model):
    """One story's conversation; a row comes with the first comment or the first setting.

    count: published comments; waiting: held and hidden ones. Both are kept here so that no page has to count.
    """

    story = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="thread")
    opening = models.CharField(max_length=12, choices=Opening, default=Opening.OPEN)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Closed from then on, whatever `opening` says.")
    is_questions = models.BooleanField(default=False, help_text="Readers ask at the top, editors answer below.")
    count = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-last_at"], name="thread_latest")]

    def __str__(self) -> str:
        return f"conversation of story {self.story_id}"


class CommentState(models.TextChoices):
    PUBLISHED = "published", pgettext_lazy("comment", "published")
    HELD = "held", _("waiting for an editor")
    HIDDEN = "hidden", _("hidden until an editor has looked")
    REMOVED = "removed", pgettext_lazy("comment", "removed")
    DELETED = "deleted", _("deleted by its writer")


class Comment(models.Model):
    """What one reader wrote. Two levels: at the top (`parent` empty), or below one at the top.

    answers: the very comment answered, which may itself be a reply; the page links it and quotes it. name: as shown
    when it was written; empty once its writer had it taken away. html: rendered from `markdown` when it was written.
    key: digest of the words alone, for finding the same words again. token: of the form it came from; a form sent
    twice is one comment.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="answered_by")
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="comments")
    name = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=CommentState)
    markdown = models.TextField()
    html = models.TextField()
    language = models.CharField(max_length=35, default="und")
    direction = models.CharField(max_length=3, default="ltr")
    key = models.CharField(max_length=32)
    token = models.CharField(max_length=43)
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    featured_at = models.DateTimeField(null=True, blank=True, help_text="An editor's pick since then.")
    useful = models.PositiveIntegerField(default=0)
    replies_count = models.PositiveIntegerField(default=0, help_text="Published replies, of one at the top.")
    held_for = models.JSONField(default=list, help_text="The guard's findings: phase, reason and values.")
    spam = models.FloatField(null=True, help_text="The filter's belief when it was written.")
    learned = models.CharField(max_length=6, blank=True, help_text="What the filter learned from it: spam or wanted.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token"], name="comment_token_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="comment_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["thread", "-posted_at", "-id"], name="comment_top_newest", condition=Q(parent=None)),
            models.Index(fields=["thread", "-useful", "-id"], name="comment_top_useful", condition=Q(parent=None)),
            models.Index(fields=["parent", "state", "posted_at", "id"], name="comment_replies"),
            models.Index(fields=["author", "-posted_at"], name="comment_author"),
            models.Index(fields=["thread", "-posted_at"], name="comment_lately"),
            models.Index(
                fields=["thread", "-featured_at"], name="comment_picked", condition=Q(featured_at__isnull=False)
            ),
            models.Index(fields=["thread", "key"], name="comment_same_words"),
            models.Index(
                fields=["posted_at", "id"],
                name="comment_waiting",
                condition=Q(state__in=[CommentState.HELD, CommentState.HIDDEN]),
            ),
            models.Index(fields=["-posted_at", "-id"], name="comment_recent"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def path(self) -> str:
        return f"/comments/{self.pk}"


class Version(models.Model):
    """What a comment said before it was edited."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    markdown = models.TextField()
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["comment", "until"], name="comment_version")]

    def __str__(self) -> str:
        return f"comment {self.comment_id} until {self.until:%Y-%m-%d %H:%M}"


class Useful(models.Model):
    """That a reader found a comment useful; once each."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="marks")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="useful_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.comment_id}"
