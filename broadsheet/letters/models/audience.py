"""The letters that can be had, who asked for which, and the proof of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from broadsheet.readers.models import Reader
from broadsheet.stories.models import Story


class LetterKind(models.TextChoices):
    EDITION = "edition", "edition: the stories of a day or a week, the same for everybody"
    BREAKING = "breaking", "breaking: one story, when it is large enough"
    STORY = "story", "story: what moves in one story, until it ends"
    PERSONAL = "personal", "personal: what a reader follows"


class Letter(models.Model):
    """One newsletter.

    section: slug of the section it is taken from; empty: the whole site. days: of the week on which it appears, as
    digits from 0, Monday. hour: of the site's day, or of the reader's who chose one. size: stories of an edition.
    by_itself: editions are sent without an editor; else each waits at the desk. is_open: takes subscriptions.
    trouble_at: when making an edition last failed; empty once one was made again.
    """

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=LetterKind, default=LetterKind.EDITION)
    section = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="Empty: the site's.")
    days = models.CharField(max_length=7, default="0123456")
    hour = models.PositiveSmallIntegerField(default=6)
    size = models.PositiveSmallIntegerField(default=10)
    by_itself = models.BooleanField(default=True)
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)
    trouble_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="letter_once"),
            models.CheckConstraint(condition=models.Q(hour__lt=24), name="letter_hour_of_day"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def path(self) -> str:
        return f"/letters/{self.slug}"

    @property
    def tag(self) -> str:
        return f"letter:{self.slug}"


class Subscriber(models.Model):
    """A mail address that gets letters, with or without an account.

    address: in lower case. key: the secret part of the links in its letters. zone: an IANA name; empty: the site's.
    confirmed_at: when its owner pressed the button. asked_at: when the one mail to an unconfirmed address was sent.
    """

    address = models.EmailField(max_length=254)
    key = models.CharField(max_length=43)
    reader = models.OneToOneField(Reader, on_delete=models.SET_NULL, null=True, blank=True, related_name="subscriber")
    language = models.CharField(max_length=35, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address"], name="subscriber_address_once"),
            models.UniqueConstraint(fields=["key"], name="subscriber_key_once"),
        ]
        indexes = [
            models.Index(fields=["made_at"], name="subscriber_unconfirmed", condition=models.Q(confirmed_at=None))
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class LeavingReason(models.TextChoices):
    """Why a subscription ended. The first four are for the reader to choose from, if at all."""

    TOO_MANY = "too_many", "too many mails"
    NOT_INTERESTED = "not_interested", "not what I expected"
    NEVER_ASKED = "never_asked", "I never asked for this"
    OTHER = "other"
    UNTOLD = "untold"
    COMPLAINT = "complaint"
    BOUNCED = "bounced"
    STORY_ENDED = "story_ended"
    EDITOR = "editor"


class Subscription(models.Model):
    """That a subscriber gets a letter. It counts once the subscriber is confirmed.

    story: of a letter of kind story. days, hour: the reader's choice; empty: the letter's own. An ended subscription
    is kept for the counts of the desk, without its subscriber once that is erased; a new one is a new row.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.SET_NULL, null=True, related_name="subscriptions")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="subscriptions")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    days = models.CharField(max_length=7, blank=True)
    hour = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=LeavingReason, blank=True)
    words = models.CharField(max_length=500, blank=True, help_text="The reader's own, on leaving.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "letter"],
                name="subscription_once",
                condition=models.Q(ended_at=None, story=None),
            ),
            models.UniqueConstraint(
                fields=["subscriber", "letter", "story"],
                name="subscription_of_story_once",
                condition=models.Q(ended_at=None, story__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["letter", "subscriber"], name="subscription_live", condition=models.Q(ended_at=None)),
            models.Index(fields=["since"], name="subscription_begun"),
            # Of the ended ones alone: else SQLite would look up by it what has not ended, which is nearly all.
            models.Index(fields=["ended_at"], name="subscription_left", condition=models.Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.letter_id}"


class Proof(models.Model):
    """Proof of consent: what was shown when a letter was asked for, where and when, and when it was confirmed.

    letters: slugs. text, version: of the form. page: path it stood on. way: form, account or import. evidence: the
    consent column of an import, word for word.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="proofs")
    letters = models.JSONField(default=list)
    text = models.TextField()
    version = models.CharField(max_length=16)
    page = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=10, default="form")
    evidence = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subscriber", "asked_at"], name="proof_of_subscriber")]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.version}"
