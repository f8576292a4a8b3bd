"""Writing places: load the shipped states, add villages, change units from a day on, keep the geography of today."""

from coso.places.actions.changes import (
    Returned,
    keep_today,
    make_change,
    plan_change,
    returned,
    take_force,
    undo_change,
)
from coso.places.actions.currents import refresh_currents
from coso.places.actions.hatinh import Loaded, load_hatinh
from coso.places.actions.labels import add_label_kind, end_label, give_label
from coso.places.actions.links import link_succession, unlink_succession
from coso.places.actions.rows import create_rows
from coso.places.actions.villages import NewVillage, add_villages, describe_village

__all__ = [
    "Loaded",
    "NewVillage",
    "Returned",
    "add_label_kind",
    "add_villages",
    "create_rows",
    "describe_village",
    "end_label",
    "give_label",
    "keep_today",
    "link_succession",
    "load_hatinh",
    "make_change",
    "plan_change",
    "refresh_currents",
    "returned",
    "take_force",
    "undo_change",
    "unlink_succession",
]
