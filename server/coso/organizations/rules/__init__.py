"""What is true of roles, bodies and the three networks without a database."""

from coso.organizations.rules.bodies import code_from, heir, is_body_code, overlap, would_circle
from coso.organizations.rules.invitations import InvitationState, invitation_state, may_renew
from coso.organizations.rules.networks import (
    LAST_DISTRICT_DAY,
    DecisionFile,
    Network,
    cleaned,
    mime_of,
    phone_of,
)
from coso.organizations.rules.roles import RIGHTS, Role, is_username, may, roles_with

__all__ = [
    "LAST_DISTRICT_DAY",
    "RIGHTS",
    "DecisionFile",
    "InvitationState",
    "Network",
    "Role",
    "cleaned",
    "code_from",
    "heir",
    "invitation_state",
    "is_body_code",
    "is_username",
    "may",
    "may_renew",
    "mime_of",
    "overlap",
    "phone_of",
    "roles_with",
    "would_circle",
]
