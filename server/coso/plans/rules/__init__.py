"""What is true of tasks without a database."""

from coso.plans.rules.due import anchors, due_in, due_once
from coso.plans.rules.excerpts import lines_around
from coso.plans.rules.icalendar import Day
from coso.plans.rules.lighting import Run, lit
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
from coso.plans.rules.reminding import FURTHEST, Rule, day_of, may_sound, rule_due
from coso.plans.rules.sharing import Named, Share, shares
from coso.plans.rules.states import NEXT, State, is_overdue, may_move, rolled_up

__all__ = [
    "CONTINUOUS",
    "FURTHEST",
    "NEXT",
    "Day",
    "Named",
    "Pace",
    "Period",
    "Rule",
    "Run",
    "Share",
    "State",
    "anchors",
    "day_of",
    "due_in",
    "due_once",
    "following",
    "is_overdue",
    "lines_around",
    "lit",
    "may_move",
    "may_sound",
    "pace_of",
    "period_of",
    "rolled_up",
    "rule_due",
    "shape_of",
    "shares",
    "takes_rhythm",
    "to_open",
]
