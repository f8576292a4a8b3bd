"""Following units through time: records keep the unit of their day, and are found and reached under that of today."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.places.models import Level, Place


def stands_today(place: Place) -> bool:
    """Tell whether a unit is one of today, and not one of then."""
    return place.current_id == place.pk


def hung_on(place: Place, field: str) -> Q:
    """Give the filter of records hung on a unit or under it; `field` names the unit from the filtered model.

    A unit of today has all that hung on the units which it followed. One of then has what was hung on it in its time.
    """
    if stands_today(place):
        return Q(**{f"{field}__current_path__startswith": place.current_path})
    return Q(**{f"{field}__path__startswith": place.path})


def hung_above(place: Place, field: str) -> Q:
    """Give the filter of records hung on a unit or above it; of a unit of today also on what these followed."""
    if not stands_today(place):
        return Q(**{f"{field}__in": ids_in(place.path)})
    return Q(**{f"{field}__current__in": ids_in(place.current_path)})


def ids_in(path: str) -> list[int]:
    """Read the ids of a path, the province first: '/1/7/93/' gives 1, 7, 93."""
    return [int(part) for part in path.strip("/").split("/") if part]


def commune_name(place: Place) -> str:
    """Name the commune that a unit is or lies in."""
    return place.parent.name if place.level == Level.VILLAGE and place.parent is not None else place.name


def today_of(place: Place) -> Place | None:
    """Give the unit of today that holds a unit's people: what followed it, else what followed the nearest unit above.

    None when nothing above it was traced either.
    """
    found: Place | None = place
    while found is not None and found.current is None:
        found = found.parent
    return found.current if found is not None else None


def today_of_all(places: Iterable[Place]) -> list[Place]:
    """Give the units of today that hold what these units did, each once, in their order."""
    found = [today_of(place) for place in places]
    return list({place.pk: place for place in found if place is not None}.values())


@dataclass(frozen=True)
class StandIns(Collection[int]):
    """Some units by id, with the rows of any time that stand for them."""

    units: frozenset[int]
    stands_for: Mapping[int, Set[int]]
    """For each row the units it stands for."""
    around: Mapping[int, Set[int]]
    """For each row the ids of itself and what is above it: in its day, today, and of what it was formed from."""

    @property
    def rows(self) -> list[int]:
        """Give the ids of the rows."""
        return list(self.stands_for)

    def __contains__(self, unit: object) -> bool:
        return unit in self.units

    def __iter__(self) -> Iterator[int]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)


def stand_ins(units: Iterable[int]) -> StandIns:
    """Give the rows of any time that stand for some units, in one query; none for units that know theirs already.

    What hangs on a row tells of a unit when the row is the unit itself, what the unit became, or, of a unit of today,
    what it was formed from. Two units of then that became one do not stand for each other.
    """
    if isinstance(units, StandIns):
        return units
    wanted = frozenset(units)
    stands_for: dict[int, set[int]] = {}
    around: dict[int, set[int]] = defaultdict(set)
    rows = Place.objects.filter(Q(current__in=wanted) | Q(pk__in=wanted)).order_by()
    for pk, current, then, now in rows.values_list("pk", "current_id", "path", "current_path"):
        around[pk].update(ids_in(then), ids_in(now))
        if current is not None:
            around[current].update(ids_in(then), ids_in(now))
        if pk in wanted:
            stands_for.setdefault(pk, set()).add(pk)
            if current is not None:
                stands_for.setdefault(current, set()).add(pk)
        if current in wanted:
            stands_for.setdefault(pk, set()).add(current)
    return StandIns(wanted, stands_for, around)


def villages_on(places: Iterable[Place], day: date | None = None) -> QuerySet[Place]:
    """List the villages of these units on a day (today), each once, in Vietnamese order, with their unit of today.

    For a unit that had ended by then, and one that had not begun, its own last or first day is taken.
    """
    asked = day or clock.today()
    inside = Q(pk__in=[])
    for place in places:
        on = max(min(asked, place.valid_to or asked), place.valid_from)
        lasts = Q(valid_to=None) | Q(valid_to__gte=on)
        inside |= Q(lasts, path__startswith=place.path, valid_from__lte=on)
    found = Place.objects.filter(inside, level=Level.VILLAGE).select_related("parent", "current__parent")
    return found.order_by("parent__sort_key", "sort_key")
