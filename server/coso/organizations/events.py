"""What can happen to accounts, posts, and who stands in for whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountOpened:
    """A person can sign in from now on."""

    person_id: int


@dataclass(frozen=True)
class AccountClosed:
    """A person can no longer sign in and holds no post."""

    person_id: int


@dataclass(frozen=True)
class PasswordGiven:
    """An administrator gave a person a temporary password."""

    person_id: int


@dataclass(frozen=True)
class PostGiven:
    """A person holds a role at a place."""

    post_id: int


@dataclass(frozen=True)
class PostEnded:
    """A person no longer holds a post."""

    post_id: int


@dataclass(frozen=True)
class DeputyNamed:
    """A person is to stand in for the holder of a post, from a day to a day."""

    deputy_id: int


@dataclass(frozen=True)
class DeputyEnded:
    """A person no longer stands in for the holder of a post, before the last day."""

    deputy_id: int


@dataclass(frozen=True)
class BodiesChanged:
    """Bodies began or ended by an operation, or one was taken back."""

    change_id: int


@dataclass(frozen=True)
class NetworkChanged:
    """Somebody joined a network, left it, or serves others."""

    network: str
    member_id: int


@dataclass(frozen=True)
class InvitationAccepted:
    """Somebody opened an account by the link that was sent to him."""

    invitation_id: str
    person_id: int


@dataclass(frozen=True)
class DutyPassedOn:
    """What lay in the hands of somebody who leaves lies in another's."""

    ref: str
    from_id: int
    to_id: int


@dataclass(frozen=True)
class HandoverFinished:
    """Somebody left: nothing is open in his hands, his posts have ended, his account is closed."""

    handover_id: int
