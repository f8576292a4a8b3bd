"""Every checklist with the article that each question comes from, those in force and those of old."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations.doors import StaffRequest, staff
from coso.registry.models import Checklist
from coso.registry.queries import inspections as queries
from coso.registry.rules.kinds import name_of
from coso.registry.web.inspections.rounds import crumbs
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Line
from coso.ui.parts import Crumb

UNVERIFIED = "chưa xác minh"


def validity_chip(checklist: Checklist) -> Chip:
    """Tell whether a checklist is in force today."""
    today = clock.today()
    if checklist.valid_to is not None and checklist.valid_to < today:
        return Chip(gettext("Of earlier times"), Tone.OFF, icon="archive")
    return Chip(gettext("In force"), Tone.DONE) if checklist.valid_from <= today else Chip(gettext("Later"))


@require_safe
@staff("inspection.read")
def checklist_list(request: StaffRequest) -> HttpResponse:
    """List the checklists."""
    lines = [
        Line(one.title, reverse("registry:checklist", args=[one.code]), one.source, validity_chip(one))
        for one in queries.checklists()
    ]
    context = {
        "title": gettext("Checklists"),
        "sentence": gettext("Each question names the article that it comes from."),
        "lines": lines,
        "crumbs": crumbs(),
    }
    return render(request, "registry/inspections/checklists.html", context)


@require_safe
@staff("inspection.read")
def checklist(request: StaffRequest, code: str) -> HttpResponse:
    """Show one checklist."""
    found = queries.checklists().filter(code=code).first()
    if found is None:
        raise NotFound
    context = {
        "title": found.title,
        "sentence": found.source,
        "checklist": found,
        "chip": validity_chip(found),
        "kinds": ", ".join(name_of(kind) for kind in found.kinds) or gettext("Every kind"),
        "items": [(item, UNVERIFIED in item.article.lower()) for item in found.items.all()],
        "unverified": Chip(gettext("not verified"), Tone.NEED, icon="help"),
        "crumbs": [*crumbs(), Crumb(_("Checklists"), reverse("registry:checklists"))],
    }
    return render(request, "registry/inspections/checklist.html", context)
