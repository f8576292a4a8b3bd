"""The list of communes and villages, the page of one place, and the sketched map."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.organizations.doors import StaffRequest, staff
from coso.places import queries as units
from coso.places.models import Level, Place, Succession
from coso.registry import ports, queries
from coso.registry.models import SpeakerCluster
from coso.registry.queries.areas import areas_around
from coso.registry.web.chips import coverage_chip, sample_chip, village_chip
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Point

LEVELS = [(Level.COMMUNE.value, _("Communes and wards")), (Level.VILLAGE.value, _("Villages and groups"))]


def _sentence(request: HttpRequest) -> str:
    found = units.now().filter(pk__in=queries.places_seen_by(request.user).values("pk"))
    communes = found.filter(level=Level.COMMUNE).count()
    villages = found.filter(level=Level.VILLAGE)
    count, without = villages.count(), villages.filter(clusters=None).count()
    if communes:
        said = ngettext(
            "%(communes)s communes and wards, %(villages)s village.",
            "%(communes)s communes and wards, %(villages)s villages.",
            count,
        ) % {"communes": communes, "villages": count}
    else:
        said = ngettext("%(villages)s village.", "%(villages)s villages.", count) % {"villages": count}
    if without:
        said += " " + ngettext(
            "%(count)s village has no loudspeaker.", "%(count)s villages have no loudspeaker.", without
        ) % {"count": without}
    return said


def _communes(request: HttpRequest) -> Choices:
    found = units.communes().filter(pk__in=queries.places_seen_by(request.user).values("pk"))
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def _commune_of(row: Place) -> str:
    return row.parent.name if row.level == Level.VILLAGE and row.parent else ""


def _heard(rows: QuerySet[Place], value: str) -> QuerySet[Place]:
    everybody = Q(villages_all__gt=0, villages_heard=F("villages_all"))
    return rows.filter(everybody) if value == "yes" else rows.exclude(everybody)


SPEC = ListSpec(
    key="dia-ban",
    title=_("Places"),
    sentence=_sentence,
    columns=[
        Column("name", _("Place"), "name", sort="sort_key"),
        Column("level", _("Level"), lambda row: row.get_level_display(), sort="level"),
        Column("commune", _("Commune or ward"), _commune_of),
        Column("population", _("Population"), "population", sort="population", kind="number"),
        Column("households", _("Households"), "households", kind="number", shown=False),
        Column("loudspeakers", _("Loudspeakers"), coverage_chip, sort="villages_heard", kind="state"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("code", _("Code"), "code", shown=False),
        Column("latitude", _("Latitude"), "latitude", kind="number", shown=False),
        Column("longitude", _("Longitude"), "longitude", kind="number", shown=False),
    ],
    search=["folded", "parent__folded"],
    search_label=_("Search for a place, with or without marks"),
    filters=[
        Filter("level", _("Level"), LEVELS, lambda rows, value: rows.filter(level=value)),
        Filter("commune", _("Commune or ward"), _communes, lambda rows, at: rows.filter(Q(pk=at) | Q(parent=at))),
        Filter("loudspeakers", _("Loudspeakers"), [("yes", _("Everywhere")), ("no", _("Missing somewhere"))], _heard),
    ],
    row_link=lambda row: reverse("places:place", args=[row.pk]),
    empty=Empty(_("No place yet"), _("The operator loads the administrative units: coso places load."), icon="place"),
)


@require_safe
@staff("place.read")
def place_list(request: StaffRequest) -> HttpResponseBase:
    """List the communes and villages of today within the person's scope."""
    return list_response(request, SPEC, queries.communes_and_villages_seen_by(request.person))


@require_safe
@staff("place.read")
def place(request: StaffRequest, place_id: int) -> HttpResponse:
    """Show one place, of today or of then."""
    found = queries.get_place(request.person, place_id)
    today = clock.today()
    villages = list(units.villages_of([found]).prefetch_related("clusters")) if found.level == Level.COMMUNE else []
    clusters = _clusters(found)
    seen = queries.places_seen_by(request.person)
    context: dict[str, Any] = {
        "title": found.name,
        "place": found,
        "about": _about(found),
        "chip": sample_chip(found),
        "ended": None if found.is_valid_on(today) else found.valid_to,
        "villages": [(village, village_chip(bool(village.clusters.all()))) for village in villages],
        "heard": sum(bool(village.clusters.all()) for village in villages),
        "clusters": clusters,
        "points": _points(found, villages, clusters),
        "links": ports.place_links(request, found),
        "panels": ports.place_panels(request, found),
        "origins": [_link(one, one.predecessor, seen, today) for one in queries.origins_of(found)],
        "successions": [_link(one, one.successor, seen, today) for one in queries.successions_of(found)],
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


def _points(found: Place, villages: list[Place], clusters: list[SpeakerCluster]) -> list[Point]:
    """Give the villages and the clusters that have a spot; a village of its own page is one of them."""
    shown = villages or ([found] if found.level == Level.VILLAGE else [])
    points = []
    for village in shown:
        if village.latitude is not None and village.longitude is not None:
            chip = village_chip(bool(village.clusters.all()))
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


def _link(succession: Succession, other: Place, seen: QuerySet[Place], today: date) -> dict[str, Any]:
    """Tell of a unit before or after this one; it has a page only within the person's scope."""
    words = []
    if not succession.is_whole:
        words.append(gettext("in part"))
    if not succession.is_verified:
        words.append(gettext("not verified"))
    return {
        "place": other,
        "words": ", ".join(words),
        "url": reverse("places:place", args=[other.pk]) if seen.filter(pk=other.pk).exists() else "",
        "chip": None if other.is_valid_on(today) else Chip(gettext("Of earlier times"), Tone.OFF, icon="archive"),
    }


def _crumbs(found: Place, seen: QuerySet[Place]) -> list[Crumb]:
    crumbs = [Crumb(_("Places"), reverse("places:places"))]
    if found.parent is not None and found.level == Level.VILLAGE and seen.filter(pk=found.parent.pk).exists():
        crumbs.append(Crumb(found.parent.name, reverse("places:place", args=[found.parent.pk])))
    return crumbs


@require_safe
@cache_control(private=True, max_age=60)
@staff("place.read")
def schematic(request: StaffRequest, place_id: int) -> HttpResponseBase:
    """Give the area of a place's commune as GeoJSON, or every commune of the province: boundaries or a sketch."""
    found = queries.get_place(request.person, place_id)
    drawn = areas_around(found)
    return JsonResponse(drawn, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})
