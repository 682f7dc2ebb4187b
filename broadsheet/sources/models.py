"""Publishers, the addresses we watch for them, what these announced, and what we may do with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Publisher(models.Model):
    """Who made the reporting."""

    slug = models.SlugField(max_length=80, allow_unicode=True)
    name = models.CharField(max_length=200)
    home = models.CharField(max_length=2000)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code.")
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47 tag of most of its work.")
    owner = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    rules = models.TextField(blank=True, max_length=20_000, help_text="How its pages are read: an operator's TOML.")
    is_sample = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="publisher_slug_once")]
        # Every page asks whether there are any, and mostly there are none.
        indexes = [models.Index(fields=["id"], name="publisher_sample", condition=Q(is_sample=True))]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/sources/{self.slug}"

    @property
    def tag(self) -> str:
        return f"publisher:{self.pk}"


class SourceKind(models.TextChoices):
    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page", "home or section page"


class SourceState(models.TextChoices):
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


class Source(models.Model):
    """An address we watch for a publisher: a feed, a news sitemap, a home or section page."""

    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="sources")
    key = models.CharField(max_length=32, help_text="Identity of the address.")
    address = models.CharField(max_length=2000)
    kind = models.CharField(max_length=10, choices=SourceKind, default=SourceKind.FEED)
    title = models.CharField(max_length=300, blank=True)
    section = models.CharField(max_length=60, blank=True, help_text="Section for entries that do not say theirs.")
    state = models.CharField(max_length=10, choices=SourceState, default=SourceState.ACTIVE)
    host = models.CharField(max_length=255)

    next_poll_at = models.DateTimeField(default=timezone.now)
    interval_s = models.PositiveIntegerField(default=1800)
    cause = models.CharField(max_length=40, blank=True, help_text="Short word for the last failure.")
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    problem = models.CharField(max_length=500, blank=True, help_text="A sentence for the desk; empty when well.")
    moved_to = models.CharField(max_length=2000, blank=True)
    moved_seen = models.PositiveSmallIntegerField(default=0, help_text="Permanent redirects to moved_to in a row.")
    hub = models.CharField(max_length=2000, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="source_address_once")]
        indexes = [
            models.Index(fields=["next_poll_at"], name="source_due", condition=Q(state="active")),
            models.Index(fields=["publisher"], name="source_publisher"),
        ]

    def __str__(self) -> str:
        return self.address


class EntryState(models.TextChoices):
    WAITING = "waiting"
    """Its page is still to be read, or to be tried again at `next_try_at`."""
    DONE = "done"
    """Its page was read: `article_key` names the article it led to."""
    REFUSED = "refused"
    """The publisher does not want it read (robots.txt, 401, 403, 410, a reservation)."""
    FAILED = "failed"
    """Tried often enough; `reason` says what went wrong."""


class Entry(models.Model):
    """What a source announced, once for each address however many sources announce it.

    It is also the durable queue of pages to read: killed at any moment, the next run goes on with what waits.
    """

    key = models.CharField(max_length=32, help_text="Identity of the address.")
    address = models.CharField(max_length=2000)
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="entries")
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="entries")
    host = models.CharField(max_length=255)
    announced = models.JSONField(default=dict, help_text="Title, summary, authors, dates as the source told them.")
    stamp = models.CharField(
        max_length=32,
        blank=True,
        help_text="Digest of what was announced; a new one means: read the page again.",
    )
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500, blank=True)
    article_key = models.CharField(max_length=32, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    reread_at = models.DateTimeField(null=True, blank=True, help_text="When to look for silent edits.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="entry_address_once")]
        indexes = [
            models.Index(fields=["reread_at"], name="entry_reread", condition=Q(state="done", reread_at__isnull=False)),
            models.Index(fields=["next_try_at"], name="entry_due", condition=Q(state="waiting")),
            models.Index(fields=["source", "state"], name="entry_source_state"),
            models.Index(fields=["publisher", "state"], name="entry_publisher_state"),
            models.Index(fields=["article_key"], name="entry_article"),
        ]

    def __str__(self) -> str:
        return self.address


class LedgerLine(models.Model):
    """What we may do with a publisher's material, why, since when, proved by what. Lines are never edited."""

    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="ledger")
    article_key = models.CharField(max_length=32, blank=True, help_text="For one article only; empty: for all.")
    mode = models.CharField(max_length=10)
    basis = models.CharField(max_length=20)
    outputs = models.JSONField(default=list, help_text="Outputs it speaks of; empty: all.")
    territories = models.JSONField(default=list, help_text="Countries it speaks of; empty: all.")
    extract = models.PositiveIntegerField(null=True, blank=True, help_text="Characters; empty: the territory's.")
    licence = models.CharField(max_length=300, blank=True, help_text="Address or name of an open licence.")
    image = models.BooleanField(null=True, blank=True, help_text="Pictures may be shown too; empty: not said.")
    onward = models.BooleanField(null=True, blank=True, help_text="May leave the site in feeds and interfaces.")
    evidence = models.TextField(blank=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["publisher", "article_key"], name="ledger_publisher_article")]
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.mode} ({self.basis})"


class AuthorityFile(models.Model):
    """A host's own word to machines: robots.txt, tdmrep.json, ai.txt; the last good copy of each."""

    authority = models.CharField(max_length=300, help_text="scheme://host:port")
    name = models.CharField(max_length=60, help_text="Path on the host.")
    status = models.PositiveSmallIntegerField(default=0, help_text="Last status that told something; 0: none yet.")
    body = models.BinaryField(blank=True)
    good_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    failure = models.CharField(max_length=40, blank=True)
    sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="authority_file_once")]

    def __str__(self) -> str:
        return f"{self.authority}{self.name}"


class FetchLog(models.Model):
    """One request to a publisher and how it went, kept for `FETCH_LOG_DAYS`."""

    id = models.BigAutoField(primary_key=True)
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="fetches")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="fetches")
    address = models.CharField(max_length=2000)
    purpose = models.CharField(max_length=10)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=40, help_text="ok, unchanged, or the kind of error.")
    body_bytes = models.PositiveIntegerField(default=0)
    elapsed_ms = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["source", "-at"], name="fetch_source_at"),
            models.Index(fields=["publisher", "-at"], name="fetch_publisher_at"),
            models.Index(fields=["at"], name="fetch_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome} {self.address}"
