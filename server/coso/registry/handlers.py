"""What the events of lower apps set going here, in the transaction of the event."""

from coso.journal.bus import subscribe
from coso.places.events import UnitsChanged, UnitsChangePlanned, UnitsChangeUndone
from coso.places.models import Change
from coso.registry.actions import units_told


def on_planned(event: UnitsChangePlanned) -> None:
    """Tell the people of the units on which day these change."""
    units_told.tell_planned(change=Change.objects.get(pk=event.change_id))


def on_changed(event: UnitsChanged) -> None:
    """Tell them that they have changed."""
    units_told.tell_changed(change=Change.objects.get(pk=event.change_id))


def on_undone(event: UnitsChangeUndone) -> None:
    """Tell them that nothing changes."""
    units_told.tell_undone(change=Change.objects.get(pk=event.change_id), units=event.units)


def register() -> None:
    """Listen."""
    subscribe(UnitsChangePlanned, on_planned)
    subscribe(UnitsChanged, on_changed)
    subscribe(UnitsChangeUndone, on_undone)
