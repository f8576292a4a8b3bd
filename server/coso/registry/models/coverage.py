"""What is known of the mobile signal in a village, for coverage."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.places.models import Place


class SignalStrength(models.TextChoices):
    """How well phones work in a village."""

    NONE = "none", _("No signal")
    WEAK = "weak", _("Weak signal")
    GOOD = "good", _("Good signal")


class Signal(models.Model):
    """The mobile signal of a village, as somebody noted it."""

    village = models.OneToOneField(Place, primary_key=True, on_delete=models.CASCADE, related_name="signal")
    strength = models.CharField(max_length=4, choices=SignalStrength.choices)
    noted_on = models.DateField(default=clock.today)
    source = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.village}: {self.strength}"
