"""The units that a document names, each joined to bodies of that day by a person's word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.documents.models.documents import Document
from coso.kit import text
from coso.organizations.models import Organization


class UnitKind(models.TextChoices):
    """What a name stands for."""

    BODY = "body", _("One body")
    GROUP = "group", _("A group of bodies")
    OUTSIDE = "outside", _("Nobody in this system")
    UNKNOWN = "unknown", _("Not found yet")


class NamedUnit(models.Model):
    """One name as a document writes it, and the bodies it stands for on the day of issue.

    A group keeps every body it meant on that day; today's successors follow from them when read.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="named_units")
    name = models.CharField(max_length=300, help_text="as written")
    folded = models.CharField(max_length=300, editable=False)
    kind = models.CharField(max_length=8, choices=UnitKind.choices, default=UnitKind.UNKNOWN)
    organizations = models.ManyToManyField(Organization, blank=True, related_name="+")
    by_person = models.BooleanField(default=False, help_text="chosen by a person, not only proposed")

    class Meta:
        ordering = ["document", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "folded"], name="named_unit_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the searched form in step with the name."""
        self.folded = text.fold(self.name)[:300]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
