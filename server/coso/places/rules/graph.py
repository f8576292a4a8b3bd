"""What became of what: units with their spans of time, joined by the links from each to those that followed it.

lives = {1: Life(date(2017, 1, 1), date(2025, 6, 30)), 2: Life(date(2025, 7, 1), None)}
heirs_on(date(2026, 1, 1), lives, {1: [2]})  # {1: {2}, 2: {2}}
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coso.places.rules.spans import is_valid

Links = Mapping[int, Sequence[int]]
"""From each unit to those that followed it."""


@dataclass(frozen=True, slots=True)
class Life:
    """When a unit is valid, and under which other one it lies."""

    begins: date
    ends: date | None
    """The last day; None while it is valid."""
    parent: int | None = None


def heirs_on(day: date, lives: Mapping[int, Life], links: Links) -> dict[int, set[int]]:
    """Tell of every unit which units of a day hold what was its: itself while it lasts, else what followed it.

    A unit that nothing followed although units lay under it (a district of 2025, whose level was abolished) has the
    heirs of those; empty when nothing was traced. Circles do no harm: each unit is passed once.

    For days d ≤ e, not before the unit began and where every link leads to a unit that begins the day after:
    heirs on e = the heirs on e of its heirs on d.
    """
    there = {unit for unit, life in lives.items() if is_valid(life.begins, life.ends, day)}
    below = _last_below(lives)
    found = {}
    for unit, life in lives.items():
        if unit in there:
            found[unit] = {unit}
            continue
        heirs = followed([unit], links, there.__contains__)
        if not heirs and life.ends is not None:
            heirs = followed(below.get(unit, ()), links, there.__contains__)
        found[unit] = heirs
    return found


def _last_below(lives: Mapping[int, Life]) -> dict[int, list[int]]:
    """Give, for each unit that ended, the units directly under it on its last day."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit, life in lives.items():
        above = lives.get(life.parent) if life.parent is not None else None
        if above is not None and above.ends is not None and is_valid(life.begins, life.ends, above.ends):
            found[life.parent or 0].append(unit)
    return found


def followed(starts: Iterable[int], links: Links, is_there: Callable[[int], bool]) -> set[int]:
    """Follow the links from some units until each way has come to a unit that is there; lost ways give none."""
    found: set[int] = set()
    seen = set(starts)
    ahead = list(seen)
    while ahead:
        unit = ahead.pop()
        if is_there(unit):
            found.add(unit)
            continue
        fresh = [heir for heir in links.get(unit, ()) if heir not in seen]
        seen.update(fresh)
        ahead += fresh
    return found


def reached(starts: Iterable[int], links: Links) -> set[int]:
    """Give every unit that some units lead to, the units themselves with it."""
    seen = set(starts)
    ahead = list(seen)
    while ahead:
        fresh = [heir for heir in links.get(ahead.pop(), ()) if heir not in seen]
        seen.update(fresh)
        ahead += fresh
    return seen


def makes_circle(links: Links, old: int, new: int) -> bool:
    """Tell whether a link from `old` to `new` would lead back to `old`."""
    return old in reached([new], links)


def circles(links: Links) -> set[int]:
    """Give the units from which the links lead back to themselves; none in any sound graph."""
    return {unit for unit in links if unit in reached(links[unit], links)}


def twice_on_one_day(spells: Iterable[tuple[str, date, date | None]]) -> set[str]:
    """Give the codes that two units (code, first day, last day or None) bear on one day; none in any sound list."""
    by_code: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for code, begins, ends in spells:
        by_code[code].append((begins, ends or date.max))
    found = set()
    for code, spans in by_code.items():
        last = date.min
        for begins, ends in sorted(spans):
            if last >= begins:
                found.add(code)
            last = max(last, ends)
    return found


def divided(total: int, shares: Sequence[float]) -> list[int]:
    """Divide a count by shares that sum to 1 or nearly so, in whole numbers that sum to the count again.

    What rounding leaves goes to the greatest remainders, the first among equals.
    """
    whole = sum(shares)
    exact = [total * share / whole for share in shares]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
