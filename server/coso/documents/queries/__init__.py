"""Reading documents: those a person may know of, and their text lit up by what was read from it."""

from coso.documents.queries.documents import Piece, get_visible, lit_text, stand_of, visible_to

__all__ = ["Piece", "get_visible", "lit_text", "stand_of", "visible_to"]
