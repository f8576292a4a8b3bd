"""Reading documents: those a person may know of, and their text lit up by what was read from it."""

from coso.documents.queries.documents import Piece, get_visible, lit_text, stand_of, visible_to
from coso.documents.queries.papers import (
    bodies_of_writer,
    body_of_writer,
    get_paper,
    house_words,
    is_number_taken,
    names_of,
    papers_seen_by,
    proposed_symbol,
    series_of,
    sheet_of,
    structure_of,
    template_in_use,
    templates,
    templates_in_use,
    waiting_for,
)

__all__ = [
    "Piece",
    "bodies_of_writer",
    "body_of_writer",
    "get_paper",
    "get_visible",
    "house_words",
    "is_number_taken",
    "lit_text",
    "names_of",
    "papers_seen_by",
    "proposed_symbol",
    "series_of",
    "sheet_of",
    "stand_of",
    "structure_of",
    "template_in_use",
    "templates",
    "templates_in_use",
    "visible_to",
    "waiting_for",
]
