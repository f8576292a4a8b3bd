"""Changing units from a day on: plan, make, let take force, undo."""

from coso.places.actions.changes.figures import Returned, returned
from coso.places.actions.changes.force import keep_today, take_force
from coso.places.actions.changes.making import make_change
from coso.places.actions.changes.planning import plan_change
from coso.places.actions.changes.undoing import undo_change

__all__ = ["Returned", "keep_today", "make_change", "plan_change", "returned", "take_force", "undo_change"]
