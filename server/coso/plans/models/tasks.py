"""Tasks and duties of confirmed documents, and the units that do them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.documents.models import Document
from coso.kit import text
from coso.organizations.models import Organization, Person


class TaskKind(models.TextChoices):
    """A numbered task of the plan's body, or a standing duty of one actor (tổ chức thực hiện)."""

    TASK = "task", _("Task")
    DUTY = "duty", _("Duty")


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")


class UnitRole(models.TextChoices):
    """What a unit does in a task."""

    LEAD = "lead", _("Leads")
    COORDINATING = "coordinating", _("Coordinates")
    IMPLEMENTING = "implementing", _("Implements")


class Task(models.Model):
    """One thing a document orders."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=6, choices=TaskKind.choices, default=TaskKind.TASK)
    ref = models.CharField(max_length=20, help_text="its number in the document, such as II.3")
    position = models.PositiveIntegerField()
    title = models.TextField()
    items = models.JSONField(default=list, help_text="the paragraphs of a duty")
    time_text = models.CharField(max_length=300, blank=True)
    due = models.CharField(max_length=12, blank=True, help_text="ISO at the precision given: 2017-06, 2027-Q2, 2030")
    due_on = models.DateField(null=True, blank=True, help_text="the last day of `due`")
    recurrence = models.CharField(max_length=12, blank=True)
    lead_is_request = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=TaskState.choices, default=TaskState.OPEN, help_text="rolled up from its occurrences"
    )
    source = models.JSONField(default=list, help_text="[start, end] in the document's text, where the task stands")
    rhythm = models.CharField(
        max_length=12, blank=True, help_text="how often a continuous task is reported on, set by its owner"
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="the task of the earlier document that this one amends",
    )
    ended_by = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the later document that orders it no more",
    )
    is_public = models.BooleanField(default=False, help_text="stands on the public page of commitments")
    public_words = models.TextField(blank=True, help_text="the commitment in plain words, for residents")
    published_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "ref", "position"], name="task_once")]

    def __str__(self) -> str:
        return f"{self.ref}. {self.title}" if self.ref else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with the title."""
        self.folded = text.fold(f"{self.ref} {self.title}")
        super().save(*args, **kwargs)


class TaskUnit(models.Model):
    """A unit named by a task, as the document writes it, joined to an organization where one is known."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="units")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=300)
    group = models.CharField(max_length=300, blank=True, help_text="the group as written, where this is one of it")
    role = models.CharField(max_length=12, choices=UnitRole.choices)
    text = models.TextField(blank=True, help_text="the unit's own part of the task, where the document gives one")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["task", "position"]

    def __str__(self) -> str:
        return self.name
