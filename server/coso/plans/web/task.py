"""One task: who does what of it until when, how far that has come, what shows it, where the document says so."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.refs import Ref, describe_many, number_in
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.policies import may
from coso.plans import policies, ports, queries
from coso.plans.models import Evidence, Occurrence, Part, Task, TaskState, UnitRole
from coso.plans.web.chips import (
    closed_chip,
    is_closed,
    matter_chips,
    occurrence_chip,
    part_chip,
    period_of,
    state_chip,
    time_of,
)
from coso.plans.web.pages import task_crumbs
from coso.ui.parts import Step

LIFE = {TaskState.DONE: "done", TaskState.UNDER_WAY: "now", TaskState.OPEN: "now"}
MOST_STEPS = 8


@require_safe
@staff("task.read")
def task(request: StaffRequest, task_id: int) -> HttpResponse:
    """Show one task: who, until when, what was made for it, what happened; `ky` chooses another period."""
    found = queries.get_visible(request.person, task_id)
    occurrences = list(found.occurrences.order_by("period_from", "pk"))
    chosen = _chosen(occurrences, request.GET.get("ky", ""))
    today = clock.today()
    units = list(found.units.all())
    stands = not is_closed(found)
    context = {
        "title": found.title,
        "task": found,
        "chip": state_chip(found, today),
        "time": time_of(found),
        "roles": _roles(found),
        "unassigned": [unit for unit in units if unit.organization_id is None],
        "sentences": queries.sentences_of(found),
        "steps": _life(found, occurrences) if stands else [],
        "occurrence": _shown(request, found, chosen) if chosen else None,
        "ways": _ways(request, found) if stands else [],
        "may_assign": stands and policies.may_assign(request.person, found),
        "may_publish": stands and may(request.person, "task.publish", policies.place_of(found)),
        "evidence": evidence_lines(request, found.evidence.select_related("part__organization")),
        "history": journal.told(Ref("task", str(found.pk)), most=50),
        "crumbs": task_crumbs(),
    }
    return render(request, "plans/task.html", context)


def _ways(request: StaffRequest, task: Task) -> list[dict[str, Any]]:
    """List what a person can begin from a task."""
    return [
        {"label": step.label, "icon": step.icon, "url": step.url(task)}
        for step in ports.steps()
        if may(request.person, step.right)
    ]


def _roles(task: Task) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give each role with the units that have it, as the document writes them: a group stands once."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for role in UnitRole:
        units = [unit for unit in task.units.all() if unit.role == role]
        if not units:
            continue
        asked = role == UnitRole.LEAD and task.lead_is_request
        named = dict.fromkeys((unit.group or unit.name, unit.text) for unit in units)
        found.append((_("Asked to lead") if asked else str(role.label), list(named)))
    return found


def _chosen(occurrences: Sequence[Occurrence], asked: str) -> Occurrence | None:
    """Give the occurrence asked for, else that of today, else the one before it, else the first."""
    wanted = number_in(asked)
    today = clock.today()
    begun = [one for one in occurrences if one.period_from <= today]
    usual = begun[-1] if begun else next(iter(occurrences), None)
    return next((one for one in occurrences if one.pk == wanted), usual)


def _life(task: Task, occurrences: Sequence[Occurrence]) -> list[Step]:
    """Tell the life of a task as a line: one dot for each of its latest periods."""
    if len(occurrences) < 2:
        return []
    today = clock.today()
    address = reverse("plans:task", args=[task.pk])
    return [
        Step(
            period_of(one),
            state="ahead" if one.period_from > today else _step_state(one),
            at=one.due_on,
            url=f"{address}?ky={one.pk}",
        )
        for one in occurrences[-MOST_STEPS:]
    ]


def _step_state(occurrence: Occurrence) -> str:
    if occurrence.state != TaskState.DONE and occurrence.due_on and occurrence.due_on < clock.today():
        return "late"
    return LIFE[TaskState(occurrence.state)]


def _shown(request: StaffRequest, task: Task, occurrence: Occurrence) -> dict[str, Any]:
    """Gather what is told of one occurrence: its parts, as far as the person may read them, and how many there are."""
    today = clock.today()
    states = list(occurrence.parts.filter(dropped_at=None).values_list("state", flat=True))
    rows = queries.with_open_matters(queries.parts_kept(request.person).filter(occurrence=occurrence))
    return {
        "period": period_of(occurrence),
        "due_on": occurrence.due_on,
        "chip": closed_chip(task) if is_closed(task) else occurrence_chip(occurrence, today),
        "done": sum(state == TaskState.DONE for state in states),
        "all": len(states),
        "parts": [
            {"part": part, "chips": [part_chip(part, today), *matter_chips(part)]} for part in rows.order_by("pk")
        ],
        "hidden": len(states) - len(rows),
    }


def evidence_lines(request: StaffRequest, rows: Any) -> list[dict[str, Any]]:
    """Name the evidence that a person may know of, each with its address, whose it is and when it was attached."""
    found: list[Evidence] = list(rows)
    records = describe_many((Ref.parse(one.ref) for one in found), request.person)
    lines = []
    for one in found:
        ref = Ref.parse(one.ref)
        if ref in records:
            name, address = records[ref]
            part: Part | None = one.part
            body = part.organization.name if part else ""
            lines.append({"name": name, "address": address, "at": one.attached_at, "body": body, "ref": ref})
    return lines
