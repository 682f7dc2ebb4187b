"""Who writes: the name a reader goes by, what was imposed on them, whom a reader does not want to read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.models import Reader


class Persona(models.Model):
    """The name a reader writes under, alone on the site. shape: its skeleton, so that no look-alike is taken beside it.

    approved, refused: comments of theirs that stood or were removed. is_trusted: an editor freed them from holds.
    mails_replies: whether an answer to them is mailed; has_profile: whether what they wrote stands together on a page
    that everybody may see. Both are asked, never assumed.
    """

    reader = models.OneToOneField(Reader, on_delete=models.CASCADE, primary_key=True, related_name="persona")
    name = models.CharField(max_length=40)
    shape = models.CharField(max_length=80)
    approved = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    is_trusted = models.BooleanField(default=False)
    mails_replies = models.BooleanField(default=False)
    has_profile = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shape"], name="persona_shape_once")]

    def __str__(self) -> str:
        return self.name


class SanctionKind(models.TextChoices):
    WARNING = "warning", _("warning")
    BAN = "ban", _("may not write")


class Sanction(models.Model):
    """A warning or a time without writing. The reader always knows: it is shown with its reason and its end."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=8, choices=SanctionKind)
    decision = models.ForeignKey("comments.Decision", on_delete=models.CASCADE, related_name="sanctions")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True, help_text="Of a ban; empty: until it is lifted.")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["reader", "-since"], name="sanction_of_reader")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind}"


class Ignore(models.Model):
    """That a reader folds away what another writes, for themselves alone."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="ignores")
    ignored = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "ignored"], name="ignore_once"),
            models.CheckConstraint(condition=~Q(reader=F("ignored")), name="ignore_nobody_himself"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.ignored_id}"
