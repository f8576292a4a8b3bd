"""What is true of tasks without a database."""

from coso.plans.rules.due import anchors, due_in, due_once
from coso.plans.rules.excerpts import lines_around
from coso.plans.rules.periods import (
    CONTINUOUS,
    Pace,
    Period,
    following,
    pace_of,
    period_of,
    shape_of,
    takes_rhythm,
    to_open,
)
from coso.plans.rules.sharing import Named, Share, shares
from coso.plans.rules.states import NEXT, State, is_overdue, may_move, rolled_up

__all__ = [
    "CONTINUOUS",
    "NEXT",
    "Named",
    "Pace",
    "Period",
    "Share",
    "State",
    "anchors",
    "due_in",
    "due_once",
    "following",
    "is_overdue",
    "lines_around",
    "may_move",
    "pace_of",
    "period_of",
    "rolled_up",
    "shape_of",
    "shares",
    "takes_rhythm",
    "to_open",
]
