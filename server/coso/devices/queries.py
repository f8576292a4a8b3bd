"""Reading devices: by id, by what a person may see, who is silent, what is wrong."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from coso.devices import rules
from coso.devices.models import Device, EnrolmentMiss, Fault
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations.models import Person


def device_by_id(device_id: UUID | str) -> Device | None:
    """Give a device, a revoked one too; None when there is none of that id."""
    try:
        ident = device_id if isinstance(device_id, UUID) else UUID(device_id)
    except ValueError:
        return None
    return Device.objects.select_related("cluster__station__place").filter(pk=ident).first()


def active() -> QuerySet[Device]:
    """List the devices that are not revoked."""
    return Device.objects.filter(revoked_at=None)


def visible_to(person: Person) -> QuerySet[Device]:
    """List the devices within a person's scope, revoked ones too, with cluster and place joined."""
    return Device.objects.filter(policies.scope(person, "device.read", "cluster__station__place__path")).select_related(
        "cluster__station__place"
    )


def get_visible(person: Person, device_id: UUID) -> Device:
    """Give one device within a person's scope. Raise NotFound."""
    device = visible_to(person).filter(pk=device_id).first()
    if device is None:
        raise NotFound
    return device


def silent(devices: QuerySet[Device], now: datetime | None = None) -> QuerySet[Device]:
    """Narrow devices to those that are silent now; one of a retired cluster is meant to be."""
    since = (now or clock.now()) - rules.SILENT_AFTER
    return devices.filter(revoked_at=None, cluster__retired_on=None).exclude(heard_at__gte=since)


def open_faults(device: Device) -> QuerySet[Fault]:
    """List what is wrong with a device and not yet cleared."""
    return device.faults.filter(cleared_at=None)


def must_wait(address: str, now: datetime) -> bool:
    """Tell whether an address has sent too many wrong codes."""
    recent = EnrolmentMiss.objects.filter(address=address, at__gt=now - rules.MISSES_WITHIN)
    return recent.count() >= rules.MISSES_ALLOWED
