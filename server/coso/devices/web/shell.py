"""Tells the registry how clusters are doing, and puts the device on a cluster's page."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from coso.devices import queries
from coso.devices.kinds import fault_name
from coso.devices.web.condition import CONDITION, device_chip
from coso.organizations.models import Person
from coso.organizations.policies import may
from coso.registry.models import SpeakerCluster
from coso.registry.ports import register_cluster_panel, register_condition


def panel(request: HttpRequest, cluster: SpeakerCluster) -> str:
    """Draw the device of a cluster: whether it is heard, what is wrong, and what may be done."""
    person, place = request.user, cluster.station.place
    if not isinstance(person, Person) or not may(person, "device.read", place):
        return ""
    device = queries.active().filter(cluster=cluster).first()
    faults = list(queries.open_faults(device)) if device else []
    context = {
        "cluster": cluster,
        "device": device,
        "chip": device_chip(device, has_fault=bool(faults)) if device else None,
        "faults": [(fault, fault_name(fault.kind)) for fault in faults],
        "revoked": list(queries.visible_to(person).filter(cluster=cluster).exclude(revoked_at=None)[:5]),
        "may_enrol": may(person, "device.enrol", place),
        "may_revoke": may(person, "device.revoke", place),
    }
    return render_to_string("devices/panel.html", context, request)


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_condition(CONDITION)
    register_cluster_panel(panel, order=100)
