"""The life of a piece of equipment: received, in use, in repair or in store, written off."""

from enum import StrEnum


class Life(StrEnum):
    """Where a piece is in its life; the values are those of `models.EquipmentState`."""

    RECEIVED = "received"
    IN_USE = "in_use"
    IN_REPAIR = "in_repair"
    IN_STORE = "in_store"
    WRITTEN_OFF = "written_off"


NEXT: dict[Life, frozenset[Life]] = {
    Life.RECEIVED: frozenset({Life.IN_USE, Life.IN_STORE, Life.IN_REPAIR, Life.WRITTEN_OFF}),
    Life.IN_USE: frozenset({Life.IN_REPAIR, Life.IN_STORE, Life.WRITTEN_OFF}),
    Life.IN_REPAIR: frozenset({Life.IN_USE, Life.IN_STORE, Life.WRITTEN_OFF}),
    Life.IN_STORE: frozenset({Life.IN_USE, Life.IN_REPAIR, Life.WRITTEN_OFF}),
    # What was written off is public property gone by a decision: it comes back by a new entry, not by a step.
    Life.WRITTEN_OFF: frozenset(),
}

NEEDS_DECISION = frozenset({Life.WRITTEN_OFF})
"""Steps that are taken only by somebody's decision, whose number is noted."""


def may_step(current: Life, to: Life) -> bool:
    """Tell whether a piece may go straight from one state to another."""
    return to in NEXT[current]


def steps_from(current: Life) -> list[Life]:
    """List the states that a piece may go to, in the order in which they are offered."""
    return [state for state in Life if state in NEXT[current]]


def may_move(current: Life) -> bool:
    """Tell whether a piece may go to another facility: while it exists."""
    return bool(NEXT[current])


def may_withdraw(current: Life, steps: int) -> bool:
    """Tell whether an entry was a mistake that may be taken out: nothing was done with it but the entering."""
    return steps <= 1 and current != Life.WRITTEN_OFF


def needs_decision(to: Life) -> bool:
    """Tell whether a step needs a decision."""
    return to in NEEDS_DECISION
