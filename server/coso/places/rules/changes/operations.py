"""What a person can do to units from a day on. Units are named by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Rename:
    """Give a unit another name; its code stays."""

    kind: ClassVar[str] = "rename"
    unit: int
    name: str


@dataclass(frozen=True)
class Merge:
    """Make one unit of several of one level; it may bear the name and the code of one of them."""

    kind: ClassVar[str] = "merge"
    units: tuple[int, ...]
    name: str
    code: str
    parent: int | None = None
    """Under which unit the new one lies; needed only when the old ones lie under different units."""


@dataclass(frozen=True)
class Part:
    """One of the units into which another is divided."""

    name: str
    code: str
    share: float | None = None
    """Its part of the population, 0 to 1; None when unknown."""


@dataclass(frozen=True)
class Split:
    """Divide a unit; what lies under it goes whole to one part each."""

    kind: ClassVar[str] = "split"
    unit: int
    parts: tuple[Part, ...]
    default: int
    """The number, from 0, of the part to which goes what cannot be divided."""
    below: Mapping[int, int] = field(default_factory=dict)
    """From each unit directly under it to the number of its part; the default part where nothing is said."""


@dataclass(frozen=True)
class Move:
    """Put a unit under another one."""

    kind: ClassVar[str] = "move"
    unit: int
    parent: int
    name: str = ""
    """Its name from then on, where the same decision gives it another; else it keeps its own."""


@dataclass(frozen=True)
class Cede:
    """Give a part of a unit to another one of its level that exists already; both keep their codes."""

    kind: ClassVar[str] = "cede"
    unit: int
    receiver: int
    below: tuple[int, ...] = ()
    """The units directly under it that go along whole."""
    people: int | None = None
    """How many people go with it, as the decision counts them; or …"""
    share: float | None = None
    """… their part of the population, 0 to 1. Without either it is taken from the units that go, where known."""
    area_km2: float | None = None
    name: str = ""
    """What the unit is called from then on; empty when it keeps its name."""


@dataclass(frozen=True)
class Abolish:
    """End every unit of a level; what lay under each lies under the unit above it."""

    kind: ClassVar[str] = "abolish"
    level: str


Operation = Rename | Merge | Split | Cede | Move | Abolish
