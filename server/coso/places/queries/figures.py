"""Figures by units: of the units of a day, or of what those became by another day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coso.places.models import Level, Place, Succession
from coso.places.queries.units import at
from coso.places.rules.rollup import Figures, Followed, Link, Number, follow
from coso.places.rules.spans import is_valid

_ORDER = {level.value: place for place, level in enumerate(Level)}


class Standing(StrEnum):
    """How a row of a roll-up stands."""

    KNOWN = "known"
    """A unit of the day and level asked for."""
    ABOVE = "above"
    """What is hung on a unit above that level, and so on none of it."""
    UNTRACED = "untraced"
    """A unit that ended, and nobody knows what followed it."""


@dataclass(frozen=True)
class Row:
    """One unit with its figure."""

    unit: int
    figure: Number
    standing: Standing
    doubtful: Number = 0
    """How much of it came by a division whose shares are unknown."""


@dataclass(frozen=True)
class State:
    """A span of days on which the list of communes and districts was one and the same."""

    begins: date
    ends: date | None


def states() -> list[State]:
    """List the states of the units, the oldest first: a new one begins whenever a district or commune begins."""
    above = Place.objects.filter(level__in=[Level.DISTRICT, Level.COMMUNE])
    begins = sorted(above.order_by().values_list("valid_from", flat=True).distinct())
    ends = [later - timedelta(days=1) for later in begins[1:]]
    return [State(first, last) for first, last in zip(begins, [*ends, None], strict=True)]


def links() -> list[Link]:
    """Read what became of what, for `rules.rollup`."""
    rows = Succession.objects.order_by("pk").values_list(
        "predecessor_id", "successor_id", "is_whole", "is_default", "share"
    )
    return [Link(old, new, whole, default, share) for old, new, whole, default, share in rows.iterator(5000)]


def followed(figures: Figures, day: date) -> Followed:
    """Carry figures to the units of a day, in two questions."""
    return follow(figures, links(), set(at(day).order_by().values_list("pk", flat=True)))


def roll_up(figures: Figures, day: date, level: Level) -> list[Row]:
    """Sum figures up by the units of a level on a day, in two questions; the sum of the rows is that of the figures.

    What hangs on villages goes to the commune over them; what hangs on the province itself, when communes are asked
    for, is a row of its own; so is what nobody traced, unless it is known to lie in a unit of that level.
    """
    units = {
        pk: _Unit(parent, _ORDER[its_level], is_valid(begins, ends, day))
        for pk, parent, its_level, begins, ends in Place.objects.order_by()
        .values_list("pk", "parent_id", "level", "valid_from", "valid_to")
        .iterator(5000)
    }
    found = follow(figures, links(), {pk for pk, unit in units.items() if unit.stands})
    sums: dict[tuple[int, Standing], Number] = {}
    doubts: dict[int, Number] = {}
    for pk, figure in found.by_unit.items():
        row = _row_of(pk, units, _ORDER[level]) or (pk, Standing.ABOVE)
        sums[row] = sums.get(row, 0) + figure
        doubts[row[0]] = doubts.get(row[0], 0) + found.doubtful.get(pk, 0)
    for pk, figure in found.untraced.items():
        row = _row_of(pk, units, _ORDER[level]) or (pk, Standing.UNTRACED)
        sums[row] = sums.get(row, 0) + figure
    return [
        Row(pk, figure, standing, doubts.get(pk, 0) if standing != Standing.UNTRACED else 0)
        for (pk, standing), figure in sums.items()
    ]


@dataclass(frozen=True, slots=True)
class _Unit:
    parent: int | None
    order: int
    stands: bool


def _row_of(pk: int, units: Mapping[int, _Unit], order: int) -> tuple[int, Standing] | None:
    """Find the unit of the level over a unit, itself included, among those that stand on the day."""
    here: int | None = pk
    while here is not None:
        unit = units[here]
        if unit.order == order and unit.stands:
            return here, Standing.KNOWN
        here = unit.parent
    return None


def people(day: date, field: str) -> dict[int, int]:
    """Give the population or the households of a day: of each commune its own figure, else those of its villages."""
    known = at(day).filter(**{f"{field}__isnull": False}, level__in=[Level.COMMUNE, Level.VILLAGE]).order_by()
    rows = list(known.values_list("pk", "parent_id", "level", field))
    communes = {pk for pk, _parent, level, _count in rows if level == Level.COMMUNE}
    return {pk: count for pk, parent, _level, count in rows if pk in communes or parent not in communes}


def units_of(day: date, level: Level) -> dict[int, int]:
    """Count each unit of a level on a day as 1."""
    return dict.fromkeys(at(day).filter(level=level).order_by().values_list("pk", flat=True), 1)
