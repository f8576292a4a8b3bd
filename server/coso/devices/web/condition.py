"""How clusters are doing, seen from their devices: heard, silent, with a fault, or without a device."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.devices import queries, rules
from coso.devices.models import Device, Fault
from coso.kit import clock
from coso.registry.models import SpeakerCluster
from coso.registry.ports import Condition
from coso.ui.chips import Chip, Tone

Clusters = QuerySet[SpeakerCluster]
NOW = "devices_now"
FAULTS = "faults_now"


def choices() -> Sequence[tuple[str, str]]:
    """Give each state in a word."""
    return [
        ("heard", _("Heard")),
        ("silent", _("Silent")),
        ("fault", _("With a fault")),
        ("none", _("No device")),
    ]


def prepare(rows: Clusters) -> Clusters:
    """Join the device of each cluster and what is wrong with it."""
    faults = Prefetch("faults", Fault.objects.filter(cleared_at=None), to_attr=FAULTS)
    return rows.prefetch_related(Prefetch("devices", queries.active().prefetch_related(faults), to_attr=NOW))


def chip(cluster: SpeakerCluster) -> Chip:
    """Give the chip of a prepared cluster; silence weighs more than a fault."""
    devices: list[Device] = getattr(cluster, NOW)
    if not devices:
        return Chip(_("No device"), Tone.OFF, icon="power-off")
    return device_chip(devices[0], has_fault=bool(getattr(devices[0], FAULTS)))


def device_chip(device: Device, *, has_fault: bool) -> Chip:
    """Give the chip of a device."""
    if device.revoked_at is not None:
        return Chip(_("Revoked"), Tone.OFF)
    if rules.is_silent(device.heard_at, clock.now()):
        return Chip(_("Silent"), Tone.NEED, icon="offline")
    if has_fault:
        return Chip(_("With a fault"), Tone.NEED, icon="alert")
    return Chip(_("Heard"), Tone.DONE, icon="online")


def narrow(rows: Clusters, value: str) -> Clusters:
    """Keep the clusters in one state."""
    active = queries.active().exclude(cluster=None)
    silent = queries.silent(active)
    faulty = active.filter(faults__cleared_at=None, faults__isnull=False)
    inside = {
        "none": rows.exclude(pk__in=active.values("cluster")),
        "silent": rows.filter(pk__in=silent.values("cluster")),
        "fault": rows.filter(pk__in=faulty.exclude(pk__in=silent.values("pk")).values("cluster")),
        "heard": rows.filter(
            pk__in=active.exclude(pk__in=silent.values("pk")).exclude(pk__in=faulty.values("pk")).values("cluster")
        ),
    }
    return inside[value]


def sentence(rows: Clusters) -> tuple[int, str]:
    """Count these clusters, and say how many of them are silent and how many have no device."""
    device = queries.active().filter(cluster=OuterRef("pk"))
    heard = device.filter(heard_at__gte=clock.now() - rules.SILENT_AFTER)
    # In one go, by the index of the devices' clusters: a province has thousands.
    counted = rows.order_by().aggregate(
        every=Count("pk"), known=Count("pk", filter=Exists(device)), heard=Count("pk", filter=Exists(heard))
    )
    silent, without = counted["known"] - counted["heard"], counted["every"] - counted["known"]
    said = []
    if silent:
        said.append(ngettext("%(count)s is silent.", "%(count)s are silent.", silent) % {"count": silent})
    if without:
        said.append(ngettext("%(count)s has no device.", "%(count)s have no device.", without) % {"count": without})
    return counted["every"], " ".join(said)


def working(rows: Clusters) -> Clusters:
    """Keep the clusters on no network or whose device is heard; one that tells of a fault still sounds."""
    heard = queries.active().filter(cluster=OuterRef("pk"), heard_at__gte=clock.now() - rules.SILENT_AFTER)
    return rows.filter(Q(is_networked=False) | Exists(heard))


CONDITION = Condition(choices=choices, prepare=prepare, chip=chip, narrow=narrow, sentence=sentence, working=working)
