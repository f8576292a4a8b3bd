"""Figures by the units of then or of another day: followed through what became of each unit, nothing lost on the way.

A figure hangs on the unit of its day. Followed to a later day it goes whole where its unit went whole, by the shares
where a unit was divided and they are known, to the default part where they are not (and is marked so), and stays in a
row of its own where nobody knows what followed. What came together stays together: the sum never changes, and whole
numbers stay whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coso.places.rules.graph import divided

Number = int | float
Figures = Mapping[int, Number]
"""Figures by the id of the unit on which each hangs."""


_ROUGHLY = 1e-6
"""Shares are given to a few places: less than this is nothing."""


@dataclass(frozen=True)
class Link:
    """A unit, whole or in part, went into another one."""

    old: int
    new: int
    whole: bool = True
    default: bool = True
    """Where goes what cannot be divided."""
    share: float | None = None
    """Its part of the population, 0 to 1; None when unknown."""


@dataclass
class Followed:
    """Figures by the units of another day."""

    by_unit: dict[int, Number] = field(default_factory=dict)
    """What is known to hang on a unit of that day."""
    doubtful: dict[int, Number] = field(default_factory=dict)
    """How much of it came by a division whose shares are unknown, or was counted with such."""
    untraced: dict[int, Number] = field(default_factory=dict)
    """By the unit of then, what came to nobody knows where."""

    @property
    def total(self) -> Number:
        """Sum up everything, traced or not."""
        return sum(self.by_unit.values()) + sum(self.untraced.values())


def follow(figures: Figures, links: Iterable[Link], standing: Collection[int]) -> Followed:
    """Carry figures to the units that stand on a day, through as many successions as lie between.

    A unit that ended and to which no link leads further keeps its figure as untraced; so does one that leads in a
    circle. The result does not depend on the order of the links.
    """
    after = _after(links, standing)
    found = Followed()
    held = dict(figures)
    doubt: dict[int, Number] = {}
    for unit in _in_order(held, after):
        amount = held.pop(unit, 0)
        if not amount:
            continue
        unsure = min(doubt.pop(unit, 0), amount)
        if unit in standing:
            found.by_unit[unit] = amount
            if unsure:
                found.doubtful[unit] = unsure
            continue
        ways = after.get(unit, ())
        doubted = _parts(unsure, ways) if _are_known(ways) else _parts(amount, ways)
        for (new, part), (_new, more) in zip(_parts(amount, ways), doubted, strict=True):
            if new is None:
                found.untraced[unit] = found.untraced.get(unit, 0) + part
                continue
            held[new] = held.get(new, 0) + part
            if more:
                doubt[new] = doubt.get(new, 0) + more
    # What is left goes round in a circle, which good data never does: it is not lost, and not counted twice.
    found.untraced |= {unit: amount for unit, amount in held.items() if amount}
    return found


def up(figures: Figures, above: Mapping[int, int | None]) -> dict[int | None, Number]:
    """Sum figures of units by the unit above each; None for those above which there is none."""
    found: dict[int | None, Number] = defaultdict(int)
    for unit, figure in figures.items():
        found[above.get(unit)] += figure
    return dict(found)


def _after(links: Iterable[Link], standing: Collection[int]) -> dict[int, list[Link]]:
    """Give the links out of each unit that does not stand on the day, in a settled order."""
    found: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if link.old not in standing:
            found[link.old].append(link)
    return {old: sorted(ways, key=lambda way: (not way.default, way.new)) for old, ways in found.items()}


def _are_known(ways: Sequence[Link]) -> bool:
    """Tell whether it is known how much of a unit went where."""
    return any(way.whole for way in ways) or all(way.share is not None for way in ways)


def _parts(amount: Number, ways: Sequence[Link]) -> list[tuple[int | None, Number]]:
    """Say where an amount goes; to None what no share and no default tells of."""
    whole = next((way for way in ways if way.whole), None)
    if whole is not None:
        return [(whole.new, amount)]
    shares = [way.share for way in ways if way.share is not None]
    if ways and len(shares) == len(ways) and sum(shares) > 0:
        rest = 1 - sum(shares)
        targets: list[int | None] = [way.new for way in ways]
        if rest > _ROUGHLY:
            targets, shares = [*targets, None], [*shares, rest]
        return list(zip(targets, _divided(amount, shares), strict=True))
    default = next((way for way in ways if way.default), None)
    return [(default.new if default is not None else None, amount)]


def _divided(amount: Number, shares: Sequence[float]) -> list[Number]:
    """Divide a figure by shares: a whole number into whole ones, nothing of it lost."""
    if isinstance(amount, int):
        return list(divided(amount, shares))
    whole = sum(shares)
    parts = [amount * share / whole for share in shares[:-1]]
    return [*parts, amount - sum(parts)]


def _in_order(held: Figures, after: Mapping[int, Sequence[Link]]) -> list[int]:
    """Order the units that figures come through so that each comes after all that leads into it; circles left out."""
    reached = set(held)
    frontier = list(held)
    while frontier:
        unit = frontier.pop()
        for way in after.get(unit, ()):
            if way.new not in reached:
                reached.add(way.new)
                frontier.append(way.new)
    waiting = dict.fromkeys(reached, 0)
    for unit in reached:
        for way in after.get(unit, ()):
            waiting[way.new] += 1
    ready = [unit for unit, count in waiting.items() if not count]
    order = []
    while ready:
        unit = ready.pop()
        order.append(unit)
        for way in after.get(unit, ()):
            waiting[way.new] -= 1
            if not waiting[way.new]:
                ready.append(way.new)
    return order
