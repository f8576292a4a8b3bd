"""What is true of tasks without a database: deadlines at the precision given, and the states of a task."""

import re
from calendar import monthrange
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

RECURRENCES = ("annual", "half_yearly", "quarterly", "monthly", "weekly", "daily", "continuous")

_DUE = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def may_move(current: State, to: State) -> bool:
    """Tell whether a task may go straight from one state to another."""
    return to in NEXT[current]


def last_day(due: str) -> date | None:
    """Give the last day of a deadline at its own precision: '2017-06' → 30/6/2017, '2027-Q2' → 30/6/2027.

    None when nothing is given. Raise ValueError when it is no deadline.
    """
    if not due:
        return None
    found = _DUE.fullmatch(due)
    if not found:
        raise ValueError(due)
    year = int(found["year"])
    if found["day"]:
        return date(year, int(found["month"]), int(found["day"]))
    month = int(found["quarter"]) * 3 if found["quarter"] else int(found["month"] or 12)
    if not 1 <= month <= 12:
        raise ValueError(due)
    return date(year, month, monthrange(year, month)[1])


def is_overdue(*, state: State, due_on: date | None, today: date) -> bool:
    """Tell whether a task with a deadline is late."""
    return due_on is not None and due_on < today and state != State.DONE
