"""Proof of consent: what was shown, what was chosen, when. No account, no network address."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Receipt(models.Model):
    """One choice. key: random, known to the chooser's browser. version: of the texts shown; granted: purposes by name.

    texts: the purposes with their words, as they were shown. withdrawn_at: when a later choice took it back.
    """

    key = models.CharField(max_length=32)
    version = models.CharField(max_length=16)
    texts = models.JSONField()
    granted = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="receipt_once")]
        indexes = [models.Index(fields=["at"], name="receipt_at")]

    def __str__(self) -> str:
        return self.key
