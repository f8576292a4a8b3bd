"""What the province promised and how far it has come: the tasks that their owners opened to residents."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.text import fold
from coso.plans import queries, rules
from coso.plans.models import Occurrence, Task, TaskState
from coso.plans.words import period_words
from coso.portal.web.views import whole_name
from coso.ui.chips import Chip, Tone
from coso.ui.parts import Crumb

TONES = {TaskState.OPEN: Tone.WAITING, TaskState.UNDER_WAY: Tone.ACTIVE, TaskState.DONE: Tone.DONE}
MOST_MILESTONES = 12


def _chip(state: str, *, late: bool) -> Chip:
    if late:
        return Chip(_("Late"), Tone.NEED, icon="late")
    return Chip(TaskState(state).label, TONES[TaskState(state)])


def _milestone(one: Occurrence) -> dict[str, Any]:
    late = rules.is_overdue(state=rules.State(one.state), due_on=one.due_on, today=clock.today())
    return {
        "period": period_words(one.period_from, one.period_to),
        "due_on": one.due_on,
        "done_at": one.done_at,
        "chip": _chip(one.state, late=late),
    }


def _row(task: Task, leads: dict[int, list[str]]) -> dict[str, Any]:
    late = bool(getattr(task, "late", False)) and task.state != TaskState.DONE
    return {"task": task, "chip": _chip(task.state, late=late), "leads": leads[task.pk]}


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """List what was opened to residents: `q` words of it, `tt` its state."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    states = [("late", _("Late")), *TaskState.choices]
    state = next((value for value, _label in states if value == request.GET.get("tt")), "")
    found = queries.in_public_state(queries.commitments(), state)
    found = queries.with_public_words(found, fold(typed).split()[:8])
    page = Paginator(found, 12).get_page(request.GET.get("page"))
    count, shown = page.paginator.count, list(page)
    leads = queries.leading(shown)
    context = {
        "title": _("Commitments and progress"),
        "place_name": whole_name(),
        "sentence": ngettext("%(count)s commitment.", "%(count)s commitments.", count) % {"count": count},
        "typed": typed,
        "states": [(value, label, value == state) for value, label in states],
        "page": page,
        "rows": [_row(task, leads) for task in shown],
    }
    return render(request, "portal/commitments.html", context)


@require_safe
def commitment(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show one commitment with its milestones; 404 once it was withdrawn."""
    found = get_object_or_404(queries.with_milestones(queries.commitments()), pk=task_id)
    milestones: list[Occurrence] = found.milestones  # type: ignore[attr-defined]
    context = {
        "title": _("Commitment"),
        "place_name": whole_name(),
        "crumbs": [Crumb(_("Commitments and progress"), reverse("portal:commitments"))],
        "row": _row(found, queries.leading([found])),
        "milestones": [_milestone(one) for one in milestones[:MOST_MILESTONES]],
    }
    return render(request, "portal/commitment.html", context)
