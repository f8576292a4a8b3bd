"""The page of one facility: what it is, who runs it, what stands there, how it is used, what happened to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registry import ports, queries
from coso.registry.models import Facility, SpeakerCluster
from coso.registry.rules import usage
from coso.registry.rules.kinds import KINDS
from coso.registry.web.chips import retired_chip, sample_chip
from coso.registry.web.facilities.words import equipment_chip, profile_of, state_chips
from coso.ui.chips import Tone
from coso.ui.lists import Line
from coso.ui.parts import Crumb, Figure, Point

MOST_SHOWN = 12


def facility_crumbs(facility: Facility | None = None) -> list[Crumb]:
    """Give the way to a facility's pages."""
    crumbs = [Crumb(_("Facilities"), reverse("registry:facilities"))]
    if facility is not None:
        crumbs.append(Crumb(facility.name, reverse("registry:facility", args=[facility.pk])))
    return crumbs


@require_safe
@staff("registry.read")
def facility(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Show one facility."""
    found = queries.get_facility(request.person, facility_id)
    kind = KINDS.get(found.kind)
    clusters = list(queries.clusters_at(found)) if found.group == "station" else []
    pieces = queries.equipment_seen_by(request.person).filter(facility=found)
    context: dict[str, Any] = {
        "title": found.name,
        "facility": found,
        "kind": kind,
        "commune": queries.commune_of(found.place),
        "chips": [*state_chips(found), *([chip] if (chip := sample_chip(found)) else [])],
        "profile": profile_of(found),
        "serves": list(found.serves.select_related("current")),
        "clusters": [(one, retired_chip(one)) for one in clusters],
        "equipment": [equipment_line(one) for one in pieces[:MOST_SHOWN]],
        "equipment_count": pieces.count(),
        "equipment_url": f"{reverse('registry:equipment-list')}?facility={found.pk}",
        "counts": usage.counts(found.group),
        "figures": use_figures(found),
        "tours": list(found.tours.select_related("place__parent")[:MOST_SHOWN]) if found.group == "team" else [],
        "transfers": list(queries.transfers_of(found)),
        "points": _points(found, clusters),
        "table_id": "clusters" if clusters else "facts",
        "panels": ports.facility_panels(request, found),
        "may_edit": policies.may(request.person, "registry.edit", found.place),
        "may_transfer": policies.may(request.person, "registry.transfer", found.place),
        "history": history_of(found),
        "crumbs": facility_crumbs(),
    }
    return render(request, "registry/facilities/facility.html", context)


def history_of(facility: Facility) -> list[journal.Told]:
    """Tell what happened to a facility, newest first; a station is in the journal under its older name too."""
    told = journal.told(Ref("facility", str(facility.pk)))
    if facility.group == "station":
        known = {(one.at, str(one.sentence)) for one in told}
        older = journal.told(Ref("station", str(facility.pk)))
        told += [one for one in older if (one.at, str(one.sentence)) not in known]
    return sorted(told, key=lambda one: one.at, reverse=True)


def equipment_line(piece: Any) -> Line:
    """Tell of a piece in one line."""
    about = " · ".join(part for part in (piece.get_kind_display(), piece.maker, piece.serial) if part)
    name = f"{piece.name} × {piece.quantity}" if piece.quantity > 1 else piece.name
    return Line(name, reverse("registry:equipment", args=[piece.pk]), about, equipment_chip(piece))


def use_figures(facility: Facility) -> list[Figure]:
    """Give what a facility counted in twelve months, each count with its spark; none for what counts nothing."""
    if not usage.counts(facility.group):
        return []
    months = queries.months_of(facility, clock.today())
    names = [("activities", gettext("Activities held")), ("visits", gettext("Visits"))]
    if facility.group == "lending":
        names.append(("loans", gettext("Loans")))
    said = gettext("%(count)s month by month, %(first)s to %(last)s")
    span = {"first": f"{months.months[0]:%m/%Y}", "last": f"{months.months[-1]:%m/%Y}"}
    return [
        Figure(
            label=label,
            value=months.total(name),
            months=months.series(name),
            months_label=said % ({"count": label} | span),
            note=gettext("12 months"),
        )
        for name, label in names
    ]


def _points(found: Facility, clusters: list[SpeakerCluster]) -> list[Point]:
    points = []
    if found.latitude is not None and found.longitude is not None:
        word = found.get_kind_display()
        points.append(Point(found.shown_code, found.name, found.latitude, found.longitude, Tone.ACTIVE, word))
    for one in clusters:
        if one.latitude is not None and one.longitude is not None:
            url = reverse("registry:cluster", args=[one.pk])
            tone = Tone.OFF if one.is_retired else Tone.DONE
            points.append(Point(one.code, one.name, one.latitude, one.longitude, tone, gettext("cluster"), url))
    return points
