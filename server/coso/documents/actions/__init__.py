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
from coso.documents.actions.issuing import files_of, issue_paper, pictures_of
from coso.documents.actions.papers import (
    approve_paper,
    change_paper,
    return_paper,
    submit_paper,
    withdraw_paper,
    write_paper,
)
from coso.documents.actions.templates import change_template, drop_template, template_file

__all__ = [
    "ACCEPTED",
    "approve_paper",
    "change_paper",
    "change_template",
    "check_structure",
    "confirm_document",
    "correct_document",
    "drop_template",
    "files_of",
    "import_document",
    "issue_paper",
    "pictures_of",
    "return_paper",
    "sentence_about",
    "submit_paper",
    "template_file",
    "withdraw_document",
    "withdraw_paper",
    "write_paper",
]
