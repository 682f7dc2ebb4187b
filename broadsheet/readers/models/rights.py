"""What a reader objects to, and what became of it (GDPR, articles 12 and 21)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.models.accounts import Reader


class ObjectionKind(models.TextChoices):
    """What can be objected to. All but the last are obeyed at once, by the software itself."""

    ORDERING = "ordering", _("That my news are ordered by what I follow")
    MAIL = "mail", _("Mail from you that is not about my account")
    NETWORK = "network", _("That the network address of my devices is kept")
    OTHER = "other", _("Something else")


class Objection(models.Model):
    """One objection. It holds until it is withdrawn, or, where people have to decide, until it is answered with no.

    answered_by: number of who answered; None for the software. is_upheld: None while nobody has decided.
    """

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="objections")
    kind = models.CharField(max_length=10, choices=ObjectionKind)
    words = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="One month after it was made.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True)
    answer = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "kind"],
                name="objection_once",
                condition=Q(withdrawn_at=None) & ~Q(kind=ObjectionKind.OTHER),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_upheld=None) | Q(answered_at__isnull=False, is_upheld__isnull=False),
                name="objection_answered_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="objection_open", condition=Q(answered_at=None, withdrawn_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind}"
