"""Counts of people over a change: from the old units to the new ones, and back when the change is undone.

carried([Way(1, 9), Way(2, 9)], {1: 100, 2: 200})  # {9: {1: 100, 2: 200}}
given_back([Way(1, 9), Way(2, 9)], {1: 100, 2: 200}, {9: 330})  # 1 gets 110, 2 gets 220, both estimated
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coso.places.rules.graph import divided

Counts = Mapping[int, int | None]
"""A count for each unit; None where it is unknown."""


@dataclass(frozen=True)
class Way:
    """A unit, whole or in part, went into another one."""

    old: int
    new: int
    is_whole: bool = True
    share: float | None = None


@dataclass
class Back:
    """What the old units get when a change is undone."""

    counts: dict[int, int] = field(default_factory=dict)
    """By each old unit whose count becomes another than its own."""
    estimated: set[int] = field(default_factory=set)
    """Those of them whose new count rests on shares."""
    told: set[int] = field(default_factory=set)
    """The new units whose count was told anew after the change."""
    inexact: set[int] = field(default_factory=set)
    """Those of them whose count no old unit gets back as it was told."""


def carried(ways: Sequence[Way], old: Counts) -> dict[int, dict[int, int | None]]:
    """Say of what each new unit's count is made, by old unit; None where it is unknown how much came."""
    out: dict[int, list[Way]] = defaultdict(list)
    for way in ways:
        out[way.old].append(way)
    made: dict[int, dict[int, int | None]] = defaultdict(dict)
    for unit, its in out.items():
        for way, part in zip(its, _parts(old.get(unit), its), strict=True):
            made[way.new][unit] = part
    return dict(made)


def total(parts: Mapping[int, int | None]) -> int | None:
    """Add up what came; None when any of it is unknown."""
    known = [part for part in parts.values() if part is not None]
    return sum(known) if len(known) == len(parts) else None


def given_back(ways: Sequence[Way], old: Counts, new: Counts) -> Back:
    """Say which counts the old units get back.

    A new unit made of one old one alone gives what was told of it. One made of several gives each its part, in the
    proportion in which they came together: an estimate. Where no proportion is known the old units keep their own.
    An old unit that was divided gets the sum of its parts, where all are known. What nobody told anew changes nothing.
    """
    back = Back()
    pieces: dict[int, list[tuple[int, int | None, bool]]] = defaultdict(list)
    for unit, origins in carried(ways, old).items():
        value, expected = new.get(unit), total(origins)
        parts: Mapping[int, int | None] = origins
        estimated = False
        if value is not None and value != expected:
            back.told.add(unit)
            estimated = len(origins) > 1
            parts = _apportioned(value, origins)
        for one, part in parts.items():
            pieces[one].append((unit, part, estimated))
    for one, its in pieces.items():
        told = [unit for unit, _part, _estimated in its if unit in back.told]
        parts_known = total({unit: part for unit, part, _estimated in its})
        if not told:
            continue
        if parts_known is None:
            back.inexact.update(told)
            continue
        # A sum of counted parts is counted; with a part that only a share tells of it is not.
        guessed = any(estimated for _unit, _part, estimated in its) or len(told) < len(its)
        if parts_known != old.get(one):
            back.counts[one] = parts_known
            if guessed:
                back.estimated.add(one)
        if guessed or len(its) > 1:
            back.inexact.update(told)
    return back


def _parts(amount: int | None, ways: Sequence[Way]) -> list[int | None]:
    if any(way.is_whole for way in ways):
        return [amount if way.is_whole else 0 for way in ways]
    shares = [way.share for way in ways if way.share is not None]
    if amount is None or len(shares) < len(ways) or sum(shares) <= 0:
        return [None] * len(ways)
    return list(divided(amount, shares))


def _apportioned(value: int, origins: Mapping[int, int | None]) -> Mapping[int, int | None]:
    """Give each origin its part of a count: all of it to the only one, else in the proportion in which they came."""
    if len(origins) == 1:
        return dict.fromkeys(origins, value)
    whole = total(origins)
    if not whole:
        return dict.fromkeys(origins)
    shares = [(part or 0) / whole for part in origins.values()]
    return dict(zip(origins, divided(value, shares), strict=True))
