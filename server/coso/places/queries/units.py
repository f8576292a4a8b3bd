"""Reading places: at a date, under a unit, by what a person types."""

from datetime import date
from pathlib import Path

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.kit.text import fold
from coso.places.models import Level, Place


def at(day: date) -> QuerySet[Place]:
    """List the units valid on a day, at every level."""
    return Place.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def now() -> QuerySet[Place]:
    """List the units valid today."""
    return at(clock.today())


def under(place: Place, *, itself: bool = True) -> QuerySet[Place]:
    """List a unit and everything under it, of any time."""
    found = Place.objects.filter(path__startswith=place.path)
    return found if itself else found.exclude(pk=place.pk)


def villages_of(places: QuerySet[Place] | list[Place]) -> QuerySet[Place]:
    """List the villages valid today that lie in any of these units, each once, in Vietnamese order."""
    inside = Q(pk__in=[])
    for place in places:
        inside |= Q(current_path__startswith=place.current_path)
    return now().filter(inside, level=Level.VILLAGE).select_related("parent").order_by("parent__sort_key", "sort_key")


def communes() -> QuerySet[Place]:
    """List the communes and wards of today."""
    return now().filter(level=Level.COMMUNE)


def province() -> Place:
    """Give the province this system serves."""
    ever = Place.objects.filter(level=Level.PROVINCE).order_by("-valid_from")
    # One that a planned change will begin is not the province yet.
    return ever.filter(valid_from__lte=clock.today()).first() or ever.latest("valid_from")


def ancestors(place: Place) -> QuerySet[Place]:
    """List the units above a unit, the province first."""
    ids = [int(part) for part in place.path.strip("/").split("/")[:-1]]
    return Place.objects.filter(pk__in=ids).order_by("path")


def search(typed: str, *, within: Place | None = None) -> QuerySet[Place]:
    """Find units of today by a part of their name, with or without marks."""
    found = now().filter(folded__contains=fold(typed))
    return found.filter(current_path__startswith=within.current_path) if within else found


def place_name(ident: str) -> str:
    """Name a place by its id as the journal keeps it; the id itself where the place is gone."""
    place = Place.objects.filter(pk=int(ident)).first() if ident.isdigit() else None
    return place.name if place else ident


def one_at(code: str, day: date) -> Place | None:
    """Give the unit that has a code on a day, or None."""
    return at(day).filter(code=code).order_by("-valid_from").first()


def listed(places: QuerySet[Place]) -> list[Place]:
    """Give places from the province down to the villages, each level by code, their parents joined."""
    order = list(Level.values)
    return sorted(places.select_related("parent"), key=lambda p: (order.index(p.level), p.code, p.valid_from))


def untraced() -> QuerySet[Place]:
    """List the units that ended without a known successor although their level went on."""
    ended = Place.objects.exclude(valid_to=None).filter(successions=None)
    return ended.exclude(level=Level.DISTRICT).order_by("valid_to", "sort_key")


def schematic_file() -> Path:
    """Give the GeoJSON of the communes of today: cells around centroids, a sketch and not boundaries."""
    return Path(__file__).parent.parent / "data" / "communes_2025_schematic.geojson"
