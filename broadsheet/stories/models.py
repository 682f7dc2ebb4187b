"""Stories: the articles about one event, who copied whom, who said what, and how the grouping changed its mind."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from broadsheet.articles.models import Article, Section
from broadsheet.sources.models import Publisher


class Story(models.Model):
    """The articles about one event. Counts are kept here so that no page has to count.

    outlets: publishers that carry it. independents: publishers with a report of their own, no copy.
    """

    key = models.CharField(max_length=40, help_text="Key of the article that founded it: its name in the grouping.")
    slug = models.SlugField(max_length=90, allow_unicode=True, blank=True)
    headline = models.CharField(max_length=500)
    language = models.CharField(max_length=35, default="und")
    direction = models.CharField(max_length=3, default="ltr")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, related_name="stories")
    lead = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")
    first_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When the last independent report or revision came.")
    weight = models.FloatField(default=0.0, help_text="Order of the front page; falls with time from `moved_at`.")
    articles_count = models.PositiveIntegerField(default=0)
    outlets = models.PositiveIntegerField(default=0)
    independents = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="absorbed")
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="continued_by")
    editors_headline = models.CharField(max_length=500, blank=True, help_text="Stands in place of the lead's.")
    pinned_until = models.DateTimeField(null=True, blank=True, help_text="On top of its lists until then.")
    is_closed = models.BooleanField(default=False, help_text="No further article joins.")
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="story_key_once"),
            models.CheckConstraint(condition=Q(independents__lte=F("outlets")), name="story_independents_are_outlets"),
        ]
        indexes = [
            models.Index(fields=["-weight", "-id"], name="story_weight", condition=Q(merged_into=None)),
            models.Index(fields=["section", "-weight", "-id"], name="story_section_weight"),
            models.Index(fields=["-moved_at", "-id"], name="story_moved"),
            # Nearly all stories have neither: SQLite takes an index of all of them for useless, and reads them all.
            models.Index(fields=["continues"], name="story_continues", condition=Q(continues__isnull=False)),
            models.Index(fields=["merged_into"], name="story_merged", condition=Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def path(self) -> str:
        return f"/stories/{self.pk}-{self.slug}" if self.slug else f"/stories/{self.pk}"

    @property
    def tag(self) -> str:
        return f"story:{self.pk}"


class Membership(models.Model):
    """That an article belongs to a story, and, for a copy, whose copy it is."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="membership")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, db_index=False, related_name="memberships")
    sequence = models.BigIntegerField(help_text="Place in the grouping stream; the state is rebuilt in this order.")
    reason = models.CharField(max_length=200, blank=True)
    original = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="copies")
    copy_kind = models.CharField(max_length=20, blank=True)
    share_kept = models.FloatField(null=True, help_text="Share of the original's words that the copy keeps.")
    is_fixed = models.BooleanField(default=False, help_text="An editor placed it; the machine leaves it there.")
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sequence"], name="membership_sequence_once"),
            models.CheckConstraint(condition=~Q(original=F("article")), name="membership_no_copy_of_itself"),
        ]
        indexes = [
            # With the article: a search asks for those of twenty stories, and nothing else of them.
            models.Index(fields=["story", "sequence", "article"], name="membership_story"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.story_id}"


class GroupingStream(models.Model):
    """The one ordered stream of grouping. Who locks its row may append; `sequence` is the last place given."""

    name = models.CharField(max_length=20)
    sequence = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="grouping_stream_once")]

    def __str__(self) -> str:
        return self.name


class StoryChange(models.Model):
    """A correction of the grouping: an article moved, a story was absorbed, an editor's act."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="changes")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="story_changes")
    from_story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=150, blank=True, help_text="Who did it; empty: the machine.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["story", "-at"], name="story_change_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.story_id}"


class Measured(models.Model):
    """What was measured of a publisher over the last days, as `measuring.Measures`. Counting means reading all reports
    of these days, so it is done once an hour and not for a page."""

    publisher = models.OneToOneField(Publisher, on_delete=models.CASCADE, primary_key=True, related_name="measured")
    reports = models.PositiveIntegerField(default=0)
    walled = models.PositiveIntegerField(default=0)
    grouped = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)
    corrections = models.PositiveIntegerField(default=0)
    silent_edits = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"measures of {self.publisher_id}"


class Quotation(models.Model):
    """Words between quotation marks with their exact place in the article's text.

    text is `Article text[start:end]`; speaker is the mention as it stands there, name the person it means.
    Where only some of an article's quotations may be shown, it is those of the lowest rank, in every output.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quotations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    speaker = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=120, blank=True, help_text="Slug of the person's topic; empty: no full name.")
    rank = models.PositiveSmallIntegerField(default=0, help_text="Place among the article's own, the best is 0.")
    shown_at = models.DateTimeField(help_text="The article's, so that a person's newest are found by index.")
    same_key = models.CharField(max_length=32, help_text="Equal for the same words in several articles.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "start"], name="quotation_place_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quotation_not_empty"),
        ]
        indexes = [
            models.Index(fields=["same_key"], name="quotation_same"),
            models.Index(fields=["person", "-shown_at", "-id"], name="quotation_person_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.speaker}: {self.text[:60]}"
