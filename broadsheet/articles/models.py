"""Articles, their bodies, revisions, bylines and pictures.

Rows of `Article` hold what lists need; what only one page needs (blocks, receipt) lies apart in `Body`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.articles.fields import PackedJSONField
from broadsheet.sources.models import Publisher, Source


class Section(models.Model):
    """Where a reader looks: Politics, US, World …"""

    slug = models.SlugField(max_length=60, allow_unicode=True)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="section_slug_once")]
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/sections/{self.slug}"

    @property
    def tag(self) -> str:
        return f"section:{self.slug}"


class ArticleState(models.TextChoices):
    LIVE = "live"
    HELD = "held", "held: extraction doubtful, shown without its text"
    ANNOUNCED = "announced", "announced: known from its source's entry only, the page may not be read"
    REMOVED = "removed", "removed: taken down, answers 410"


class Article(models.Model):
    """One publisher's report."""

    key = models.CharField(max_length=32, help_text="Identity of the canonical address.")
    address = models.CharField(max_length=2000, help_text="Where a reader is sent.")
    canonical = models.CharField(max_length=2000, blank=True, help_text="What the page calls its own address.")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="articles")
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="articles")
    state = models.CharField(max_length=10, choices=ArticleState, default=ArticleState.LIVE)
    slug = models.SlugField(max_length=90, allow_unicode=True, blank=True)
    headline = models.CharField(max_length=500)
    standfirst = models.TextField(blank=True)
    summary = models.TextField(blank=True, help_text="The publisher's own summary, from its feed.")
    byline = models.CharField(max_length=500, blank=True, help_text="Authors as one line, for lists.")
    agencies = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, default="und")
    direction = models.CharField(max_length=3, default="ltr")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, related_name="articles")
    publishers_section = models.CharField(max_length=100, blank=True, help_text="As the publisher calls it.")
    kind = models.CharField(max_length=20, default="news")
    access = models.CharField(max_length=20, default="open")
    licence = models.CharField(max_length=300, blank=True)
    signals = models.JSONField(default=dict, blank=True, help_text="Reservations the page or host states.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_offset_min = models.SmallIntegerField(null=True, blank=True, help_text="The source's zone.")
    updated_at = models.DateTimeField(null=True, blank=True, help_text="By the publisher's word.")
    first_seen_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(help_text="Order of lists: publication, never later than first seen.")
    version = models.PositiveIntegerField(default=1)
    words = models.PositiveIntegerField(default=0)
    score = models.FloatField(default=0.0, help_text="Of the extraction, 0 to 1.")
    digest = models.CharField(
        max_length=32, blank=True, help_text="Of headline and blocks: a new one is a new revision."
    )
    read_by = models.CharField(max_length=32, blank=True, help_text="Digest of the operator's rules for its page.")
    is_sample = models.BooleanField(default=False)
    grouped_at = models.DateTimeField(null=True, blank=True, help_text="When this version was given to grouping.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="article_address_once"),
            models.CheckConstraint(condition=Q(direction__in=["ltr", "rtl"]), name="article_direction_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="article_version_positive"),
        ]
        indexes = [
            models.Index(fields=["-shown_at", "-id"], name="article_latest", condition=~Q(state="removed")),
            models.Index(fields=["publisher", "-shown_at", "-id"], name="article_publisher_latest"),
            models.Index(fields=["section", "-shown_at", "-id"], name="article_section_latest"),
            models.Index(fields=["shown_at", "key"], name="article_ungrouped", condition=Q(grouped_at=None)),
            models.Index(fields=["digest"], name="article_digest"),
            # Few are: all of a publisher's are counted by index, and these taken off.
            models.Index(fields=["publisher"], name="article_removed", condition=Q(state="removed")),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def path(self) -> str:
        return f"/articles/{self.pk}-{self.slug}" if self.slug else f"/articles/{self.pk}"

    @property
    def has_headline(self) -> bool:
        """Whether page or source told one; else the address stands in its place."""
        return not self.headline.startswith(("https://", "http://"))

    @property
    def tag(self) -> str:
        return f"article:{self.pk}"


class Body(models.Model):
    """The article's blocks in reading order and the receipt of their extraction.

    blocks: list of {"kind", "text", "html", "level", "time", "image"} as `extraction.Block`.
    receipt: as `extraction.Receipt`.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="body")
    blocks = PackedJSONField()
    receipt = PackedJSONField()

    def __str__(self) -> str:
        return f"body of {self.article_id}"


class Revision(models.Model):
    """What an article said before its current version."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="The version it was, from 1.")
    headline = models.CharField(max_length=500)
    standfirst = models.TextField(blank=True)
    blocks = PackedJSONField()
    updated_at = models.DateTimeField(null=True, blank=True, help_text="By the publisher's word.")
    seen_at = models.DateTimeField(help_text="When we first saw that version.")
    replaced_at = models.DateTimeField(help_text="When we first saw the next one.")
    is_announced = models.BooleanField(default=False, help_text="The next version says that it corrects this one.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]
        indexes = [models.Index(fields=["-replaced_at"], name="revision_latest")]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"


class Author(models.Model):
    """A person who signs articles, or an agency."""

    slug = models.SlugField(max_length=120, allow_unicode=True)
    name = models.CharField(max_length=200)
    is_agency = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="author_slug_once")]

    def __str__(self) -> str:
        return self.name


class Byline(models.Model):
    """That an author signs an article, in the order of the page."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="bylines")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="byline_position_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.author_id}"


class PictureState(models.TextChoices):
    UNWANTED = "unwanted", "unwanted: no right to show it"
    WANTED = "wanted"
    STORED = "stored"
    FAILED = "failed"


class Picture(models.Model):
    """A picture of an article, with its words. It has a right of its own: it is fetched only where that allows."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(help_text="0 is the lead picture.")
    address = models.CharField(max_length=2000)
    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=300, blank=True)
    alt = models.TextField(blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=PictureState, default=PictureState.UNWANTED)
    stored = models.CharField(max_length=100, blank=True, help_text="Name in our own picture folder; empty: not kept.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="picture_position_once"),
            models.CheckConstraint(condition=~Q(state="stored") | ~Q(stored=""), name="picture_stored_has_name"),
        ]
        indexes = [models.Index(fields=["id"], name="picture_wanted", condition=Q(state="wanted"))]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.address


class Topic(models.Model):
    """A person, place, organization or subject that articles name."""

    slug = models.SlugField(max_length=120, allow_unicode=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="topic_slug_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/topics/{self.slug}"

    @property
    def tag(self) -> str:
        return f"topic:{self.slug}"


class Mention(models.Model):
    """That an article names a topic, and how often."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, db_index=False, related_name="mentions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, db_index=False, related_name="mentions")
    times = models.PositiveSmallIntegerField(default=1)
    shown_at = models.DateTimeField(help_text="The article's, so that a topic's newest are found by index.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="mention_once")]
        # With the article: a topic's mentions are read by the hundred, each row of them in another place of the file.
        indexes = [models.Index(fields=["topic", "-shown_at", "article"], name="mention_topic_latest")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.topic_id}"
