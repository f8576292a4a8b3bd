"""How the state of a task looks."""

from datetime import date

from django.utils.translation import gettext as _

from coso.documents.models import Recurrence
from coso.kit.dates import words
from coso.plans.models import Task, TaskState
from coso.plans.rules import State, is_overdue
from coso.ui.chips import Chip, Tone

_TONES = {TaskState.OPEN: Tone.WAITING, TaskState.UNDER_WAY: Tone.ACTIVE, TaskState.DONE: Tone.DONE}


def state_chip(task: Task, today: date) -> Chip:
    """Give the chip of a task: late when its deadline has passed."""
    if is_overdue(state=State(task.state), due_on=task.due_on, today=today):
        return Chip(_("Late"), Tone.NEED)
    return Chip(task.get_state_display(), _TONES[TaskState(task.state)])


def time_of(task: Task) -> str:
    """Say until when or how often, in words; as the document writes it where that is not understood."""
    if task.due:
        return words(task.due)
    return str(dict(Recurrence.choices).get(task.recurrence, task.time_text))
