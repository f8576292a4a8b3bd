"""A plan: which units end, which begin, and what follows what."""

from dataclasses import dataclass
from datetime import date, timedelta

from coso.places.rules.changes.faults import Note


@dataclass(frozen=True)
class New:
    """A unit that begins; `key` names it inside the plan."""

    key: int
    code: str
    name: str
    level: str
    parent: int | None = None
    """The unit of now above it, or …"""
    parent_key: int | None = None
    """… the key of the one that begins with it."""
    population: int | None = None
    households: int | None = None
    area_km2: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class Link:
    """A unit that ends, whole or in part, goes into one that begins."""

    old: int
    new: int
    """A key."""
    is_whole: bool = True
    is_default: bool = True
    share: float | None = None


@dataclass(frozen=True)
class Plan:
    """All that an operation does. Units stand before those that lie under them."""

    from_on: date
    ends: tuple[int, ...]
    begins: tuple[New, ...]
    links: tuple[Link, ...]
    about: tuple[int, ...]
    """The units that the operation names; the others only go with them."""
    leads: tuple[int, ...]
    """The keys of those that it makes of them."""
    notes: tuple[Note, ...] = ()

    @property
    def last_day(self) -> date:
        """Give the last day of the units that end."""
        return self.from_on - timedelta(days=1)

    def new(self, key: int) -> New:
        """Give a unit that begins."""
        return next(one for one in self.begins if one.key == key)
