"""The operator's boundaries: what is in use, a file looked through before it is kept, and taking one back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit.errors import BadInput
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import BoundaryFile
from coso.registry.actions import boundaries as actions
from coso.registry.queries import basemap
from coso.registry.queries.boundaries import all_files
from coso.registry.web.coverage.forms import BoundariesForm
from coso.registry.web.coverage.ways import ways_for
from coso.ui.chips import Chip, Tone
from coso.ui.parts import Crumb

_SALT = "registry.boundaries"
_AN_HOUR_S = 3600
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
