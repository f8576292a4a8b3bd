"""What is true of a defect without a database: its states, its deadline, how far it has climbed."""

import csv
from datetime import date
from enum import IntEnum, StrEnum
from importlib.resources import files


class State(StrEnum):
    """Where a defect is; the values are those stored."""

    OPEN = "open"
    IN_REPAIR = "in_repair"
    MENDED = "mended"
    DROPPED = "dropped"


SETTLED = {State.MENDED, State.DROPPED}

# A state noted by mistake is taken back by a further entry, never by erasing one.
NEXT = {
    State.OPEN: {State.IN_REPAIR, State.MENDED, State.DROPPED},
    State.IN_REPAIR: {State.OPEN, State.MENDED, State.DROPPED},
    State.MENDED: {State.OPEN, State.IN_REPAIR},
    State.DROPPED: {State.OPEN, State.IN_REPAIR},
}


class Level(IntEnum):
    """Who has been told that a defect is overdue."""

    NOBODY = 0
    OFFICER = 1
    LEADER = 2
    PROVINCE = 3


def _days() -> dict[str, int]:
    with (files("coso.registry") / "data" / "defect_days.csv").open(encoding="utf-8") as file:
        return {row["name"]: int(row["days"]) for row in csv.DictReader(file)}


DAYS = _days()
"""Working days to mend; days overdue before the commune's leader and the province are told."""


AFTER = {Level.OFFICER: 0, Level.LEADER: DAYS["leader_after"], Level.PROVINCE: DAYS["province_after"]}
"""A level must know once a defect is overdue by more days than these."""


def may_move(current: State, to: State) -> bool:
    """Tell whether a defect may go straight from one state to another."""
    return to in NEXT[current]


def is_overdue(state: State, due_on: date, today: date) -> bool:
    """Tell whether a defect should have been settled before today."""
    return state not in SETTLED and due_on < today


def level_due(days_overdue: int) -> Level:
    """Give the highest level that must know of a defect this many days after its deadline."""
    return max((level for level, days in AFTER.items() if days_overdue > days), default=Level.NOBODY)
