"""The list of tasks, and one task with its evidence."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coso.documents.models import Recurrence
from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.refs import Ref, describe_many
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.policies import may
from coso.plans import ports, queries
from coso.plans.models import Task, TaskKind, TaskState, UnitRole
from coso.plans.rules import State
from coso.plans.web.chips import state_chip, time_of
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb


def _units(task: Task, role: UnitRole) -> str:
    return "; ".join(unit.name for unit in task.units.all() if unit.role == role)


def _sentence(request: HttpRequest) -> str:
    open_tasks = queries.visible_tasks(request.user).exclude(state=State.DONE)
    late = open_tasks.filter(due_on__lt=clock.today()).count()
    count = open_tasks.count()
    said = ngettext("%(count)s task is not done yet.", "%(count)s tasks are not done yet.", count) % {"count": count}
    if late:
        said += " " + ngettext("%(count)s of them is late.", "%(count)s of them are late.", late) % {"count": late}
    return said


SPEC = ListSpec(
    key="nhiem-vu",
    title=_("Tasks of the plans"),
    sentence=_sentence,
    columns=[
        Column("task", _("Task"), lambda task: f"{task.ref}. {task.title}", sort=("document_id", "position")),
        Column("ref", _("Item"), "ref", shown=False),
        Column("lead", _("Lead unit"), lambda task: _units(task, UnitRole.LEAD)),
        Column("coordinating", _("Coordinating units"), lambda task: _units(task, UnitRole.COORDINATING), shown=False),
        Column("time", _("Time"), time_of, sort="due_on"),
        Column("state", _("State"), lambda task: state_chip(task, clock.today()), sort="state", kind="state"),
        Column("document", _("Document"), lambda task: str(task.document), sort="document__number"),
    ],
    search=("folded",),
    search_label=_("Search for a task"),
    filters=[
        Filter("state", _("State"), TaskState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("kind", _("Kind"), TaskKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter(
            "recurrence",
            _("Recurrence"),
            Recurrence.choices,
            lambda rows, value: rows.filter(recurrence=value),
        ),
    ],
    empty=Empty(
        _("No plan has been confirmed yet"),
        _("Import a plan or another official document; once you confirm what was read, its tasks stand here."),
        _("Import a document"),
        reverse_lazy("documents:import"),
        icon="plan",
    ),
    row_link=lambda task: reverse("plans:task", args=[task.pk]),
)


@staff("task.read")
def task_list(request: StaffRequest) -> HttpResponseBase:
    """List the tasks of every confirmed document."""
    return list_response(request, SPEC, queries.visible_tasks(request.person))


def _page(request: StaffRequest, task: Task) -> HttpResponse:
    steps = [
        {"label": step.label, "icon": step.icon, "url": step.url(task)}
        for step in ports.steps()
        if may(request.person, step.right)
    ]
    made = [(Ref.parse(item.ref), item.attached_at) for item in task.evidence.all()]
    records = describe_many((ref for ref, _at in made), request.person)
    evidence = [(records[ref], at) for ref, at in made if ref in records]
    context = {
        "title": task.title,
        "task": task,
        "chip": state_chip(task, clock.today()),
        "time": time_of(task),
        "leads": [unit for unit in task.units.all() if unit.role == UnitRole.LEAD],
        "coordinating": [unit for unit in task.units.all() if unit.role == UnitRole.COORDINATING],
        "implementing": [unit for unit in task.units.all() if unit.role == UnitRole.IMPLEMENTING],
        "steps": steps,
        "evidence": evidence,
        "history": journal.told(Ref("task", str(task.pk)), most=50),
        "crumbs": [Crumb(_("Tasks of the plans"), reverse("plans:tasks"))],
    }
    return render(request, "plans/task.html", context)


@staff("task.read")
def task(request: StaffRequest, task_id: int) -> HttpResponse:
    """Show one task: who, until when, what was made for it, what happened."""
    found = queries.get_visible(request.person, task_id)
    return _page(request, found)
