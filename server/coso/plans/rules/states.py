"""What is true of tasks without a database: the states of a part, an occurrence, a task, and when one is late."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a task, an occurrence or a part stands; the values are those of `models.TaskState`."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"


NEXT: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.UNDER_WAY, State.DONE}),
    State.UNDER_WAY: frozenset({State.DONE, State.OPEN}),
    State.DONE: frozenset({State.UNDER_WAY}),
}


def may_move(current: State, to: State) -> bool:
    """Tell whether a part may go straight from one state to another."""
    return to in NEXT[current]


def is_overdue(*, state: State, due_on: date | None, today: date) -> bool:
    """Tell whether something with a deadline is late."""
    return due_on is not None and due_on < today and state != State.DONE


def rolled_up(states: Iterable[str]) -> State:
    """Give the state of a whole from those of its parts: done when all are, not begun when none is or there is none."""
    seen = {State(state) for state in states}
    if seen == {State.DONE}:
        return State.DONE
    return State.OPEN if seen <= {State.OPEN} else State.UNDER_WAY
