"""True boundaries, as the operator gives them; without them maps show sketched cells."""

from django.db import models

from coso.kit import clock


class BoundaryFile(models.Model):
    """One GeoJSON file of boundaries by unit code, true for the units of a day."""

    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, help_text="the cleaned file among the blobs")
    true_on = models.DateField(help_text="a day on which these boundaries held")
    units = models.PositiveIntegerField(help_text="how many units it draws")
    source = models.CharField(max_length=200, help_text="who gave it, under which licence")
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-true_on", "-pk"]

    def __str__(self) -> str:
        return self.name
