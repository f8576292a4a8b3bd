"""What became of units, by one rule for all: `places.rules.graph`."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from coso.places.models import Place, Succession
from coso.places.queries.units import listed
from coso.places.rules import graph
from coso.places.rules.graph import Life

Graph = tuple[dict[int, Life], dict[int, list[int]]]


def lives_and_links() -> Graph:
    """Read the whole graph in two questions: each unit's span and parent, and from each unit those that followed it."""
    units = Place.objects.order_by().values_list("pk", "valid_from", "valid_to", "parent_id")
    lives = {pk: Life(begins, ends, parent) for pk, begins, ends, parent in units.iterator(5000)}
    links: dict[int, list[int]] = defaultdict(list)
    for old, new in Succession.objects.order_by().values_list("predecessor_id", "successor_id").iterator(5000):
        links[old].append(new)
    return lives, links


def all_successors(day: date) -> dict[int, list[int]]:
    """Tell of every unit, by id, which units of a day hold what was its, in the order of their ids.

    Itself while it lasts, else what followed it; of an abolished district what its communes became; empty when nothing
    was traced. One pass in memory over the whole graph.
    """
    return {unit: sorted(heirs) for unit, heirs in graph.heirs_on(day, *lives_and_links()).items()}


def successors(place: Place, day: date) -> list[Place]:
    """List the units of a day that hold what was this unit's: the same as `all_successors` tells of it.

    Only what it leads to is read.
    """
    starts = {place.pk, *Place.objects.filter(parent=place).values_list("pk", flat=True)}
    around = starts | linked_to(starts)
    lives = {
        pk: Life(begins, ends, parent)
        for pk, begins, ends, parent in Place.objects.filter(pk__in=around).values_list(
            "pk", "valid_from", "valid_to", "parent_id"
        )
    }
    links: dict[int, list[int]] = defaultdict(list)
    for old, new in Succession.objects.filter(predecessor__in=around).values_list("predecessor_id", "successor_id"):
        links[old].append(new)
    return listed(Place.objects.filter(pk__in=graph.heirs_on(day, lives, links)[place.pk]))


def linked_to(units: Collection[int], *, back: bool = False) -> set[int]:
    """Give every unit that some units lead to by links, or from which links lead to them; a question for each step."""
    here, there = ("successor_id", "predecessor_id") if back else ("predecessor_id", "successor_id")
    seen = set(units)
    ahead = set(units)
    while ahead:
        found = Succession.objects.filter(**{f"{here.removesuffix('_id')}__in": ahead}).values_list(there, flat=True)
        ahead = set(found) - seen
        seen |= ahead
    return seen
