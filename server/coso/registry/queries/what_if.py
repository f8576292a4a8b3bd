"""The villages as the question "who hears a cluster put here?" sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coso.places.models import Place
from coso.registry.queries import coverage, reaching
from coso.registry.rules import spots

MOST_CANDIDATES = 5_000
"""Spots are sought among so many villages without a cluster, those with most people: a question must not take long."""


@dataclass(frozen=True)
class Reached:
    """One village within the circle."""

    village: Any
    """A Place with what `coverage.villages` tells of it."""
    distance_m: float

    @property
    def gains(self) -> bool:
        """Tell whether it hears something for the first time: no cluster stands for it today."""
        return not self.village.speaker_stands

    @property
    def is_silent(self) -> bool:
        """Tell whether clusters stand for it and none works: mending helps it more than another cluster."""
        return self.village.speaker_stands and not self.village.has_speaker


@dataclass(frozen=True)
class Answer:
    """Who would hear a cluster at a spot."""

    reached: Sequence[Reached]

    @property
    def gaining(self) -> list[Reached]:
        """List the villages that gain."""
        return [one for one in self.reached if one.gains]

    @property
    def people(self) -> int:
        """Count the people who gain, of the villages whose population is known."""
        return sum(one.village.population or 0 for one in self.gaining)

    @property
    def unknown(self) -> int:
        """Count the villages that gain and whose population is not known."""
        return sum(1 for one in self.gaining if one.village.population is None)

    @property
    def reached_by_none(self) -> int:
        """Count the villages that gain and that no channel of any kind reaches today."""
        return sum(1 for one in self.gaining if not reaching.channels_of(one.village))


def located_villages(person: object) -> list[Any]:
    """List the villages within a person's scope whose middle is known, with what reaches each."""
    return list(coverage.located(coverage.villages(person)).select_related("parent"))


def answer(spot: spots.Spot, range_m: float, villages: Sequence[Any]) -> Answer:
    """Tell who would hear a cluster at a spot."""
    return Answer([Reached(village, way) for village, way in spots.within(spot, range_m, villages)])


def suggestions(villages: Sequence[Any], range_m: float, most: int) -> list[tuple[Place, spots.Suggestion]]:
    """Name the villages where a cluster would bring most to people who have none, one after the other."""
    without = [village for village in villages if not village.speaker_stands]
    without.sort(key=lambda village: (-(village.population or 0), village.sort_key, village.pk))
    known = {village.pk: village for village in without[:MOST_CANDIDATES]}
    listeners = [
        spots.Listener(
            key=village.pk,
            latitude=village.latitude,
            longitude=village.longitude,
            people=village.population,
            has_cluster=False,
            order=village.sort_key,
        )
        for village in known.values()
    ]
    return [(known[found.key], found) for found in spots.best_spots(listeners, range_m, most)]
