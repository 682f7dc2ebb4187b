"""The gate: the operator's rules, who is a member, what was used of the allowance, and words of the operator's own.

Nothing here says who read what. The meter knows a reader by a keyed hash of a random token that only the reader's
browser holds, and an article that was opened by a keyed hash of token and article: from the tables nobody can tell
which belongs to whom, or to what.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class GateKind(models.TextChoices):
    OPEN = "open"
    METERED = "metered", "metered: everybody, a number of times in a period"
    ACCOUNT = "account", "account: readers with a free account"
    MEMBERS = "members", "members: those on the list"


class GateRule(models.Model):
    """For whom the texts of one thing are. The narrowest rule counts.

    scope: "site", or "section:", "source:" or "article:" and the name of one. days: the rule holds for texts of the
    last so many days; empty for all. A rule of the site or a section covers the site's own work alone; others' work
    needs a rule by name.
    """

    scope = models.CharField(max_length=220)
    kind = models.CharField(max_length=10, choices=GateKind)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope"], name="gate_rule_once")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.kind}"


class MeterTerms(models.Model):
    """How many metered texts in how many days. The newest row counts; without any, the setting METER does."""

    texts = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.texts}/{self.days}"


class GateChange(models.Model):
    """What was changed about the gate, when, by whom: the number of a reader, or None for the command line.

    what: a scope, "allowance", a wording, or a member, of whom no address is told.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.BigIntegerField(null=True)
    what = models.CharField(max_length=220)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class MemberKind(models.TextChoices):
    ADDRESS = "address", "address: one reader's"
    DOMAIN = "domain", "domain: everybody whose proved address is there"
    NETWORK = "network", "network: everybody who comes from there, such as a library"


class Member(models.Model):
    """Who is a member: a mail address, a domain of mail addresses, or a network."""

    kind = models.CharField(max_length=10, choices=MemberKind)
    value = models.CharField(max_length=254)
    note = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class MeterBook(models.Model):
    """How much of one allowance is used. key: hash of the reader's token; until: when allowance and token end."""

    key = models.CharField(max_length=64)
    used = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="meter_book_once")]
        indexes = [models.Index(fields=["until"], name="meter_book_until")]

    def __str__(self) -> str:
        return f"{self.used}"


class MeterPass(models.Model):
    """That somebody opened something, so that it is not charged again. key: hash of token and article together."""

    key = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="meter_pass_once")]
        indexes = [models.Index(fields=["until"], name="meter_pass_until")]

    def __str__(self) -> str:
        return "a pass"


class Wording(models.Model):
    """Words of the operator's own in place of ours. name: such as gate.title; language: a tag."""

    name = models.CharField(max_length=40)
    language = models.CharField(max_length=35)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
