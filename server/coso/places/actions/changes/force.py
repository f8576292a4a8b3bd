"""Letting planned changes take force on their day, and keeping the geography of today while days go by."""

from datetime import date, timedelta

from django.db import transaction

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.refs import Ref
from coso.places.actions.changes.figures import take_figures_along
from coso.places.actions.changes.making import lock_units
from coso.places.actions.currents import refresh_currents
from coso.places.actions.rows import create_rows
from coso.places.events import UnitsChanged
from coso.places.models import Change, ChangeState, Place, Succession

_kept_on: date | None = None


def keep_today() -> None:
    """Let due changes take force and trace the units of today anew, once each day and at the start of the program."""
    global _kept_on
    today = clock.today()
    if _kept_on != today:
        # One lock over both: a change made meanwhile would be traced from units read before it.
        with transaction.atomic():
            take_force(today)
            refresh_currents(today)
        _kept_on = today


@transaction.atomic
def take_force(day: date | None = None) -> int:
    """Let the planned changes whose day has come (today) take force; return how many did. Safe to repeat."""
    today = day or clock.today()
    lock_units()
    due = list(
        Change.objects.select_for_update()
        .filter(state=ChangeState.PLANNED, from_on__lte=today)
        .order_by("from_on", "pk")
    )
    for change in due:
        take_figures_along(change)
        _take_latecomers_along(change)
        change.state = ChangeState.IN_FORCE
        change.save(update_fields=["state", "folded"])
        data = {"kind": str(change.kind), "before": change.before, "after": change.after}
        record("places.change_in_force", by="system", refs=[Ref("change", str(change.pk))], data=data)
    if due:
        refresh_currents(today)
    for change in due:
        publish(UnitsChanged(change_id=change.pk))
    return len(due)


def _take_latecomers_along(change: Change) -> None:
    """Put under the new units what came to lie under the old ones after the change was planned."""
    while late := list(Place.objects.filter(parent__ended_by=change, valid_to=None).select_related("parent__parent")):
        for child in late:
            heir = _heir(change, child)
            if child.valid_from >= change.from_on:
                child.parent = heir
                child.save(update_fields=["parent", "folded", "sort_key"])
                _lead_paths_anew(child)
                continue
            Place.objects.filter(pk=child.pk).update(valid_to=change.from_on - timedelta(days=1), ended_by=change)
            row = Place.objects.get(pk=child.pk)
            row.pk, row._state.adding = None, True
            row.parent, row.valid_from, row.valid_to = heir, change.from_on, None
            row.begun_by, row.ended_by, row.current = change, None, None
            create_rows([row])
            Succession.objects.create(predecessor_id=child.pk, successor=row, source=change.decision, change=change)


def _lead_paths_anew(place: Place) -> None:
    for child in place.children.all():
        child.save(update_fields=["folded", "sort_key"])
        _lead_paths_anew(child)


def _heir(change: Change, child: Place) -> Place | None:
    """Give the unit under which a latecomer lies from now on: its parent's main successor, or the one above it."""
    link = change.successions.filter(predecessor=child.parent_id, is_default=True).select_related("successor").first()
    if link is not None:
        return link.successor
    return child.parent.parent if child.parent else None
