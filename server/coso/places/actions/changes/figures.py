"""Keeping the figures of units over a change, and over its undoing: nothing that was told is lost on the way."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from coso.places.models import Change, Place, Succession
from coso.places.rules.changes import counts
from coso.places.rules.changes.counts import Way

SPOT = ("latitude", "longitude")
COUNTED = ("population", "households")
_ALL = (*COUNTED, *SPOT, "area_km2", "figures_estimated")


@dataclass
class Returned:
    """What undoing a change makes of the figures; the old units carry them already, unsaved."""

    old: list[tuple[Place, dict[str, Any], bool]] = field(default_factory=list)
    """Each old unit that gets other figures than its own: those it had, and whether the new ones are estimated."""
    kept: dict[Place, dict[str, Any]] = field(default_factory=dict)
    """What was told of new units and no old one gets as it was told: the journal keeps it."""


def take_figures_along(change: Change) -> None:
    """Give the new units the figures of the old ones: these may have been told anew since the change was planned."""
    links = _links(change)
    ways = _ways(links)
    old, new = _both(links)
    origins = _origins(links)
    for name in COUNTED:
        made = counts.carried(ways, {pk: getattr(one, name) for pk, one in old.items()})
        for pk, parts in made.items():
            setattr(new[pk], name, counts.total(parts))
    for pk, its in origins.items():
        whole = [link.predecessor for link in its if link.is_whole]
        new[pk].figures_estimated = any(link.predecessor.figures_estimated for link in its)
        if len(whole) == len(its):
            areas = [one.area_km2 for one in whole]
            new[pk].area_km2 = None if None in areas else sum(area or 0 for area in areas)
        if len(whole) == 1:
            new[pk].latitude, new[pk].longitude = whole[0].latitude, whole[0].longitude
    keep(new.values())


def returned(change: Change) -> Returned:
    """Say what the old units of a change get back of what was told of the new ones; nothing is written."""
    links = _links(change)
    ways = _ways(links)
    old, new = _both(links)
    had = {pk: {name: getattr(one, name) for name in _ALL} for pk, one in old.items()}
    found = Returned()
    guessed: set[int] = set()
    kept: dict[int, dict[str, Any]] = defaultdict(dict)
    for name in COUNTED:
        befores = {pk: getattr(one, name) for pk, one in old.items()}
        back = counts.given_back(ways, befores, {pk: getattr(one, name) for pk, one in new.items()})
        for pk, count in back.counts.items():
            setattr(old[pk], name, count)
        guessed |= back.estimated
        for pk in back.inexact:
            kept[pk][name] = getattr(new[pk], name)
    for pk, its in _origins(links).items():
        _return_the_rest(new[pk], its, old, kept)
    for pk in guessed:
        old[pk].figures_estimated = True
    found.old = [
        (one, had[pk], pk in guessed) for pk, one in old.items() if any(getattr(one, n) != had[pk][n] for n in _ALL)
    ]
    found.kept = {new[pk]: told for pk, told in kept.items()}
    return found


def keep(units: Any) -> None:
    """Store the figures of units."""
    Place.objects.bulk_update(list(units), list(_ALL), batch_size=200)


def _return_the_rest(new: Place, its: list[Succession], old: dict[int, Place], kept: dict[int, dict[str, Any]]) -> None:
    """Give back what is not divided: all to the one that went there alone and whole, a spot told elsewhere is kept."""
    first = old[its[0].predecessor_id]
    if len(its) == 1 and its[0].is_whole:
        # A figure that was taken away again (None) is no figure lost: what is unknown now is unknown to the old one.
        for name in (*COUNTED, *SPOT, "area_km2", "figures_estimated"):
            setattr(first, name, getattr(new, name))
        return
    spot = (new.latitude, new.longitude)
    if None not in spot and spot != _spot_made(its):
        kept[new.pk] |= {"latitude": new.latitude, "longitude": new.longitude}


def _spot_made(its: list[Succession]) -> tuple[float | None, float | None]:
    """Give the middle that the change itself gave to a village: of those that went there, or of the one divided."""
    whole = [link.predecessor for link in its if link.is_whole]
    ones = whole or [link.predecessor for link in its if link.is_default]
    known = [(one.latitude, one.longitude) for one in ones if one.latitude is not None and one.longitude is not None]
    if not known or len(known) < len(ones):
        return None, None
    return (
        round(sum(latitude for latitude, _ in known) / len(known), 6),
        round(sum(longitude for _, longitude in known) / len(known), 6),
    )


def _links(change: Change) -> list[Succession]:
    return list(change.successions.select_related("predecessor", "successor").order_by("pk"))


def _ways(links: list[Succession]) -> list[Way]:
    return [Way(link.predecessor_id, link.successor_id, link.is_whole, link.share) for link in links]


def _both(links: list[Succession]) -> tuple[dict[int, Place], dict[int, Place]]:
    """Give one row for each unit: a unit that was divided stands on several links."""
    old: dict[int, Place] = {}
    new: dict[int, Place] = {}
    for link in links:
        link.predecessor = old.setdefault(link.predecessor_id, link.predecessor)
        link.successor = new.setdefault(link.successor_id, link.successor)
    return old, new


def _origins(links: list[Succession]) -> dict[int, list[Succession]]:
    found: dict[int, list[Succession]] = defaultdict(list)
    for link in links:
        found[link.successor_id].append(link)
    return found
