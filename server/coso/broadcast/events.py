"""What can happen on air."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SlotScheduled:
    """A bulletin was given a time."""

    slot_id: UUID
    bulletin_id: UUID
    by_id: int


@dataclass(frozen=True)
class SlotCancelled:
    """A time was taken back."""

    slot_id: UUID
    bulletin_id: UUID


@dataclass(frozen=True)
class AlertReleased:
    """An emergency is on its way to the devices of its areas."""

    alert_id: UUID
    bulletin_id: UUID


@dataclass(frozen=True)
class AlertCancelled:
    """Devices are told to stop an emergency."""

    alert_id: UUID
    bulletin_id: UUID
