"""What a person did to the units from a day on: rename, merge, split, move, abolish a level."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock


class ChangeKind(models.TextChoices):
    """The operations on units."""

    RENAME = "rename", _("Rename")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")
    MOVE = "move", _("Move under another unit")
    ABOLISH = "abolish", _("Abolish a level")


class ChangeState(models.TextChoices):
    """Whether a change waits for its day, holds, or was taken back."""

    PLANNED = "planned", _("Planned")
    IN_FORCE = "in_force", _("In force")
    UNDONE = "undone", _("Undone")


class Change(models.Model):
    """One operation, with the decision that orders it; the units that it began and ended point to it."""

    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PLANNED)
    from_on = models.DateField(help_text="the first day of the new units")
    decision = models.CharField(max_length=200, help_text="the number and date of the resolution or decision")
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.from_on}"
