"""Files that were handed in to be read, kept also where the reading failed, so that it can be tried again."""

from django.db import models

from coso.documents.models.documents import Document
from coso.kit import clock, ids
from coso.organizations.models import Person


class Upload(models.Model):
    """One file handed in; its bytes lie among the blobs by hash."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(help_text="bytes")
    problem = models.CharField(max_length=40, blank=True, help_text="the error's code; empty once it was read")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="when a person, or time, took it away")

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
