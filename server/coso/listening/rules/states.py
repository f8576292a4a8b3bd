"""The life of what a resident sent, and what may be done in each state."""

from enum import StrEnum


class State(StrEnum):
    """Where a feedback stands; the values are those of `models.FeedbackState`."""

    NEW = "new"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    CLOSED = "closed"


# A second reply corrects or completes the first; nothing goes back to "new".
NEXT: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.IN_HAND, State.ANSWERED, State.CLOSED}),
    State.IN_HAND: frozenset({State.ANSWERED, State.CLOSED}),
    State.ANSWERED: frozenset({State.ANSWERED, State.CLOSED}),
    State.CLOSED: frozenset(),
}


def may_move(current: State, to: State) -> bool:
    """Tell whether a feedback may go straight from one state to another."""
    return to in NEXT[current]
