"""Administrative units with their validity, what followed them, what changed them, and what they carry."""

from coso.places.models.boundaries import BoundaryFile
from coso.places.models.changes import Change, ChangeKind, ChangeState
from coso.places.models.labels import AreaLabel, LabelFamily, LabelKind
from coso.places.models.units import Level, Place, Succession

__all__ = [
    "AreaLabel",
    "BoundaryFile",
    "Change",
    "ChangeKind",
    "ChangeState",
    "LabelFamily",
    "LabelKind",
    "Level",
    "Place",
    "Succession",
]
