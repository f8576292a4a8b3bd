"""What is true of a round of inspection without a database: its states, and which checklist fits a facility."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a round is; the values are those stored."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


# A round closed by mistake goes on; one that was opened never becomes a draft again, since people were told of it.
NEXT = {State.DRAFT: {State.OPEN}, State.OPEN: {State.CLOSED}, State.CLOSED: {State.OPEN}}


def may_move(current: State, to: State) -> bool:
    """Tell whether a round may go straight from one state to another."""
    return to in NEXT[current]


def takes_answers(state: State) -> bool:
    """Tell whether inspections may be sent for a round in this state."""
    return state == State.OPEN


@dataclass(frozen=True)
class Fit:
    """What decides whether a checklist fits: the kinds it is for (none: every kind) and its days of validity."""

    code: str
    kinds: Sequence[str] = field(default=())
    valid_from: date = date.min
    valid_to: date | None = None
    """The last day; None while it is valid."""

    def is_valid_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def fits(self, kind: str) -> bool:
        """Tell whether it asks about this kind of facility."""
        return not self.kinds or kind in self.kinds


def best_fit(lists: Sequence[Fit], kind: str, day: date) -> Fit | None:
    """Choose the checklist for a kind of facility on a day, or None.

    One made for the kind goes before one for every kind, one for fewer kinds before one for more, then the newer.
    """
    found = [one for one in lists if one.is_valid_on(day) and one.fits(kind)]
    return min(
        found, key=lambda one: (not one.kinds, len(one.kinds), -one.valid_from.toordinal(), one.code), default=None
    )
