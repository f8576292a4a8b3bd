"""Speaker clusters: receivers with their loudspeakers."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import text
from coso.places.models import Place
from coso.registry.models.facilities import Station


class Link(models.TextChoices):
    """How a cluster is joined to the network."""

    SIM = "sim", _("Mobile network (SIM)")
    WIFI = "wifi", _("Wi-Fi")
    LAN = "lan", _("Cable (LAN)")
    NONE = "none", _("None")


class Power(models.TextChoices):
    """Where a cluster has its power from."""

    GRID = "grid", _("The grid alone")
    GRID_AND_BATTERY = "grid_battery", _("The grid with a battery")
    SOLAR = "solar", _("Solar with a battery")


class SpeakerCluster(models.Model):
    """One receiver with its speakers, and the villages that hear it."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=160)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="clusters")
    villages = models.ManyToManyField(Place, related_name="clusters")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_networked = models.BooleanField(default=True)
    link = models.CharField(max_length=4, choices=Link.choices, blank=True, help_text="empty while nobody has said")
    power = models.CharField(max_length=12, choices=Power.choices, blank=True)
    battery_hours = models.FloatField(null=True, blank=True)
    range_m = models.PositiveIntegerField(null=True, blank=True, help_text="how far it is heard, in metres")
    installed_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True, help_text="the last day; empty while it stands")
    is_sample = models.BooleanField(default=False)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.index_name()
        super().save(*args, **kwargs)

    def index_name(self) -> None:
        """Set the searched form and the order from the code and the name."""
        self.folded = text.fold(f"{self.code} {self.name}")
        self.sort_key = text.sort_key(self.name)[:600]

    @property
    def is_retired(self) -> bool:
        """Tell whether it was taken down: nobody hears it any more."""
        return self.retired_on is not None
