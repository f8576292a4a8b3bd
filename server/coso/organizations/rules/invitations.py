"""The life of an invitation: one link, for one person, for some days."""

from datetime import datetime
from enum import StrEnum


class InvitationState(StrEnum):
    """Where an invitation stands; only an open one opens an account."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


def invitation_state(
    *, now: datetime, expires_at: datetime, accepted_at: datetime | None, withdrawn_at: datetime | None
) -> InvitationState:
    """Tell where an invitation stands at a moment. What was accepted or withdrawn stays so for good."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


def may_renew(state: InvitationState) -> bool:
    """Tell whether an invitation may be sent anew, under a new link."""
    return state in {InvitationState.OPEN, InvitationState.EXPIRED}
