"""The units around an operation, as they stand before it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LEVELS = ("province", "district", "commune", "village")
"""From above to below."""


@dataclass(frozen=True)
class Unit:
    """One unit under one name, one parent and one span of time."""

    id: int
    code: str
    name: str
    level: str
    parent: int | None
    begins: date
    ends: date | None = None
    """The last day; None while it is valid."""
    population: int | None = None
    households: int | None = None
    area_km2: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_sample: bool = False


class Tree:
    """The units that an operation may touch: all that have not ended before its day, and those that it names."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {unit.id: unit for unit in units}
        self._below: dict[int, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent is not None:
                self._below[unit.parent].append(unit)

    def get(self, ident: int | None) -> Unit | None:
        """Give a unit, or None."""
        return self.units.get(ident) if ident is not None else None

    def below(self, ident: int, day: date) -> list[Unit]:
        """List the units directly under one that have not ended before a day, in the order of their codes."""
        lasting = [unit for unit in self._below[ident] if unit.ends is None or unit.ends >= day]
        return sorted(lasting, key=lambda unit: (unit.code, unit.id))

    def is_under(self, ident: int | None, other: int) -> bool:
        """Tell whether a unit is another one or lies under it."""
        seen: set[int] = set()
        while ident is not None and ident not in seen:
            if ident == other:
                return True
            seen.add(ident)
            unit = self.get(ident)
            ident = unit.parent if unit else None
        return False
