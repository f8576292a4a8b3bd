"""Reading checklists, rounds and inspections, within what a person may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When

from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.places.models import Level, Place
from coso.registry.models import (
    Checklist,
    Facility,
    Inspection,
    InspectionConflict,
    InspectionPhoto,
    InspectionRound,
)
from coso.registry.rules import answers as rules
from coso.registry.rules import rounds as fitting
from coso.registry.rules.kinds import KINDS


def checklists() -> QuerySet[Checklist]:
    """List every checklist with its questions, those in force and those of old."""
    return Checklist.objects.prefetch_related("items")


def checklists_for(kinds: Iterable[str], day: date) -> dict[str, Checklist]:
    """Give the checklist for each kind of facility on a day; kinds without one are left out. No kinds: every kind."""
    return fitted(checklists(), kinds, day)


def fitted(found: Iterable[Checklist], kinds: Iterable[str], day: date) -> dict[str, Checklist]:
    """Choose among some checklists the one for each kind on a day."""
    by_code = {one.code: one for one in found}
    fits = [fitting.Fit(one.code, one.kinds, one.valid_from, one.valid_to) for one in by_code.values()]
    chosen = {kind: fitting.best_fit(fits, kind, day) for kind in (list(kinds) or list(KINDS))}
    return {kind: by_code[fit.code] for kind, fit in chosen.items() if fit}


def checklists_fitting(kind: str, day: date) -> list[Checklist]:
    """List the checklists in force on a day that ask about a kind of facility, those made for it first."""

    def fits(one: Checklist) -> bool:
        fit = fitting.Fit(one.code, one.kinds, one.valid_from, one.valid_to)
        return fit.is_valid_on(day) and fit.fits(kind)

    found = [one for one in checklists() if fits(one)]
    return sorted(found, key=lambda one: (not one.kinds, len(one.kinds), one.title))


def may_change(person: object, inspection: Inspection) -> bool:
    """Tell whether a person may change the answers of an inspection, as far as he himself goes.

    In a round everybody who fills in may; outside of one who made it, or who runs inspections there.
    """
    place = inspection.facility.place
    if not policies.may(person, "inspection.fill", place):
        return False
    if inspection.round_id is not None:
        return True
    return inspection.by_id == getattr(person, "pk", None) or policies.may(person, "inspection.run", place)


def checklists_of(round_: InspectionRound) -> dict[str, Checklist]:
    """Give the checklist of a round for each kind of facility that it is about."""
    return fitted(round_.checklists.prefetch_related("items"), round_.kinds, round_.opens_on)


def questions_of(checklist: Checklist) -> list[rules.Question]:
    """Give the questions of a checklist as the rules read them."""
    return [
        rules.Question(item.number, rules.Kind(item.answer), tuple(item.choices), item.is_required)
        for item in checklist.items.all()
    ]


def rounds_seen_by(person: object) -> QuerySet[InspectionRound]:
    """List the rounds that concern a person's places: within them, or above them."""
    inside = policies.scope_overlap(person, "inspection.read", "place")
    return InspectionRound.objects.filter(inside).select_related("place", "task", "made_by").distinct()


def get_round(person: object, round_id: int) -> InspectionRound:
    """Give one round. Raise NotFound."""
    found = rounds_seen_by(person).filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


def facilities_in(round_: InspectionRound, kinds: Iterable[str]) -> QuerySet[Facility]:
    """List the facilities that a round looks at: of these kinds, under its place, standing while it runs."""
    standing = Q(closed_on=None) | Q(closed_on__gte=round_.opens_on)
    begun = Q(opened_on=None) | Q(opened_on__lte=round_.closes_on)
    return (
        Facility.objects.filter(
            standing, begun, kind__in=list(kinds), place__current_path__startswith=round_.place.current_path
        )
        .select_related("place__parent", "place__current__parent")
        .order_by("sort_key", "pk")
    )


def facilities_of(person: object, round_: InspectionRound, kinds: Iterable[str], right: str) -> QuerySet[Facility]:
    """List those of a round's facilities that lie within a person's right."""
    return facilities_in(round_, kinds).filter(policies.scope(person, right, "place__path"))


def get_facility(person: object, facility_id: int, right: str = "inspection.read") -> Facility:
    """Give one facility within a person's right. Raise NotFound."""
    inside = policies.scope(person, right, "place__path")
    found = Facility.objects.filter(inside, pk=facility_id).select_related("place__parent", "organization").first()
    if found is None:
        raise NotFound
    return found


def _by_commune(prefix: str) -> Case:
    """Name the commune of today in SQL; `prefix` leads to the place."""
    return Case(
        When(**{f"{prefix}current__level": Level.VILLAGE}, then=F(f"{prefix}current__parent_id")),
        default=F(f"{prefix}current_id"),
    )


def progress(round_: InspectionRound, facilities: QuerySet[Facility]) -> list[dict[str, Any]]:
    """Count by commune how many of some facilities are done, begun, and how much was found, in Vietnamese order."""
    every = _counted(facilities)
    seen = Inspection.objects.filter(round=round_, facility__in=facilities.order_by().values("pk"))
    rows = (
        seen.order_by()
        .annotate(commune=_by_commune("facility__place__"))
        .values("commune")
        .annotate(
            begun=Count("pk", filter=Q(is_done=False), distinct=True),
            done=Count("pk", filter=Q(is_done=True), distinct=True),
            found=Count("defects", distinct=True),
        )
    )
    looked: dict[int, dict[str, Any]] = {row["commune"]: dict(row) for row in rows}
    nothing = {"begun": 0, "done": 0, "found": 0}
    communes = Place.objects.filter(pk__in=every).order_by("sort_key")
    return [{**nothing, **looked.get(place.pk, {}), "place": place, "all": every[place.pk]} for place in communes]


def _counted(facilities: QuerySet[Facility]) -> dict[int, int]:
    """Count facilities by commune."""
    here = facilities.order_by().annotate(commune=_by_commune("place__"))
    rows = here.values("commune").annotate(found=Count("pk"))
    return {row["commune"]: row["found"] for row in rows if row["commune"]}


def inspections_seen_by(person: object) -> QuerySet[Inspection]:
    """List the inspections of facilities within a person's right, with the round and who filled them in."""
    inside = policies.scope(person, "inspection.read", "facility__place__path")
    return Inspection.objects.filter(inside).select_related("facility__place", "round", "by")


def facilities_named(person: object, words: Iterable[str]) -> QuerySet[Facility]:
    """Find facilities within a person's right by folded words: of the code, the name, the unit of then or of today."""
    found = Facility.objects.filter(policies.scope(person, "inspection.read", "place__path"))
    for word in words:
        units = Q(place__folded__contains=word) | Q(place__current__folded__contains=word)
        found = found.filter(units | Q(folded__contains=word))
    return found


def get_inspection(person: object, inspection_id: UUID) -> Inspection:
    """Give one inspection within a person's scope. Raise NotFound."""
    found = inspections_seen_by(person).select_related("checklist", "round__place").filter(pk=inspection_id).first()
    if found is None:
        raise NotFound
    return found


def inspections_of(facility: Facility) -> QuerySet[Inspection]:
    """List the inspections of a facility, the latest first."""
    return facility.inspections.select_related("round", "by")


def get_photo(person: object, photo_id: int) -> InspectionPhoto:
    """Give one photo within a person's scope. Raise NotFound."""
    inside = policies.scope(person, "inspection.read", "inspection__facility__place__path")
    found = InspectionPhoto.objects.filter(inside, pk=photo_id).select_related("inspection__facility__place").first()
    if found is None:
        raise NotFound
    return found


def open_conflicts(inspections: QuerySet[Inspection] | list[Inspection]) -> QuerySet[InspectionConflict]:
    """List the conflicts of some inspections that nobody has settled, the oldest first."""
    found = InspectionConflict.objects.filter(inspection__in=inspections, settled_at=None)
    return found.select_related("inspection__facility__place", "by").order_by("received_at", "pk")
