"""Official documents that were imported, and what the reader found in them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, ids, text
from coso.organizations.models import Organization, Person


class DocumentState(models.TextChoices):
    """Read by the program, then confirmed by a person."""

    READ = "read", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Recurrence(models.TextChoices):
    """How often a document orders something, as the reader names it."""

    ANNUAL = "annual", _("Every year")
    HALF_YEARLY = "half_yearly", _("Every half-year")
    QUARTERLY = "quarterly", _("Every quarter")
    MONTHLY = "monthly", _("Every month")
    WEEKLY = "weekly", _("Every week")
    DAILY = "daily", _("Every day")
    CONTINUOUS = "continuous", _("Continuously")


class Document(models.Model):
    """One document: its text, where each value came from, and what a person confirmed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, db_index=True)
    file_format = models.CharField(max_length=10)
    text = models.TextField()
    found = models.JSONField(default=dict, help_text="what the reader found, with spans; never changed")
    structure = models.JSONField(default=dict, help_text="what stands now, after a person's corrections")

    kind = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500, blank=True)
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT)
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="the earlier document that this one amends or replaces",
    )
    earlier_decided = models.BooleanField(
        default=False,
        help_text="a person said which document this one amends, or that it amends none",
    )

    state = models.CharField(max_length=12, choices=DocumentState.choices, default=DocumentState.READ)
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    folded = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["-imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_sha256"], condition=~models.Q(state="withdrawn"), name="document_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.symbol}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with what names the document."""
        self.folded = text.fold(f"{self.number}/{self.symbol} {self.kind} {self.issuer} {self.title} {self.file_name}")
        super().save(*args, **kwargs)
