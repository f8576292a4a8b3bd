"""Reading invitations."""

from uuid import UUID

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations.models import Invitation
from coso.organizations.rules import InvitationState


def invitations_of(person: object) -> QuerySet[Invitation]:
    """List the invitations to places at which a person manages accounts, the newest first."""
    inside = policies.scope(person, "account.manage", "place__path")
    return Invitation.objects.filter(inside).select_related("place__parent", "organization", "made_by", "person")


def get_invitation(person: object, invitation_id: UUID) -> Invitation:
    """Give one of them. Raise NotFound."""
    found = invitations_of(person).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound
    return found


def sees_invitation(person: object, invitation_id: str) -> bool:
    """Tell whether a person may know of an invitation."""
    return _is_uuid(invitation_id) and invitations_of(person).filter(pk=invitation_id).exists()


def in_state(state: str) -> Q:
    """Give the filter of invitations that stand so now."""
    waiting = Q(accepted_at=None, withdrawn_at=None)
    return {
        InvitationState.OPEN: waiting & Q(expires_at__gt=clock.now()),
        InvitationState.EXPIRED: waiting & Q(expires_at__lte=clock.now()),
        InvitationState.ACCEPTED: Q(accepted_at__isnull=False),
        InvitationState.WITHDRAWN: Q(accepted_at=None, withdrawn_at__isnull=False),
    }[InvitationState(state)]


def by_digest(digest: str) -> Invitation | None:
    """Find an invitation by the digest of its token."""
    return (
        Invitation.objects.select_related("place__parent", "organization", "made_by")
        .filter(token_digest=digest)
        .first()
    )


def invitation_name(ident: str) -> str | None:
    """Name who was invited, or None when there is no such invitation."""
    found = Invitation.objects.filter(pk=ident).first() if _is_uuid(ident) else None
    return found.full_name if found else None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
