"""The units of a past day, as they were or by what they are today."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, When

from coso.organizations import policies
from coso.places import queries as places
from coso.places.models import Level, Place


def units_of_a_day(person: object, day: date, *, then: bool) -> QuerySet[Place]:
    """List the districts, communes and villages of a past day within a person's scope, or what these are today.

    By today, each unit stands once however many of then went into it; one that nobody traced stands under its name of
    then. Its unit of today is joined.
    """
    levels = [Level.DISTRICT, Level.COMMUNE, Level.VILLAGE]
    of_then = places.at(day).filter(level__in=levels)
    found = (
        of_then
        if then
        else Place.objects.filter(
            Q(pk__in=of_then.order_by().values("current"))
            | Q(pk__in=of_then.filter(current=None).order_by().values("pk"))
        )
    )
    commune = Case(When(level=Level.VILLAGE, then=F("parent__sort_key")), default=F("sort_key"))
    return (
        found.filter(policies.scope(person, "place.read", "path"))
        .select_related("parent", "current")
        .annotate(commune_key=commune)
        .order_by("commune_key", "level", "sort_key", "pk")
    )
