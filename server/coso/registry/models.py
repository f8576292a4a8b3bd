"""Stations and their speaker clusters."""

from typing import Any

from django.db import models

from coso.kit import text
from coso.places.models import Place


class Station(models.Model):
    """The loudspeaker station of a commune (Nghị định 49/2024/NĐ-CP, Điều 7)."""

    name = models.CharField(max_length=160)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stations")
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class SpeakerCluster(models.Model):
    """One receiver with its speakers, and the villages that hear it."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=160)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="clusters")
    villages = models.ManyToManyField(Place, related_name="clusters")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_networked = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.folded = text.fold(f"{self.code} {self.name}")
        self.sort_key = text.sort_key(self.name)[:600]
        super().save(*args, **kwargs)
