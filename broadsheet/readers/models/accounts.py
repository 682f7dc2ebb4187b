"""A reader's account, what was agreed to, who may do what, and the lines that tell who did what to whose data."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from broadsheet.sources.models import Publisher


class ReaderManager(BaseUserManager["Reader"]):
    def create_user(self, email: str, **fields: Any) -> Reader:
        """A reader without a password: codes and passkeys are the ways in."""
        reader = self.model(email=email.lower(), **fields)
        reader.set_unusable_password()
        reader.save(using=self._db)
        return reader


class Reader(AbstractBaseUser):
    """An account. Everything that shapes what its owner sees hangs on it, and goes with it.

    name: shown beside what the reader writes, such as comments; empty until chosen. is_active: may log in.
    keeps_read_state: switched on by the reader alone. honors_gpc: the browser once sent Sec-GPC while logged in.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="Of mail to the reader; empty: the site's.")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the address was first proved.")
    keeps_read_state = models.BooleanField(default=False)
    honors_gpc = models.BooleanField(default=False)
    incentive_refused_at = models.DateTimeField(null=True, blank=True, help_text="No new offer for twelve months.")

    objects: ClassVar[ReaderManager] = ReaderManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email"], name="reader_address_once")]
        indexes = [models.Index(fields=["joined_at"], name="reader_unconfirmed", condition=models.Q(confirmed_at=None))]

    def __str__(self) -> str:
        return self.name or f"reader {self.pk}"

    @property
    def known_as(self) -> str:
        """What the desk calls one of its own: by name, or by address where there is none. Never for public pages."""
        return self.name or self.email


class RoleKind(models.TextChoices):
    MODERATOR = "moderator"
    EDITOR = "editor"
    PUBLISHER = "publisher", "publisher: for its own sources"
    ADMINISTRATOR = "administrator"


class Role(models.Model):
    """What a reader may do beyond reading and commenting. publisher: whose, for that role alone."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind)
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "kind", "publisher"], name="role_once"),
            models.UniqueConstraint(
                fields=["reader", "kind"], name="role_of_site_once", condition=models.Q(publisher__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(kind=RoleKind.PUBLISHER, publisher__isnull=False)
                | (~models.Q(kind=RoleKind.PUBLISHER) & models.Q(publisher__isnull=True)),
                name="role_publisher_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind}"


class Agreement(models.Model):
    """That a reader agreed to one version of a text, and when. withdrawn_at: for what can be taken back."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="agreements")
    document = models.CharField(max_length=20, help_text="terms, privacy or incentive.")
    version = models.CharField(max_length=40)
    agreed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "document", "version"], name="agreement_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.document} {self.version}"


class AuditLine(models.Model):
    """An act on a person's data. It names both by number only, so that it may outlive them.

    actor: number of the reader who acted; None for the software itself. subject: whose data; 0: of who has no account,
    or of many at once.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.BigIntegerField(null=True)
    subject = models.BigIntegerField()
    act = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


class AddressChange(models.Model):
    """A change of address under way: it needs the code sent to the old address and the one sent to the new.

    Codes are kept as keyed hashes only.
    """

    reader = models.OneToOneField(Reader, on_delete=models.CASCADE, primary_key=True, related_name="address_change")
    old_address = models.EmailField(max_length=254)
    new_address = models.EmailField(max_length=254)
    old_code = models.CharField(max_length=64)
    new_code = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.reader_id}"


class Throttle(models.Model):
    """How often something was tried in a span of time. key: a hash of what is counted; no address stands in it."""

    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="throttle_key_once")]
        indexes = [models.Index(fields=["until"], name="throttle_until")]

    def __str__(self) -> str:
        return self.key
