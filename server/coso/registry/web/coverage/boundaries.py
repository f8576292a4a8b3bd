"""The operator's boundaries: what is in use, a file looked through before it is kept, and taking one back."""

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit import blobs
from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import BoundaryFile, Place
from coso.registry.actions import boundaries as actions
from coso.registry.queries import basemap
from coso.registry.queries.boundaries import all_files
from coso.registry.web.coverage.forms import BoundariesForm
from coso.registry.web.coverage.ways import ways_for
from coso.ui.chips import Chip, Tone
from coso.ui.parts import Crumb

_SALT = "registry.boundaries"
_DRAWN = "registry.boundaries.drawn"
_AN_HOUR_S = 3600
_MOST_ROWS = 300
_MOST_NAMED = 20


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Coverage"), reverse("registry:coverage")), Crumb(_("Boundaries"), reverse("registry:boundaries"))]


def _chip(file: BoundaryFile) -> Chip:
    if file.withdrawn_at is not None:
        return Chip(gettext("Withdrawn"), Tone.OFF)
    return Chip(gettext("In use"), Tone.DONE)


@require_safe
@staff(actions.RIGHT)
def boundaries(request: StaffRequest) -> HttpResponse:
    """List the files of boundaries, and say whether there is a base map."""
    policies.require_throughout(request.person, actions.RIGHT)
    files = all_files()
    in_use = sum(1 for file in files if file.withdrawn_at is None)
    said = ngettext("%(count)s file is in use.", "%(count)s files are in use.", in_use) % {"count": in_use}
    context = {
        "title": gettext("Boundaries"),
        "sentence": said if in_use else gettext("Maps show a sketch; no boundaries were given yet."),
        "files": [(file, _chip(file)) for file in files],
        "base": basemap.base_map(),
        "ways": ways_for(request),
        "crumbs": _crumbs()[:1],
    }
    return render(request, "registry/coverage/boundaries.html", context)


@staff(actions.RIGHT)
def add(request: StaffRequest) -> HttpResponseBase:
    """Take a file, look through it, and show what maps would draw with it."""
    policies.require_throughout(request.person, actions.RIGHT)
    form = BoundariesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            checked = actions.check_boundaries(
                by=request.person,
                data=told["file"].read(),
                code_property=told["code_property"],
                true_on=told["true_on"],
            )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            return _preview(request, checked, told)
    context = {
        "title": gettext("Add boundaries"),
        "sentence": gettext("You see what the file draws before any map uses it."),
        "form": form,
        "crumbs": _crumbs(),
    }
    return render(request, "registry/coverage/boundaries_add.html", context, status=422 if form.errors else 200)


@require_safe
@staff(actions.RIGHT)
def drawn(request: StaffRequest, token: str) -> HttpResponseBase:
    """Give the shapes of a file that was looked through, for the map of its preview."""
    policies.require_throughout(request.person, actions.RIGHT)
    try:
        sha256 = signing.loads(token, salt=_DRAWN, max_age=_AN_HOUR_S)
    except signing.BadSignature:
        raise NotFound from None
    if not blobs.has(sha256):
        raise NotFound
    with blobs.open_blob(sha256) as file:
        told = json.load(file)
    told["note"] = gettext("What the file draws; no map uses it yet.")
    return JsonResponse(told, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


def _rows(checked: actions.Checked) -> list[tuple[Place, Chip]]:
    """Say of each unit how its outline stands, those to be looked at first."""
    outside = {place.pk for place in checked.match.outside}
    mended = set(checked.cleaned.mended)
    rows = []
    for place, _outline in checked.match.units:
        if place.pk in outside:
            rows.append((place, Chip(gettext("Its middle lies elsewhere"), Tone.NEED)))
        elif place.code in mended:
            rows.append((place, Chip(gettext("Mended"), Tone.WAITING)))
        else:
            rows.append((place, Chip(gettext("Drawn"), Tone.DONE)))
    return sorted(rows, key=lambda row: (row[1].tone != Tone.NEED, row[1].tone == Tone.DONE))


def _preview(request: StaffRequest, checked: actions.Checked, told: dict[str, Any]) -> HttpResponse:
    """Show what was found; what was looked through goes along signed, so that nothing else can be kept."""
    kept = {
        "sha256": checked.sha256,
        "name": told["name"],
        "source": told["source"],
        "true_on": told["true_on"].isoformat(),
    }
    match, cleaned = checked.match, checked.cleaned
    count = len(match.units)
    rows = _rows(checked)
    said = ngettext("The file draws %(count)s unit.", "The file draws %(count)s units.", count) % {"count": count}
    context = {
        "title": gettext("Keep these boundaries?"),
        "sentence": said,
        "told": told,
        "units": count,
        "unknown": match.unknown[:_MOST_NAMED],
        "more_unknown": max(len(match.unknown) - _MOST_NAMED, 0),
        "missing": match.missing[:_MOST_NAMED],
        "more_missing": max(len(match.missing) - _MOST_NAMED, 0),
        "outside": match.outside[:_MOST_NAMED],
        "mended": cleaned.mended[:_MOST_NAMED],
        "cleaned": cleaned,
        "rows": rows[:_MOST_ROWS],
        "more_rows": max(len(rows) - _MOST_ROWS, 0),
        "areas_url": reverse("registry:boundaries-drawn", args=[signing.dumps(checked.sha256, salt=_DRAWN)]),
        "states": {place.code: str(chip.tone) for place, chip in rows},
        "words": {place.code: str(chip.word) for place, chip in rows},
        "token": signing.dumps(kept, salt=_SALT),
        "crumbs": _crumbs(),
    }
    return render(request, "registry/coverage/boundaries_check.html", context)


@require_POST
@staff(actions.RIGHT)
def keep(request: StaffRequest) -> HttpResponseBase:
    """Let maps use the boundaries that were shown."""
    try:
        kept = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_AN_HOUR_S)
    except signing.BadSignature:
        messages.error(request, gettext("The file was looked through too long ago; send it again."))
        return redirect("registry:add-boundaries")
    try:
        made = actions.add_boundaries(
            by=request.person,
            sha256=kept["sha256"],
            name=kept["name"],
            source=kept["source"],
            true_on=date.fromisoformat(kept["true_on"]),
        )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("registry:add-boundaries")
    messages.success(request, gettext("Maps use the boundaries “%(name)s” from now on.") % {"name": made.name})
    return redirect("registry:boundaries")


@require_POST
@staff(actions.RIGHT)
def withdraw(request: StaffRequest, boundaries_id: int) -> HttpResponseBase:
    """Take boundaries off the maps."""
    gone = actions.withdraw_boundaries(by=request.person, boundaries_id=boundaries_id)
    messages.success(request, gettext("Maps use the boundaries “%(name)s” no more.") % {"name": gone.name})
    return redirect("registry:boundaries")
