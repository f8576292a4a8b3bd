"""How other apps name a device, and how its journal entries read."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.devices import queries
from coso.journal.models import Entry
from coso.journal.ports import register_actor_names, register_sentence
from coso.kit.refs import Kind, register_kind
from coso.organizations.models import Person

FAULTS = {
    "log_broken": gettext_lazy("The device sent a play log that does not hold together."),
    "log_gap": gettext_lazy("The device sent a play log with entries missing."),
    "log_forked": gettext_lazy("The device sent a play log that contradicts the one held."),
    "log_signature": gettext_lazy("The device sent a play log with a wrong signature."),
    "refused_bad_signature": gettext_lazy("The device refused something with a wrong signature."),
    "refused_unknown_key": gettext_lazy("The device refused something signed with an unknown key."),
    "refused_unsigned": gettext_lazy("The device refused something without a signature."),
    "refused_bad_mac": gettext_lazy("The device refused an answer that was not this system's."),
    "refused_bad_json": gettext_lazy("The device refused something that it could not read."),
    "refused_missing_field": gettext_lazy("The device refused something that lacks a part."),
    "refused_bad_field": gettext_lazy("The device refused something with a part that makes no sense."),
    "refused_too_large": gettext_lazy("The device refused something too large."),
    "refused_wrong_kind": gettext_lazy("The device refused something of another kind than it asked for."),
    "refused_no_common_version": gettext_lazy("The device's software is too old or too new for this system."),
    "refused_expired": gettext_lazy("The device refused something that had expired."),
    "refused_not_newer": gettext_lazy("The device refused a schedule that is no newer than its own."),
    "refused_other_device": gettext_lazy("The device refused a schedule of another device."),
    "refused_wrong_area": gettext_lazy("The device refused an alert for other areas."),
    "refused_no_manifest": gettext_lazy("The device refused an alert because it has no schedule yet."),
    "refused_from_the_future": gettext_lazy("The device refused something issued in the future."),
}
"""What the codes of a device and of its log mean; the codes are those of `coso_wire.Code` and of the agent's rules."""


def fault_name(kind: str) -> str:
    """Say in words what is wrong with a device."""
    words = FAULTS.get(kind)
    if words is not None:
        return str(words)
    if kind.startswith("refused_"):
        code = kind.removeprefix("refused_")
        return _("The device refused what it was sent, with the code %(code)s.") % {"code": code}
    return _("The device has a fault with the code %(code)s.") % {"code": kind}


def _name(ident: str) -> str | None:
    device = queries.device_by_id(ident)
    return device.serial if device else None


def _address(ident: str) -> str:
    try:
        return reverse("devices:device", args=[ident])
    except NoReverseMatch:
        return ""


def _visible(person: Person, ident: str) -> bool:
    device = queries.device_by_id(ident)
    return device is not None and queries.visible_to(person).filter(pk=device.pk).exists()


def _actor(actor: str) -> str | None:
    kind, _colon, ident = actor.partition(":")
    if kind != "device":
        return None
    try:
        UUID(ident)
    except ValueError:
        return None
    serial = _name(ident)
    return None if serial is None else _("device %(serial)s") % {"serial": serial}


def _code_made(entry: Entry) -> str:
    return _("Made an enrolment code for cluster %(cluster)s.") % {"cluster": entry.data["cluster"]}


def _enrolled(entry: Entry) -> str:
    return _("Enrolled as %(serial)s for cluster %(cluster)s.") % {
        "serial": entry.data["serial"],
        "cluster": entry.data["cluster"],
    }


def _revoked(entry: Entry) -> str:
    return _("Revoked device %(serial)s.") % {"serial": entry.data["serial"]}


def _fault_noticed(entry: Entry) -> str:
    return fault_name(entry.data["kind"])


def _fault_cleared(entry: Entry) -> str:
    return _("Marked as seen to: %(fault)s") % {"fault": fault_name(entry.data["kind"])}


def register() -> None:
    """Tell the house about devices."""
    register_kind("device", Kind(name=_name, address=_address, visible=_visible))
    register_actor_names(_actor)
    register_sentence("device.code_made", _code_made)
    register_sentence("device.enrolled", _enrolled)
    register_sentence("device.revoked", _revoked)
    register_sentence("device.fault_noticed", _fault_noticed)
    register_sentence("device.fault_cleared", _fault_cleared)
