"""Labels of an area, each by the decision that gives it: difficulty, audience, language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.places.models.units import Place


class LabelFamily(models.TextChoices):
    """What a label tells of an area. None tells of a household or a person, and none counts people."""

    DIFFICULTY = "difficulty", _("Difficulty")
    AUDIENCE = "audience", _("Audience")
    LANGUAGE = "language", _("Language needed")


class LabelKind(models.Model):
    """One label that areas may carry: mountain, border, coastal, …"""

    code = models.SlugField(primary_key=True, max_length=40)
    family = models.CharField(max_length=12, choices=LabelFamily.choices)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True, help_text="the document that the label comes from")
    is_verified = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["family", "order", "code"]

    def __str__(self) -> str:
        return self.name


class AreaLabel(models.Model):
    """A commune or a village carries a label from a day on, by a decision."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="labels")
    kind = models.ForeignKey(LabelKind, on_delete=models.PROTECT, related_name="labels")
    decision = models.CharField(max_length=200, help_text="the number and date of the decision that gives it")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="the last day; empty while it holds")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "valid_from"], name="area_label_once"),
            models.UniqueConstraint(
                fields=["place", "kind"], condition=models.Q(valid_to=None), name="area_label_held_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="area_label_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}"
