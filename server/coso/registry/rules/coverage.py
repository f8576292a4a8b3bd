"""What reaches a village, and how far many villages are reached. Plain sums, in villages and in people."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

UNLABELLED = 9999
"""The rank of a village that no decision calls difficult: behind every class."""

HARDEST_FIRST = ("dac-biet-kho-khan", "bien-gioi", "vung-sau-vung-xa", "mien-nui", "ven-bien")
"""The classes of difficulty that come with the system, the hardest first. No document ranks them: this order is ours,
after how hard it is to bring word there; a class that a province adds comes behind them."""

RANGE_M = 500
"""How far a cluster is heard when nobody has said: a guess for two horns on a pole, told as such beside the field."""


class Channel(StrEnum):
    """What may reach a village."""

    SPEAKER = "speaker"
    BOARD = "board"
    COMMUNICATOR = "communicator"
    SIGNAL = "signal"


@dataclass(frozen=True)
class Group:
    """Villages of one commune that are alike in class and channels, counted together."""

    commune: int
    rank: int
    channels: frozenset[Channel]
    is_silent: bool
    """Clusters stand for them and none works."""
    villages: int
    people: int
    """Of the villages whose population is known."""
    known: int
    """How many of the villages have a known population."""
    samples: int = 0
    """How many are made up for a demonstration."""


@dataclass(frozen=True)
class Tally:
    """How far some villages are reached."""

    villages: int = 0
    covered: int = 0
    """Villages that some channel reaches."""
    people: int = 0
    people_covered: int = 0
    unknown: int = 0
    """Villages whose population nobody has entered: their people are in no sum here."""
    silent: int = 0
    """Villages whose clusters stand there and don't work."""
    samples: int = 0
    """Villages made up for a demonstration."""
    by_channel: Mapping[Channel, int] = field(default_factory=dict)
    """Villages that each channel reaches."""
    people_by_channel: Mapping[Channel, int] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """Count the villages that nothing reaches."""
        return self.villages - self.covered

    @property
    def share(self) -> float | None:
        """Give the share of people reached, 0 to 1; None where no population is known."""
        return self.people_covered / self.people if self.people else None

    def share_of(self, channel: Channel) -> float | None:
        """Give the share of people that one channel reaches, 0 to 1; None where no population is known."""
        return self.people_by_channel.get(channel, 0) / self.people if self.people else None


def by_hardness(code: str, order: int) -> tuple[int, int, str]:
    """Give the key that sorts classes of difficulty, the hardest first."""
    known = HARDEST_FIRST.index(code) if code in HARDEST_FIRST else len(HARDEST_FIRST)
    return known, order, code


def is_covered(channels: Iterable[Channel]) -> bool:
    """Tell whether a village is reached at all: one channel is enough."""
    return any(True for _channel in channels)


def tally(groups: Iterable[Group]) -> Tally:
    """Add groups up."""
    listed = list(groups)
    reached = [group for group in listed if is_covered(group.channels)]
    with_channel = {channel: [group for group in listed if channel in group.channels] for channel in Channel}
    return Tally(
        villages=sum(group.villages for group in listed),
        covered=sum(group.villages for group in reached),
        people=sum(group.people for group in listed),
        people_covered=sum(group.people for group in reached),
        unknown=sum(group.villages - group.known for group in listed),
        silent=sum(group.villages for group in listed if group.is_silent),
        samples=sum(group.samples for group in listed),
        by_channel={channel: sum(group.villages for group in found) for channel, found in with_channel.items()},
        people_by_channel={channel: sum(group.people for group in found) for channel, found in with_channel.items()},
    )


def tallies(groups: Iterable[Group], key: Callable[[Group], Key]) -> dict[Key, Tally]:
    """Add groups up by what a key says of each."""
    sorted_out: dict[Key, list[Group]] = {}
    for group in groups:
        sorted_out.setdefault(key(group), []).append(group)
    return {found: tally(inside) for found, inside in sorted_out.items()}
