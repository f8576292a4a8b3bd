"""Writing documents: bringing them in, correcting, confirming, sending them on, writing our own."""

from coso.documents.actions.documents import (
    ACCEPTED,
    check_structure,
    confirm_document,
    correct_document,
    import_document,
    sentence_about,
    withdraw_document,
)

__all__ = [
    "ACCEPTED",
    "check_structure",
    "confirm_document",
    "correct_document",
    "import_document",
    "sentence_about",
    "withdraw_document",
]
