"""The list of speaker clusters and the page of one, with what upper apps know of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registers.ports import import_link
from coso.registry import ports, queries
from coso.registry.models import Link, SpeakerCluster
from coso.registry.web.chips import retired_chip, sample_chip
from coso.registry.web.facilities.page import equipment_line
from coso.registry.web.facilities.tabs import tabs_for
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Point
from coso.ui.units import by_units, unit_filter

RETIRED = "retired"


def state_chip(cluster: SpeakerCluster) -> Chip | None:
    """Tell how a cluster is doing: that it is retired, else as far as an app knows."""
    known = ports.condition()
    return retired_chip(cluster) or (known.chip(cluster) if known else None)


def _prepared(rows: ports.Clusters) -> ports.Clusters:
    known = ports.condition()
    return known.prepare(rows) if known else rows


def _sentence(request: HttpRequest) -> str:
    rows = queries.clusters_seen_by(request.user).filter(retired_on=None)
    known = ports.condition()
    count, more = known.sentence(rows) if known else (rows.count(), "")
    said = ngettext("%(count)s cluster.", "%(count)s clusters.", count) % {"count": count}
    return f"{said} {more}" if more else said


def _states(request: HttpRequest) -> Choices:
    known = ports.condition()
    return [*(known.choices() if known else []), (RETIRED, gettext("Retired"))]


def _in_state(rows: ports.Clusters, value: str) -> ports.Clusters:
    known = ports.condition()
    if value == RETIRED:
        return rows.filter(retired_on__isnull=False)
    rows = rows.filter(retired_on=None)
    return known.narrow(rows, value) if known else rows


def _add(request: HttpRequest) -> Action | None:
    may = policies.may(request.user, "registry.edit")
    return Action(gettext("Enter a cluster"), reverse("registry:new-cluster")) if may else None


SPEC = ListSpec(
    key="cum-loa",
    import_url=import_link("cum-loa"),
    title=_("Loudspeaker clusters"),
    sentence=_sentence,
    columns=[
        Column("name", _("Cluster"), "name", sort="sort_key"),
        Column("code", _("Code"), "code", sort="code"),
        Column("commune", _("Commune or ward"), "station.place.name", sort="station__place__sort_key"),
        Column("villages", _("Villages served"), lambda row: ", ".join(v.name for v in row.villages.all())),
        Column("state", _("State"), state_chip, kind="state"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("station", _("Station"), "station.name", shown=False),
        Column("link", _("Link"), lambda row: row.get_link_display(), shown=False),
        Column("power", _("Power"), lambda row: row.get_power_display(), shown=False),
        Column("battery", _("Hours on its battery"), "battery_hours", kind="number", shown=False),
        Column("range", _("Heard how far, in metres"), "range_m", kind="number", shown=False),
        Column("installed", _("Installed on"), "installed_on", kind="date", shown=False),
        Column("retired", _("Retired on"), "retired_on", kind="date", shown=False),
        Column("networked", _("On a network"), "is_networked", kind="bool", shown=False),
        Column("latitude", _("Latitude"), "latitude", kind="number", shown=False),
        Column("longitude", _("Longitude"), "longitude", kind="number", shown=False),
    ],
    search=["folded", "station__place__folded"],
    search_label=_("Search by name, code or commune"),
    filters=[
        Filter("state", _("State"), _states, _in_state),
        Filter("link", _("Link"), Link.choices, lambda rows, value: rows.filter(link=value)),
        unit_filter("commune", _("Commune or ward")),
    ],
    default_sort="name",
    row_link=lambda row: reverse("registry:cluster", args=[row.pk]),
    primary=_add,
    empty=Empty(
        _("No cluster yet"),
        _("A cluster is one receiver with its loudspeakers; enter it with the villages that hear it."),
        icon="speaker",
    ),
)


@require_safe
@staff("registry.read")
def cluster_list(request: StaffRequest) -> HttpResponseBase:
    """List the clusters within the person's scope."""
    rows = _prepared(queries.clusters_seen_by(request.person))
    return list_response(
        request,
        *by_units(request, SPEC, rows, commune="station.place"),
        template="registry/list.html",
        extra={"tabs": tabs_for(request)},
    )


@require_safe
@staff("registry.read")
def cluster(request: StaffRequest, cluster_id: int) -> HttpResponse:
    """Show one cluster: where it stands, who hears it, and what upper apps tell of it."""
    found = queries.get_cluster(request.person, cluster_id)
    villages = list(found.villages.select_related("parent"))
    context: dict[str, Any] = {
        "title": found.name,
        "cluster": found,
        "chip": state_chip(_prepared(queries.clusters().filter(pk=found.pk)).get()),
        "sample": sample_chip(found),
        "villages": villages,
        "points": _points(found),
        "panels": ports.cluster_panels(request, found),
        "may_edit": policies.may(request.person, "registry.edit", found.station.place),
        "history": journal.told(Ref("cluster", str(found.pk))),
        "equipment": [equipment_line(one) for one in found.equipment.all()],
        "crumbs": [Crumb(_("Loudspeaker clusters"), reverse("registry:clusters"))],
    }
    return render(request, "registry/cluster.html", context)


def _points(found: SpeakerCluster) -> list[Point]:
    points = []
    if found.latitude is not None and found.longitude is not None:
        points.append(Point(found.code, found.name, found.latitude, found.longitude, Tone.ACTIVE, gettext("cluster")))
    for village in found.villages.all():
        if village.latitude is not None and village.longitude is not None:
            url = reverse("places:place", args=[village.pk])
            points.append(
                Point(village.code, village.name, village.latitude, village.longitude, Tone.DONE, gettext("heard"), url)
            )
    return points
