"""The page of one inspection, its photos, and choosing between two people's answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from coso.journal import queries as journal
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.kit.ranges import serve_blob
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registry.actions import inspections as actions
from coso.registry.actions import photos as photo_actions
from coso.registry.adapters.pictures import MOST_BYTES
from coso.registry.models import Inspection, InspectionConflict, RoundState
from coso.registry.queries import inspections as queries
from coso.registry.rules import answers as rules
from coso.registry.web.facilities.page import facility_crumbs
from coso.registry.web.inspections.chips import answer_chip, defect_chip, inspection_chip
from coso.registry.web.inspections.rounds import crumbs
from coso.ui.lists import Line
from coso.ui.parts import Crumb

A_DAY_S = 86_400


@require_safe
@staff("inspection.read")
def inspection(request: StaffRequest, inspection_id: UUID) -> HttpResponse:
    """Show one inspection."""
    return _page(request, queries.get_inspection(request.person, inspection_id))


def _page(request: StaffRequest, found: Inspection, fault: str = "") -> HttpResponse:
    conflicts = list(queries.open_conflicts([found]))
    is_open = found.round is None or found.round.state == RoundState.OPEN
    context: dict[str, Any] = {
        "title": found.facility.name,
        "inspection": found,
        "fault": fault,
        "chip": inspection_chip(found, len(conflicts)),
        "rows": _rows(found),
        "photos": list(found.photos.all()),
        "conflicts": conflicts,
        "defects": [
            Line(one.description, reverse("registry:defect", args=[one.pk]), chip=defect_chip(one))
            for one in found.defects.all()
        ],
        "may_change": is_open and queries.may_change(request.person, found),
        "history": journal.told(actions.ref_of(found)),
        "crumbs": _way_to(found),
    }
    return render(request, "registry/inspections/inspection.html", context, status=422 if fault else 200)


def _way_to(found: Inspection) -> list[Crumb]:
    """Give the way to an inspection: through its round, or through its facility where there is none."""
    return crumbs(found.round) if found.round else facility_crumbs(found.facility)


def _rows(found: Inspection) -> list[dict[str, Any]]:
    rows = []
    for item in found.checklist.items.all():
        answer = found.answers.get(str(item.number), {})
        rows.append({"item": item, "answer": answer_chip(answer), "note": answer.get("note", "")})
    return rows


@require_POST
@staff("inspection.fill")
def add_photo(request: StaffRequest, inspection_id: UUID) -> HttpResponse:
    """Add photos to an inspection from its page."""
    found = queries.get_inspection(request.person, inspection_id)
    sent = [file for file in request.FILES.getlist("photo") if isinstance(file, UploadedFile)]
    if not sent:
        return _page(request, found, gettext("Choose a file."))
    try:
        for file in sent:
            photo_actions.take_photo(
                by=request.person,
                inspection=found,
                data=file.read(MOST_BYTES + 1),
                keep_position="keep_position" in request.POST,
            )
    except BadInput as error:
        return _page(request, found, str(error))
    messages.success(request, gettext("The photo is kept, without what the camera wrote into it."))
    return redirect("registry:inspection", found.pk)


@require_safe
@staff("inspection.read")
def photo(request: StaffRequest, photo_id: int) -> HttpResponseBase:
    """Give a photo's picture."""
    found = queries.get_photo(request.person, photo_id)
    try:
        # A day, not for good: it may have to be taken away.
        return serve_blob(request, found.sha256, "image/jpeg", fresh_s=A_DAY_S)
    except FileNotFoundError:
        raise NotFound from None


@require_POST
@staff("inspection.fill")
def remove_photo(request: StaffRequest, photo_id: int) -> HttpResponse:
    """Take away a photo that should not be there."""
    found = queries.get_photo(request.person, photo_id)
    photo_actions.remove_photo(by=request.person, photo=found)
    messages.success(request, gettext("The photo was taken away."))
    return redirect("registry:inspection", found.inspection_id)


@staff("inspection.fill")
def conflict(request: StaffRequest, conflict_id: int) -> HttpResponse:
    """Show two people's answers side by side; a person chooses question by question."""
    inside = policies.scope(request.person, "inspection.fill", "inspection__facility__place__path")
    joined = InspectionConflict.objects.select_related("inspection__facility__place", "inspection__by", "by")
    found = joined.filter(inside, pk=conflict_id).first()
    if found is None:
        raise NotFound
    standing = found.inspection
    if not queries.may_change(request.person, standing):
        raise NotAllowed("inspection.run")
    if found.settled_at is not None:
        messages.info(request, gettext("It was settled already."))
        return redirect("registry:inspection", standing.pk)
    apart = rules.differing(standing.answers, found.answers)
    if request.method == "POST":
        taken = [number for number in apart if request.POST.get(f"q{number}") == "sent"]
        seen = request.POST.get("base_version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        actions.settle_conflict(by=request.person, conflict=found, base_version=version, take_sent=taken)
        messages.success(request, gettext("Settled: these answers stand now."))
        return redirect("registry:inspection", standing.pk)
    items = {item.number: item for item in standing.checklist.items.all()}
    context = {
        "title": gettext("Two people answered differently"),
        "sentence": f"{standing.facility.name} · {standing.facility.place.name}",
        "conflict": found,
        "rows": [
            {
                "item": items[number],
                "standing": _side(standing.answers, number),
                "sent": _side(found.answers, number),
                # Whoever answered nothing is hardly right.
                "takes_sent": str(number) not in standing.answers,
            }
            for number in apart
        ],
        "crumbs": [*_way_to(standing), Crumb(standing.facility.name, _address(standing))],
    }
    return render(request, "registry/inspections/conflict.html", context)


def _side(answers: dict[str, Any], number: int) -> dict[str, Any]:
    answer = answers.get(str(number), {})
    return {"answer": answer_chip(answer), "note": answer.get("note", "")}


def _address(found: Inspection) -> str:
    return reverse("registry:inspection", args=[found.pk])
