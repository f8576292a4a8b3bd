"""What can happen to units."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitsLieElsewhere:
    """Some units lie in others today than was known: what hangs on them is found and reached there from now on."""

    count: int


@dataclass(frozen=True)
class UnitsChanged:
    """A change of units took force: from today on the units that it began hold what those that it ended did."""

    change_id: int


@dataclass(frozen=True)
class UnitsChangePlanned:
    """A change of units was entered for a day to come: until then the old units last."""

    change_id: int


@dataclass(frozen=True)
class UnitsChangeUndone:
    """A change of units was taken back; these units go on as if nothing had been."""

    change_id: int
    units: tuple[int, ...]
