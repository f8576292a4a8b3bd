"""What phones send when the line is back: one inspection at a time, and each photo apart."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coso.kit import clock
from coso.kit.errors import BadInput, CosoError, NotFound, WrongState
from coso.organizations.doors import StaffRequest, staff
from coso.registry.actions import inspections, photos
from coso.registry.adapters.pictures import MOST_BYTES
from coso.registry.models import Inspection, InspectionRound
from coso.registry.queries import inspections as queries
from coso.registry.web.inspections.phone import inspection_told

P = ParamSpec("P")
MOST_JSON = 256 * 1024
FIELDS = {"id", "facility", "base_version", "filled_at", "answers"}


def _as_json(
    view: Callable[Concatenate[StaffRequest, P], JsonResponse],
) -> Callable[Concatenate[StaffRequest, P], JsonResponse]:
    """Answer an error as JSON: what a script shows to a person, by field where it is one's fault."""

    @wraps(view)
    def answered(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except BadInput as error:
            return JsonResponse({"state": "refused", "message": str(error), "fields": error.fields}, status=422)
        except inspections.Overtaken:
            words = _("Somebody sent the same inspection at this moment. Send again.")
            return JsonResponse({"state": "again", "message": words}, status=409)
        except WrongState as error:
            return JsonResponse({"state": "closed", "message": str(error)}, status=409)
        except CosoError as error:
            words = _("This facility is no longer yours to fill in, or the round is gone.")
            return JsonResponse({"state": "gone", "message": words}, status=error.status)

    return cast("Callable[Concatenate[StaffRequest, P], JsonResponse]", answered)


@require_POST
@staff("inspection.fill")
@_as_json
def sync(request: StaffRequest, round_id: int) -> JsonResponse:
    """Take one inspection from a phone; the same one again is answered alike."""
    round_ = queries.get_round(request.person, round_id)
    told, sent = _read(request)
    facility = queries.get_facility(request.person, told["facility"], "inspection.fill")
    filled = inspections.fill(by=request.person, round_=round_, facility=facility, sent=sent)
    return _answer(filled)


def _answer(filled: inspections.Filled) -> JsonResponse:
    standing = inspection_told(filled.inspection)
    if filled.conflict is None:
        return JsonResponse({"state": "taken", "version": filled.version, "id": standing["id"]})
    if filled.conflict.settled_at is not None:
        return JsonResponse({"state": "settled", "standing": standing})
    sent = {"answers": filled.conflict.answers, "base_version": filled.conflict.base_version}
    return JsonResponse({"state": "conflict", "standing": standing, "sent": sent}, status=409)


def _read(request: StaffRequest) -> tuple[dict[str, Any], inspections.Sent]:
    try:
        body = request.body
    except RequestDataTooBig:
        body = b"x" * (MOST_JSON + 1)
    if len(body) > MOST_JSON:
        raise BadInput(_("It is too large to be sent."))
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput(_("What was sent cannot be read.")) from None
    if not isinstance(told, dict) or set(told) != FIELDS:
        raise BadInput(_("What was sent cannot be read."))
    wrong: dict[str, list[str]] = {}
    facility, version = told["facility"], told["base_version"]
    if type(facility) is not int or not 0 < facility < 2**63:
        wrong["facility"] = [_("What was sent cannot be read.")]
    if type(version) is not int or not 0 <= version < 2**31:
        wrong["base_version"] = [_("What was sent cannot be read.")]
    ident, moment = _uuid(told["id"]), _moment(told["filled_at"])
    if ident is None:
        wrong["id"] = [_("What was sent cannot be read.")]
    if moment is None:
        wrong["filled_at"] = [_("What was sent cannot be read.")]
    if wrong or ident is None or moment is None:
        raise BadInput(fields=wrong)
    return told, inspections.Sent(id=ident, base_version=version, filled_at=moment, answers=told["answers"])


def _uuid(text: object) -> UUID | None:
    """Read a UUID in its usual form, as phones make them."""
    try:
        found = UUID(text) if isinstance(text, str) and len(text) == 36 else None
    except ValueError:
        return None
    return found


def _moment(text: object) -> datetime | None:
    """Read a moment in ISO 8601 with its zone."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) and len(text) < 40 else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None and found.year > 1 else None


@require_POST
@staff("inspection.fill")
@_as_json
def sync_photo(request: StaffRequest, round_id: int) -> JsonResponse:
    """Take one photo of an inspection that was sent before; the same one again is answered alike."""
    round_ = queries.get_round(request.person, round_id)
    inspection = _inspection(request, round_)
    file = request.FILES.get("photo")
    if not isinstance(file, UploadedFile):
        raise BadInput(fields={"photo": [_("Choose a file.")]})
    photo = photos.take_photo(
        by=request.person,
        inspection=inspection,
        data=file.read(MOST_BYTES + 1),
        item_number=_item(request),
        keep_position=request.POST.get("keep_position") == "1",
        position=(_degrees(request, "latitude"), _degrees(request, "longitude")),
        sha256=request.POST.get("sha256", "")[:64],
    )
    return JsonResponse({"state": "taken", "sha256": photo.sent_sha256, "taken_at": clock.iso(photo.received_at)})


def _inspection(request: StaffRequest, round_: InspectionRound) -> Inspection:
    ident = _uuid(request.POST.get("inspection", ""))
    found = Inspection.objects.filter(pk=ident, round=round_).first() if ident else None
    if found is None:
        raise NotFound
    queries.get_facility(request.person, found.facility_id, "inspection.fill")
    return found


def _item(request: StaffRequest) -> int | None:
    text = request.POST.get("item", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _degrees(request: StaffRequest, name: str) -> float | None:
    try:
        return float(request.POST.get(name, "")[:20])
    except ValueError:
        return None
