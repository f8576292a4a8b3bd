"""Read official Vietnamese documents: from text to structure, by the shape of official writing alone.

The way of a text: `lines` → `header` and `closing` by lines → `paragraphs` → `tree` by `numbering` →
`preamble`, `sections`, `tasks`, `tables`, `duties`, which use `labels`, `units`, `times`, `titles`
and `citations` → `doubts`. Every value is cut from a `passages.Passage` and so knows its place.
"""

from .citations import Citation
from .document import (
    Basis,
    Delivery,
    Duty,
    DutyItem,
    Header,
    OfficialDocument,
    Report,
    Section,
    Signature,
    SubLead,
    Task,
    UnitRole,
    Warning,
)
from .errors import NotAnOfficialDocument, TextTooLong
from .gold import to_gold
from .passages import plain
from .reader import MOST_CHARACTERS, read_document
from .spans import Found, Span
from .times import Time

__all__ = [
    "MOST_CHARACTERS",
    "Basis",
    "Citation",
    "Delivery",
    "Duty",
    "DutyItem",
    "Found",
    "Header",
    "NotAnOfficialDocument",
    "OfficialDocument",
    "Report",
    "Section",
    "Signature",
    "Span",
    "SubLead",
    "Task",
    "TextTooLong",
    "Time",
    "UnitRole",
    "Warning",
    "plain",
    "read_document",
    "to_gold",
]
