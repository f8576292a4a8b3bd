"""The work on a task: its occurrences, each unit's part, what was reported, what stands in the way."""

from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.models import Organization, Person
from coso.plans.models.tasks import Task, TaskState, UnitRole


class Occurrence(models.Model):
    """One time that a task is to be done: its only one, or a year, a quarter, a month of it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="occurrences")
    period_from = models.DateField(help_text="the first day of the period; of a single task the day of issue")
    period_to = models.DateField(null=True, blank=True, help_text="the last day; empty where no end is known")
    due_on = models.DateField(null=True, blank=True, db_index=True)
    state = models.CharField(
        max_length=10, choices=TaskState.choices, default=TaskState.OPEN, help_text="rolled up from its parts"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["period_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "period_from"], name="occurrence_once")]

    def __str__(self) -> str:
        return f"{self.task}, {self.period_from}"


class Part(models.Model):
    """What one unit does in one occurrence; its deadline is its own, else the occurrence's."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="parts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=12, choices=UnitRole.choices)
    text = models.TextField(blank=True, help_text="the unit's own part, as the document or the owner says it")
    due_on = models.DateField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    percent = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    climbed = models.PositiveSmallIntegerField(default=0, help_text="how many levels were told that it is overdue")
    written = models.CharField(
        max_length=600, blank=True, help_text="the bodies of then that the document names, where they are others"
    )
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="when the owner took the part away")

    class Meta:
        ordering = ["occurrence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "organization", "role"], name="part_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="part_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.occurrence.task}"

    @property
    def deadline(self) -> date | None:
        """The last day in time: the part's own, else the occurrence's."""
        return self.due_on or self.occurrence.due_on

    @property
    def said(self) -> str:
        """The body whose part it is, after the bodies of then that the document names where those are others."""
        if not self.written:
            return self.organization.said_today
        return gettext("%(body)s, now %(now)s") % {"body": self.written, "now": self.organization.said_today}


class Progress(models.Model):
    """What a unit said of its part on one day; never changed afterwards."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="progress")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=TaskState.choices)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.percent} %"


class Blocker(models.Model):
    """What stands in the way of a part, who is asked to help, and how it was cleared."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="blockers")
    words = models.TextField()
    asked = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who is to help"
    )
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    cleared_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    clearing = models.TextField(blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return self.words


class ExtensionState(models.TextChoices):
    """Asked by the unit, answered by who shared the work out."""

    ASKED = "asked", _("Extension asked for")
    GRANTED = "granted", _("Extension granted")
    REFUSED = "refused", _("Extension refused")


class Extension(models.Model):
    """A later deadline that a unit asks for."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=models.Q(state="asked"), name="extension_one_open_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.until}"
