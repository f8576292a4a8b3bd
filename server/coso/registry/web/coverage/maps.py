"""The map with its layers and the table beside it, and the GeoJSON that they are drawn from."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coso.kit.errors import NotFound
from coso.organizations.doors import StaffRequest, staff
from coso.registry.queries import areas, coverage, hardness, layers
from coso.registry.rules.coverage import tally
from coso.registry.web.coverage import days, words
from coso.registry.web.coverage.overview import commune_rows
from coso.registry.web.coverage.villages import narrowed
from coso.registry.web.coverage.ways import ways_for
from coso.ui.chips import Tone
from coso.ui.parts import Crumb, Layer

Drawn = dict[str, Any]
CLUSTERS = {Tone.DONE: _("Works"), Tone.NEED: _("Stands, is silent"), Tone.WAITING: _("On no network, as stated")}
# The map has five colours for classes; what comes behind the fifth shares the last.
_LAST_CLASS = 4


def _class_state(rank: int) -> str:
    return str(min(rank, _LAST_CLASS))


def _page_of(name: str) -> str:
    try:
        return reverse(name, args=[0])
    except NoReverseMatch:
        return ""


def _stations(request: StaffRequest) -> Drawn:
    points = layers.stations(request.person)
    return layers.collection(points, words={"active": gettext("station")}, page=_page_of("registry:facility"))


def _boards(request: StaffRequest) -> Drawn:
    points = layers.boards(request.person)
    return layers.collection(points, words={"active": gettext("notice board")}, page=_page_of("registry:facility"))


def _clusters(request: StaffRequest) -> Drawn:
    said = {str(tone): str(word) for tone, word in CLUSTERS.items()}
    return layers.collection(layers.clusters(request.person), words=said, page=_page_of("registry:cluster"))


def _villages(request: StaffRequest) -> Drawn:
    return _told(layers.villages(coverage.villages(request.person), words.tone_of))


def _uncovered(request: StaffRequest) -> Drawn:
    rows = narrowed(request, coverage.uncovered(coverage.villages(request.person, days.asked(request))))
    return _told(layers.villages(rows, words.tone_of))


def _told(points: list[layers.Point]) -> Drawn:
    said = {str(tone): str(word) for tone, word in words.COVERAGE.items()}
    return layers.collection(points, words=said, page=_page_of("places:place"))


def _difficulty(request: StaffRequest) -> Drawn:
    kinds = hardness.difficulties()
    ranked = {place.code: place for place in layers.communes_with_class(request.person)}
    drawn = areas.areas(list(ranked.values()))
    for feature in drawn["features"]:
        place: Any = ranked[feature["properties"]["code"]]
        feature["properties"]["state"] = _class_state(place.rank)
        feature["properties"]["name"] = f"{place.name}, {words.class_of(place.rank, kinds)}"
    return drawn | {"words": _class_words()}


def _class_words() -> dict[str, str]:
    named: dict[str, str] = {}
    for rank, kind in enumerate(hardness.difficulties()):
        state = _class_state(rank)
        named[state] = f"{named[state]}, {kind.name}" if state in named else kind.name
    return named


def _geojson(drawn: Drawn) -> HttpResponse:
    return JsonResponse(drawn, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


LAYERS: dict[str, Callable[[StaffRequest], Drawn]] = {
    "do-phu": _villages,
    "chua-phu": _uncovered,
    "cum-loa": _clusters,
    "dai": _stations,
    "bang-tin": _boards,
    "dien-kho-khan": _difficulty,
}


@require_safe
@cache_control(private=True, max_age=60)
@staff("registry.read")
def layer(request: StaffRequest, key: str) -> HttpResponse:
    """Give what one layer draws within the person's scope, as GeoJSON."""
    if key not in LAYERS:
        raise NotFound
    return _geojson(LAYERS[key](request))


@require_safe
@cache_control(private=True, max_age=60)
@staff("registry.read")
def map_areas(request: StaffRequest) -> HttpResponse:
    """Give the communes within the person's scope as GeoJSON: boundaries where they are known, else a sketch."""
    return _geojson(areas.areas(list(layers.communes_seen(request.person))))


@require_safe
@staff("registry.read")
def map_page(request: StaffRequest) -> HttpResponseBase:
    """Show the map of the person's scope, its layers, and the communes in a table beside it."""
    counted = coverage.groups(request.person)
    wanted = request.GET.getlist("lop")
    rows = commune_rows(counted)
    context = {
        "title": gettext("Map of coverage"),
        "sentence": words.sentence(tally(counted)),
        "ways": ways_for(request),
        "layers": _layers(request, wanted),
        "areas_url": reverse("registry:map-areas"),
        "rows": rows,
        # Whoever looks after one commune wants its villages beside the map.
        "villages": _village_rows(request) if len(rows) == 1 else [],
        "crumbs": [Crumb(_("Coverage"), reverse("registry:coverage"))],
    }
    return render(request, "registry/coverage/map.html", context)


def _village_rows(request: StaffRequest) -> list[tuple[Any, Any]]:
    rows = coverage.villages(request.person).order_by("sort_key", "pk")
    return [(village, words.village_chip(village)) for village in rows]


def _layers(request: HttpRequest, wanted: list[str]) -> list[Layer]:
    known: list[tuple[str, Any, str, list[tuple[Any, Any]]]] = [
        ("dien-kho-khan", _("Classes of difficulty"), "area", list(_class_words().items())),
        ("do-phu", _("Coverage of villages"), "village", list(words.COVERAGE.items())),
        ("cum-loa", _("Loudspeaker clusters"), "cluster", list(CLUSTERS.items())),
        ("dai", _("Stations"), "station", [(Tone.ACTIVE, _("station"))]),
        ("bang-tin", _("Notice boards"), "board", [(Tone.ACTIVE, _("notice board"))]),
    ]
    chosen = set(wanted) & {key for key, *_rest in known} or {"do-phu", "dai"}
    return [
        Layer(
            key,
            label,
            reverse("registry:map-layer", args=[key]),
            shape=shape,
            is_on=key in chosen,
            keys=[(str(state), word) for state, word in keys],
        )
        for key, label, shape, keys in known
        if keys
    ]
