"""Making the plan of an operation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coso.places.rules.changes.ceding import cede
from coso.places.rules.changes.draft import Draft, kept
from coso.places.rules.changes.faults import Note, Said, What
from coso.places.rules.changes.operations import Abolish, Cede, Merge, Move, Operation, Part, Rename, Split
from coso.places.rules.changes.plans import Link, Plan
from coso.places.rules.changes.tree import LEVELS, Tree, Unit
from coso.places.rules.graph import divided

SLACK = 0.0015
"""How far shares written in per cent with one decimal may miss 1: three times 33,3."""


def make_plan(operation: Operation, from_on: date, tree: Tree) -> Plan:
    """Say what an operation does to the units of a tree from a day on. Raise Unfit; nothing is changed here."""
    draft = Draft(from_on, tree)
    match operation:
        case Rename():
            _rename(draft, operation)
        case Merge():
            _merge(draft, operation)
        case Split():
            _split(draft, operation)
        case Cede():
            cede(draft, operation)
        case Move():
            _move(draft, operation)
        case Abolish():
            _abolish(draft, operation)
    return draft.done()


def _rename(draft: Draft, asked: Rename) -> None:
    unit = draft.changed(asked.unit, "unit")
    name = draft.named(asked.name, "name")
    if unit is None:
        return
    if name == unit.name:
        draft.fault(What.SAME_NAME, "name", name=name)
    draft.end(unit, named=True)
    key = draft.begin(named=True, parent=unit.parent, **kept(unit) | {"name": name})
    draft.links.append(Link(unit.id, key))
    draft.carry_below(unit, key)


def _merge(draft: Draft, asked: Merge) -> None:
    idents = list(dict.fromkeys(asked.units))
    if len(idents) < 2:
        draft.fault(What.TOO_FEW, "units")
    units = [unit for ident in idents if (unit := draft.changed(ident, "units"))]
    if len({unit.level for unit in units}) > 1:
        draft.fault(What.TWO_LEVELS, "units")
    for unit in units:
        draft.end(unit, named=True)
    name, code = draft.named(asked.name, "name"), draft.coded(asked.code, "code")
    parents = {unit.parent for unit in units}
    if asked.parent is not None and (above := draft.usable(asked.parent, "parent")):
        parents = {above.id}
        if units and LEVELS.index(above.level) >= LEVELS.index(units[0].level):
            draft.fault(What.PARENT_LEVEL, "parent", name=above.name)
    if len(parents) > 1:
        draft.fault(What.TWO_PARENTS, "units")
    if not units or draft.faults:
        return
    for unit in units:
        if unit.population is None:
            draft.notes.append(Note(Said.POPULATION_UNKNOWN, unit.name))
    key = draft.begin(
        named=True,
        code=code,
        name=name,
        level=units[0].level,
        parent=parents.pop(),
        population=_sum([unit.population for unit in units]),
        households=_sum([unit.households for unit in units]),
        area_km2=_sum([unit.area_km2 for unit in units]),
        **_middle(units),
        is_sample=any(unit.is_sample for unit in units),
    )
    for unit in units:
        draft.links.append(Link(unit.id, key))
        draft.carry_below(unit, key)


def _split(draft: Draft, asked: Split) -> None:
    unit = draft.changed(asked.unit, "unit")
    if len(asked.parts) < 2:
        draft.fault(What.TOO_FEW, "parts")
    if not 0 <= asked.default < len(asked.parts):
        draft.fault(What.NO_DEFAULT, "default")
    shares = [part.share for part in asked.parts]
    _look_at_shares(draft, shares)
    if unit is not None:
        draft.end(unit, named=True)
    codes = [part.code for part in asked.parts]
    for number, part in enumerate(asked.parts, start=1):
        draft.named(part.name, f"name_{number}")
        draft.coded(part.code, f"code_{number}")
        if part.code and codes.count(part.code) > 1:
            draft.fault(What.CODE_TWICE, f"code_{number}", value=part.code)
    children = draft.below(unit) if unit else []
    for child in children:
        if child.id in asked.below and not 0 <= asked.below[child.id] < len(asked.parts):
            draft.fault(What.NO_SUCH_PART, f"below_{child.id}", name=child.name)
    if unit is None or draft.faults:
        return
    if None in shares:
        draft.notes.append(Note(Said.SHARES_UNKNOWN, unit.name))
    people = _divided(unit.population, shares)
    households = _divided(unit.households, shares)
    for number, part in enumerate(asked.parts):
        default = number == asked.default
        own = [child for child in children if asked.below.get(child.id, asked.default) == number]
        key = _begin_part(draft, unit, part, own, default=default, people=people[number], households=households[number])
        draft.links.append(Link(unit.id, key, is_whole=False, is_default=default, share=part.share))
        for child in own:
            draft.carry(child, parent_key=key)


def _begin_part(
    draft: Draft, unit: Unit, part: Part, own: list[Unit], *, default: bool, people: int | None, households: int | None
) -> int:
    # A part stands amid what lies under it; without that, only the main one is known to stand where the whole stood.
    middle = _middle([child for child in own if child.latitude is not None])
    if middle["latitude"] is None and default:
        middle = {"latitude": unit.latitude, "longitude": unit.longitude}
    return draft.begin(
        named=True,
        code=part.code,
        name=part.name,
        level=unit.level,
        parent=unit.parent,
        population=people,
        households=households,
        **middle,
        is_sample=unit.is_sample,
    )


def _look_at_shares(draft: Draft, shares: Sequence[float | None]) -> None:
    for number, share in enumerate(shares, start=1):
        if share is not None and not 0 < share < 1:
            draft.fault(What.SHARE_RANGE, f"share_{number}")
    known = [share for share in shares if share is not None]
    whole = sum(known)
    too_much, too_little = whole > 1 + SLACK, len(known) == len(shares) and whole < 1 - SLACK
    # With a share unknown, something must be left for it.
    nothing_left = len(known) < len(shares) and whole > 1 - SLACK
    if known and (too_much or too_little or nothing_left):
        draft.fault(What.SHARES_SUM, "share_1", value=f"{whole * 100:.1f}".replace(".", ","))


def _move(draft: Draft, asked: Move) -> None:
    unit, above = draft.changed(asked.unit, "unit"), draft.usable(asked.parent, "parent")
    if unit is None or above is None:
        return
    if unit.parent == above.id:
        draft.fault(What.SAME_PARENT, "parent", name=above.name)
    elif draft.tree.is_under(above.id, unit.id):
        draft.fault(What.UNDER_ITSELF, "parent", name=above.name)
    elif LEVELS.index(above.level) >= LEVELS.index(unit.level):
        draft.fault(What.PARENT_LEVEL, "parent", name=above.name)
    draft.carry(unit, parent=above.id, name=asked.name, named=True)


def _abolish(draft: Draft, asked: Abolish) -> None:
    if asked.level not in LEVELS[1:-1]:
        draft.fault(What.LEVEL_STAYS, "level")
        return
    there = [unit for unit in draft.tree.units.values() if unit.level == asked.level]
    there = [unit for unit in there if unit.ends is None or unit.ends >= draft.from_on]
    if not there:
        draft.fault(What.NO_LEVEL, "level")
    for unit in sorted(there, key=lambda unit: unit.code):
        if draft.usable(unit.id, "level") is None:
            continue
        draft.end(unit, named=True)
        for child in draft.below(unit):
            draft.carry(child, parent=unit.parent)


def _sum(values: Sequence[Any]) -> Any:
    """Add up what is known of all; None when it is unknown of one."""
    return None if None in values else sum(values)


def _middle(units: Sequence[Unit]) -> dict[str, float | None]:
    known = [(u.latitude, u.longitude) for u in units if u.latitude is not None and u.longitude is not None]
    if not known or len(known) < len(units):
        return {"latitude": None, "longitude": None}
    return {
        "latitude": round(sum(latitude for latitude, _ in known) / len(known), 6),
        "longitude": round(sum(longitude for _, longitude in known) / len(known), 6),
    }


def _divided(total: int | None, shares: Sequence[float | None]) -> list[int | None]:
    known = [share for share in shares if share is not None]
    if total is None or len(known) < len(shares):
        return [None] * len(shares)
    return list(divided(total, known))
