"""Where one more cluster would help: villages within a circle, and the spots from which most people gain."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

EARTH_M = 6_371_008.8
"""The mean radius of the Earth, in metres."""
_DEGREE_M = math.pi * EARTH_M / 180


class Located(Protocol):
    """What stands somewhere: degrees, WGS 84."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


Place = TypeVar("Place", bound=Located)


@dataclass(frozen=True)
class Spot:
    """A point on the map."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Listener:
    """A village as the question sees it: where its middle lies, how many live there, whether it has a cluster."""

    key: int
    latitude: float
    longitude: float
    people: int | None
    """None where nobody has entered it."""
    has_cluster: bool
    order: str = ""
    """Settles between equals, so that the same question has the same answer."""


@dataclass(frozen=True)
class Suggestion:
    """A village where a cluster would bring something to people who have none."""

    key: int
    people: int
    """How many gain, of the villages whose population is known."""
    gained: tuple[int, ...]
    """The villages that gain."""


def distance_m(one: Located, other: Located) -> float:
    """Give the way between two points along a sphere, in metres (haversine)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = math.sin((south - north) / 2) ** 2
    half_lon = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, half_lat + math.cos(north) * math.cos(south) * half_lon)))


def within(spot: Located, range_m: float, places: Iterable[Place]) -> list[tuple[Place, float]]:
    """List the places whose middle lies in a circle, each with its distance in metres, the nearest first."""
    found = [(place, distance_m(spot, place)) for place in places]
    return sorted((pair for pair in found if pair[1] <= range_m), key=lambda pair: pair[1])


def best_spots(villages: Sequence[Listener], range_m: float, most: int) -> list[Suggestion]:
    """Name villages where to put clusters, one after the other, each where most people gain after those before it.

    Greedy: it is never worse than doing nothing, each step gains at most what the one before did, and together they
    reach at least 63 % of what the best choice of as many spots would (Nemhauser, Wolsey and Fisher, 1978).
    """
    without = [village for village in villages if not village.has_cluster]
    heard = _neighbours(without, range_m)
    people = {village.key: village.people or 0 for village in without}
    order = {village.key: (village.order, village.key) for village in without}
    left = set(people)
    found: list[Suggestion] = []
    while len(found) < most and left:
        gains = {key: [other for other in heard[key] if other in left] for key in heard}
        # Between equals, amid people who gain rather than beside them.
        best = min(
            gains, key=lambda key: (-sum(people[o] for o in gains[key]), -len(gains[key]), key not in left, order[key])
        )
        if not gains[best]:
            break
        gained = sorted(gains[best], key=order.__getitem__)
        found.append(Suggestion(best, sum(people[key] for key in gained), tuple(gained)))
        left.difference_update(gained)
    return found


def _neighbours(villages: Sequence[Listener], range_m: float) -> dict[int, list[int]]:
    """Give for each village those within range of it; by squares of the map, since comparing all with all is slow."""
    step = 1.01 * max(range_m, 1.0) / _DEGREE_M
    squares: dict[tuple[int, int], list[Listener]] = {}
    # A degree of longitude is shortest where it is furthest from the equator: squares there are wide enough everywhere.
    furthest = max((abs(village.latitude) for village in villages), default=0.0)
    wide = step / max(math.cos(math.radians(min(furthest + step, 89.0))), 0.01)

    def square(village: Listener) -> tuple[int, int]:
        return math.floor(village.latitude / step), math.floor(village.longitude / wide)

    for village in villages:
        squares.setdefault(square(village), []).append(village)
    found = {}
    for village in villages:
        row, column = square(village)
        near = [
            other
            for down in (-1, 0, 1)
            for right in (-1, 0, 1)
            for other in squares.get((row + down, column + right), [])
        ]
        found[village.key] = [other.key for other in near if distance_m(village, other) <= range_m]
    return found
