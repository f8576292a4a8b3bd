"""A part of a unit goes to another one that exists already: both go on under their codes, with other people."""

from coso.places.rules.changes.draft import Draft, kept
from coso.places.rules.changes.faults import Note, Said, What
from coso.places.rules.changes.operations import Cede
from coso.places.rules.changes.plans import Link
from coso.places.rules.changes.tree import Unit
from coso.places.rules.graph import divided


def cede(draft: Draft, asked: Cede) -> None:
    """Plan it: what went into the giver's new row is its default part, so what cannot be divided stays with it."""
    giver, receiver = draft.changed(asked.unit, "unit"), draft.changed(asked.receiver, "receiver")
    if giver is None or receiver is None:
        return
    if giver.id == receiver.id:
        draft.fault(What.ITS_OWN_RECEIVER, "receiver", name=giver.name)
        return
    if giver.level != receiver.level:
        draft.fault(What.TWO_LEVELS, "receiver")
    going, staying = _look_below(draft, asked, giver)
    share = _share(draft, asked, giver, going)
    area = _look_at_area(draft, asked, giver)
    if not (going or asked.people or asked.share or asked.area_km2):
        draft.fault(What.NOTHING_GOES, "below")
    elif going and not staying:
        draft.fault(What.ALL_GO, "below", name=giver.name)
    if draft.faults:
        return
    _note(draft, asked, giver, share, area)
    new_giver, new_receiver = _begin_both(draft, asked, giver, receiver, share, area)
    rest = None if share is None else 1 - share
    draft.links += [
        Link(giver.id, new_giver, is_whole=False, is_default=True, share=rest),
        Link(giver.id, new_receiver, is_whole=False, is_default=False, share=share),
        Link(receiver.id, new_receiver),
    ]
    for child in staying:
        draft.carry(child, parent_key=new_giver)
    for child in going:
        draft.carry(child, parent_key=new_receiver)
    draft.carry_below(receiver, new_receiver)


def _begin_both(
    draft: Draft, asked: Cede, giver: Unit, receiver: Unit, share: float | None, area: float | None
) -> tuple[int, int]:
    draft.end(giver, named=True)
    draft.end(receiver, named=True)
    people, households = _parts(giver.population, share), _parts(giver.households, share)
    told = kept(giver) | {"population": people[0], "households": households[0]}
    told |= {"area_km2": _more(giver.area_km2, area, -1), "name": asked.name or giver.name}
    new_giver = draft.begin(named=True, parent=giver.parent, **told)
    told = kept(receiver) | {
        "population": _more(receiver.population, people[1]),
        "households": _more(receiver.households, households[1]),
        "area_km2": _more(receiver.area_km2, area),
        "is_sample": receiver.is_sample or giver.is_sample,
    }
    return new_giver, draft.begin(named=True, parent=receiver.parent, **told)


def _look_below(draft: Draft, asked: Cede, giver: Unit) -> tuple[list[Unit], list[Unit]]:
    """Say which of the units under the giver go and which stay."""
    children = draft.below(giver)
    known = {child.id for child in children}
    for ident in asked.below:
        if ident not in known:
            other = draft.tree.get(ident)
            draft.fault(What.NOT_UNDER, "below", name=other.name if other else str(ident), value=giver.name)
    going = [child for child in children if child.id in asked.below]
    return going, [child for child in children if child.id not in asked.below]


def _share(draft: Draft, asked: Cede, giver: Unit, going: list[Unit]) -> float | None:
    """Give the part of the people that goes; None when nothing tells it."""
    if asked.people is not None and asked.share is not None:
        draft.fault(What.PEOPLE_AND_SHARE, "share")
    elif asked.share is not None:
        if not 0 < asked.share < 1:
            draft.fault(What.SHARE_RANGE, "share")
        return asked.share
    elif asked.people is not None:
        if giver.population is None:
            draft.fault(What.PEOPLE_UNKNOWN, "people", name=giver.name)
        elif not 0 < asked.people < giver.population:
            draft.fault(What.TOO_MANY_PEOPLE, "people", name=giver.name, value=str(giver.population))
        else:
            return asked.people / giver.population
    else:
        counts = [unit.population for unit in going if unit.population is not None]
        if counts and len(counts) == len(going) and giver.population and 0 < sum(counts) < giver.population:
            return sum(counts) / giver.population
    return None


def _look_at_area(draft: Draft, asked: Cede, giver: Unit) -> float | None:
    if asked.area_km2 is not None and (
        asked.area_km2 <= 0 or (giver.area_km2 is not None and asked.area_km2 >= giver.area_km2)
    ):
        draft.fault(What.TOO_MUCH_AREA, "area_km2", name=giver.name)
    return asked.area_km2


def _note(draft: Draft, asked: Cede, giver: Unit, share: float | None, area: float | None) -> None:
    if share is None:
        draft.notes.append(Note(Said.SHARES_UNKNOWN, giver.name))
    elif asked.people is None and asked.share is None:
        draft.notes.append(Note(Said.SHARE_OF_UNITS, giver.name))
    if area is None and giver.area_km2 is not None:
        draft.notes.append(Note(Said.AREA_UNKNOWN, giver.name))


def _parts(total: int | None, share: float | None) -> list[int | None]:
    """Divide a count in what stays and what goes."""
    return [None, None] if total is None or share is None else list(divided(total, [1 - share, share]))


def _more(whole: float | None, part: float | None, sign: int = 1) -> float | int | None:
    if whole is None or part is None:
        return None
    total = whole + sign * part
    return total if isinstance(total, int) else round(total, 6)
