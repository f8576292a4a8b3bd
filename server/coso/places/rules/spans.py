"""From lists of units, each true from a day on, to units with a first and a last day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Unit:
    """One line of a list: a unit as it stood."""

    code: str
    name: str
    level: str
    parent: str | None
    """The code of the unit above, in the same list."""


@dataclass(frozen=True)
class Snapshot:
    """A whole list of units and the day from which it holds."""

    begins: date
    units: Sequence[Unit]
    """Each after its parent."""
    verified: bool = True
    """Whether the day itself is known, or only taken."""


@dataclass(eq=False)
class Span:
    """One unit under one name and one parent, from its first to its last day."""

    code: str
    name: str
    level: str
    parent: "Span | None"
    begins: date
    ends: date | None = None
    """The last day; None while it is valid."""
    verified: bool = True
    """Whether both days are known."""


def spans(snapshots: Iterable[Snapshot]) -> list[Span]:
    """Join equal lines of lists that follow each other; parents come before what is under them.

    A unit goes on as long as its code, name, level and parent stay; else a new span begins on the day of the list
    in which something changed, and the old one ends the day before. Raise ValueError when lists are out of order,
    a code stands twice in a list or a parent is missing.
    """
    done: list[Span] = []
    current: dict[str, Span] = {}
    last: date | None = None
    for snapshot in snapshots:
        if last is not None and snapshot.begins <= last:
            raise ValueError(f"the list of {snapshot.begins} comes after that of {last}")
        last = snapshot.begins
        current = _follow(current, snapshot, done)
    return done


def _follow(before: dict[str, Span], snapshot: Snapshot, done: list[Span]) -> dict[str, Span]:
    now: dict[str, Span] = {}
    for unit in snapshot.units:
        if unit.code in now:
            raise ValueError(f"{unit.code} stands twice in the list of {snapshot.begins}")
        if unit.parent is not None and unit.parent not in now:
            raise ValueError(f"{unit.code} stands before its parent in the list of {snapshot.begins}")
        parent = now[unit.parent] if unit.parent is not None else None
        old = before.get(unit.code)
        if old is not None and (old.name, old.level, old.parent) == (unit.name, unit.level, parent):
            now[unit.code] = old
        else:
            now[unit.code] = Span(unit.code, unit.name, unit.level, parent, snapshot.begins, verified=snapshot.verified)
            done.append(now[unit.code])
    for old in before.values():
        if now.get(old.code) is not old:
            old.ends = snapshot.begins - timedelta(days=1)
            old.verified = old.verified and snapshot.verified
    return now


def is_valid(begins: date, ends: date | None, day: date) -> bool:
    """Tell whether a unit exists on a day; its last day counts."""
    return begins <= day and (ends is None or day <= ends)
