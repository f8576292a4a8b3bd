"""What people do with devices, and what devices make us note."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coso.devices import queries, rules
from coso.devices.events import DeviceEnrolled, DeviceRevoked, FaultNoticed
from coso.devices.models import Device, EnrolmentCode, EnrolmentMiss, Fault
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock, ids
from coso.kit.database import notify
from coso.kit.errors import BadInput, CosoError, NotFound, WrongState
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.models import Person
from coso.registry.models import SpeakerCluster

DEVICES_CHANNEL = "coso_devices"


class BadCode(CosoError):
    """The enrolment code is wrong, used or too old; ask the officer for a new one."""

    status = 403


class TooManyTries(CosoError):
    """Too many wrong codes came from this address; try again in a quarter of an hour."""

    status = 429


@transaction.atomic
def make_enrolment_code(*, cluster_id: int, by: Person, hours: int = rules.CODE_HOURS) -> str:
    """Make a code with which one box may enrol for a cluster; it is shown once, only its hash is kept.

    Raise WrongState when the cluster has a device: revoke that one first.
    """
    cluster = SpeakerCluster.objects.select_related("station__place").filter(pk=cluster_id).first()
    if cluster is None:
        raise NotFound
    policies.require(by, "device.enrol", cluster.station.place)
    if not 1 <= hours <= rules.LONGEST_CODE_HOURS:
        raise BadInput(fields={"hours": [_("Give 1 to %(most)s hours.") % {"most": rules.LONGEST_CODE_HOURS}]})
    if cluster.is_retired:
        raise WrongState(_("This cluster is retired. Put it up again before you enrol a device."))
    if queries.active().filter(cluster=cluster).exists():
        raise WrongState(_("This cluster has a device. Revoke it before you enrol another one."))
    code = ids.readable_code(groups=rules.CODE_GROUPS)
    made = EnrolmentCode.objects.create(
        digest=rules.digest_of(code),
        cluster=cluster,
        created_by=by,
        expires_at=clock.now() + timedelta(hours=hours),
    )
    journal.record(
        "device.code_made",
        by=by,
        refs=[Ref("cluster", str(cluster.pk))],
        data={"cluster": cluster.code, "expires_at": clock.iso(made.expires_at)},
    )
    return code


def enrol(*, code: str, serial: str, public_key: bytes, software: str, address: str = "") -> Device:
    """Give a box that knows a code its identity; `device.secret` is what it will authenticate with.

    The same code with the same public key may come again, because the answer may have been lost: it gives the
    same device. Raise BadCode for anything else, TooManyTries when the address has guessed too often.
    """
    now = clock.now()
    if address and queries.must_wait(address, now):
        raise TooManyTries(str(TooManyTries.__doc__))
    try:
        return _enrol(rules.digest_of(ids.tidy_code(code)), serial, public_key, software, now)
    except BadCode:
        if address:
            EnrolmentMiss.objects.filter(at__lt=now - 4 * rules.MISSES_WITHIN).delete()
            EnrolmentMiss.objects.create(address=address, at=now)
        raise


@transaction.atomic
def _enrol(digest: str, serial: str, public_key: bytes, software: str, now: datetime) -> Device:
    found = (
        EnrolmentCode.objects.select_for_update(of=("self",))
        .select_related("device", "cluster")
        .filter(digest=digest)
        .first()
    )
    if found is None or found.expires_at <= now:
        raise BadCode(str(BadCode.__doc__))
    if found.used_at is not None:
        device = found.device
        if device is None or device.revoked_at is not None or bytes(device.public_key) != public_key:
            raise BadCode(str(BadCode.__doc__))
        return device
    if queries.active().filter(cluster=found.cluster).exists():
        raise BadCode(_("This cluster has a device. Revoke it before you enrol another one."))
    if queries.active().filter(serial=serial).exists():
        raise BadCode(_("A device with this serial number is enrolled. Revoke it before it enrols again."))
    device = Device.objects.create(
        serial=serial,
        cluster=found.cluster,
        secret=secrets.token_bytes(32),
        public_key=public_key,
        software=software,
        enrolled_at=now,
    )
    found.used_at, found.device = now, device
    found.save(update_fields=["used_at", "device"])
    journal.record(
        "device.enrolled",
        by=f"device:{device.pk}",
        refs=[Ref("device", str(device.pk)), Ref("cluster", str(found.cluster_id))],
        data={"serial": serial, "cluster": found.cluster.code},
    )
    publish(DeviceEnrolled(device_id=device.pk, cluster_id=found.cluster_id))
    return device


@transaction.atomic
def revoke(*, device_id: UUID, by: Person, reason: str) -> Device:
    """Stop obeying and serving a device for good: it is refused from now on, its record stays."""
    device = (
        Device.objects.select_for_update(of=("self",))
        .select_related("cluster__station__place")
        .filter(pk=device_id)
        .first()
    )
    if device is None:
        raise NotFound
    policies.require(by, "device.revoke", device.cluster.station.place if device.cluster else None)
    if not reason.strip():
        raise BadInput(fields={"reason": [_("Say why the device is revoked.")]})
    if device.revoked_at is not None:
        raise WrongState
    device.revoked_at = clock.now()
    device.save(update_fields=["revoked_at"])
    journal.record(
        "device.revoked",
        by=by,
        refs=[Ref("device", str(device.pk)), *([Ref("cluster", str(device.cluster_id))] if device.cluster else [])],
        data={"serial": device.serial},
        reason=reason.strip(),
    )
    publish(DeviceRevoked(device_id=device.pk, by_id=by.pk))
    notify(DEVICES_CHANNEL, str(device.pk))
    return device


@dataclass(frozen=True)
class Heard:
    """A device was heard, and what it said of itself."""

    device_id: UUID
    at: datetime
    state: dict[str, Any]


def note_many_heard(heard: Sequence[Heard]) -> None:
    """Write down at once that many devices were heard: one statement, whatever their number."""
    if not heard:
        return
    last = {one.device_id: one for one in sorted(heard, key=lambda one: one.at)}
    field: dict[str, Any] = {name: Device._meta.get_field(name) for name in ("id", "heard_at", "state")}
    rows = [
        (
            field["heard_at"].get_db_prep_save(one.at, connection),
            field["state"].get_db_prep_save(one.state, connection),
            str(one.state.get("software", ""))[:100],
            field["id"].get_db_prep_save(one.device_id, connection),
        )
        for one in last.values()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{Device._meta.db_table}" SET heard_at = %s, state = %s, software = %s WHERE id = %s',  # noqa: S608
            rows,
        )


def notice_fault(*, device_id: UUID, kind: str, detail: str = "") -> Fault:
    """Keep something wrong with a device; the same again only counts up. Only a new one is journalled."""
    now = clock.now()
    fault, is_new = Fault.objects.get_or_create(
        device_id=device_id,
        kind=kind,
        cleared_at=None,
        defaults={"detail": detail[:300], "noticed_at": now, "last_at": now},
    )
    if not is_new:
        Fault.objects.filter(pk=fault.pk).update(times=F("times") + 1, last_at=now, detail=detail[:300])
        fault.refresh_from_db()
        return fault
    journal.record(
        "device.fault_noticed",
        by=f"device:{device_id}",
        refs=[Ref("device", str(device_id))],
        data={"kind": kind},
    )
    publish(FaultNoticed(fault_id=fault.pk, device_id=device_id, kind=kind))
    return fault


def heal_faults(*, device_ids: Iterable[UUID], kind: str) -> int:
    """Clear faults that the devices' own messages show to be over; count them."""
    open_ones = Fault.objects.filter(device_id__in=list(device_ids), kind=kind, cleared_at=None)
    return open_ones.update(cleared_at=clock.now())


@transaction.atomic
def clear_fault(*, fault_id: int, by: Person) -> Fault:
    """Say that a fault was seen to."""
    fault = (
        Fault.objects.select_for_update(of=("self",))
        .select_related("device__cluster__station__place")
        .filter(pk=fault_id)
    ).first()
    if fault is None:
        raise NotFound
    cluster = fault.device.cluster
    policies.require(by, "device.enrol", cluster.station.place if cluster else None)
    if fault.cleared_at is not None:
        raise WrongState
    fault.cleared_at = clock.now()
    fault.save(update_fields=["cleared_at"])
    journal.record("device.fault_cleared", by=by, refs=[Ref("device", str(fault.device_id))], data={"kind": fault.kind})
    return fault
