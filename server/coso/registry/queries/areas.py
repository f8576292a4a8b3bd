"""Areas on a map: true boundaries where an operator gave them, else the sketched cells, and words that say which."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coso.kit import blobs, clock
from coso.places import queries as units
from coso.places.models import BoundaryFile, Level, Place

Feature = dict[str, Any]


def boundary_files() -> QuerySet[BoundaryFile]:
    """List the files of boundaries in use, the newest first."""
    return BoundaryFile.objects.filter(withdrawn_at=None)


def areas(places: Sequence[Place]) -> dict[str, Any]:
    """Draw some units as GeoJSON, each with `code` and `name`, and a `note` that says whose lines these are.

    A unit has the boundary of the newest file whose day it was valid on; a commune of today without one has its
    sketched cell; others have nothing.
    """
    true, sources = _true_boundaries(places)
    sketched = {} if all(place.pk in true for place in places) else _sketch()
    today = clock.today()
    drawn, any_sketch = [], False
    for place in places:
        found = true.get(place.pk)
        if found is None and place.level == Level.COMMUNE and place.is_valid_on(today):
            found = sketched.get(place.code)
            any_sketch = any_sketch or found is not None
        if found is not None:
            told = {"code": place.code, "name": place.name}
            drawn.append({"type": "Feature", "properties": told, "geometry": found["geometry"]})
    return {"type": "FeatureCollection", "features": drawn, "note": _note(sources, any_sketch or not drawn)}


def areas_around(place: Place) -> dict[str, Any]:
    """Draw what a place's page shows: the communes of today for the province, else its own commune."""
    if place.level == Level.PROVINCE or place.level == Level.DISTRICT:
        return areas(list(units.communes().filter(current_path__startswith=place.current_path)))
    commune = place.parent if place.level == Level.VILLAGE else place
    if commune is None:
        return areas([])
    own = areas([commune])
    if own["features"] or commune.current is None or commune.current == commune:
        return own
    return areas([commune.current])


def _true_boundaries(places: Sequence[Place]) -> tuple[dict[int, Feature], list[str]]:
    """Give the boundary of each unit that has one, and who gave them."""
    found: dict[int, Feature] = {}
    sources: list[str] = []
    # A file that is away for a moment, as while a backup is restored, is looked for again the next time.
    for file in (one for one in boundary_files() if blobs.has(one.sha256)):
        missing = {place.code: place for place in places if place.pk not in found and place.is_valid_on(file.true_on)}
        drawn = (
            {code: feature for code, feature in _features(file.sha256).items() if code in missing} if missing else {}
        )
        for code, feature in drawn.items():
            found[missing[code].pk] = feature
        if drawn and file.source not in sources:
            sources.append(file.source)
    return found, sources


@lru_cache(maxsize=8)
def _features(sha256: str) -> Mapping[str, Feature]:
    """Read a cleaned file once; what a SHA-256 names never changes."""
    with blobs.open_blob(sha256) as file:
        return _by_code(json.load(file)["features"])


@lru_cache(maxsize=1)
def _sketch() -> Mapping[str, Feature]:
    return _by_code(json.loads(units.schematic_file().read_text(encoding="utf-8"))["features"])


def _by_code(features: Iterable[Feature]) -> dict[str, Feature]:
    return {feature["properties"]["code"]: feature for feature in features}


def _note(sources: Sequence[str], any_sketch: bool) -> str:
    if not sources:
        return _("A schematic drawing, not administrative boundaries.")
    given = {"source": "; ".join(sources)}
    if any_sketch:
        return (
            _("Boundaries given by %(source)s; units without one are a sketch, not administrative boundaries.") % given
        )
    return _("Boundaries given by %(source)s.") % given
