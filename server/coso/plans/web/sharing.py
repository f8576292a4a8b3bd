"""Sharing a task out: its units and their parts on one page, and the forms that change them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import NotAllowed, NotFound
from coso.kit.refs import number_in
from coso.organizations.doors import StaffRequest, staff
from coso.plans import actions, policies, queries, rules
from coso.plans.models import Part, Task, TaskUnit
from coso.plans.queries.bodies import reporters_of_many
from coso.plans.web.chips import part_chip, period_of, time_of
from coso.plans.web.forms import ChangeForm, GiveForm, PeriodForm, ReasonForm, RhythmForm
from coso.plans.web.pages import FormPage, short, take, task_crumbs
from coso.plans.web.parts import page_of
from coso.ui.chips import Chip, Tone


def _owned(request: StaffRequest, task_id: int) -> Task:
    found = queries.get_visible(request.person, task_id)
    if not policies.may_assign(request.person, found):
        raise NotAllowed("task.assign")
    return found


@require_safe
@staff("task.assign")
def share(request: StaffRequest, task_id: int) -> HttpResponse:
    """Show who has which part of a task, and which names of the document nobody stands for yet."""
    found = _owned(request, task_id)
    pace = rules.pace_of(recurrence=found.recurrence, rhythm=found.rhythm, due=found.due)
    occurrence = _present(found)
    context = {
        "title": _("Share the task out"),
        "sentence": short(found),
        "task": found,
        "time": time_of(found),
        "period": period_of(occurrence) if occurrence else "",
        "rows": _rows(occurrence.pk) if occurrence else [],
        "unassigned": [unit for unit in found.units.all() if unit.organization_id is None],
        "takes_rhythm": rules.takes_rhythm(recurrence=found.recurrence, due=found.due),
        "needs_rhythm": pace is None,
        "recurs": pace not in (None, rules.Pace.ONCE),
        "crumbs": task_crumbs(found),
    }
    return render(request, "plans/share.html", context)


def _present(task: Task) -> Any:
    """Give the occurrence that is shared out now: the latest that has begun, else the first."""
    begun = task.occurrences.filter(period_from__lte=clock.today()).order_by("-period_from").first()
    return begun or task.occurrences.order_by("period_from").first()


def _rows(occurrence_id: int) -> list[dict[str, Any]]:
    parts = list(queries.all_parts().filter(occurrence=occurrence_id).order_by("pk"))
    speaking = reporters_of_many(part.organization_id for part in parts)
    today = clock.today()
    return [
        {"part": part, "chip": part_chip(part, today), "who": _who(len(speaking[part.organization_id]))}
        for part in parts
    ]


def _who(count: int) -> Chip | str:
    """Say how many people report for a body: of one without any nobody hears in the system."""
    if not count:
        return Chip(_("Nobody reports for it here"), Tone.NEED, icon="person-plus")
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def _page(task: Task, **more: Any) -> FormPage:
    back = reverse("plans:share", args=[task.pk])
    return FormPage(sentence=short(task), back=back, crumbs=task_crumbs(task), **more)


@staff("task.assign")
def give(request: StaffRequest, task_id: int) -> HttpResponse:
    """Give a body a part; `don-vi` names a unit of the document for which nobody is known yet."""
    found = _owned(request, task_id)
    unit = _unit(found, request.GET.get("don-vi", ""))
    title = _("Who is “%(name)s”?") % {"name": unit.name} if unit else _("Give a unit a part")
    page = _page(found, title=title, submit=_("Give the part"), said=_("The unit has the part now."), icon="add")

    def act(sent: dict[str, Any]) -> object:
        return actions.give_part(task_id=task_id, by=request.person, unit_id=unit.pk if unit else None, **sent)

    form = GiveForm(request.POST or None, is_named=unit is not None)
    return take(request, form, act, page)


def _unit(task: Task, asked: str) -> TaskUnit | None:
    if not asked:
        return None
    unit = task.units.filter(pk=number_in(asked), organization=None).first()
    if unit is None:
        raise NotFound
    return unit


@staff("task.assign")
def rhythm(request: StaffRequest, task_id: int) -> HttpResponse:
    """Take how often a continuous task is reported on."""
    found = _owned(request, task_id)
    page = _page(
        found,
        title=_("Set how often it is reported on"),
        submit=_("Set the rhythm"),
        said=_("The task comes up in this rhythm from now on."),
        icon="repeat",
    )
    form = RhythmForm(request.POST or None, task=found)
    return take(request, form, lambda sent: actions.set_rhythm(task_id=task_id, by=request.person, **sent), page)


@staff("task.assign")
def period(request: StaffRequest, task_id: int) -> HttpResponse:
    """Open an earlier period of a recurring task."""
    found = _owned(request, task_id)
    page = _page(
        found,
        title=_("Open an earlier period"),
        submit=_("Open the period"),
        said=_("The period stands now, with a part for each unit."),
        icon="calendar",
    )
    form = PeriodForm(request.POST or None)
    return take(request, form, lambda sent: actions.add_period(task_id=task_id, by=request.person, **sent), page)


def _owned_part(request: StaffRequest, part_id: int) -> Part:
    found = queries.get_visible_part(request.person, part_id)
    if not policies.may_assign(request.person, found.occurrence.task):
        raise NotAllowed("task.assign")
    return found


@staff("task.assign")
def change(request: StaffRequest, part_id: int) -> HttpResponse:
    """Change what a unit is to do, or until when."""
    found = _owned_part(request, part_id)
    page = page_of(
        found,
        title=_("Change the part"),
        submit=_("Change it"),
        said=_("The part was changed and the unit told."),
        icon="save",
    )
    form = ChangeForm(request.POST or None, part=found)
    return take(request, form, lambda sent: actions.change_part(part_id=part_id, by=request.person, **sent), page)


@staff("task.assign")
def drop(request: StaffRequest, part_id: int) -> HttpResponse:
    """Take a part away from its unit."""
    found = _owned_part(request, part_id)
    page = page_of(
        found,
        title=_("Take the part away"),
        submit=_("Take it away"),
        said=_("The unit no longer has this part."),
        icon="withdrawn",
        tone="danger",
    )
    form = ReasonForm(request.POST or None)
    return take(request, form, lambda sent: actions.drop_part(part_id=part_id, by=request.person, **sent), page)
