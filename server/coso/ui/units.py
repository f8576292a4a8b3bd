"""Lists of records that hang on dated units: told by the units of today, or by those of then.

    return list_response(request, *by_units(request, SPEC, rows, commune="station.place"))

names, for the column "commune" of SPEC, the way from a row to the unit recorded on it. The list then has a switch
“By the units: of today | of then” (`don-vi` in the address), and by it the column shows, sorts and exports; the
`unit_filter` of the same name offers the units of the one or the other; a search by the unit's name finds both names.
A unit whose successor was not traced is a chip that says so, and a choice of its own in the filter.

Rows that hang on several units each have the same switch by `told_by_units`.

A unit is anything with `name`, `sort_key`, `valid_to` and `current`: what it is today, itself while it lasts, or None.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coso.ui.chips import Chip, Tone
from coso.ui.lists import Choices, Column, Filter, ListSpec, Rows, Text
from coso.ui.show import read

SWITCH, NOW, THEN = "don-vi", "hien-nay", "khi-do"
UNTRACED = "chua-ro"


def name_of(unit: Any) -> str:
    """Tell a unit by its name."""
    return str(unit.name)


def name_of_then(unit: Any) -> str:
    """Tell a unit by its name and, when it has ended, its last day: names come again."""
    return _dated(unit.name, unit.valid_to)


def _dated(name: str, ended: date | None) -> str:
    return _("%(name)s (until %(day)s)") % {"name": name, "day": f"{ended:%d/%m/%Y}"} if ended else name


def now_name(unit: Any) -> str:
    """Name what a unit is today; a unit that was not traced keeps its name. One that lasts asks no question."""
    if unit.current_id in (None, unit.pk):
        return name_of(unit)
    return name_of(unit.current)


def unit_words(unit: Any) -> str:
    """Name what a unit is today and, where that is another, what it was when it was recorded."""
    if unit.current_id == unit.pk:
        return name_of(unit)
    if unit.current_id is None:
        return str(untraced_chip(name_of(unit)))
    return _("%(now)s (then %(then)s)") % {"now": name_of(unit.current), "then": name_of(unit)}


@dataclass(frozen=True)
class Way:
    """How a row leads to its unit, and how that is told."""

    then: str
    """The dotted way to the unit recorded: "station.place"."""
    now: str = ""
    """The dotted way to the unit of today, when it is another than `current` of the one recorded."""
    told: Callable[[Any], str] = name_of
    joins: Sequence[str] = ()
    """What of the unit `told` reads besides its own fields: "parent"."""

    def of(self, *, then: bool) -> str:
        """Give the way to the unit of then or of today."""
        return self.then if then else self.now or f"{self.then}.current"


def switch(default: str = NOW) -> Filter:
    """Make the switch by which a list says which units it means."""
    choices = [(NOW, gettext_lazy("of today")), (THEN, gettext_lazy("of then"))]
    return Filter(
        SWITCH, gettext_lazy("By the units"), choices, lambda rows, _value: rows, default=default, is_switch=True
    )


def unit_filter(name: str, label: Text) -> Filter:
    """Make a filter by the unit of the column of this name; `by_units` gives it its choices."""
    return Filter(name, label, (), lambda rows, _value: rows)


def by_then(request: HttpRequest, default: str = NOW) -> bool:
    """Tell whether the address asks for the units of then."""
    asked = request.GET.get(SWITCH)
    return (asked if asked in (NOW, THEN) else default) == THEN


def by_units(request: HttpRequest, spec: ListSpec, rows: Rows, **ways: str | Way) -> tuple[ListSpec, Rows]:
    """Give a list and its rows with the switch; `ways` names for a column the way to the unit that it shows."""
    then = by_then(request)
    known = {name: way if isinstance(way, Way) else Way(way) for name, way in ways.items()}
    columns = [_column(one, known[one.name], then) if one.name in known else one for one in spec.columns]
    filters = [_narrowing(one, known[one.name], rows, then) if _is_open(one, known) else one for one in spec.filters]
    search = _search(spec.search, known) if isinstance(spec.search, list | tuple) else spec.search
    return replace(spec, columns=columns, filters=[*filters, switch()], search=search), _joined(rows, known, then)


def told_by_units(request: HttpRequest, spec: ListSpec, **told: Callable[[Any, bool], Any]) -> ListSpec:
    """Give a list with the switch whose rows hang on several units each.

    `told` gives a column's value from a row and whether the units of then are meant; `name_by` and `names_by` help it.
    """
    then = by_then(request)

    def column(one: Column) -> Column:
        if one.name not in told:
            return one
        tell = told[one.name]
        return replace(one, label=_label(one.label, then), value=lambda row: tell(row, then))

    return replace(spec, columns=[column(one) for one in spec.columns], filters=[*spec.filters, switch()])


def name_by(unit: Any, *, then: bool) -> str:
    """Name a unit as it was recorded, or what it is today; one that was not traced says so."""
    if then or unit.current_id == unit.pk:
        return name_of(unit)
    return name_of(unit.current) if unit.current_id else str(untraced_chip(name_of(unit)))


def names_by(units: Iterable[Any], *, then: bool, most: int = 0) -> str:
    """Name several units in one line, each once; of more than `most` (0: all) only how many others there are."""
    names = list(dict.fromkeys(name_by(unit, then=then) for unit in units))
    if not most or len(names) <= most:
        return ", ".join(names)
    more = len(names) - most
    return ngettext("%(names)s and %(count)s other", "%(names)s and %(count)s others", more) % {
        "names": ", ".join(names[:most]),
        "count": more,
    }


def shown_unit(recorded: Any, today: Any, told: Callable[[Any], str] = name_of) -> str | Chip | None:
    """Tell the unit of today; of one that was not traced the name of then, marked."""
    if today is not None:
        return told(today)
    return untraced_chip(told(recorded)) if recorded is not None else None


def untraced_chip(name: str) -> Chip:
    """Mark a unit of which nobody knows what became of it."""
    return Chip(_("%(name)s: successor unknown") % {"name": name}, Tone.NEED, icon="archive")


def _column(column: Column, way: Way, then: bool) -> Column:
    sort = f"{_path(way.of(then=then))}__sort_key" if column.sort else None
    label = _label(column.label, then)
    if then:
        return replace(column, label=label, value=lambda row: _told(way, read(row, way.then)), sort=sort)
    now = way.of(then=False)
    return replace(column, value=lambda row: shown_unit(read(row, way.then), read(row, now), way.told), sort=sort)


def _label(label: Text, then: bool) -> Text:
    return format_lazy(gettext_lazy("{label} (of then)"), label=label) if then else label


def _told(way: Way, unit: Any) -> str | None:
    return way.told(unit) if unit is not None else None


def _path(dotted: str) -> str:
    return dotted.replace(".", "__")


def _is_open(filter_: Filter, ways: dict[str, Way]) -> bool:
    """Tell whether a filter waits for its choices (`unit_filter`); one that has its own keeps them."""
    return filter_.name in ways and filter_.choices == ()


def _narrowing(filter_: Filter, way: Way, rows: Rows, then: bool) -> Filter:
    path = _path(way.of(then=then))

    def apply(found: Any, value: str) -> Any:
        return found.filter(**{f"{path}__isnull": True} if value == UNTRACED else {path: value})

    return replace(filter_, choices=lambda _request: _choices(rows, path), apply=apply)


def _choices(rows: Rows, path: str) -> Choices:
    """List the units that occur, in Vietnamese order; those that ended with their last day."""
    assert isinstance(rows, QuerySet)
    order = f"{path}__sort_key"
    names = (path, f"{path}__name", f"{path}__valid_to")
    found = list(rows.order_by(order, path).values_list(*names, order).distinct())
    choices = [(str(pk), _dated(name, ended)) for pk, name, ended, _order in found if pk is not None]
    missing = any(pk is None for pk, *_rest in found)
    return [*choices, (UNTRACED, _("Successor unknown"))] if missing else choices


def _search(fields: Sequence[str], ways: dict[str, Way]) -> list[str]:
    """Find a record by the old and by the new name of its unit."""
    more = []
    for way in ways.values():
        if f"{_path(way.then)}__folded" in fields:
            more.append(f"{_path(way.of(then=False))}__folded")
        elif f"{way.then}.folded" in fields:
            more.append(f"{way.of(then=False)}.folded")
    return [*fields, *more]


def _joined(rows: Rows, ways: dict[str, Way], then: bool) -> Rows:
    if not isinstance(rows, QuerySet):
        return rows
    joins: list[str] = []
    for way in ways.values():
        path = _path(way.of(then=then))
        # Of a unit without one of today its name of then is told.
        joins += [path, *(f"{path}__{more}" for more in way.joins)]
        joins += [_path(way.then), *(f"{_path(way.then)}__{more}" for more in way.joins)]
    return rows.select_related(*dict.fromkeys(joins))
