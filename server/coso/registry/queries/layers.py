"""What a map's layers draw, within a person's scope: one question each, no question for each point."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.organizations import policies
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.registry import ports
from coso.registry.models import Facility, SpeakerCluster
from coso.registry.queries import coverage, hardness, reaching
from coso.registry.rules.coverage import UNLABELLED
from coso.registry.rules.kinds import codes_of

Point = dict[str, Any]


def stations(person: object) -> list[Point]:
    """Place the open stations; one without a spot of its own stands in the middle of its commune."""
    return _facilities(person, "station")


def boards(person: object) -> list[Point]:
    """Place the open boards that have a spot."""
    return _facilities(person, "board")


def clusters(person: object) -> list[Point]:
    """Place the standing clusters, each `done` when it works, `waiting` when it is on no network, else `need`."""
    today = clock.today()
    found = SpeakerCluster.objects.filter(
        Q(retired_on=None) | Q(retired_on__gt=today),
        policies.scope(person, "registry.read", "station__place__path"),
        latitude__isnull=False,
        longitude__isnull=False,
    )
    working = set(ports.working(found).order_by().values_list("pk", flat=True))
    return [
        _point(pk, name, latitude, longitude, "done" if networked and pk in working else _quiet(networked))
        for pk, name, latitude, longitude, networked in found.values_list(
            "pk", "name", "latitude", "longitude", "is_networked"
        )
    ]


def villages(rows: reaching.Villages, state: Any) -> list[Point]:
    """Place villages that `coverage.villages` gave; `state` tells how each looks."""
    points = []
    for row in coverage.located(rows).select_related("parent"):
        point = _point(row.pk, f"{row.name}, {row.parent.name}", row.latitude, row.longitude, state(row))
        point["properties"]["place"] = row.code
        points.append(point)
    return points


def communes_with_class(person: object) -> QuerySet[Place]:
    """List the communes of today in scope that a decision calls difficult themselves, with their `rank`."""
    rows = units.communes().filter(policies.scope(person, "registry.read", "path"), level=Level.COMMUNE)
    return hardness.ranked(rows).filter(rank__lt=UNLABELLED)


def communes_seen(person: object) -> QuerySet[Place]:
    """List the communes of today that a person may read of, or that hold a village of his."""
    inside = policies.scope(person, "registry.read", "path")
    own = units.now().filter(inside, level=Level.VILLAGE).order_by().values("parent")
    return units.communes().filter(inside | Q(pk__in=own))


def collection(points: Iterable[Point], **told: Any) -> dict[str, Any]:
    """Give points as GeoJSON; `words` say what each state means, `page` is the address of point 0."""
    return {"type": "FeatureCollection", "features": list(points), **told}


def _facilities(person: object, group: str) -> list[Point]:
    today = clock.today()
    found = Facility.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=today),
        policies.scope(person, "registry.read", "place__path"),
        kind__in=codes_of(group),
    ).values_list("pk", "name", "latitude", "longitude", "place__current__latitude", "place__current__longitude")
    points = []
    for pk, name, latitude, longitude, place_latitude, place_longitude in found:
        if latitude is None or longitude is None:
            latitude, longitude = place_latitude, place_longitude
        if latitude is not None and longitude is not None:
            points.append(_point(pk, name, latitude, longitude, "active"))
    return points


def _quiet(networked: bool) -> str:
    return "need" if networked else "waiting"


def _point(ident: int, name: str, latitude: Any, longitude: Any, state: str) -> Point:
    return {
        "type": "Feature",
        "id": ident,
        "geometry": {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]},
        "properties": {"name": name, "state": str(state)},
    }
