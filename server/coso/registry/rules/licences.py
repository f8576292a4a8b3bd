"""Whether a station may use its frequency: FM needs a licence in force (Luật Tần số vô tuyến điện)."""

from datetime import date, timedelta
from enum import StrEnum

WARNED_DAYS = 60
"""How long before its end a licence is spoken of: renewing one takes weeks."""

ON_THE_AIR = frozenset({"fm", "mixed"})
"""Modes of a station that send by radio."""


class Licence(StrEnum):
    """How a station stands with its frequency."""

    NONE_NEEDED = "none_needed"
    MISSING = "missing"
    EXPIRED = "expired"
    ENDING = "ending"
    IN_FORCE = "in_force"


def licence_of(*, mode: str, number: str, expires_on: date | None, today: date) -> Licence:
    """Tell how a station stands; a licence without an end noted is one that nobody can vouch for: missing."""
    if mode not in ON_THE_AIR:
        return Licence.NONE_NEEDED
    if not number or expires_on is None:
        return Licence.MISSING
    if expires_on < today:
        return Licence.EXPIRED
    return Licence.ENDING if expires_on <= today + timedelta(days=WARNED_DAYS) else Licence.IN_FORCE
