"""Tasks of plans, the work on them, evidence, reminders."""

from coso.plans.models.calendars import CalendarAddress
from coso.plans.models.evidence import Attachment, Evidence
from coso.plans.models.reminders import Reminder, ReminderLevel, ReminderRule
from coso.plans.models.tasks import Task, TaskKind, TaskState, TaskUnit, UnitRole
from coso.plans.models.work import Blocker, Extension, ExtensionState, Occurrence, Part, Progress

__all__ = [
    "Attachment",
    "Blocker",
    "CalendarAddress",
    "Evidence",
    "Extension",
    "ExtensionState",
    "Occurrence",
    "Part",
    "Progress",
    "Reminder",
    "ReminderLevel",
    "ReminderRule",
    "Task",
    "TaskKind",
    "TaskState",
    "TaskUnit",
    "UnitRole",
]
