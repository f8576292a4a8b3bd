"""How institutions are used (Kế hoạch 82/KH-UBND, IV.2): counts by month, tours of the mobile teams. Never who came."""

from django.db import models

from coso.kit import clock
from coso.organizations.models import Person
from coso.places.models import Place
from coso.registry.models.facilities import Facility


class MonthOfUse(models.Model):
    """What a facility counted in one month."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="months")
    month = models.DateField(help_text="its first day")
    activities = models.PositiveIntegerField(default=0, help_text="meetings, performances, classes held")
    visits = models.PositiveIntegerField(default=0)
    loans = models.PositiveIntegerField(default=0, help_text="books and documents lent")
    told_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "month"], name="month_of_use_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="month_of_use_begins_it"),
        ]

    def __str__(self) -> str:
        return f"{self.facility}, {self.month:%m/%Y}"


class Tour(models.Model):
    """A mobile team went to a place."""

    team = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="tours")
    on = models.DateField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tours")
    topic = models.CharField(max_length=200)
    people = models.PositiveIntegerField(null=True, blank=True, help_text="how many came, about; no list is kept")
    told_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.team}, {self.place}, {self.on}"
