"""Which labels hold for an area on a day, and by what: its own, that of the unit above it, that of a unit of then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.places.models import AreaLabel, LabelFamily, LabelKind, Level, Place, Succession
from coso.places.queries.units import at


class Ground(StrEnum):
    """Why a label is told of an area."""

    OWN = "own"
    """Given to the area itself, under this name or, when only its name or parent changed since, an earlier one."""
    ABOVE = "above"
    """Given to its commune: it holds for each village."""
    THEN = "then"
    """Given to a unit that was merged or divided since. Nobody has said yet whether it holds for what became of it."""


@dataclass(frozen=True)
class Held:
    """A label that is told of an area."""

    label: AreaLabel
    ground: Ground


def labels_on(day: date) -> QuerySet[AreaLabel]:
    """List the labels that hold on a day, whatever became of the units that carry them."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day)
    return AreaLabel.objects.filter(lasting, valid_from__lte=day).select_related("kind", "place__parent")


def labels_of(place: Place, day: date | None = None) -> list[Held]:
    """List the labels told of an area on a day (today), each kind once, by its strongest ground.

    A label of then is only told, and counts nowhere: `places_labelled` leaves it out.
    """
    on = day or clock.today()
    same, then = _earlier([place.pk])
    grounds = dict.fromkeys(same, Ground.OWN)
    if place.level == Level.VILLAGE and place.parent_id is not None:
        parents, parents_then = _earlier([place.parent_id])
        # The communes in which the village lay under an earlier name of its own.
        before = set(Place.objects.filter(pk__in=same | then).values_list("parent_id", flat=True)) - {None}
        grounds |= dict.fromkeys(parents, Ground.ABOVE)
        then |= (parents_then & before) | (before - parents)
    for ident in then:
        grounds.setdefault(ident, Ground.THEN)
    found: dict[str, Held] = {}
    order = list(Ground)
    for label in labels_on(on).filter(place__in=grounds):
        held = Held(label, grounds[label.place_id])
        other = found.get(label.kind_id)
        if other is None or order.index(held.ground) < order.index(other.ground):
            found[label.kind_id] = held
    families = list(LabelFamily.values)
    return sorted(found.values(), key=lambda held: (families.index(held.label.kind.family), held.label.kind.order))


def _earlier(units: Iterable[int]) -> tuple[set[int], set[int]]:
    """Give the rows that are the very same area as these units, and those that went into them by merger or division."""
    same: set[int] = set(units)
    then: set[int] = set()
    ahead = list(same)
    while ahead:
        links = list(
            Succession.objects.filter(successor__in=ahead).values_list("predecessor_id", "successor_id", "is_whole")
        )
        into: dict[int, list[int]] = defaultdict(list)
        for old, new, _whole in links:
            into[new].append(old)
        ahead = []
        for old, new, whole in links:
            if old in same or old in then:
                continue
            alone = whole and len(into[new]) == 1 and new in same
            (same if alone else then).add(old)
            ahead.append(old)
    return same, then


def carriers(kind: str, day: date | None = None) -> set[int]:
    """Give the units of a day (today) that carry a label themselves: whoever got it, if only its name changed since."""
    on = day or clock.today()
    given = set(labels_on(on).filter(kind=kind).values_list("place_id", flat=True))
    return set(_lasting(given, on))


def _lasting(units: Iterable[int], day: date) -> dict[int, set[int]]:
    """Lead units to those of a day that are the very same area: {unit of the day: {the units led to it}}."""
    now = {ident: {ident} for ident in units}
    found: dict[int, set[int]] = defaultdict(set)
    while now:
        there = set(at(day).filter(pk__in=now).values_list("pk", flat=True))
        for ident in there:
            found[ident] |= now[ident]
        links = Succession.objects.filter(predecessor__in=now.keys() - there, is_whole=True)
        heirs = dict(links.values_list("predecessor_id", "successor_id"))
        origins: dict[int, int] = defaultdict(int)
        for heir in Succession.objects.filter(successor__in=heirs.values()).values_list("successor_id", flat=True):
            origins[heir] += 1
        ahead: dict[int, set[int]] = defaultdict(set)
        for old, heir in heirs.items():
            if origins[heir] == 1:
                ahead[heir] |= now[old]
        now = ahead
    return found


def places_labelled(kind: str, day: date | None = None) -> QuerySet[Place]:
    """List the communes and villages of a day (today) for which a label holds; a commune's holds for its villages."""
    found = carriers(kind, day)
    return at(day or clock.today()).filter(Q(pk__in=found) | Q(parent__in=found, level=Level.VILLAGE))


def kinds_by_place(day: date | None = None) -> dict[int, set[str]]:
    """Give the codes of the labels that hold for each commune and village of a day (today), where there are any.

    The same as `places_labelled` of every kind, in a handful of questions.
    """
    on = day or clock.today()
    given: dict[int, set[str]] = defaultdict(set)
    for place, kind in labels_on(on).values_list("place_id", "kind_id"):
        given[place].add(kind)
    found: dict[int, set[str]] = defaultdict(set)
    for unit, rows in _lasting(given, on).items():
        found[unit] = set().union(*(given[row] for row in rows))
    villages = at(on).filter(parent__in=list(found), level=Level.VILLAGE)
    for village, commune in list(villages.values_list("pk", "parent_id")):
        found[village] = found[village] | found[commune]
    return dict(found)


def label_kinds(family: str = "") -> QuerySet[LabelKind]:
    """List the labels that areas may carry."""
    every = LabelKind.objects.order_by("family", "order", "name")
    return every.filter(family=family) if family else every
