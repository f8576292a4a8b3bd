"""What is true of tasks without a database: the states of a task, and when it is late."""

from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a task stands; the values are those of `models.TaskState`."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"


NEXT: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.UNDER_WAY, State.DONE}),
    State.UNDER_WAY: frozenset({State.DONE, State.OPEN}),
    State.DONE: frozenset({State.UNDER_WAY}),
}


def may_move(current: State, to: State) -> bool:
    """Tell whether a task may go straight from one state to another."""
    return to in NEXT[current]


def is_overdue(*, state: State, due_on: date | None, today: date) -> bool:
    """Tell whether a task with a deadline is late."""
    return due_on is not None and due_on < today and state != State.DONE
