"""Making many units at once."""

from collections.abc import Sequence

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from coso.places.models import Place

_BATCH = 500


def create_rows(places: Sequence[Place]) -> None:
    """Store new units whose parents are stored already, with the search form, the order and the path they need."""
    for place in places:
        place.index_name()
        place.path = ""
    Place.objects.bulk_create(places)
    for place in places:
        place.path = place.true_path
        place.stand_today()
    # The path ends with the id, which only the database gives: one statement for all under one parent, instead of a
    # case for each row.
    groups: dict[tuple[str, str, bool], list[int]] = {}
    for place in places:
        length = len(f"{place.pk}/")
        above = (place.path[:-length], place.current_path[:-length], place.current_id is not None)
        groups.setdefault(above, []).append(place.pk)
    for (path, current_path, stands), idents in groups.items():
        for start in range(0, len(idents), _BATCH):
            rows = Place.objects.filter(pk__in=idents[start : start + _BATCH])
            values = {"path": _ending(path), "current_path": _ending(current_path)}
            rows.update(**values, **({"current": F("pk")} if stands else {}))


def _ending(above: str) -> Concat:
    return Concat(Value(above), Cast("pk", CharField()), Value("/"))
