"""What can happen to bulletins."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class BulletinSubmitted:
    """A bulletin waits for approval."""

    bulletin_id: UUID
    by_id: int


@dataclass(frozen=True)
class BulletinReturned:
    """A bulletin went back to its author with a reason."""

    bulletin_id: UUID
    by_id: int


@dataclass(frozen=True)
class BulletinApproved:
    """A bulletin may go out."""

    bulletin_id: UUID
    by_id: int


@dataclass(frozen=True)
class BulletinWithdrawn:
    """A bulletin was taken back; whatever carries it stops."""

    bulletin_id: UUID
    by_id: int


@dataclass(frozen=True)
class SoundReady:
    """A sound of a bulletin can be heard."""

    bulletin_id: UUID
    sound_id: int


@dataclass(frozen=True)
class SoundRequested:
    """A sound waits to be made in the background."""

    sound_id: int
