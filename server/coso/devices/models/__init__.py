"""Devices: who they are, whether they are heard, what is wrong with them."""

from coso.devices.models.devices import Device, DeviceKind, EnrolmentCode, EnrolmentMiss, Fault
from coso.devices.models.sealed import SealedField, key_bytes

__all__ = ["Device", "DeviceKind", "EnrolmentCode", "EnrolmentMiss", "Fault", "SealedField", "key_bytes"]
