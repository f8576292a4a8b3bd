"""How tasks and parts look: their states, their times, the roles in them."""

from datetime import date

from django.utils.translation import gettext as _

from coso.documents.models import DocumentState, Recurrence
from coso.kit.dates import words
from coso.plans.models import Occurrence, Part, Task, TaskState
from coso.plans.rules import State, is_overdue
from coso.plans.words import period_words
from coso.ui.chips import Chip, Tone

TONES = {TaskState.OPEN: Tone.WAITING, TaskState.UNDER_WAY: Tone.ACTIVE, TaskState.DONE: Tone.DONE}


def is_closed(task: Task) -> bool:
    """Tell whether a task asks nothing any more: its document was withdrawn, or a later one orders it no more."""
    return task.ended_by_id is not None or task.document.state == DocumentState.WITHDRAWN


def closed_chip(task: Task) -> Chip:
    """Give the chip of a closed task: withdrawn with its document, or left out by a later one."""
    words = _("Left out by a later document") if task.ended_by_id is not None else _("Withdrawn")
    return Chip(words, Tone.OFF, icon="withdrawn")


def late_chip() -> Chip:
    """Give the chip of what is late."""
    return Chip(_("Late"), Tone.NEED, icon="late")


def state_chip(task: Task, today: date) -> Chip:
    """Give the chip of a task: late when a part of it is (`is_late`, where it was asked), else by its deadline."""
    if is_closed(task):
        return closed_chip(task)
    late = getattr(task, "is_late", None)
    if late is None:
        late = is_overdue(state=State(task.state), due_on=task.due_on, today=today)
    return late_chip() if late else Chip(task.get_state_display(), TONES[TaskState(task.state)])


def occurrence_chip(occurrence: Occurrence, today: date) -> Chip:
    """Give the chip of an occurrence: ahead, late, or its state."""
    if occurrence.period_from > today:
        return Chip(_("Ahead"), Tone.WAITING, icon="scheduled")
    if is_overdue(state=State(occurrence.state), due_on=occurrence.due_on, today=today):
        return late_chip()
    return Chip(occurrence.get_state_display(), TONES[TaskState(occurrence.state)])


def part_chip(part: Part, today: date) -> Chip:
    """Give the one chip that says most of a part: taken away, late, or its state."""
    if part.dropped_at is not None:
        return Chip(_("Taken away"), Tone.OFF, icon="withdrawn")
    if is_closed(part.occurrence.task):
        return closed_chip(part.occurrence.task)
    if is_overdue(state=State(part.state), due_on=part.deadline, today=today):
        return late_chip()
    return Chip(part.get_state_display(), TONES[TaskState(part.state)])


def matter_chips(part: Part) -> list[Chip]:
    """Give chips for what waits for somebody; the part comes from `queries.with_open_matters`."""
    if part.state == TaskState.DONE or part.dropped_at is not None or is_closed(part.occurrence.task):
        return []
    found = []
    if getattr(part, "is_blocked", False):
        found.append(Chip(_("Something is in the way"), Tone.NEED, icon="hand"))
    if getattr(part, "asks", False):
        found.append(Chip(_("Extension asked for"), Tone.WAITING, icon="stopwatch"))
    return found


def time_of(task: Task) -> str:
    """Say until when or how often, in words; as the document writes it where that is not understood."""
    if task.due:
        return words(task.due)
    said = str(dict(Recurrence.choices).get(task.recurrence, task.time_text))
    if task.rhythm:
        rhythm = str(dict(Recurrence.choices).get(task.rhythm, ""))
        return _("%(time)s; reported on: %(rhythm)s") % {"time": said or _("No deadline"), "rhythm": rhythm.lower()}
    return said


def period_of(occurrence: Occurrence) -> str:
    """Name the period of an occurrence."""
    return period_words(occurrence.period_from, occurrence.period_to)
