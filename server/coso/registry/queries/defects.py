"""Reading defects, within what a person may see."""

from datetime import date, timedelta

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations.models import Organization, Person
from coso.organizations.queries import organizations_on, successor_of
from coso.places import queries as places
from coso.places.models import Place
from coso.registry.models import Defect, Facility, RepairEntry
from coso.registry.queries.facilities import commune_of
from coso.registry.rules.defects import AFTER, SETTLED, Level

UNSETTLED = ~Q(state__in=[str(state) for state in SETTLED])


def defects_seen_by(person: object) -> QuerySet[Defect]:
    """List the defects of facilities within a person's right, with what was spent on each as `cost`."""
    inside = policies.scope(person, "inspection.read", "facility__place__path")
    # As a question of its own: grouping would gather every defect to show a page of them.
    spent = RepairEntry.objects.filter(defect=OuterRef("pk")).order_by().values("defect").annotate(sum=Sum("cost_vnd"))
    return (
        Defect.objects.filter(inside)
        .select_related("facility__place__current__parent", "responsible")
        .annotate(cost=Subquery(spent.values("sum")))
    )


def get_defect(person: object, defect_id: int) -> Defect:
    """Give one defect with its repair log. Raise NotFound."""
    log = Prefetch("repairs", RepairEntry.objects.select_related("by"))
    found = (
        defects_seen_by(person)
        .select_related("inspection__round", "cluster", "equipment", "opened_by")
        .prefetch_related(log)
        .filter(pk=defect_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def open_defects(facility: Facility) -> QuerySet[Defect]:
    """List what is broken or missing at a facility and not settled, the most urgent first."""
    return facility.defects.filter(UNSETTLED).select_related("responsible").order_by("due_on", "pk")


def overdue(today: date) -> QuerySet[Defect]:
    """List the unsettled defects past their deadline of which somebody must be told by now, the oldest first."""
    waits = Q(pk__in=[])
    for level, days in AFTER.items():
        waits |= Q(climbed__lt=level, due_on__lt=today - timedelta(days=days))
    waiting = Defect.objects.filter(UNSETTLED, waits)
    return waiting.select_related("facility__place__current__parent").order_by("due_on", "pk")


def default_responsible(facility: Facility, day: date) -> Organization | None:
    """Give who mends what nobody else was named for: who runs the facility that day, or the commune's committee."""
    heir = successor_of(facility.organization, day) if facility.organization else None
    if heir is not None:
        return heir
    commune = commune_of(facility.place)
    return organizations_on(day).filter(place=commune, kind="commune_authority").first()


def may_be_responsible(place: Place, day: date) -> QuerySet[Organization]:
    """List the bodies of today that may have to mend what stands at a place: those of the places around and above."""
    above = [*places.ancestors(place.current or place), place.current or place]
    return organizations_on(day).filter(place__in=above).order_by(F("place__path").desc(), "sort_key")


def people_at(level: Level, place: Place) -> QuerySet[Person]:
    """List whom a level means: who handles defects at the commune, who leads there, who runs inspections above."""
    commune = commune_of(place)
    if level == Level.PROVINCE:
        return policies.people_with("inspection.run", commune)
    right = "defect.handle" if level == Level.OFFICER else "bulletin.approve"
    people = policies.people_with(right, commune)
    # Who has the right in the whole province is told at the province's turn.
    if commune.parent is not None:
        people = people.exclude(pk__in=policies.people_with(right, commune.parent).values("pk"))
    return people
