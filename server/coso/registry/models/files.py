"""Stored files that nobody chose to keep, until they are erased."""

from django.db import models

from coso.kit import clock


class DroppedFile(models.Model):
    """A photo taken off an inspection, or boundaries looked at: erased some days later if nothing holds it."""

    sha256 = models.CharField(max_length=64, unique=True, help_text="the file among the blobs")
    dropped_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return self.sha256[:8]
