"""What became of each mail, what came back, and who is never written to again."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from broadsheet.letters.models.audience import Subscriber
from broadsheet.letters.models.editions import Edition


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "waiting: for its time, or for another try"
    TAKEN = "taken", "taken: being handed over at this moment"
    SENT = "sent", "sent: the server said yes"
    DOUBTFUL = "doubtful", "doubtful: we ended before the server's answer was noted; never sent again by itself"
    FAILED = "failed", "failed: refused for good"
    SKIPPED = "skipped", "skipped: not to be sent; the reply says why"


class Delivery(models.Model):
    """One mail of an edition to one subscriber: made before the first is sent, so that each goes out once.

    due_at: when it may be sent (first). domain: of the address, for rates and counts, also when the subscriber is gone.
    lane: the provider that domain belongs to, whose mail one worker has in hand at a time. code, reply: the server's
    last answer. returned: the kind of what came back later; empty: nothing.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    domain = models.CharField(max_length=255)
    lane = models.CharField(max_length=20, default="other-0")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    reply = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    returned = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "subscriber"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["lane", "due_at"], name="delivery_waiting", condition=models.Q(state=DeliveryState.WAITING)
            ),
            models.Index(fields=["lane"], name="delivery_taken", condition=models.Q(state=DeliveryState.TAKEN)),
            models.Index(fields=["edition", "state"], name="delivery_states"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.subscriber_id}"


class Lane(models.Model):
    """The mail to one provider, in the hands of one worker until `until`; what a dead worker left is found by it.

    day, sent: how many went today, for the warm-up. rest_until, rests: it asked us to wait, and how often in a row.
    """

    name = models.CharField(max_length=20)
    holder = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField(default=timezone.now)
    day = models.DateField(null=True, blank=True)
    sent = models.PositiveIntegerField(default=0)
    rest_until = models.DateTimeField(null=True, blank=True)
    rests = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="lane_once")]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """What became of an edition, counted once when it has ended; so that no page of the desk waits for a count.

    domains: the largest, each with how many were sent, failed and in doubt.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="tally")
    day = models.DateField()
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    doubtful = models.PositiveIntegerField(default=0)
    domains = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["day"], name="tally_of_day")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.sent}"


class ReturnKind(models.TextChoices):
    HARD = "hard", "hard: the address is not there, or takes nothing from us for good"
    SOFT = "soft", "soft: full, away or slow; counts for a while"
    BLOCKED = "blocked", "blocked: refused for what we are or wrote, not for the address"
    COMPLAINT = "complaint", "complaint: marked as unwanted"
    LEAVE = "leave", "leave: asked by mail to get no more"
    WISH = "wish", "wish: the same without proof of who asked; answered by a mail with the link"
    REPLY = "reply", "reply: an automatic answer; nothing follows from it"
    UNKNOWN = "unknown", "unknown: kept for a person to look at"


class Return(models.Model):
    """Something that came back. way: smtp, dsn, arf, hook or mail. mark: hash of what came, so that it counts once.

    status: the enhanced code (RFC 3463), such as 5.1.1. address: as the report names it; forgotten with the subscriber.
    """

    kind = models.CharField(max_length=10, choices=ReturnKind)
    way = models.CharField(max_length=5)
    mark = models.CharField(max_length=64)
    delivery = models.ForeignKey(Delivery, on_delete=models.SET_NULL, null=True, blank=True, related_name="returns")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.SET_NULL, null=True, blank=True, related_name="returns")
    address = models.CharField(max_length=254, blank=True)
    domain = models.CharField(max_length=255, blank=True)
    status = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark"], name="return_once")]
        indexes = [
            models.Index(fields=["subscriber", "-at"], name="return_of_subscriber"),
            models.Index(fields=["-at"], name="return_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class Suppression(models.Model):
    """An address that gets no letter, whoever asks for it. key: keyed hash of it, which may outlive the address.

    reason: hard, soft, complaint, asked or editor. until: empty for good. by: number of the editor's account.
    """

    key = models.CharField(max_length=64)
    address = models.CharField(max_length=254, blank=True)
    reason = models.CharField(max_length=10)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="suppression_once")]
        indexes = [models.Index(fields=["-at"], name="suppression_latest")]

    def __str__(self) -> str:
        return f"{self.reason} {self.key[:8]}"
