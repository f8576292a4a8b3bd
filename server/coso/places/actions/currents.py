"""Keeping each unit's place in the geography of today: a change of one day moves what lies under the old units."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from coso.journal.bus import publish
from coso.kit import clock
from coso.places.events import UnitsLieElsewhere
from coso.places.models import Place, Succession


@transaction.atomic
def refresh_currents(day: date | None = None) -> int:
    """Say anew of every unit which unit of a day (today) holds what was its; return how many were set otherwise.

    A unit that was divided goes where its default succession leads. One whose successor is unknown has none, and lies
    by itself under what its parent became: whoever has the parent's place sees it, and a post held there gives nothing
    more.
    """
    today = day or clock.today()
    units = Place.objects.in_bulk()
    heirs = _heirs()
    changed = []
    # Parents come first: a path is always longer than its parent's.
    for unit in sorted(units.values(), key=lambda unit: unit.path.count("/")):
        heir = _follow(unit, units, heirs, today)
        above = units[unit.parent_id].current_path if unit.parent_id else "/"
        here = (heir.pk, heir.path) if heir else (None, f"{above}{unit.pk}/")
        if here != (unit.current_id, unit.current_path):
            unit.current_id, unit.current_path = here
            changed.append(unit)
    Place.objects.bulk_update(changed, ["current", "current_path"], batch_size=500)
    if changed:
        publish(UnitsLieElsewhere(count=len(changed)))
    return len(changed)


def _heirs() -> Mapping[int, int]:
    """Give the one successor of each unit to which its records go: the default one."""
    found: dict[int, int] = {}
    links = Succession.objects.order_by("predecessor_id", "-is_default", "pk")
    for old, new, default in links.values_list("predecessor_id", "successor_id", "is_default"):
        if default:
            found.setdefault(old, new)
    return found


def _follow(unit: Place, units: Mapping[int, Place], heirs: Mapping[int, int], today: date) -> Place | None:
    seen: set[int] = set()
    found: Place | None = unit
    while found is not None and found.valid_to is not None and found.valid_to < today:
        if found.pk in seen:
            return None
        seen.add(found.pk)
        found = units.get(heirs.get(found.pk, 0))
    return found
