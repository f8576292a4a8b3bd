"""How the journal's entries about facilities, equipment, transfers and use read."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref, number_in
from coso.registry.models import Equipment, EquipmentState, Facility, SpeakerCluster


def _facility(ident: str) -> str:
    found = Facility.objects.filter(pk=number_in(ident)).first()
    return found.name if found else ident


def _first(entry: Entry) -> str:
    return Ref.parse(entry.refs[0]).id


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%d/%m/%Y}"


def _said(entry: Entry) -> dict[str, str]:
    return {"facility": _facility(_first(entry)), **({"day": _day(entry.data["on"])} if "on" in entry.data else {})}


def facility_added(entry: Entry) -> str:
    """Word the entering of a facility."""
    return _("%(facility)s was entered among the facilities.") % _said(entry)


def facility_edited(entry: Entry) -> str:
    """Word a change of what is told of a facility."""
    return _("What is told of %(facility)s was changed.") % _said(entry)


def facility_closed(entry: Entry) -> str:
    """Word the closing of a facility."""
    return _("%(facility)s was closed; its last day is %(day)s.") % _said(entry)


def facility_reopened(entry: Entry) -> str:
    """Word the opening again of a facility."""
    return _("%(facility)s was opened again.") % _said(entry)


def _piece(entry: Entry) -> str:
    found = Equipment.objects.filter(pk=number_in(_first(entry))).first()
    if found is None:
        return _first(entry)
    return f"{found.name} ({found.serial})" if found.serial else found.name


def _state(value: str) -> str:
    return str(EquipmentState(value).label) if value in EquipmentState.values else value


def equipment_received(entry: Entry) -> str:
    """Word the entering of a piece of equipment."""
    facility = _facility(Ref.parse(entry.refs[1]).id)
    said = {"piece": _piece(entry), "facility": facility, "state": _state(entry.data["state"])}
    return _("%(piece)s was entered at %(facility)s. State: %(state)s.") % said


def equipment_edited(entry: Entry) -> str:
    """Word a change of what is told of a piece."""
    return _("What is told of the equipment %(piece)s was changed.") % {"piece": _piece(entry)}


def equipment_stepped(entry: Entry) -> str:
    """Word a step in the life of a piece."""
    said = {"piece": _piece(entry), "state": _state(entry.data["to"]), "day": _day(entry.data["on"])}
    return _("%(piece)s is from %(day)s on: %(state)s.") % said


def equipment_divided(entry: Entry) -> str:
    """Word the taking of some pieces out of a lot."""
    said = {"piece": _piece(entry), "part": entry.data["part"], "left": entry.data["left"]}
    return _("%(part)s of %(piece)s were taken out for a step of their own; %(left)s are left.") % said


def equipment_withdrawn(entry: Entry) -> str:
    """Word the taking out of a piece that was entered by mistake; the row is gone, the entry knows its name."""
    name, serial = entry.data["name"], entry.data["serial"]
    said = {
        "piece": f"{name} ({serial})" if serial else name,
        "count": entry.data["quantity"],
        "facility": _facility(Ref.parse(entry.refs[1]).id),
    }
    return _("%(piece)s × %(count)s, entered by mistake at %(facility)s, was taken out of the register.") % said


def equipment_moved(entry: Entry) -> str:
    """Word the moving of a piece to another facility."""
    said = {"piece": _piece(entry), "facility": entry.data["to"], "day": _day(entry.data["on"])}
    return _("%(piece)s was moved to %(facility)s on %(day)s.") % said


def facilities_transferred(entry: Entry) -> str:
    """Word a transfer of facilities."""
    count = entry.data["facilities"]
    return ngettext(
        "%(count)s facility was transferred by %(decision)s.",
        "%(count)s facilities were transferred by %(decision)s.",
        count,
    ) % {"count": count, "decision": entry.data["decision"]}


def transfer_undone(entry: Entry) -> str:
    """Word the undoing of a transfer."""
    count = entry.data["facilities"]
    return ngettext(
        "The transfer of %(count)s facility by %(decision)s was undone.",
        "The transfer of %(count)s facilities by %(decision)s was undone.",
        count,
    ) % {"count": count, "decision": entry.data["decision"]}


def use_told(entry: Entry) -> str:
    """Word the telling of a month's counts."""
    count = entry.data["facilities"]
    month = f"{date.fromisoformat(entry.data['month']):%m/%Y}"
    return ngettext(
        "The counts of %(month)s were told for %(count)s facility.",
        "The counts of %(month)s were told for %(count)s facilities.",
        count,
    ) % {"count": count, "month": month}


def tour_told(entry: Entry) -> str:
    """Word the telling of a tour."""
    return _("%(facility)s went on tour on %(day)s: %(topic)s") % (_said(entry) | {"topic": entry.data["topic"]})


def tour_taken_back(entry: Entry) -> str:
    """Word the taking back of a tour."""
    return _("The tour of %(facility)s on %(day)s was taken back: %(topic)s") % (
        _said(entry) | {"topic": entry.data["topic"]}
    )


def _cluster(entry: Entry) -> str:
    found = SpeakerCluster.objects.filter(pk=number_in(_first(entry))).first()
    return f"{found.name} ({found.code})" if found else _first(entry)


def cluster_retired(entry: Entry) -> str:
    """Word the taking down of a cluster."""
    said = {"cluster": _cluster(entry), "day": _day(entry.data["on"])}
    return _("The cluster %(cluster)s was retired on %(day)s; nobody hears it any more.") % said


def cluster_restored(entry: Entry) -> str:
    """Word the putting up again of a cluster."""
    return _("The cluster %(cluster)s stands again and serves its villages.") % {"cluster": _cluster(entry)}


def register() -> None:
    """Tell the journal."""
    register_sentence("registry.facility_added", facility_added)
    register_sentence("registry.facility_edited", facility_edited)
    register_sentence("registry.facility_closed", facility_closed)
    register_sentence("registry.facility_reopened", facility_reopened)
    register_sentence("registry.equipment_received", equipment_received)
    register_sentence("registry.equipment_edited", equipment_edited)
    register_sentence("registry.equipment_stepped", equipment_stepped)
    register_sentence("registry.equipment_moved", equipment_moved)
    register_sentence("registry.equipment_divided", equipment_divided)
    register_sentence("registry.equipment_withdrawn", equipment_withdrawn)
    register_sentence("registry.facilities_transferred", facilities_transferred)
    register_sentence("registry.transfer_undone", transfer_undone)
    register_sentence("registry.use_told", use_told)
    register_sentence("registry.tour_told", tour_told)
    register_sentence("registry.tour_taken_back", tour_taken_back)
    register_sentence("registry.cluster_retired", cluster_retired)
    register_sentence("registry.cluster_restored", cluster_restored)
