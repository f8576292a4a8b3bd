"""How rounds, inspections and defects look: a word, a tone, an icon."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.kit import clock
from coso.registry.models import Defect, DefectState, Inspection, InspectionRound, RoundState
from coso.registry.rules import answers, defects
from coso.ui import show
from coso.ui.chips import Chip, Tone

_ROUND = {
    RoundState.DRAFT: (Tone.WAITING, "draft"),
    RoundState.OPEN: (Tone.ACTIVE, ""),
    RoundState.CLOSED: (Tone.DONE, "lock"),
}
_DEFECT = {
    DefectState.OPEN: (Tone.NEED, "alert"),
    DefectState.IN_REPAIR: (Tone.ACTIVE, ""),
    DefectState.MENDED: (Tone.DONE, ""),
    DefectState.DROPPED: (Tone.OFF, "cancelled"),
}


def round_chip(round_: InspectionRound) -> Chip:
    """Tell where a round is."""
    tone, icon = _ROUND[RoundState(round_.state)]
    return Chip(round_.get_state_display(), tone, icon=icon)


def defect_chip(defect: Defect) -> Chip:
    """Tell where a defect is."""
    tone, icon = _DEFECT[DefectState(defect.state)]
    return Chip(defect.get_state_display(), tone, icon=icon)


def late_chip(defect: Defect, today: date | None = None) -> Chip | None:
    """Tell that a defect is overdue, and by how many days."""
    day = today or clock.today()
    if not defects.is_overdue(defects.State(defect.state), defect.due_on, day):
        return None
    days = (day - defect.due_on).days
    words = ngettext("%(count)s day overdue", "%(count)s days overdue", days) % {"count": days}
    return Chip(words, Tone.DANGER, icon="late")


def inspection_chip(inspection: Inspection | None, conflicts: int = 0) -> Chip:
    """Tell how far the inspection of a facility has come."""
    if conflicts:
        return Chip(_("Two versions"), Tone.DANGER, icon="split")
    if inspection is None:
        return Chip(_("Not looked at"), Tone.WAITING, icon="empty-circle")
    if not inspection.is_done:
        return Chip(_("Begun"), Tone.NEED, icon="draft")
    if inspection.findings:
        words = ngettext("%(count)s finding", "%(count)s findings", inspection.findings)
        return Chip(words % {"count": inspection.findings}, Tone.NEED, icon="alert")
    return Chip(_("In order"), Tone.DONE)


def value_words(value: Any) -> str:
    """Say an answer's value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, int | float):
        return str(show.number(value))
    known = {answers.YES: _("Yes"), answers.NO: _("No"), answers.NOT_APPLICABLE: _("Does not apply")}
    return known.get(value) or str(value)


def answer_chip(answer: dict[str, Any] | None) -> Chip | str:
    """Show an answer: yes, no and "does not apply" as states, all others as they were written."""
    value = (answer or {}).get("value")
    tones = {answers.YES: Tone.DONE, answers.NO: Tone.DANGER, answers.NOT_APPLICABLE: Tone.OFF}
    words = value_words(value)
    return Chip(words, tones[value]) if isinstance(value, str) and value in tones else words or "–"
