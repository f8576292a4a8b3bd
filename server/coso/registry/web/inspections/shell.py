"""Answers for references to rounds, inspections and defects; stands on the pages of facilities and tasks."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit.refs import Kind, number_in, register_kind
from coso.organizations import policies
from coso.plans.models import Task
from coso.plans.ports import TaskStep, register_step
from coso.registry import ports
from coso.registry.models import Defect, Facility, Inspection, InspectionRound
from coso.registry.queries import defects as broken
from coso.registry.queries import inspections as queries
from coso.registry.web.inspections.chips import defect_chip, inspection_chip, late_chip
from coso.ui import show
from coso.ui.lists import Line

MOST_SHOWN = 8
MOST_MADE = 4


def facility_panel(request: HttpRequest, facility: Facility) -> str:
    """Show on a facility's page what is broken there and when it was looked at last."""
    if not policies.may(request.user, "inspection.read", facility.place):
        return ""
    made = list(queries.inspections_of(facility)[: MOST_MADE + 1])
    context = {
        "facility": facility,
        "made": [_made_line(one) for one in made[:MOST_MADE]],
        "all_url": f"{reverse('registry:inspections')}?q={facility.shown_code}" if len(made) > MOST_MADE else "",
        "may_inspect": not facility.is_closed and policies.may(request.user, "inspection.fill", facility.place),
        "defects": [_line(one) for one in broken.open_defects(facility)[:MOST_SHOWN]],
        "may_handle": policies.may(request.user, "defect.handle", facility.place),
    }
    return render_to_string("registry/inspections/facility_panel.html", context, request)


def _made_line(made: Inspection) -> Line:
    """Tell of an inspection in one line: in which round, or without notice, by whom, what came of it."""
    round_ = made.round.title if made.round else gettext("Without notice")
    day = show.cell("date", made.filled_at)
    return Line(round_, reverse("registry:inspection", args=[made.pk]), str(made.by), inspection_chip(made), day)


def _line(defect: Defect) -> Line:
    chip = late_chip(defect) or defect_chip(defect)
    due = show.cell("date", defect.due_on)
    url = reverse("registry:defect", args=[defect.pk])
    return Line(defect.description, url, str(defect.responsible or ""), chip, due)


def _round_name(ident: str) -> str | None:
    found = InspectionRound.objects.filter(pk=number_in(ident)).first()
    return found.title if found else None


def _rounds(person: object, idents: Sequence[str]) -> dict[str, str]:
    rows = queries.rounds_seen_by(person).filter(pk__in=[number_in(one) for one in idents])
    return {str(one.pk): one.title for one in rows}


def _uuid(ident: str) -> UUID:
    """Read the id of an inspection; one that no record has when it is none."""
    try:
        return UUID(ident)
    except ValueError:
        return UUID(int=0)


def _inspection_name(ident: str) -> str | None:
    found = Inspection.objects.select_related("facility").filter(pk=_uuid(ident)).first()
    return found.facility.name if found else None


def _defect_name(ident: str) -> str | None:
    found = Defect.objects.filter(pk=number_in(ident)).first()
    return found.description if found else None


def _defects(person: object, idents: Sequence[str]) -> dict[str, str]:
    rows = broken.defects_seen_by(person).filter(pk__in=[number_in(one) for one in idents])
    return {str(one.pk): one.description for one in rows}


def _new_round(task: Task) -> str:
    return f"{reverse('registry:new-round')}?task={task.pk}"


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_kind(
        "inspection_round",
        Kind(
            name=_round_name,
            address=lambda ident: reverse("registry:round", args=[ident]),
            visible=lambda person, ident: queries.rounds_seen_by(person).filter(pk=number_in(ident)).exists(),
            many=_rounds,
        ),
    )
    register_kind(
        "inspection",
        Kind(
            name=_inspection_name,
            address=lambda ident: reverse("registry:inspection", args=[ident]),
            visible=lambda person, ident: queries.inspections_seen_by(person).filter(pk=_uuid(ident)).exists(),
        ),
    )
    register_kind(
        "defect",
        Kind(
            name=_defect_name,
            address=lambda ident: reverse("registry:defect", args=[ident]),
            visible=lambda person, ident: broken.defects_seen_by(person).filter(pk=number_in(ident)).exists(),
            many=_defects,
        ),
    )
    ports.register_facility_panel(facility_panel, order=50)
    register_step(TaskStep(_("Prepare an inspection round"), "survey", _new_round, "inspection.run"))
