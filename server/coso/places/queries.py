"""Reading places: at a date, under a unit, by what a person types."""

from datetime import date

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
        inside |= Q(path__startswith=place.path)
    return now().filter(inside, level=Level.VILLAGE).select_related("parent").order_by("parent__sort_key", "sort_key")


def communes() -> QuerySet[Place]:
    """List the communes and wards of today."""
    return now().filter(level=Level.COMMUNE)


def province() -> Place:
    """Give the province this system serves."""
    return Place.objects.filter(level=Level.PROVINCE).order_by("valid_from").latest("valid_from")


def ancestors(place: Place) -> QuerySet[Place]:
    """List the units above a unit, the province first."""
    ids = [int(part) for part in place.path.strip("/").split("/")[:-1]]
    return Place.objects.filter(pk__in=ids).order_by("path")


def search(typed: str, *, within: Place | None = None) -> QuerySet[Place]:
    """Find units of today by a part of their name, with or without marks."""
    found = now().filter(folded__contains=fold(typed))
    return found.filter(path__startswith=within.path) if within else found
