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
