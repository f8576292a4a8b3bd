"""The page of one place, of today or of then: what it is, what hangs there, what it was and became, its labels."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.registry import ports, queries
from coso.registry.models import SpeakerCluster
from coso.registry.queries.seen import heard as heard_among
from coso.registry.web.chips import sample_chip, village_chip
from coso.registry.web.places import history
from coso.registry.web.places.label_words import held_line
from coso.ui.chips import Tone
from coso.ui.lists import Action
from coso.ui.parts import Crumb, Point


@require_safe
@staff("place.read")
def place(request: StaffRequest, place_id: int) -> HttpResponse:
    """Show one place, of today or of then."""
    found = queries.get_place(request.person, place_id)
    today = clock.today()
    lying = units.villages_of([found]) if found.level != Level.PROVINCE else units.now().none()
    villages = list(lying) if found.level == Level.COMMUNE else []
    heard = set(heard_among(lying).values_list("pk", flat=True))
    clusters = _clusters(found)
    seen = queries.places_seen_by(request.person)
    may_change = policies.may_throughout(request.person, "place.change")
    is_area = found.level in {Level.COMMUNE, Level.VILLAGE}
    context: dict[str, Any] = {
        "title": found.name,
        "place": found,
        "about": _about(found),
        "chip": sample_chip(found),
        "ended": None if found.is_valid_on(today) else found.valid_to,
        "villages": [(village, village_chip(village.pk in heard)) for village in villages],
        "heard": len(heard),
        "clusters": clusters,
        "points": _points(found, villages, clusters, heard),
        "links": ports.place_links(request, found),
        "panels": ports.place_panels(request, found),
        "labels": [held_line(held) for held in units.labels_of(found)],
        "may_label": is_area and found.is_valid_on(today) and policies.may(request.person, "place.label", found),
        "is_area": is_area,
        "past": history.told(found, seen, may_change=may_change),
        "ways": [*_telling(request, found, today), *_ways(found, today, may_change=may_change)],
        "crumbs": _crumbs(found, seen),
    }
    return render(request, "registry/place.html", context)


def _about(found: Place) -> str:
    above = found.parent.name if found.parent else ""
    return f"{found.get_level_display()} · {above}" if above else str(found.get_level_display())


def _clusters(found: Place) -> list[SpeakerCluster]:
    if found.level == Level.VILLAGE:
        return list(queries.clusters_of(found))
    return list(queries.clusters_under(found)) if found.level == Level.COMMUNE else []


def _telling(request: StaffRequest, found: Place, today: date) -> list[Action]:
    """Give the ways on to entering a village of a commune, and to telling its figures."""
    if not found.is_valid_on(today) or not policies.may(request.person, "registry.edit", found):
        return []
    if found.level == Level.COMMUNE:
        return [Action(_("Enter a village"), reverse("places:add-village", args=[found.pk]))]
    if found.level == Level.VILLAGE:
        return [Action(_("Change its figures"), reverse("places:describe-village", args=[found.pk]))]
    return []


def _ways(found: Place, today: date, *, may_change: bool) -> list[Action]:
    """Give the ways on to changing the unit, or to saying what followed it."""
    if not may_change or found.level == Level.PROVINCE:
        return []
    if found.is_valid_on(today):
        return [Action(_("Change the unit"), f"{reverse('places:new-change')}?noi={found.pk}")]
    if found.level != Level.DISTRICT and not found.successions.filter(is_whole=True).exists():
        return [Action(_("Enter the successor"), reverse("places:link", args=[found.pk]))]
    return []


def _points(found: Place, villages: list[Place], clusters: list[SpeakerCluster], heard: set[int]) -> list[Point]:
    """Give the villages and the clusters that have a spot; a village of its own page is one of them."""
    shown = villages or ([found] if found.level == Level.VILLAGE else [])
    points = []
    for village in shown:
        if village.latitude is not None and village.longitude is not None:
            chip = village_chip(village.pk in heard)
            url = reverse("places:place", args=[village.pk]) if village != found else ""
            points.append(
                Point(village.code, village.name, village.latitude, village.longitude, chip.tone, chip.word, url)
            )
    return points + [
        Point(
            key=cluster.code,
            name=cluster.name,
            lat=cluster.latitude,
            lon=cluster.longitude,
            state=Tone.ACTIVE,
            word=gettext("cluster"),
            url=reverse("registry:cluster", args=[cluster.pk]),
        )
        for cluster in clusters
        if cluster.latitude is not None and cluster.longitude is not None
    ]


def _crumbs(found: Place, seen: QuerySet[Place]) -> list[Crumb]:
    crumbs = [Crumb(_("Places"), reverse("places:places"))]
    if found.parent is not None and found.level == Level.VILLAGE and seen.filter(pk=found.parent.pk).exists():
        crumbs.append(Crumb(found.parent.name, reverse("places:place", args=[found.parent.pk])))
    return crumbs
