"""Notices about comments, the decisions on them, and the appeals against those."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from broadsheet.comments.models.threads import Comment
from broadsheet.readers.models import Reader


class ReportKind(models.TextChoices):
    RULES = "rules", _("against the rules of this site")
    ILLEGAL = "illegal", _("against the law")


class Report(models.Model):
    """A notice about a comment, from anybody. receipt: secret part of the address where its sender follows it.

    For what is said to be illegal (Regulation (EU) 2022/2065, art. 16) ground and good faith are asked, and name and
    address except where it concerns children. reader: when the sender was logged in; for counting distinct ones.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind)
    ground = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    name = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=254, blank=True)
    in_good_faith = models.BooleanField(default=False)
    threatens_life = models.BooleanField(default=False)
    reader = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="+")
    sender = models.CharField(max_length=32, blank=True, help_text="Keyed digest of where it came from; a day long.")
    language = models.CharField(max_length=35, blank=True)
    receipt = models.CharField(max_length=43)
    received_at = models.DateTimeField(default=timezone.now)
    decision = models.ForeignKey("comments.Decision", on_delete=models.SET_NULL, null=True, related_name="reports")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt"], name="report_receipt_once"),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.RULES) | Q(in_good_faith=True), name="report_illegal_in_good_faith"
            ),
        ]
        indexes = [
            models.Index(fields=["received_at", "id"], name="report_open", condition=Q(decision=None)),
            models.Index(fields=["comment"], name="report_of_comment"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} on comment {self.comment_id}"


class Act(models.TextChoices):
    """What was decided about a comment or its writer."""

    APPROVE = "approve", _("let stand")
    REMOVE = "remove", _("removed")
    RESTORE = "restore", _("put back")
    HIDE = "hide", _("hidden until looked at")
    FEATURE = "feature", _("picked by an editor")
    UNFEATURE = "unfeature", _("no longer picked")
    WARN = "warn", _("its writer was warned")
    BAN = "ban", _("its writer may not write for a time")
    LIFT = "lift", _("its writer may write again")


class Decision(models.Model):
    """Who did what to a comment, why, and how it was before and after. Written once, never changed but for `told_at`.

    moderator: empty for the software itself, which `is_automated` says. reason: a code of `reasons`. facts: what the
    statement to the writer says in the moderator's own words. told_at: when writer and notifiers had been written to.
    """

    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="decisions")
    subject = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="+")
    moderator = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=10, choices=Act)
    reason = models.CharField(max_length=40, blank=True)
    facts = models.TextField(blank=True)
    is_automated = models.BooleanField(default=False)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, blank=True)
    excerpt = models.CharField(max_length=300, blank=True, help_text="The comment's beginning as it was decided upon.")
    waited_s = models.PositiveIntegerField(null=True, help_text="Seconds from the hold or the first report.")
    is_pending = models.BooleanField(default=False, help_text="Waits for a second moderator; nothing was done yet.")
    until = models.DateTimeField(null=True, blank=True, help_text="Of a ban; empty: until it is lifted.")
    seconded_by = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(act__in=[Act.REMOVE, Act.WARN, Act.BAN]) | ~Q(reason=""), name="decision_has_its_reason"
            )
        ]
        indexes = [
            models.Index(fields=["comment", "-at"], name="decision_of_comment"),
            models.Index(fields=["subject", "-at"], name="decision_of_subject"),
            models.Index(fields=["-at"], name="decision_latest"),
            models.Index(fields=["at"], name="decision_untold", condition=Q(told_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.act} comment {self.comment_id}"


class Appeal(models.Model):
    """A writer's or notifier's objection to a decision, within six months (art. 20), answered by somebody else."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True, help_text="Whether the objection was right.")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="appeal_open", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return f"appeal against decision {self.decision_id}"


class SavedAnswer(models.Model):
    """Words a moderator need not write again."""

    title = models.CharField(max_length=80)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title"], name="saved_answer_title_once")]

    def __str__(self) -> str:
        return self.title
