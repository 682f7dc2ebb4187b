"""What a reader follows, mutes, keeps and has read. All of it is listed, editable and exportable."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from broadsheet.readers.models.accounts import Reader


class FollowKind(models.TextChoices):
    """What can be followed, by the name its page has: a slug, a story's number, the words of a search."""

    TOPIC = "topic", "topic, place, organization or person"
    SECTION = "section"
    SOURCE = "source", "source: a publisher"
    AUTHOR = "author"
    STORY = "story"
    SEARCH = "search"


class Follow(models.Model):
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=10, choices=FollowKind)
    name = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "name"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind} {self.name}"


class MuteKind(models.TextChoices):
    WORD = "word"
    SOURCE = "source"
    TOPIC = "topic"


class Mute(models.Model):
    """What a reader never wants to be shown. name: a slug, or a word or phrase in lower case."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=10, choices=MuteKind)
    name = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "name"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind} {self.name}"


class SavedKind(models.TextChoices):
    ARTICLE = "article"
    STORY = "story"


class Saved(models.Model):
    """name: the number of the article or story, which it keeps for good."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="saved")
    kind = models.CharField(max_length=10, choices=SavedKind)
    name = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "name"], name="saved_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind} {self.name}"


class ReadMark(models.Model):
    """That a story was read; kept only for readers who switched it on."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="read_marks")
    story = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "story"], name="read_once")]
        indexes = [models.Index(fields=["at"], name="read_at")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.story}"


class FeedKey(models.Model):
    """The secret part of the address of a reader's private feed; a new one makes the old address stop."""

    reader = models.OneToOneField(Reader, on_delete=models.CASCADE, primary_key=True, related_name="feed_key")
    key = models.CharField(max_length=43)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="feed_key_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}"
