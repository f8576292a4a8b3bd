"""Inviting a colleague by a link: he chooses his own name and password, so that nobody else ever knows it."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies, rules
from coso.organizations.actions.accounts import open_account
from coso.organizations.actions.posts import give_post
from coso.organizations.events import InvitationAccepted
from coso.organizations.models import Invitation, Organization, Person
from coso.organizations.rules import InvitationState, Role
from coso.places.models import Place

TOKEN_BYTES = 32


def digest_of(token: str) -> str:
    """Give the form in which a link's token is kept: whoever reads the database opens nothing with it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    by: Person,
    full_name: str,
    role: Role,
    place: Place,
    organization: Organization | None = None,
    email: str = "",
    phone: str = "",
    decision: str = "",
) -> tuple[Invitation, str]:
    """Invite somebody to open an account with a post; give the invitation and the token of its link, this once.

    Who invites manages accounts at the place, and never himself. Raise BadInput with sentences by field.
    """
    policies.require(by, "account.manage", place)
    full_name, email, phone = squeeze(full_name), email.strip(), phone.strip()
    if wrong := _faults(by, full_name, email, phone, place):
        raise BadInput(fields=wrong)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Invitation.objects.create(
        token_digest=digest_of(token),
        full_name=full_name,
        email=email,
        phone=phone,
        role=role,
        place=place,
        organization=organization,
        decision=decision.strip(),
        made_by=by,
        expires_at=_expiry(),
    )
    record("invitation.made", by=by, refs=_refs(made), data={"role": str(role)})
    return made, token


def _expiry() -> datetime:
    return clock.now() + clock.days(settings.OPTIONS["COSO_INVITATION_DAYS"])


def _faults(by: Person, full_name: str, email: str, phone: str, place: Place) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not full_name:
        wrong["full_name"] = [_("Write the full name.")]
    if not email and not phone:
        wrong["email"] = [_("Write an e-mail address or a phone number, so that it is known who was invited.")]
    if email and not _is_email(email):
        wrong["email"] = [_("This is not an e-mail address.")]
    wrong |= _own_faults(by, email, phone)
    if not place.is_valid_on(clock.today()):
        wrong["place"] = [_("%(place)s does not exist any more.") % {"place": place.name}]
    return wrong


def _own_faults(by: Person, email: str, phone: str) -> dict[str, list[str]]:
    """Refuse one's own address: under a second name one would hold a right that one may not give oneself."""
    wrong: dict[str, list[str]] = {}
    if email and email.casefold() == by.email.casefold():
        wrong["email"] = [_("This is your own address; nobody invites himself.")]
    if phone and _dialled(phone) == _dialled(by.phone):
        wrong["phone"] = [_("This is your own number; nobody invites himself.")]
    return wrong


def _dialled(phone: str) -> str:
    return rules.phone_of(phone) or phone


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def renew_invitation(*, by: Person, invitation: Invitation) -> tuple[Invitation, str]:
    """Send an invitation anew: a new link for as many days again; the old link opens nothing from now on."""
    locked = _lock(by, invitation)
    if not rules.may_renew(locked.state):
        raise WrongState(_("This invitation was used or withdrawn; invite the person anew."))
    if wrong := _own_faults(by, locked.email, locked.phone):
        raise WrongState(next(iter(wrong.values()))[0])
    token = secrets.token_urlsafe(TOKEN_BYTES)
    locked.token_digest, locked.expires_at, locked.made_by = digest_of(token), _expiry(), by
    locked.save(update_fields=["token_digest", "expires_at", "made_by"])
    record("invitation.renewed", by=by, refs=_refs(locked))
    return locked, token


@transaction.atomic
def withdraw_invitation(*, by: Person, invitation: Invitation, reason: str = "") -> Invitation:
    """Take an invitation back; its link opens nothing from now on."""
    locked = _lock(by, invitation)
    if not rules.may_renew(locked.state):
        raise WrongState(_("This invitation was used or withdrawn already."))
    locked.withdrawn_at = clock.now()
    locked.save(update_fields=["withdrawn_at"])
    record("invitation.withdrawn", by=by, refs=_refs(locked), reason=reason)
    return locked


@transaction.atomic
def accept_invitation(*, token: str, username: str, password: str, has_identity: bool = False) -> Person:
    """Open the account of whoever holds the link, with the post that waits for him, in the name of who invited.

    The inviter must still manage accounts at the place. Whoever comes from the single sign-on (`has_identity`) needs
    no password; the caller links the identity in the same transaction. Raise WrongState when the link opens nothing
    (any more), BadInput with sentences by field.
    """
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("made_by", "place", "organization")
        .filter(token_digest=digest_of(token))
        .first()
    )
    if found is None or not is_good(found):
        raise WrongState(_("This link opens nothing (any more)."))
    if not password and not has_identity:
        raise BadInput(fields={"password": [_("Choose a password.")]})
    person = open_account(
        by=found.made_by,
        username=username,
        full_name=found.full_name,
        password=password,
        email=found.email,
        phone=found.phone,
        is_temporary=False,
    )
    give_post(
        by=found.made_by,
        person=person,
        role=Role(found.role),
        place=found.place,
        organization=found.organization,
        decision=found.decision,
    )
    found.person, found.accepted_at = person, clock.now()
    found.save(update_fields=["person", "accepted_at"])
    publish(InvitationAccepted(invitation_id=str(found.pk), person_id=person.pk))
    record("invitation.accepted", by=person, refs=[*_refs(found), Ref("person", str(person.pk))])
    return person


def is_good(invitation: Invitation) -> bool:
    """Tell whether its link opens an account today: it is open, the place exists, the inviter still may."""
    return (
        invitation.state == InvitationState.OPEN
        and invitation.place.is_valid_on(clock.today())
        and policies.may(invitation.made_by, "account.manage", invitation.place)
    )


def _lock(by: Person, invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("place").get(pk=invitation.pk)
    policies.require(by, "account.manage", locked.place)
    return locked


def _refs(invitation: Invitation) -> list[Ref]:
    return [Ref("invitation", str(invitation.pk)), Ref("place", str(invitation.place_id))]
