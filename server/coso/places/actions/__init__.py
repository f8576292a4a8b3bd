"""Writing places: load the lists, add villages."""

from coso.places.actions.hatinh import Loaded, load_hatinh
from coso.places.actions.rows import create_rows
from coso.places.actions.villages import NewVillage, add_villages

__all__ = ["Loaded", "NewVillage", "add_villages", "create_rows", "load_hatinh"]
