"""The page that is filled in on a phone: its shell, what it carries along, and its service worker."""

from importlib.resources import files
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.organizations.doors import StaffRequest, staff
from coso.registry.models import Checklist, Facility, Inspection, InspectionRound
from coso.registry.queries import inspections as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.web.inspections import words
from coso.registry.web.inspections.chips import inspection_chip
from coso.registry.web.inspections.rounds import crumbs
from coso.ui.chips import Chip
from coso.ui.lists import Line

# What a phone carries along; who sees more facilities than that fills them in by commune.
MOST_FACILITIES = 2000


@require_safe
@never_cache
@staff("inspection.fill")
def phone(request: StaffRequest, round_id: int) -> HttpResponse:
    """Give the page: with scripts it works without a network, without them it leads to ordinary forms."""
    found = queries.get_round(request.person, round_id)
    facilities, looked = _mine(request, found)
    context: dict[str, Any] = {
        "title": found.title,
        "round": found,
        "lines": [_line(found, one, looked.get(one.pk)) for one in facilities],
        "done": sum(one.is_done for one in looked.values()),
        "words": words.phone(),
        "chips": words.chips(),
        "icons": ["back", "camera", "check", "delete", "offline", "online", "send"],
        "crumbs": crumbs(),
        "reach": {
            "package": reverse("registry:phone-package", args=[found.pk]),
            "worker": reverse("registry:phone-worker", args=[found.pk]),
            "sync": reverse("registry:sync", args=[found.pk]),
            "photo": reverse("registry:sync-photo", args=[found.pk]),
            "login": f"{reverse('account_login')}?next={request.path}",
        },
    }
    return render(request, "registry/inspections/phone.html", context)


def _mine(request: StaffRequest, round_: InspectionRound) -> tuple[list[Facility], dict[int, Inspection]]:
    """Give the round's facilities that the person fills in, and their inspections by facility."""
    lists = queries.checklists_of(round_)
    facilities = list(queries.facilities_of(request.person, round_, lists, "inspection.fill")[:MOST_FACILITIES])
    rows = Inspection.objects.filter(round=round_, facility__in=[one.pk for one in facilities])
    return facilities, {one.facility_id: one for one in rows.select_related("by").prefetch_related("photos")}


def _line(round_: InspectionRound, facility: Facility, looked: Inspection | None) -> Line:
    chip: Chip = inspection_chip(looked)
    return Line(facility.name, reverse("registry:fill", args=[round_.pk, facility.pk]), _where(facility), chip)


def _where(facility: Facility) -> str:
    commune = commune_of(facility.place)
    return commune.name if commune == facility.place else f"{facility.place.name}, {commune.name}"


@require_safe
@never_cache
@staff("inspection.fill")
def package(request: StaffRequest, round_id: int) -> JsonResponse:
    """Give what the phone carries along, with the token that it sends with."""
    found = queries.get_round(request.person, round_id)
    lists = queries.checklists_of(found)
    facilities, looked = _mine(request, found)
    return JsonResponse(
        {
            "csrf": get_token(request),
            "person": request.person.pk,
            "round": {"id": found.pk, "title": found.title, "state": found.state},
            "made_at": clock.iso(clock.now()),
            "checklists": {one.code: _checklist(one) for one in lists.values()},
            "facilities": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "code": one.code,
                    "place": _where(one),
                    "checklist": lists[one.kind].code,
                }
                for one in facilities
            ],
            "inspections": [inspection_told(one) for one in looked.values()],
        }
    )


def _checklist(checklist: Checklist) -> dict[str, Any]:
    return {
        "title": checklist.title,
        "source": checklist.source,
        "items": [
            {
                "number": item.number,
                "question": item.question,
                "article": item.article,
                "answer": item.answer,
                "choices": item.choices,
                "required": item.is_required,
            }
            for item in checklist.items.all()
        ],
    }


def inspection_told(one: Inspection) -> dict[str, Any]:
    """Tell a phone of an inspection as it stands."""
    return {
        "id": str(one.pk),
        "facility": one.facility_id,
        "version": one.version,
        "answers": one.answers,
        "done": one.is_done,
        "by": str(one.by),
        "filled_at": clock.iso(one.filled_at),
        "photos": [{"item": photo.item_number, "sha256": photo.sent_sha256} for photo in one.photos.all()],
    }


@require_safe
@staff("inspection.fill")
def worker(request: StaffRequest, round_id: int) -> HttpResponse:
    """Give the service worker; served from here, it may answer for this page and nothing else of the desk."""
    queries.get_round(request.person, round_id)
    script = files("coso.registry") / "static" / "registry" / "js" / "inspection" / "worker.js"
    return HttpResponse(
        script.read_text(encoding="utf-8"),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": reverse("registry:phone", args=[round_id])},
    )
