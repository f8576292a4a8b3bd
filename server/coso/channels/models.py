"""What the simple channels keep: a communicator's word that a village was told."""

from django.db import models

from coso.kit import clock
from coso.newsroom.models import Bulletin
from coso.organizations.models import Person
from coso.places.models import Place


class Telling(models.Model):
    """A named person states that he told a village a bulletin (Nghị định 49/2024/NĐ-CP, Điều 21-22)."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="tellings")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "village"], condition=models.Q(withdrawn_at=None), name="telling_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.village}: {self.bulletin}"
