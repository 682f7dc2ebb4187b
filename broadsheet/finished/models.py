"""What must be thrown away: one row for each thing that changed, written with the change itself.

A finished page remembers the tags of the things it shows. Who changes a thing writes its tag here in the same
transaction, so a page can never outlive what it shows, whichever process or host holds it and whoever is killed.
"""

from __future__ import annotations

from django.db import models


class Purge(models.Model):
    """The thing under `tag` changed: pages that show it are stale from this row on. Rows are pruned after a day."""

    id = models.BigAutoField(primary_key=True)
    tag = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="purge_at")]

    def __str__(self) -> str:
        return self.tag
