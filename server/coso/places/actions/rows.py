"""Making many units at once."""

from collections.abc import Sequence

from coso.places.models import Place


def create_rows(places: Sequence[Place]) -> None:
    """Store new units whose parents are stored already, with the search form, the order and the path they need."""
    for place in places:
        place.index_name()
        place.path = ""
    Place.objects.bulk_create(places)
    for place in places:
        place.path = place.true_path
        place.stand_today()
    Place.objects.bulk_update(places, ["path", "current", "current_path"], batch_size=200)
