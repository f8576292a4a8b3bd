"""Bodies with their validity and successors, and which of them leads the field."""

from typing import Any

from django.db import models

from coso.kit import text
from coso.places.models import Place


class Organization(models.Model):
    """A body under one name and one span of time (a department, a committee, a newspaper)."""

    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=40)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="origins")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="the last day; empty while it is valid")
    dates_verified = models.BooleanField(default=True)
    successor_verified = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="organization_code_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.folded = text.fold(f"{self.name} {self.short_name}")
        self.sort_key = text.sort_key(self.name)[:600]
        super().save(*args, **kwargs)


class FieldLead(models.Model):
    """The body that leads grassroots information in the province from a day on: a setting, not a fact of the code."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="leads")
    from_on = models.DateField(unique=True)
    source = models.CharField(max_length=200, blank=True, help_text="the document that says so")
    is_verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["-from_on"]

    def __str__(self) -> str:
        return f"{self.organization}, {self.from_on}"
