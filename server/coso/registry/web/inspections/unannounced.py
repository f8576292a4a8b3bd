"""Inspections outside a round: from a facility's page, by a checklist in force, and their later changes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import NotAllowed, NotFound
from coso.organizations.doors import StaffRequest, staff
from coso.registry.actions import inspections as actions
from coso.registry.models import Checklist, Facility, Inspection
from coso.registry.queries import inspections as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.web.facilities.page import facility_crumbs
from coso.registry.web.inspections.filling import AnswersForm, Way, answered
from coso.ui.lists import Line


@require_safe
@staff("inspection.fill")
def choose_checklist(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Offer the checklists in force for the facility; where there is one, go straight to it."""
    facility = _standing(request, facility_id)
    found = queries.checklists_fitting(facility.kind, clock.today())
    if len(found) == 1:
        return redirect("registry:inspect-by", facility.pk, found[0].code)
    context = {
        "title": gettext("Inspect without notice"),
        "sentence": f"{facility.name} · {commune_of(facility.place).name}",
        "facility": facility,
        "checklists": [
            Line(one.title, reverse("registry:inspect-by", args=[facility.pk, one.code]), one.source) for one in found
        ],
        "crumbs": facility_crumbs(facility),
    }
    return render(request, "registry/inspections/choose_checklist.html", context)


@staff("inspection.fill")
def inspect(request: StaffRequest, facility_id: int, code: str) -> HttpResponse:
    """Answer the questions of a checklist about a facility, outside any round."""
    facility = _standing(request, facility_id)
    fitting = queries.checklists_fitting(facility.kind, clock.today())
    checklist = next((one for one in fitting if one.code == code), None)
    if checklist is None:
        raise NotFound
    return _asked(request, facility, checklist, None)


@staff("inspection.fill")
def change(request: StaffRequest, inspection_id: UUID) -> HttpResponse:
    """Change the answers of an inspection outside a round."""
    found = queries.get_inspection(request.person, inspection_id)
    if found.round_id is not None:
        return redirect("registry:fill", found.round_id, found.facility_id)
    if not queries.may_change(request.person, found):
        raise NotAllowed("inspection.run")
    return _asked(request, found.facility, found.checklist, found)


def _standing(request: StaffRequest, facility_id: int) -> Facility:
    facility = queries.get_facility(request.person, facility_id, "inspection.fill")
    if facility.is_closed:
        raise NotFound
    return facility


def _asked(
    request: StaffRequest, facility: Facility, checklist: Checklist, standing: Inspection | None
) -> HttpResponse:
    form = AnswersForm(request.POST or None, checklist=checklist, standing=standing)

    def act(sent: actions.Sent) -> actions.Filled:
        return actions.inspect(by=request.person, facility=facility, checklist=checklist, sent=sent)

    page = ("registry:inspection", standing.pk) if standing else ("registry:facility", facility.pk)
    title = gettext("Inspect without notice: %(facility)s") % {"facility": facility.name}
    way = Way(title, reverse(page[0], args=[page[1]]), facility_crumbs(facility))
    return answered(request, form, act, facility, checklist, way)
