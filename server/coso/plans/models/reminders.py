"""Reminders (đôn đốc): the rules by which they go out, and each that did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.models import Person
from coso.plans.models.work import Part


class ReminderLevel(models.IntegerChoices):
    """Who is told: each level is told beside those before it."""

    UNIT = 1, _("Who reports for the unit")
    LEADER = 2, _("The unit's leader as well")
    OWNER = 3, _("Who shared the work out as well")


class ReminderRule(models.Model):
    """A day before or after the deadline on which a part that is not done is reminded of."""

    days = models.SmallIntegerField(unique=True, help_text="after the deadline; before it when negative")
    level = models.PositiveSmallIntegerField(choices=ReminderLevel.choices, default=ReminderLevel.UNIT)

    class Meta:
        ordering = ["days"]

    def __str__(self) -> str:
        return f"{self.days}: {self.get_level_display()}"


class Reminder(models.Model):
    """One reminder about one part: by a rule (no person), or by hand."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="reminders")
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    days = models.SmallIntegerField(null=True, blank=True, help_text="the rule's day, for a reminder by rule")
    due_on = models.DateField(null=True, blank=True, help_text="the deadline that it was about")
    level = models.PositiveSmallIntegerField(choices=ReminderLevel.choices, default=ReminderLevel.UNIT)
    words = models.TextField(blank=True)
    told = models.PositiveIntegerField(default=0, help_text="how many people it reached")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            # A later deadline, once granted, begins the rules anew; one rule never sounds twice for one deadline.
            models.UniqueConstraint(
                fields=["part", "days", "due_on"], condition=models.Q(sent_by=None), name="reminder_rule_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.sent_at}"
