"""What a person did to the units from a day on: rename, merge, split, give a part, move, abolish a level."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, text


class ChangeKind(models.TextChoices):
    """The operations on units."""

    RENAME = "rename", _("Rename")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")
    CEDE = "cede", _("Give a part to another unit")
    MOVE = "move", _("Move under another unit")
    ABOLISH = "abolish", _("Abolish a level")


class ChangeState(models.TextChoices):
    """Whether a change waits for its day, holds, or was taken back."""

    PLANNED = "planned", _("Planned")
    IN_FORCE = "in_force", _("In force")
    UNDONE = "undone", _("Undone")


class Change(models.Model):
    """One operation, with the decision that orders it; the units that it began and ended point to it.

    What it was is kept in words too: an undone one has no units left.
    """

    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PLANNED)
    from_on = models.DateField(help_text="the first day of the new units")
    decision = models.CharField(max_length=200, help_text="the number and date of the resolution or decision")
    note = models.CharField(max_length=300, blank=True)
    before = models.TextField(blank=True, help_text="the units that it is about, by name")
    after = models.TextField(blank=True, help_text="the units that it leads to, by name")
    folded = models.TextField(editable=False, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ChangeState.UNDONE) ^ models.Q(undone_at=None),
                name="change_undone_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.from_on:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step."""
        self.folded = text.fold(f"{self.before} {self.after} {self.decision}")
        super().save(*args, **kwargs)
