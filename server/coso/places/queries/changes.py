"""Reading changes of units, and the units around an operation."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from coso.kit.errors import NotFound
from coso.places.models import Change, Place, Succession
from coso.places.rules.changes import Tree, Unit

_FIELDS = (
    "id",
    "code",
    "name",
    "level",
    "parent_id",
    "valid_from",
    "valid_to",
    "population",
    "households",
    "area_km2",
    "latitude",
    "longitude",
    "is_sample",
)


def tree_on(day: date, named: Iterable[int] = ()) -> Tree:
    """Read the units that have not ended before a day, and those that an operation names, whatever became of them."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day) | Q(pk__in=list(named))
    return Tree(Unit(*row) for row in Place.objects.filter(lasting).order_by().values_list(*_FIELDS))


def changes() -> QuerySet[Change]:
    """List every change, the latest day first, undone ones too."""
    return Change.objects.order_by("-from_on", "-pk")


def get_change(ident: int) -> Change:
    """Give a change. Raise NotFound."""
    found = Change.objects.filter(pk=ident).first()
    if found is None:
        raise NotFound
    return found


def links_of(change: Change) -> QuerySet[Succession]:
    """List what went into what by a change, both units and their parents joined."""
    return change.successions.select_related("predecessor__parent", "successor__parent").order_by(
        "predecessor__level", "predecessor__sort_key", "pk"
    )
