"""What hangs on units: the records of upper apps, of whatever kind, counted through the relations that Django knows."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from coso.places.models import AreaLabel, Change, Place, Succession
from coso.places.ports import hanging_name


@dataclass(frozen=True)
class Hanging:
    """How many records of a kind hang on some units."""

    name: Any
    count: int


def hanging_on(units: Collection[int]) -> list[Hanging]:
    """Count what other apps hang on these units, the most first; what is nowhere is left out."""
    found: Counter[str] = Counter()
    names: dict[str, Any] = {}
    for model, column, owner in _relations():
        label = owner._meta.label_lower
        names[label] = hanging_name(label, owner._meta.verbose_name_plural or label)
        found[label] += model._base_manager.filter(**{f"{column}__in": list(units)}).count()
    return [Hanging(names[label], count) for label, count in found.most_common() if count]


def _relations() -> Iterator[tuple[type[Model], str, type[Model]]]:
    """Give each column of another app that points to a unit: its table, its name, and whose records it is about.

    The table of a many-to-many relation stands for the records that it joins.
    """
    for relation in Place._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        model: Any = relation.related_model
        if model._meta.app_label != Place._meta.app_label:
            joined = model._meta.auto_created
            yield model, relation.field.attname, joined or model  # type: ignore[union-attr]


def depending_on(change: Change) -> list[Hanging]:
    """Count what has come to hang on the units that a change began: while there is any, it cannot be undone."""
    begun = list(change.begun.values_list("pk", flat=True))
    own = [
        Hanging(_("later changes"), _later_changes(change)),
        Hanging(
            _("units under them"),
            Place.objects.filter(parent__in=begun).exclude(begun_by=change).count(),
        ),
        Hanging(
            _("links to successors"),
            (Succession.objects.filter(predecessor__in=begun) | Succession.objects.filter(successor__in=begun))
            .exclude(change=change)
            .count(),
        ),
        Hanging(_("labels of areas"), AreaLabel.objects.filter(place__in=begun).count()),
    ]
    return [one for one in own if one.count] + hanging_on(begun)


def _later_changes(change: Change) -> int:
    touched = change.begun.exclude(ended_by=None).exclude(ended_by=change)
    return touched.values("ended_by").distinct().count()
