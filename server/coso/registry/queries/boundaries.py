"""Comparing a file of boundaries with the units of a day, before anything is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coso.places import queries as units
from coso.places.models import BoundaryFile, Level, Place
from coso.registry.queries.areas import boundary_files
from coso.registry.rules.boundaries import Outline


@dataclass(frozen=True)
class Match:
    """Which units a file draws, which it lacks, and what it draws that is no unit of the day."""

    units: Sequence[tuple[Place, Outline]]
    unknown: Sequence[str]
    """Codes of the file that no unit has on that day."""
    missing: Sequence[Place]
    """Units of the levels that the file draws, without an outline in it."""
    outside: Sequence[Place]
    """Units whose known middle lies outside the outline: the codes may be mixed up."""


def match(outlines: Sequence[Outline], day: date) -> Match:
    """Find the unit of each outline by its code on a day."""
    by_code = {outline.code: outline for outline in outlines}
    found = list(units.at(day).filter(code__in=by_code).select_related("parent"))
    levels = {place.level for place in found}
    known = {place.code for place in found}
    lacking = units.at(day).filter(level__in=levels).exclude(code__in=known).order_by("level", "sort_key")
    # Villages are drawn here and there; only within the communes that the file draws is one missing.
    if Level.VILLAGE in levels:
        parents = {place.parent_id for place in found if place.level == Level.VILLAGE}
        lacking = lacking.exclude(level=Level.VILLAGE) | lacking.filter(level=Level.VILLAGE, parent__in=parents)
    pairs = sorted(((place, by_code[place.code]) for place in found), key=lambda pair: pair[0].sort_key)
    return Match(
        units=pairs,
        unknown=sorted(set(by_code) - known),
        missing=list(lacking),
        outside=[place for place, outline in pairs if not _holds_middle(place, outline)],
    )


def twin(sha256: str, day: date) -> BoundaryFile | None:
    """Give the file in use that holds the same boundaries for the same day."""
    return boundary_files().filter(sha256=sha256, true_on=day).first()


def all_files() -> Sequence[BoundaryFile]:
    """List every file, those withdrawn too, the newest day first."""
    return list(BoundaryFile.objects.order_by("-true_on", "-pk"))


def _holds_middle(place: Place, outline: Outline) -> bool:
    if place.latitude is None or place.longitude is None:
        return True
    west, south, east, north = outline.area.bounds
    # The known middles are rough, some lie in the sea: only what is outside the box around it is told.
    return bool(west <= place.longitude <= east and south <= place.latitude <= north)
