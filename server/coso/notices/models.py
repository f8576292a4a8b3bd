"""Notices to people."""

from django.db import models

from coso.kit import clock
from coso.organizations.models import Person


class Notice(models.Model):
    """One thing one person is told; the sentence is made when read, from `kind` and `data`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=120, help_text="the record it is about, as 'kind:id'")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "seen_at"], name="notice_unseen")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
