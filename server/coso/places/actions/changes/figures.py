"""Keeping the figures of units over a change: those told of a unit belong to whatever it went into whole."""

from collections import defaultdict

from coso.places.models import Change, Place
from coso.places.rules.graph import divided

_SPOT = ("latitude", "longitude")
_SUMMED = ("population", "households", "area_km2")
_COUNTED = ("population", "households")


def take_figures_along(change: Change) -> None:
    """Give the new units the figures of the old ones: these may have been told anew since the change was planned."""
    told: list[Place] = []
    for new, old in _whole(change).items():
        for name in _SUMMED:
            values = [getattr(one, name) for one in old]
            setattr(new, name, None if None in values else sum(values))
        if len(old) == 1:
            for name in _SPOT:
                setattr(new, name, getattr(old[0], name))
        told.append(new)
    for unit, parts in _parts(change).items():
        shares = [share for _part, share in parts if share is not None]
        for name in _COUNTED:
            total = getattr(unit, name)
            known = total is not None and len(shares) == len(parts)
            counts = divided(total, shares) if known else [None] * len(parts)
            for (part, _share), count in zip(parts, counts, strict=True):
                setattr(part, name, count)
        told += [part for part, _share in parts]
    _keep(told)


def bring_figures_back(change: Change) -> None:
    """Give the old units what was told of the new ones that each of them alone became."""
    told: list[Place] = []
    for new, old in _whole(change).items():
        if len(old) == 1:
            for name in (*_SUMMED, *_SPOT):
                setattr(old[0], name, getattr(new, name))
            told.append(old[0])
    _keep(told)


def _keep(units: list[Place]) -> None:
    Place.objects.bulk_update(units, [*_SUMMED, *_SPOT], batch_size=200)


def _whole(change: Change) -> dict[Place, list[Place]]:
    found: dict[Place, list[Place]] = defaultdict(list)
    for link in change.successions.filter(is_whole=True).select_related("predecessor", "successor").order_by("pk"):
        found[link.successor].append(link.predecessor)
    return found


def _parts(change: Change) -> dict[Place, list[tuple[Place, float | None]]]:
    found: dict[Place, list[tuple[Place, float | None]]] = defaultdict(list)
    for link in change.successions.filter(is_whole=False).select_related("predecessor", "successor").order_by("pk"):
        found[link.predecessor].append((link.successor, link.share))
    return found
