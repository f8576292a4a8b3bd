"""Writing documents: bringing them in, correcting, confirming, sending them on, writing our own."""

from coso.documents.actions.copies import (
    change_recipients,
    hand_over,
    make_recipients,
    remind_recipients,
    send_document,
)
from coso.documents.actions.documents import (
    ACCEPTED,
    check_structure,
    confirm_document,
    correct_document,
    import_document,
    retry_upload,
    sentence_about,
    sentence_of_problem,
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
from coso.documents.actions.receiving import answer_copy, climb_unanswered, read_copy, receive_copy
from coso.documents.actions.templates import change_template, drop_template, template_file
from coso.documents.actions.units import decide_unit
from coso.documents.actions.uploads import drop_upload
from coso.documents.actions.versions import set_earlier

__all__ = [
    "ACCEPTED",
    "answer_copy",
    "approve_paper",
    "change_paper",
    "change_recipients",
    "change_template",
    "check_structure",
    "climb_unanswered",
    "confirm_document",
    "correct_document",
    "decide_unit",
    "drop_template",
    "drop_upload",
    "files_of",
    "hand_over",
    "import_document",
    "issue_paper",
    "make_recipients",
    "pictures_of",
    "read_copy",
    "receive_copy",
    "remind_recipients",
    "retry_upload",
    "return_paper",
    "send_document",
    "sentence_about",
    "sentence_of_problem",
    "set_earlier",
    "submit_paper",
    "template_file",
    "withdraw_document",
    "withdraw_paper",
    "write_paper",
]
