"""How other apps name a slot, how journal entries read, and what the events of lower apps set going."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.broadcast.models import Slot
from coso.broadcast.queries.schedule import slots_visible_to
from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit import clock
from coso.kit.refs import Kind, register_kind
from coso.organizations.models import Person

SIGNER_REFUSALS = {
    "unknown_bulletin": gettext_lazy("Refused to sign: there is no such bulletin."),
    "not_approved": gettext_lazy("Refused to sign: the bulletin is not approved, or was withdrawn."),
    "not_approved_by_another": gettext_lazy("Refused to sign: who approved the bulletin had a hand in it."),
    "other_revision": gettext_lazy("Refused to sign: this is not the text that was approved."),
    "not_withdrawn": gettext_lazy("Refused to sign: the bulletin to be called back still stands."),
    "no_sound": gettext_lazy("Refused to sign: the bulletin has no sound."),
    "other_sound": gettext_lazy("Refused to sign: this is not the sound that was approved."),
    "not_canonical": gettext_lazy("Refused to sign: what is to be signed was not written by this system."),
    "revoked_device": gettext_lazy("Refused to sign: the device is revoked."),
    "other_device": gettext_lazy("Refused to sign: the schedule names another device."),
    "other_rank": gettext_lazy("Refused to sign: the class is not that of the approved bulletin."),
    "not_scheduled": gettext_lazy("Refused to sign: the bulletin has no such time on air."),
    "unknown_prefetch": gettext_lazy("Refused to sign: the device was to fetch a sound that no bulletin has."),
    "other_bulletin": gettext_lazy("Refused to sign: the alert names another bulletin."),
    "other_alert": gettext_lazy("Refused to sign: the alert names another alert."),
    "no_emergency": gettext_lazy("Refused to sign: the bulletin is no emergency."),
    "other_areas": gettext_lazy("Refused to sign: the alert reaches beyond the areas of the bulletin."),
}
"""What the codes of the signer mean, for those who read the journal."""


def _slot(ident: str) -> Slot | None:
    try:
        return Slot.objects.select_related("bulletin", "place").filter(pk=UUID(ident)).first()
    except ValueError:
        return None


def _name(ident: str) -> str | None:
    slot = _slot(ident)
    if slot is None:
        return None
    return _("%(title)s, %(place)s, %(time)s") % {
        "title": slot.bulletin.title,
        "place": slot.place.name,
        "time": f"{clock.local(slot.starts_at):%H:%M %d/%m/%Y}",
    }


def _address(ident: str) -> str:
    slot = _slot(ident)
    for name, arg in (("broadcast:slot", ident), ("broadcast:reach", str(slot.bulletin_id) if slot else ident)):
        try:
            return reverse(name, args=[arg])
        except NoReverseMatch:
            continue
    return ""


def _visible(person: Person, ident: str) -> bool:
    slot = _slot(ident)
    return slot is not None and slots_visible_to(person).filter(pk=slot.pk).exists()


def _time(entry: Entry) -> dict[str, str]:
    from datetime import datetime

    at = clock.local(datetime.fromisoformat(entry.data["starts_at"]))
    return {"place": entry.data["place"], "time": f"{at:%H:%M %d/%m/%Y}"}


def _scheduled(entry: Entry) -> str:
    return _("Put the bulletin on air in %(place)s at %(time)s.") % _time(entry)


def _cancelled(entry: Entry) -> str:
    return _("Took the bulletin off the schedule in %(place)s at %(time)s.") % _time(entry)


def _alert_released(entry: Entry) -> str:
    return _("Released the emergency to the loudspeakers of %(count)s areas.") % {"count": entry.data["areas"]}


def _alert_cancelled(entry: Entry) -> str:
    return _("Called the emergency back from the loudspeakers.")


def _refused(entry: Entry) -> str:
    code = entry.data["reason"]
    words = SIGNER_REFUSALS.get(code)
    return str(words) if words is not None else _("Refused to sign, with the code %(code)s.") % {"code": code}


def _play_stated(entry: Entry) -> str:
    return _("Stated that %(station)s has played the bulletin.") % {"station": entry.data["station"]}


def _play_withdrawn(entry: Entry) -> str:
    return _("Took back that %(station)s has played the bulletin.") % {"station": entry.data["station"]}


def register() -> None:
    """Tell the house about slots and alerts."""
    register_kind("slot", Kind(name=_name, address=_address, visible=_visible))
    register_sentence("slot.scheduled", _scheduled)
    register_sentence("slot.cancelled", _cancelled)
    register_sentence("alert.released", _alert_released)
    register_sentence("alert.cancelled", _alert_cancelled)
    register_sentence("reach.play_stated", _play_stated)
    register_sentence("reach.play_withdrawn", _play_withdrawn)
    register_sentence("signer.refused", _refused)
