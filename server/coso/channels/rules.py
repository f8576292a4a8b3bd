"""What every channel means by reached: states, grounds, and which sign of a village weighs more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """How a village stands with one message."""

    PLAYED = "played"
    TOLD = "told"
    SHOWN = "shown"
    PENDING = "pending"
    NOT_REACHED = "not_reached"


class Ground(StrEnum):
    """What a state rests on."""

    SIGNED = "signed"
    """The device signed it."""
    REPORTED = "reported"
    """A machine reported it."""
    STATED = "stated"
    """A named officer stated it."""
    NONE = "none"


class Why(StrEnum):
    """Why a village is not reached, or what stands in the way of one that waits."""

    NOTHING = ""
    NOT_APPROVED = "not_approved"
    NO_CLUSTER = "no_cluster"
    NO_DEVICE = "no_device"
    NOT_SCHEDULED = "not_scheduled"
    SILENT = "silent"
    CUT = "cut"
    MISSED = "missed"
    REFUSED = "refused"
    MEDIA_BAD = "media_bad"
    NO_REPORT = "no_report"


REACHED = frozenset({State.PLAYED, State.TOLD, State.SHOWN})

_STATES = [State.NOT_REACHED, State.PENDING, State.SHOWN, State.TOLD, State.PLAYED]
_GROUNDS = [Ground.NONE, Ground.STATED, Ground.REPORTED, Ground.SIGNED]
# From the least to the most that a person can act on.
_WHYS = [
    Why.NO_CLUSTER, Why.NO_DEVICE, Why.NOT_APPROVED, Why.NOT_SCHEDULED, Why.NO_REPORT, Why.SILENT, Why.MISSED,
    Why.REFUSED, Why.MEDIA_BAD, Why.CUT, Why.NOTHING,
]  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """What one channel knows of one village and one message."""

    state: State
    ground: Ground = Ground.NONE
    at: datetime | None = None
    """When it was played, told or shown."""
    by: str = ""
    """The cluster's name, or the person's."""
    why: Why = Why.NOTHING
    since: datetime | None = None
    """Since when `why` holds."""

    @property
    def weight(self) -> tuple[int, int, int]:
        """Order signs: the state first, then the ground, then how near it came."""
        return _STATES.index(self.state), _GROUNDS.index(self.ground), _WHYS.index(self.why)


def strongest(signs: Iterable[Sign]) -> Sign | None:
    """Give the sign that counts for a village; of equals the earliest; None when there is none."""
    best: Sign | None = None
    for sign in signs:
        if best is None or sign.weight > best.weight or (sign.weight == best.weight and _earlier(sign, best)):
            best = sign
    return best


def _earlier(one: Sign, other: Sign) -> bool:
    return one.at is not None and (other.at is None or one.at < other.at)
