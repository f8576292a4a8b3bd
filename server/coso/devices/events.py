"""What can happen to a device."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DeviceEnrolled:
    """A box was given a name, a secret and a cluster."""

    device_id: UUID
    cluster_id: int


@dataclass(frozen=True)
class DeviceRevoked:
    """A box is no longer obeyed nor served."""

    device_id: UUID
    by_id: int


@dataclass(frozen=True)
class FaultNoticed:
    """Something new is wrong with a device."""

    fault_id: int
    device_id: UUID
    kind: str
