"""Writing places: load the shipped states, add villages, keep the geography of today."""

from coso.places.actions.currents import refresh_currents
from coso.places.actions.hatinh import Loaded, load_hatinh
from coso.places.actions.rows import create_rows
from coso.places.actions.villages import NewVillage, add_villages

__all__ = ["Loaded", "NewVillage", "add_villages", "create_rows", "load_hatinh", "refresh_currents"]
