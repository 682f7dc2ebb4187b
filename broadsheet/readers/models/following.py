"""What a reader follows, mutes, keeps and has read. All of it is listed, editable and exportable."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from broadsheet.readers.models.accounts import Reader


class FollowKind(models.TextChoices):
    """What can be followed, by the number of its row; a search by its words."""

    TOPIC = "topic", "topic, place, organization or person"
    SECTION = "section"
    SOURCE = "source", "source: a publisher"
    AUTHOR = "author"
    STORY = "story"
    SEARCH = "search"


class Follow(models.Model):
    """target: the row's number; 0 for a search. words: the query of a search, else empty."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=10, choices=FollowKind)
    target = models.BigIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "kind", "target", "words"], name="follow_once"),
            models.CheckConstraint(
                condition=models.Q(kind=FollowKind.SEARCH, target=0) | models.Q(words=""), name="follow_words_of_search"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind} {self.target or self.words}"


class MuteKind(models.TextChoices):
    WORD = "word"
    SOURCE = "source"
    TOPIC = "topic"


class Mute(models.Model):
    """What a reader never wants to be shown. words: of a word or phrase, in lower case."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=10, choices=MuteKind)
    target = models.BigIntegerField(default=0)
    words = models.CharField(max_length=100, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "target", "words"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind} {self.target or self.words}"


class SavedKind(models.TextChoices):
    ARTICLE = "article"
    STORY = "story"


class Saved(models.Model):
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="saved")
    kind = models.CharField(max_length=10, choices=SavedKind)
    target = models.BigIntegerField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "target"], name="saved_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind} {self.target}"


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
