"""Bringing files in and taking them back."""

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
    "notes_of",
    "start_import",
    "stop_import",
    "undo_import",
    "work",
]
