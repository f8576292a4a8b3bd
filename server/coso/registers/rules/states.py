"""The life of an import.

(start) ─► checking ─► checked ─► writing ─► done ─► undoing ─► undone
             │  ▲         │  ▲        │        ▲        │
             │  └─────────┘  └────────┘        └────────┘
             │  columns,      something        something stands
             │  sheet chosen  has changed      on what was made
             ├─► stopped ─► checking
             └─► failed (the whole file was refused)
"""

from enum import StrEnum


class State(StrEnum):
    """Where an import is."""

    CHECKING = "checking"
    CHECKED = "checked"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


NEXT: dict[State, frozenset[State]] = {
    State.CHECKING: frozenset({State.CHECKED, State.STOPPED, State.FAILED}),
    State.CHECKED: frozenset({State.CHECKING, State.WRITING}),
    State.WRITING: frozenset({State.DONE, State.CHECKING, State.STOPPED}),
    State.DONE: frozenset({State.UNDOING}),
    State.STOPPED: frozenset({State.CHECKING}),
    State.FAILED: frozenset(),
    State.UNDOING: frozenset({State.UNDONE, State.DONE}),
    State.UNDONE: frozenset(),
}
UNDER_WAY = frozenset({State.CHECKING, State.WRITING, State.UNDOING})


def may_move(current: str, to: State) -> bool:
    """Tell whether an import may go straight from one state to another."""
    return to in NEXT[State(current)]


def may_commit(current: str, *, rows_wrong: int, rows_to_write: int) -> bool:
    """Tell whether an import may be brought in: checked, no row wrong, something to do."""
    return may_move(current, State.WRITING) and rows_wrong == 0 and rows_to_write > 0
