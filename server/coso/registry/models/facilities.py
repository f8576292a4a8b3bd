"""Facilities (thiết chế) of every kind, and what is told of stations only."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, text
from coso.organizations.models import Organization
from coso.places.models import Place
from coso.registry.rules.codes import code_on_label
from coso.registry.rules.kinds import KINDS, codes_of, group_of


def kind_choices() -> list[tuple[str, str]]:
    """List the kinds as choices; a function, so that a new kind needs no migration."""
    return [(kind.code, kind.name) for kind in KINDS.values()]


class Facility(models.Model):
    """One facility where it stands, under whoever runs it."""

    kind = models.CharField(max_length=30, choices=kind_choices, default="commune_station", db_index=True)
    code = models.CharField(max_length=30, blank=True, help_text="as written on its label; unique where given")
    name = models.CharField(max_length=160)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="facilities")
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facilities",
        help_text="who runs it",
    )
    serves = models.ManyToManyField(Place, blank=True, related_name="serving", help_text="the villages that it serves")
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    keeper = models.CharField(max_length=120, blank=True, help_text="who keeps the key")
    keeper_phone = models.CharField(max_length=20, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="the last day; empty while it stands")
    registered_on = models.DateField(
        null=True,
        default=clock.today,
        editable=False,
        help_text="the day it was entered; empty for those entered before this was kept",
    )
    note = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="facility_code_once"),
            models.CheckConstraint(
                condition=models.Q(closed_on=None)
                | models.Q(opened_on=None)
                | models.Q(closed_on__gte=models.F("opened_on")),
                name="facility_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.index_name()
        super().save(*args, **kwargs)

    def index_name(self) -> None:
        """Set the searched form and the order from the code and the name."""
        self.folded = text.fold(f"{self.code} {self.name}".strip())
        self.sort_key = text.sort_key(self.name)[:600]

    @property
    def group(self) -> str:
        """What it is for: station, board, house, lending, team."""
        return group_of(self.kind)

    @property
    def is_closed(self) -> bool:
        """Tell whether it was closed."""
        return self.closed_on is not None

    @property
    def shown_code(self) -> str:
        """The code on its label: its own, or one made of its number."""
        return code_on_label(self.code, self.pk)


class Stations(models.Manager["Station"]):
    """Finds the facilities that are stations."""

    def get_queryset(self) -> models.QuerySet["Station"]:
        """List stations only."""
        return super().get_queryset().filter(kind__in=codes_of("station"))


class Station(Facility):
    """A facility that broadcasts: the loudspeaker station of a commune (Nghị định 49/2024/NĐ-CP, Điều 7), or of old."""

    objects = Stations()  # type: ignore[misc]

    class Meta:
        proxy = True


class StationMode(models.TextChoices):
    """How a station carries its sound to its loudspeakers."""

    WIRED = "wired", _("Wired")
    FM = "fm", _("FM radio")
    MIXED = "mixed", _("Wired and FM")
    IP = "ip", _("Internet and telecom (IP)")


class StationProfile(models.Model):
    """What is told of a station beside what every facility has."""

    station = models.OneToOneField(Station, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    mode = models.CharField(max_length=10, choices=StationMode.choices)
    frequency_mhz = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    licence_number = models.CharField(max_length=60, blank=True, help_text="the licence to use the frequency")
    licence_expires_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.station}: {self.get_mode_display()}"
