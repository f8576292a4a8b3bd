"""Writing tasks: making them, sharing them out, reporting on parts, evidence, later deadlines."""

from coso.plans.actions.calendars import make_calendar_address, withdraw_calendar_address
from coso.plans.actions.closing import close_tasks
from coso.plans.actions.commitments import open_commitment, withdraw_commitment
from coso.plans.actions.evidence import attach_evidence
from coso.plans.actions.extensions import answer_extension, ask_extension
from coso.plans.actions.files import add_file, remove_file
from coso.plans.actions.occurrences import open_due
from coso.plans.actions.reminders import MOST_AT_ONCE, drop_reminder_rule, remind, remind_due, set_reminder_rule
from coso.plans.actions.sharing import add_period, change_part, drop_part, give_part, set_rhythm
from coso.plans.actions.tasks import make_tasks
from coso.plans.actions.work import clear_blocker, raise_blocker, report_part, return_part

__all__ = [
    "MOST_AT_ONCE",
    "add_file",
    "add_period",
    "answer_extension",
    "ask_extension",
    "attach_evidence",
    "change_part",
    "clear_blocker",
    "close_tasks",
    "drop_part",
    "drop_reminder_rule",
    "give_part",
    "make_calendar_address",
    "make_tasks",
    "open_commitment",
    "open_due",
    "raise_blocker",
    "remind",
    "remind_due",
    "remove_file",
    "report_part",
    "return_part",
    "set_reminder_rule",
    "set_rhythm",
    "withdraw_calendar_address",
    "withdraw_commitment",
]
