"""What a change of units leaves to be looked at: what hangs on each old unit, where it is found, what to check."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext

from coso.places import queries as units
from coso.places.models import Place, Succession
from coso.places.queries import Hanging
from coso.ui.chips import Chip, Tone


@dataclass(frozen=True)
class Followed:
    """One old unit, with what hangs on the unit itself."""

    old: Place
    heir: Place | None
    """Where that is found from the day of the change on."""
    heir_seen: bool
    hanging: list[Hanging]
    chip: Chip
    advice: str


def followed(ended: Collection[Place], links: list[Succession], seen: set[int]) -> list[Followed]:
    """Tell of each old unit within the reader's sight that does not just go along, those to be looked at first."""
    ways: dict[int, list[Succession]] = defaultdict(list)
    origins: dict[int, int] = defaultdict(int)
    for link in links:
        ways[link.predecessor_id].append(link)
        origins[link.successor_id] += 1
    told = [unit for unit in ended if unit.pk in seen and not _goes_along(unit, ways[unit.pk], origins, ended)]
    hanging = units.hanging_by_unit([unit.pk for unit in told])
    found = [_told(unit, ways[unit.pk], origins, hanging.get(unit.pk, []), seen) for unit in told]
    return sorted(found, key=lambda one: (one.chip.tone != Tone.NEED, not one.hanging))


def _goes_along(unit: Place, ways: list[Succession], origins: dict[int, int], ended: Collection[Place]) -> bool:
    """Tell whether a unit only lies under the successor of its parent, or under the same one, as it was."""
    if len(ways) != 1 or not ways[0].is_whole or origins[ways[0].successor_id] > 1:
        return False
    new = ways[0].successor
    kept = (new.code, new.name) == (unit.code, unit.name)
    return kept and unit.parent_id in {one.pk for one in ended}


def _told(
    unit: Place, ways: list[Succession], origins: dict[int, int], hanging: list[Hanging], seen: set[int]
) -> Followed:
    heir = next((way.successor for way in ways if way.is_default), None)
    if heir is None:
        chip, advice = Chip(gettext("No successor"), Tone.NEED), gettext("Nobody works there any more: hand it over.")
    elif len(ways) > 1:
        others = ", ".join(way.successor.name for way in ways if not way.is_default)
        chip = Chip(gettext("In part"), Tone.NEED)
        advice = gettext("Look whether any of it belongs to %(units)s, and enter that anew there.") % {"units": others}
    elif origins[heir.pk] > 1:
        chip = Chip(gettext("Joined with others"), Tone.NEED)
        advice = gettext("Look what is there twice now: bodies, stations, posts.")
    elif heir.name != unit.name:
        chip = Chip(gettext("Renamed"), Tone.WAITING, icon="edit")
        advice = gettext("Change the name on boards, labels and papers.")
    else:
        chip = Chip(gettext("Moved"), Tone.WAITING, icon="place")
        advice = gettext("Tell the new unit above who is in charge there.")
    return Followed(unit, heir, heir is not None and heir.pk in seen, hanging, chip, advice)
