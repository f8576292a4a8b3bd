"""Administrative units with their validity, and what followed them."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, text
from coso.kit.fields import PathField
from coso.places.models.changes import Change
from coso.places.rules.spans import is_valid


class Level(models.TextChoices):
    """The four levels of 2017; since 01/7/2025 no district is valid."""

    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")
    VILLAGE = "village", _("Village")


class Place(models.Model):
    """One unit under one name, one parent and one span of time.

    Codes and names are both used again over time (18073 was Phường Nam Hà and is Phường Thành Sen), so a unit is
    its code, name and validity; records of other apps point to the row.
    """

    code = models.CharField(max_length=20, db_index=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = PathField(max_length=120, db_index=True, help_text="ids from the root: '/1/7/93/'")
    current = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="formerly",
        help_text="the unit of today that holds this one's: itself while it lasts; empty when nothing was traced",
    )
    current_path = PathField(max_length=120, db_index=True, help_text="where it lies today: the path of `current`")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="the last day; empty while it is valid")
    dates_verified = models.BooleanField(default=True)
    begun_by = models.ForeignKey(Change, null=True, blank=True, on_delete=models.PROTECT, related_name="begun")
    ended_by = models.ForeignKey(Change, null=True, blank=True, on_delete=models.PROTECT, related_name="ended")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)
    figures_estimated = models.BooleanField(
        default=False, help_text="its people were divided by shares when a change was undone, and not counted since"
    )
    is_sample = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key", "valid_from"]
        indexes = [
            # On which days the list of communes changed is asked by every page that offers these days. Not of the
            # villages: without statistics SQLite takes an index by level for the best way to a province's own.
            models.Index(
                fields=["valid_from"],
                condition=models.Q(level__in=["district", "commune"]),
                name="place_above_villages_from",
            )
        ]
        constraints = [
            # No two units of one code on one day, as far as a constraint can hold it on either database.
            models.UniqueConstraint(fields=["code", "valid_from"], name="place_code_from"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_to=None), name="place_code_once_today"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="place_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form, the order and the path in step with the name and the parent."""
        self.index_name()
        super().save(*args, **kwargs)
        path = self.true_path
        if path != self.path or self.current_id is None:
            self.path = path
            self.stand_today()
            type(self).objects.filter(pk=self.pk).update(
                path=path, current=self.current_id, current_path=self.current_path
            )

    def index_name(self) -> None:
        """Set the searched form and the order from the name."""
        self.folded, self.sort_key = text.fold(self.name), text.sort_key(self.name)[:400]

    def stand_today(self) -> None:
        """Say where the unit itself lies today: where it stands while it lasts.

        Of one that ended its own row knows no more than that it lies under its parent, traced or not;
        `places.actions.refresh_currents` follows the successions.
        """
        if self.valid_to is None or self.valid_to >= clock.today():
            self.current_id, self.current_path = self.pk, self.path
        else:
            self.current_path = f"{self.parent.current_path if self.parent else '/'}{self.pk}/"

    @property
    def true_path(self) -> str:
        """The path that follows from the parent; the stored one is set from it."""
        return f"{self.parent.path if self.parent else '/'}{self.pk}/"

    def is_within(self, other: "Place") -> bool:
        """Tell whether this unit is the other one or lies under it, by the units of today."""
        return self.current_path.startswith(other.current_path)

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the unit exists on a day."""
        return is_valid(self.valid_from, self.valid_to, day)


class Succession(models.Model):
    """A unit, whole or in part, went into another one."""

    predecessor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="origins")
    is_whole = models.BooleanField(default=True)
    is_default = models.BooleanField(default=True, help_text="where a record goes that cannot be divided")
    share = models.FloatField(null=True, blank=True, help_text="part of the population, 0 to 1; empty when unknown")
    is_verified = models.BooleanField(default=True)
    source = models.CharField(max_length=200, blank=True)
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.PROTECT, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=models.Q(is_default=True), name="succession_has_one_default"
            ),
            models.UniqueConstraint(
                fields=["predecessor"], condition=models.Q(is_whole=True), name="succession_of_a_whole_is_alone"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_leads_elsewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(share=None) | models.Q(share__gte=0, share__lte=1), name="succession_share_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
