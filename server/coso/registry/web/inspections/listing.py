"""The list of all inspections, of every round and of none."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Place
from coso.places.queries import commune_name
from coso.registry.models import Facility, Inspection
from coso.registry.queries import inspections as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.rules.kinds import KINDS, name_of
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.inspections.chips import inspection_chip
from coso.registry.web.inspections.defects import communes_choices
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import Way, by_units

_RESULTS = [
    ("findings", _("With findings")),
    ("order", _("In order")),
    ("begun", _("Begun")),
]


_WAYS = [("round", _("In a round")), ("none", _("Without notice"))]


def _at(facilities: QuerySet[Facility]) -> dict[str, Any]:
    # A million inspections stand at some thousand facilities: those are looked through, then found by the index.
    return {"facility__in": facilities.order_by().values("pk")}


def _searching(person: object) -> Callable[[QuerySet[Inspection], str], QuerySet[Inspection]]:
    """Make the search: only among the facilities that the person may see, not the whole country's."""
    return lambda rows, folded: rows.filter(**_at(queries.facilities_named(person, folded.split())))


def _in_commune(rows: QuerySet[Inspection], value: str) -> QuerySet[Inspection]:
    path = Place.objects.get(pk=value).current_path
    return rows.filter(**_at(Facility.objects.filter(place__current_path__startswith=path)))


def _with_result(rows: QuerySet[Inspection], value: str) -> QuerySet[Inspection]:
    if value == "begun":
        return rows.filter(is_done=False)
    return rows.filter(is_done=True, findings=0) if value == "order" else rows.filter(is_done=True, findings__gt=0)


SPEC = ListSpec(
    key="phieu-kiem-tra",
    title=_("Inspections made"),
    sentence=_("Every facility that was looked at, the latest first."),
    columns=[
        Column("facility", _("Facility"), "facility.name", sort="facility__sort_key"),
        Column("commune", _("Commune or ward"), lambda row: commune_of(row.facility.place).name),
        Column("kind", _("Kind"), lambda row: name_of(row.facility.kind), shown=False),
        Column("round", _("Round"), lambda row: row.round.title if row.round else gettext("Without notice")),
        Column("result", _("Result"), inspection_chip, sort="findings", kind="state"),
        Column("filled", _("Filled in at"), "filled_at", sort="filled_at", kind="when"),
        Column("by", _("Filled in by"), "by.full_name"),
    ],
    search_label=_("Search by facility, code or commune"),
    filters=[
        Filter("result", _("Result"), _RESULTS, _with_result),
        Filter("round", _("Round"), _WAYS, lambda rows, value: rows.filter(round__isnull=value == "none")),
        Filter("commune", _("Commune or ward"), communes_choices, _in_commune),
        Filter(
            "kind",
            _("Kind"),
            [(kind.code, kind.name) for kind in KINDS.values()],
            lambda rows, value: rows.filter(**_at(Facility.objects.filter(kind=value))),
        ),
    ],
    row_link=lambda row: reverse("registry:inspection", args=[row.pk]),
    keys_first=True,
    empty=Empty(
        _("No inspection yet"),
        _("Open a round of inspection; the officers of the communes fill in a sheet for each facility."),
        icon="approve",
    ),
)


@require_safe
@staff("inspection.read")
def inspection_list(request: StaffRequest) -> HttpResponseBase:
    """List the inspections within the person's scope, the latest first."""
    commune = Way("facility.place", told=commune_name, joins=("parent",))
    spec = replace(SPEC, search=_searching(request.person))
    told = by_units(request, spec, queries.inspections_seen_by(request.person), commune=commune)
    return list_response(request, *told, template="registry/list.html", extra={"tabs": tabs_for(request)})
