"""What hangs on units: the records of upper apps, of whatever kind, counted through the relations that Django knows."""

from collections import defaultdict
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
    """Count what other apps hang on these units, the most first; what is nowhere is left out.

    A record that points to several of them, or to one in several ways, counts once.
    """
    records: dict[str, set[Any]] = defaultdict(set)
    names: dict[str, Any] = {}
    for model, column, owner, ident in _relations():
        label = owner._meta.label_lower
        names[label] = hanging_name(label, owner._meta.verbose_name_plural or label)
        pointing = model._base_manager.filter(**{f"{column}__in": list(units)})
        records[label].update(pointing.values_list(ident, flat=True))
    found = [Hanging(names[label], len(idents)) for label, idents in records.items() if idents]
    return sorted(found, key=lambda one: -one.count)


def hanging_by_unit(units: Collection[int]) -> dict[int, list[Hanging]]:
    """Count what other apps hang on each of some units itself, the most first; units with nothing are left out."""
    counts: dict[int, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    names: dict[str, Any] = {}
    for model, column, owner, ident in _relations():
        label = owner._meta.label_lower
        names[label] = hanging_name(label, owner._meta.verbose_name_plural or label)
        pointing = model._base_manager.filter(**{f"{column}__in": list(units)})
        for unit, record in pointing.values_list(column, ident):
            counts[unit][label].add(record)
    return {
        unit: sorted((Hanging(names[label], len(ids)) for label, ids in its.items()), key=lambda one: -one.count)
        for unit, its in counts.items()
    }


def _relations() -> Iterator[tuple[type[Model], str, type[Model], str]]:
    """Give each column of another app that points to a unit: its table, its name, whose records it is about, their ids.

    The table of a many-to-many relation stands for the records that it joins.
    """
    for relation in Place._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        model: Any = relation.related_model
        if model._meta.app_label == Place._meta.app_label:
            continue
        column = relation.field.attname  # type: ignore[union-attr]
        owner = model._meta.auto_created
        if owner:
            ident = next(field.attname for field in model._meta.fields if field.related_model is owner)
            yield model, column, owner, ident
        else:
            yield model, column, model, "pk"


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
