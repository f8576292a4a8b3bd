"""The life of equipment: received, put to use, repaired, stored, moved, written off; each step with its date."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.registry.actions.facts import Actor, Faults, require_edit
from coso.registry.actions.lots import part_of
from coso.registry.models import Equipment, EquipmentKind, EquipmentStep, Facility, SpeakerCluster
from coso.registry.rules import equipment as rules
from coso.registry.rules.equipment import Life

MOST_PIECES = 10_000


@dataclass(frozen=True, kw_only=True)
class EquipmentFacts:
    """What is told of a piece; where it stands and where it is in its life have actions of their own."""

    kind: str
    name: str
    cluster: SpeakerCluster | None = None
    maker: str = ""
    serial: str = ""
    quantity: int = 1
    price_vnd: int | None = None
    """Of one, in whole đồng."""
    acquired_on: date | None = None
    funding_source: str = ""
    warranty_to: date | None = None
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Give the values of the columns, cleaned."""
        return {name: squeeze(value) if isinstance(value, str) else value for name, value in vars(self).items()}


@transaction.atomic
def receive_equipment(
    *,
    by: Actor,
    facility: Facility,
    facts: EquipmentFacts,
    state: Life = Life.RECEIVED,
    is_sample: bool = False,
) -> Equipment:
    """Enter a piece at a facility; `state` is another than received for what has been there for long."""
    require_edit(by, facility.place)
    wrong = faults_of(facts, facility)
    if facility.is_closed:
        wrong[""] = [_("The facility is closed; open it again first.")]
    if state == Life.WRITTEN_OFF:
        wrong["state"] = [_("What is written off is entered no more.")]
    if wrong:
        raise BadInput(fields=wrong)
    made = Equipment(**facts.columns, facility=facility, state=state, is_sample=is_sample)
    with only_once(BadInput(fields=_twin(made.maker, made.serial))):
        made.save()
    on = facts.acquired_on or clock.today()
    EquipmentStep.objects.create(equipment=made, to_state=state, to_facility=facility, on=on, by=_person(by))
    record("registry.equipment_received", by=by, refs=_refs(made), data={"state": state})
    return made


@transaction.atomic
def edit_equipment(*, by: Actor, equipment: Equipment, facts: EquipmentFacts) -> Equipment:
    """Change what is told of a piece."""
    locked = _locked(equipment)
    require_edit(by, locked.facility.place)
    if wrong := faults_of(facts, locked.facility, locked):
        raise BadInput(fields=wrong)
    told = facts.columns
    changed = sorted(name for name, value in told.items() if getattr(locked, name) != value)
    if changed:
        for name in changed:
            setattr(locked, name, told[name])
        with only_once(BadInput(fields=_twin(locked.maker, locked.serial))):
            locked.save(update_fields=[*changed, "folded", "sort_key"])
        record("registry.equipment_edited", by=by, refs=_refs(locked), data={"fields": changed})
    return locked


@transaction.atomic
def step_equipment(
    *,
    by: Actor,
    equipment: Equipment,
    to: Life,
    on: date,
    quantity: int | None = None,
    decision: str = "",
    note: str = "",
) -> Equipment:
    """Take a piece, or so many of a lot, to another state of its life. Raise WrongState when it can't go there.

    Give what took the step: of a part of a lot a new row.
    """
    locked = _locked(equipment)
    require_edit(by, locked.facility.place)
    if not rules.may_step(Life(locked.state), to):
        raise WrongState
    wrong = _day_faults(locked, on)
    if rules.needs_decision(to) and not squeeze(decision):
        wrong["decision"] = [_("Equipment is written off by a decision; give its number and date.")]
    if wrong:
        raise BadInput(fields=wrong)
    locked = part_of(locked, quantity, by=by)
    step = EquipmentStep(
        equipment=locked,
        from_state=locked.state,
        to_state=to,
        from_facility=locked.facility,
        to_facility=locked.facility,
        on=on,
        decision=squeeze(decision),
        note=squeeze(note),
        by=_person(by),
    )
    step.save()
    locked.state = to
    locked.save(update_fields=["state"])
    data = {"from": step.from_state, "to": to, "on": on.isoformat()}
    record("registry.equipment_stepped", by=by, refs=_refs(locked), data=data)
    return locked


@transaction.atomic
def move_equipment(
    *,
    by: Actor,
    equipment: Equipment,
    to: Facility,
    on: date,
    cluster: SpeakerCluster | None = None,
    quantity: int | None = None,
    decision: str = "",
    note: str = "",
) -> Equipment:
    """Move a piece, or so many of a lot, to another facility; whoever does it may change the registry at both ends."""
    locked = _locked(equipment)
    require_edit(by, locked.facility.place)
    require_edit(by, to.place)
    if not rules.may_move(Life(locked.state)):
        raise WrongState
    wrong = _day_faults(locked, on)
    if to == locked.facility:
        wrong["to"] = [_("The piece stands at this facility already.")]
    elif to.is_closed:
        wrong["to"] = [_("The facility is closed; open it again first.")]
    if cluster is not None and cluster.station_id != to.pk:
        wrong["cluster"] = [_("This cluster is not the facility's.")]
    if wrong:
        raise BadInput(fields=wrong)
    locked = part_of(locked, quantity, by=by)
    EquipmentStep.objects.create(
        equipment=locked,
        from_state=locked.state,
        to_state=locked.state,
        from_facility=locked.facility,
        to_facility=to,
        on=on,
        decision=squeeze(decision),
        note=squeeze(note),
        by=_person(by),
    )
    before = Ref("facility", str(locked.facility_id))
    locked.facility, locked.cluster = to, cluster
    locked.save(update_fields=["facility", "cluster"])
    data = {"on": on.isoformat(), "to": to.name}
    record("registry.equipment_moved", by=by, refs=[*_refs(locked), before], data=data)
    return locked


def _locked(equipment: Equipment) -> Equipment:
    found = Equipment.objects.select_for_update(of=("self",)).select_related("facility__place", "cluster")
    return found.get(pk=equipment.pk)


def _person(by: Actor) -> Any:
    return None if by == "system" else by


def faults_of(
    facts: EquipmentFacts,
    facility: Facility,
    equipment: Equipment | None = None,
    *,
    taken: Container[tuple[str, str]] | None = None,
) -> Faults:
    """Say what is wrong with what was told of a piece, field by field. `equipment` is the one that is changed.

    `taken` holds (maker, serial) of other pieces, for whoever asks of many at once; else the database is asked.
    """
    wrong: Faults = {}
    maker, serial = squeeze(facts.maker), squeeze(facts.serial)
    if facts.kind not in EquipmentKind.values:
        wrong["kind"] = [_("There is no such kind of equipment.")]
    if not squeeze(facts.name):
        wrong["name"] = [_("The piece needs a name.")]
    if not 1 <= facts.quantity <= MOST_PIECES:
        wrong["quantity"] = [_("Give 1 to %(most)s pieces.") % {"most": MOST_PIECES}]
    elif serial and facts.quantity != 1:
        wrong["quantity"] = [_("A serial number belongs to one piece: enter the others by themselves.")]
    if facts.cluster is not None and facts.cluster.station_id != facility.pk:
        wrong["cluster"] = [_("This cluster is not the facility's.")]
    if facts.acquired_on and facts.acquired_on > clock.today():
        wrong["acquired_on"] = [_("This day has not come yet.")]
    if facts.acquired_on and facts.warranty_to and facts.warranty_to < facts.acquired_on:
        wrong["warranty_to"] = [_("The warranty cannot end before the piece was acquired.")]
    if serial and _is_taken(maker, serial, equipment, taken):
        wrong |= _twin(maker, serial)
    return wrong


def _is_taken(maker: str, serial: str, equipment: Equipment | None, taken: Container[tuple[str, str]] | None) -> bool:
    if taken is not None:
        return (maker, serial) in taken
    others = Equipment.objects.filter(maker=maker, serial=serial)
    return others.exclude(pk=equipment.pk if equipment else 0).exists()


def _twin(maker: str, serial: str) -> Faults:
    said = {"serial": serial, "maker": maker or _("unknown maker")}
    return {"serial": [_("The serial number %(serial)s (%(maker)s) is entered already.") % said]}


def _day_faults(equipment: Equipment, on: date) -> Faults:
    if on > clock.today():
        return {"on": [_("This day has not come yet.")]}
    last = equipment.steps.order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        return {"on": [_("The step before was taken on %(day)s.") % {"day": f"{last:%d/%m/%Y}"}]}
    return {}


def _refs(equipment: Equipment) -> list[Ref]:
    return [Ref("equipment", str(equipment.pk)), Ref("facility", str(equipment.facility_id))]
