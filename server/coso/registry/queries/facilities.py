"""Reading facilities: within what a person may see, with what is wrong with them."""

from datetime import date, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations import queries as organizations
from coso.organizations.models import Organization
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.registry.models import Defect, DefectState, Facility, MonthOfUse, Tour
from coso.registry.rules import kinds, licences, usage
from coso.registry.rules.codes import number_on_label

Facilities = QuerySet[Facility]
OPEN_DEFECTS = [DefectState.OPEN, DefectState.IN_REPAIR]


def facilities() -> Facilities:
    """List every facility with its place, who runs it and what is told of stations joined.

    Each has `has_defects` and `is_unused`, and `commune_key` to sort by: the commune that it stands in.
    """
    commune = Case(When(place__level=Level.VILLAGE, then=F("place__parent__sort_key")), default=F("place__sort_key"))
    defects = Defect.objects.filter(facility=OuterRef("pk"), state__in=OPEN_DEFECTS)
    return Facility.objects.select_related(
        "place__parent", "place__current__parent", "organization", "profile"
    ).annotate(
        commune_key=commune, has_defects=Exists(defects), is_unused=Case(When(unused(), then=True), default=False)
    )


def facilities_seen_by(person: object) -> Facilities:
    """List the facilities within a person's right to read the registry."""
    return facilities().filter(policies.scope(person, "registry.read", "place__path"))


def facilities_edited_by(person: object) -> Facilities:
    """List the facilities that a person may change."""
    return facilities().filter(policies.scope(person, "registry.edit", "place__path"))


def get_facility(person: object, facility_id: int) -> Facility:
    """Give one facility within a person's scope. Raise NotFound."""
    found = facilities_seen_by(person).filter(pk=facility_id).first()
    if found is None:
        raise NotFound
    return found


def unused(today: date | None = None) -> Q:
    """Give the filter of facilities without any activity in the last closed months, nor since (`rules.usage`)."""
    now = today or clock.today()
    first, *_between, last = usage.closed_months(now)
    told = MonthOfUse.objects.filter(
        Q(activities__gt=0) | Q(visits__gt=0) | Q(loans__gt=0), facility=OuterRef("pk"), month__gte=first
    )
    toured = Tour.objects.filter(team=OuterRef("pk"), on__gte=first)
    idle = Q(kind__in=kinds.codes_of(*kinds.OPEN_TO_PEOPLE)) & ~Q(Exists(told))
    idle |= Q(kind__in=kinds.codes_of("team")) & ~Q(Exists(toured))
    is_known = (Q(opened_on=None) | Q(opened_on__lte=first)) & (Q(registered_on=None) | Q(registered_on__lte=last))
    return idle & Q(closed_on=None) & is_known


def badly_licensed(today: date | None = None) -> Q:
    """Give the filter of stations on the air without a licence, or whose licence ends soon (`rules.licences`)."""
    soon = (today or clock.today()) + timedelta(days=licences.WARNED_DAYS)
    lacking = Q(profile__licence_number="") | Q(profile__licence_expires_on=None)
    lacking |= Q(profile__licence_expires_on__lte=soon)
    return Q(closed_on=None, profile__mode__in=sorted(licences.ON_THE_AIR)) & lacking


def with_defects() -> Q:
    """Give the filter of facilities with a defect that is not mended."""
    return Q(Exists(Defect.objects.filter(facility=OuterRef("pk"), state__in=OPEN_DEFECTS)))


def within(place: Place) -> Q:
    """Give the filter of facilities that stand at a place or under it, by the units of today."""
    return Q(place__current_path__startswith=place.current_path)


def commune_of(place: Place) -> Place:
    """Give the commune of today that a place is or lies in; the place itself where that is unknown."""
    here = place if place.current_id == place.pk else place.current or place
    return here.parent if here.level == Level.VILLAGE and here.parent else here


def homes(person: object) -> QuerySet[Place]:
    """List the units of today at which a person may enter a facility: the province and communes, without villages."""
    inside = policies.scope(person, "registry.edit", "path")
    return places.now().filter(inside, level__in=[Level.PROVINCE, Level.COMMUNE]).order_by("-level", "sort_key")


def spots(home: Place) -> list[Place]:
    """List where in a commune a facility may stand: the commune itself, then its villages."""
    return [home, *places.villages_of([home])] if home.level == Level.COMMUNE else [home]


def committee_of(commune: Place) -> Organization | None:
    """Give the people's committee of a commune, or None when it is not entered."""
    found = organizations.organizations_on(clock.today())
    return found.filter(place=commune, kind="commune_authority").order_by("pk").first()


def bodies_for(home: Place) -> QuerySet[Organization]:
    """List the bodies of today that may run a facility of a unit: its own, and those of the units above it."""
    above = [int(part) for part in home.current_path.strip("/").split("/")]
    found = organizations.organizations_on(clock.today())
    return found.filter(Q(place__in=above) | Q(place__current_path__startswith=home.current_path)).order_by("sort_key")


def by_shown_code(code: str) -> Facility | None:
    """Find the facility whose label shows a code, or None."""
    found = Facility.objects.filter(code=code).first() if code else None
    if found is None and (number := number_on_label(code)):
        found = Facility.objects.filter(pk=number, code="").first()
    return found
