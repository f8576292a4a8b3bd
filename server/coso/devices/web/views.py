"""One device with its faults; making an enrolment code, revoking a device, marking a fault as seen to."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coso.devices import actions, queries
from coso.devices.kinds import fault_name
from coso.devices.models import Device, Fault
from coso.devices.web.condition import device_chip
from coso.devices.web.forms import CodeForm, RevokeForm
from coso.journal import queries as journal
from coso.journal.ports import actor_name, sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registry import queries as registry
from coso.ui.parts import Crumb, Entry

HOME = "/var/lib/coso-agent"


def _crumbs(device: Device | None = None) -> list[Crumb]:
    crumbs = [Crumb(_("Loudspeaker clusters"), reverse("registry:clusters"))]
    if device is not None and device.cluster is not None:
        crumbs.append(Crumb(device.cluster.name, reverse("registry:cluster", args=[device.cluster.pk])))
    return crumbs


@require_safe
@staff("device.read")
def device(request: StaffRequest, device_id: UUID) -> HttpResponse:
    """Show one device, a revoked one too: what it last said, what was wrong with it."""
    found = queries.get_visible(request.person, device_id)
    place = found.cluster.station.place if found.cluster else None
    faults = list(found.faults.all()[:30])
    context: dict[str, Any] = {
        "title": found.serial,
        "device": found,
        "chip": device_chip(found, has_fault=any(fault.cleared_at is None for fault in faults)),
        "state": found.state,
        "free_megabytes": int(found.state.get("free_bytes", 0)) // 1_000_000,
        "faults": [(fault, fault_name(fault.kind)) for fault in faults],
        "may_clear": policies.may(request.person, "device.enrol", place),
        "may_revoke": found.revoked_at is None and policies.may(request.person, "device.revoke", place),
        "history": [
            Entry(
                at=entry.at,
                sentence=sentence_of(entry),
                by=actor_name(entry.actor),
                note=reason.text if (reason := getattr(entry, "reason", None)) else "",
            )
            for entry in journal.history(Ref("device", str(found.pk)))[:30]
        ],
        "crumbs": _crumbs(found),
    }
    return render(request, "devices/device.html", context)


@never_cache
@staff("device.enrol")
def enrolment(request: StaffRequest, cluster_id: int) -> HttpResponse:
    """Make an enrolment code for a cluster and show it, this once."""
    cluster = registry.get_cluster(request.person, cluster_id)
    policies.require(request.person, "device.enrol", cluster.station.place)
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {
        "title": gettext("Enrol a device"),
        "sentence": cluster.name,
        "cluster": cluster,
        "form": form,
        "crumbs": [*_crumbs(), Crumb(cluster.name, reverse("registry:cluster", args=[cluster.pk]))],
    }
    if request.method == "POST" and form.is_valid():
        hours = form.cleaned_data["hours"]
        try:
            code = actions.make_enrolment_code(cluster_id=cluster.pk, by=request.person, hours=hours)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            # Rendered, not redirected to: the code is kept nowhere, so this answer is the only one that can show it.
            context |= {
                "code": code,
                "until": clock.now() + clock.days(1) * hours / 24,
                "server": gateway_url(request),
                "home": HOME,
            }
            return render(request, "devices/code.html", context)
    return render(request, "devices/enrolment.html", context, status=422 if form.errors else 200)


def gateway_url(request: HttpRequest) -> str:
    """Give the address that boxes are told: the operator's, else this host at the gateway's port."""
    told: dict[str, Any] = settings.OPTIONS
    if told["COSO_GATEWAY_URL"]:
        return str(told["COSO_GATEWAY_URL"])
    host = request.get_host()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return f"{request.scheme}://{name}:{told['COSO_GATEWAY_PORT']}"


@staff("device.revoke")
def revoke(request: StaffRequest, device_id: UUID) -> HttpResponse:
    """Stop obeying and serving a device for good, saying why."""
    found = queries.get_visible(request.person, device_id)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke(device_id=found.pk, by=request.person, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(serial)s is revoked; it is refused from now on.") % {"serial": found})
            return redirect("devices:device", found.pk)
    context = {
        "title": gettext("Revoke the device"),
        "sentence": found.serial,
        "device": found,
        "form": form,
        "crumbs": _crumbs(found),
    }
    return render(request, "devices/revoke.html", context, status=422 if form.errors else 200)


@require_POST
@staff("device.enrol")
def clear_fault(request: StaffRequest, fault_id: int) -> HttpResponse:
    """Say that a fault was seen to."""
    fault = Fault.objects.filter(pk=fault_id, device__in=queries.visible_to(request.person)).first()
    if fault is None:
        raise NotFound
    actions.clear_fault(fault_id=fault.pk, by=request.person)
    messages.success(request, gettext("The fault is marked as seen to."))
    return redirect("devices:device", fault.device_id)
