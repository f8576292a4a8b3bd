"""The lists: tasks, the parts of one's own unit, the parts of all units."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.documents import queries as documents
from coso.documents.models import Document, Recurrence
from coso.kit import clock
from coso.kit.refs import number_in
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Organization
from coso.organizations.policies import may, posts_of
from coso.plans import queries
from coso.plans.models import Part, Task, TaskKind, TaskState, UnitRole
from coso.plans.web.chips import matter_chips, part_chip, period_of, state_chip, time_of
from coso.plans.web.tabs import looks_for, tabs_for
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import told_by_units

OPEN = "open-ones"
MOST_CHOICES = 400


def _units(task: Task, role: UnitRole) -> str:
    # A group stands as the document writes it, not as the bodies that it is made of.
    return "; ".join(dict.fromkeys(unit.group or unit.name for unit in task.units.all() if unit.role == role))


def _tasks_sentence(request: HttpRequest) -> str:
    standing = queries.with_progress(queries.standing_tasks(request.user), clock.today()).exclude(state=TaskState.DONE)
    late = standing.filter(Q(is_late=True)).count()
    count = standing.count()
    said = ngettext("%(count)s task is not done yet.", "%(count)s tasks are not done yet.", count) % {"count": count}
    if late:
        said += " " + ngettext("%(count)s of them is late.", "%(count)s of them are late.", late) % {"count": late}
    return said


def bodies_with_parts(_request: HttpRequest) -> Choices:
    """Offer the bodies that have parts, in Vietnamese order."""
    holding = Part.objects.filter(dropped_at=None).order_by().values("organization")
    found = Organization.objects.filter(pk__in=holding).values_list("pk", "name")
    return [(str(pk), name) for pk, name in found[:MOST_CHOICES]]


def documents_with_tasks(request: HttpRequest) -> Choices:
    """Offer the documents whose tasks one may read, the latest first."""
    ordered = Task.objects.order_by().values("document")
    found = documents.visible_to(request.user).filter(pk__in=ordered).defer(*queries.HEAVY).order_by("-issued_on")
    return [(str(one.pk), _named(one)) for one in found[:MOST_CHOICES]]


def _named(document: Document) -> str:
    return f"{document}: {document.title[:60]}" if document.title else str(document)


def _of_body(rows: QuerySet[Task], value: str) -> QuerySet[Task]:
    body = number_in(value)
    holding = Part.objects.filter(dropped_at=None, organization=body).order_by().values("occurrence__task")
    return rows.filter(Q(pk__in=holding) | Q(pk__in=Task.objects.filter(units__organization=body).values("pk")))


def _unassigned(task: Task) -> Chip | str:
    names = queries.unassigned(task)
    return Chip(gettext("Nobody yet: %(names)s") % {"names": "; ".join(names)}, Tone.NEED) if names else ""


TASKS = ListSpec(
    key="nhiem-vu",
    title=_("Tasks of the plans"),
    sentence=_tasks_sentence,
    columns=[
        Column("task", _("Task"), lambda task: f"{task.ref}. {task.title}", sort=("document_id", "position")),
        Column("ref", _("Item"), "ref", shown=False),
        Column("lead", _("Lead unit"), lambda task: _units(task, UnitRole.LEAD)),
        Column("coordinating", _("Coordinating units"), lambda task: _units(task, UnitRole.COORDINATING), shown=False),
        Column("unassigned", _("Without a body"), lambda task: "; ".join(queries.unassigned(task)), shown=False),
        Column("time", _("Time"), time_of, sort="due_on"),
        Column("parts", _("Parts done"), lambda task: f"{task.parts_done}/{task.parts_all}" if task.parts_all else ""),
        Column("state", _("State"), lambda task: state_chip(task, clock.today()), sort="state", kind="state"),
        Column("document", _("Document"), lambda task: str(task.document), sort="document__number"),
    ],
    search=("folded",),
    search_label=_("Search for a task"),
    filters=[
        Filter("state", _("State"), TaskState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("kind", _("Kind"), TaskKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("recurrence", _("Recurrence"), Recurrence.choices, lambda rows, value: rows.filter(recurrence=value)),
        Filter("unit", _("Unit"), bodies_with_parts, _of_body),
        Filter("document", _("Document"), documents_with_tasks, lambda rows, value: rows.filter(document=value)),
        Filter("late", _("Late"), [("yes", _("Late only"))], lambda rows, _value: rows.filter(is_late=True)),
        Filter(
            "assigned", _("Shared out"), [("no", _("With units that nobody stands for"))],
            lambda rows, _value: rows.filter(
                pk__in=Task.objects.filter(queries.has_unassigned()).values("pk")
            ),
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
)  # fmt: skip


@require_safe
@staff("task.read")
def start(request: StaffRequest) -> HttpResponseBase:
    """Lead to what a person does here: the work of his unit, or all tasks for whoever shares them out."""
    works = any(post.organization_id for post in posts_of(request.person))
    is_owner = may(request.person, "task.assign")
    return redirect("plans:mine" if works and not is_owner else "plans:tasks")


@require_safe
@staff("task.read")
def task_list(request: StaffRequest) -> HttpResponseBase:
    """List the tasks of every confirmed document."""
    rows = queries.with_progress(queries.visible_tasks(request.person), clock.today())
    return list_response(request, TASKS, rows, template="plans/list.html", extra={"tabs": tabs_for(request)})


def _in_state(rows: QuerySet[Part], value: str) -> QuerySet[Part]:
    return queries.open_parts(rows) if value == OPEN else rows.filter(state=value)


def _in_period(rows: QuerySet[Part], value: str) -> QuerySet[Part]:
    today = clock.today()
    if value == "ahead":
        return rows.filter(occurrence__period_from__gt=today)
    return rows.filter(occurrence__period_from__lte=today)


def _waits(rows: QuerySet[Part], value: str) -> QuerySet[Part]:
    return rows.filter(Q(**{"is_blocked" if value == "blocked" else "asks": True}))


def _state_of(part: Part) -> Chip:
    """Tell a part by what somebody must act on, else by its state."""
    chip = part_chip(part, clock.today())
    return next(iter(matter_chips(part)), chip) if chip.tone != Tone.NEED else chip


def _told(part: Part, then: bool) -> str:
    if then:
        return part.written or part.organization.name
    return part.organization.said_today


COLUMNS = [
    Column(
        "task", _("Task"), lambda part: f"{part.occurrence.task.ref}. {part.occurrence.task.title}",
        sort=("occurrence__task__document_id", "occurrence__task__position"),
    ),
    Column("unit", _("Unit"), lambda part: part.said, sort="organization__sort_key"),
    Column("written", _("As the document names it"), "written", shown=False),
    Column("role", _("Role"), lambda part: part.get_role_display(), sort="role"),
    Column("text", _("Own part"), "text", shown=False),
    Column("period", _("Period"), lambda part: period_of(part.occurrence), sort="occurrence__period_from"),
    Column("until", _("Deadline"), "until", sort="until", kind="date"),
    Column("percent", _("Per cent done"), "percent", sort="percent", kind="number"),
    Column("state", _("State"), _state_of, sort="state", kind="state"),
    Column("document", _("Document"), lambda part: str(part.occurrence.task.document)),
]  # fmt: skip

FILTERS = [
    Filter("state", _("State"), [(OPEN, _("Not done yet")), *TaskState.choices], _in_state, default=OPEN),
    Filter("late", _("Late"), [("yes", _("Late only"))], lambda rows, _value: queries.late_parts(rows)),
    Filter(
        "period", _("Period"), [("begun", _("Has begun")), ("ahead", _("Ahead"))], _in_period, default="begun"
    ),
    Filter("role", _("Role"), UnitRole.choices, lambda rows, value: rows.filter(role=value)),
    Filter(
        "waits", _("Waits for an answer"),
        [("blocked", _("Something is in the way")), ("asks", _("Extension asked for"))], _waits,
    ),
    Filter(
        "document", _("Document"), documents_with_tasks,
        lambda rows, value: rows.filter(occurrence__task__document=value),
    ),
]  # fmt: skip
SEARCH = ("occurrence__task__folded", "organization__folded")


def _parts_sentence(rows: QuerySet[Part]) -> str:
    """Say how many parts that have begun are not done, and how many of them are late."""
    standing = _in_period(queries.open_parts(rows), "begun")
    count, late = standing.count(), queries.late_parts(standing).count()
    if not count:
        return gettext("No part waits to be done.")
    said = ngettext("%(count)s part is not done yet.", "%(count)s parts are not done yet.", count) % {"count": count}
    if late:
        said += " " + ngettext("%(count)s part is late.", "%(count)s parts are late.", late) % {"count": late}
    return said


MINE = ListSpec(
    key="viec-cua-don-vi-toi",
    title=_("Work of my unit"),
    sentence=lambda request: _parts_sentence(queries.parts_of(request.user)),
    columns=COLUMNS,
    search=SEARCH,
    search_label=_("Search for a task"),
    filters=FILTERS,
    empty=Empty(
        _("Your unit has no part yet"),
        _("What a confirmed document gives to your unit, or its owner shares out to it, stands here."),
        icon="plan",
    ),
    row_link=lambda part: reverse("plans:part", args=[part.pk]),
)

ALL = ListSpec(
    key="viec-cua-cac-don-vi",
    title=_("Work of the units"),
    sentence=lambda request: _parts_sentence(queries.visible_parts(request.user)),
    columns=[COLUMNS[1], COLUMNS[0], *COLUMNS[2:]],
    search=SEARCH,
    search_label=_("Search for a unit or a task"),
    filters=[
        Filter("unit", _("Unit"), bodies_with_parts, lambda rows, value: rows.filter(organization=value)),
        *FILTERS,
    ],
    empty=Empty(
        _("No unit has a part yet"),
        _("Once a document is confirmed, the part of each unit stands here."),
        icon="plan",
    ),
    row_link=lambda part: reverse("plans:part", args=[part.pk]),
)


@require_safe
@staff("task.read")
def mine(request: StaffRequest) -> HttpResponseBase:
    """List the parts of the person's own units, the late ones first."""
    return _parts(request, MINE, queries.parts_of(request.person))


@require_safe
@staff("task.read")
def parts(request: StaffRequest) -> HttpResponseBase:
    """List the parts of all units that the person may read, by the bodies of today or of then."""
    spec = told_by_units(request, ALL, unit=_told)
    return _parts(request, spec, queries.visible_parts(request.person), looks=looks_for(request))


def _parts(request: StaffRequest, spec: ListSpec, rows: QuerySet[Part], **extra: Any) -> HttpResponseBase:
    shown: Any = queries.late_first(queries.with_open_matters(rows), clock.today())
    extra["tabs"] = tabs_for(request)
    return list_response(request, spec, shown, template="plans/list.html", extra=extra)
