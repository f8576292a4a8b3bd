"""The classes of difficulty that decisions give to communes and villages, and the hardest of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from coso.kit import clock
from coso.places import queries as units
from coso.places.models import AreaLabel, LabelFamily, LabelKind, Place
from coso.registry.rules.coverage import UNLABELLED, by_hardness


def difficulties() -> list[LabelKind]:
    """List the classes of difficulty, the hardest first; a village's rank is the place in this list."""
    kinds = LabelKind.objects.filter(family=LabelFamily.DIFFICULTY)
    return sorted(kinds, key=lambda kind: by_hardness(kind.code, kind.order))


def ranked(places: QuerySet[Place], day: date | None = None, *, by: str = "") -> QuerySet[Any]:
    """Say of places their hardest class of difficulty as `rank`, the place in `difficulties()`; UNLABELLED for none.

    A village has its own labels and those of its commune. What a unit of then was given holds for the very same area
    under a later name; for what it was merged into, nobody has decided (`places.queries.labels_of` tells of it).
    `by` leads from a place to the one whose class is meant: "" to itself, "current__" to what it is today.
    """
    kinds = difficulties()
    if not kinds:
        return places.annotate(rank=Value(UNLABELLED))
    today = day or clock.today()
    # Labels of other families come last; asked for by kind, SQLite would go through the index of kinds, not of places.
    order = Case(
        *(When(kind=kind.pk, then=Value(place)) for place, kind in enumerate(kinds)),
        default=Value(UNLABELLED),
        output_field=IntegerField(),
    )
    labels = (
        AreaLabel.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
        .annotate(place_in_order=order)
        .order_by("place_in_order")
        .values("place_in_order")
    )
    own, above = f"{by}pk", f"{by}parent"
    either = labels.filter(Q(place=OuterRef(own)) | Q(place=OuterRef(above)))
    rank: Any = Coalesce(Subquery(either[:1]), UNLABELLED)
    if followed := _followed(kinds, today):
        steps = (
            When(Q(**{f"{own}__in": ids}) | Q(**{f"{above}__in": ids}), then=Value(rank))
            for rank, ids in sorted(followed.items())
        )
        rank = Least(rank, Case(*steps, default=Value(UNLABELLED), output_field=IntegerField()))
    return places.annotate(rank=rank)


def _followed(kinds: Sequence[LabelKind], day: date) -> dict[int, set[int]]:
    """Give by rank the units of today that carry a label under an earlier name; mostly there are none."""
    ended = AreaLabel.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), kind__family=LabelFamily.DIFFICULTY, place__valid_to__lt=day
    )
    carried = set(ended.order_by().values_list("kind_id", flat=True))
    return {rank: units.carriers(kind.pk, day) for rank, kind in enumerate(kinds) if kind.pk in carried}
