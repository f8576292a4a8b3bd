"""Bringing files in and taking them back."""

from coso.registers.actions.erasing import erase_old
from coso.registers.actions.files import rows_file, template_file
from coso.registers.actions.planning import Passage, Report, notes_of
from coso.registers.actions.runs import (
    check_again,
    check_import,
    choose_columns,
    commit_import,
    start_import,
    stop_import,
    undo_import,
    work,
)

__all__ = [
    "Passage",
    "Report",
    "check_again",
    "check_import",
    "choose_columns",
    "commit_import",
    "erase_old",
    "notes_of",
    "rows_file",
    "start_import",
    "stop_import",
    "template_file",
    "undo_import",
    "work",
]
