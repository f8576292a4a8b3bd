"""Official documents: those that came in, those we write, the units they name, to whom they go."""

from coso.documents.models.copies import Copy, CopyForm, Purpose, Recipient
from coso.documents.models.documents import Document, DocumentState, Recurrence
from coso.documents.models.papers import NumberSeries, Paper, PaperKind, PaperState, PaperTemplate, SigningMode
from coso.documents.models.units import NamedUnit, UnitKind
from coso.documents.models.uploads import Upload

__all__ = [
    "Copy",
    "CopyForm",
    "Document",
    "DocumentState",
    "NamedUnit",
    "NumberSeries",
    "Paper",
    "PaperKind",
    "PaperState",
    "PaperTemplate",
    "Purpose",
    "Recipient",
    "Recurrence",
    "SigningMode",
    "UnitKind",
    "Upload",
]
