"""How often pages were opened: sums of a day, of everybody together."""

from __future__ import annotations

from django.db import models


class PageCount(models.Model):
    """Openings of one thing on one day (UTC). kind: article, story, source, front or referrer; name: its number, slug
    or host. There is nothing here of any one reader."""

    day = models.DateField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "name"], name="page_count_once")]
        indexes = [models.Index(fields=["kind", "name", "day"], name="page_count_thing")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.name}: {self.count}"
