"""Equipment: new pieces at their facility, and what is told of those that are there. Steps are taken on their pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.organizations import policies
from coso.registers.ports import (
    Blocked,
    Changed,
    Field,
    Kept,
    Plan,
    Register,
    Row,
    Written,
    held,
    put_back,
    remove,
    shared,
)
from coso.registry import queries
from coso.registry.actions.equipment import EquipmentFacts, faults_of
from coso.registry.models import (
    Defect,
    Equipment,
    EquipmentKind,
    EquipmentState,
    EquipmentStep,
    Facility,
    SpeakerCluster,
)
from coso.registry.registers.common import (
    COMMUNE,
    COMMUNE_CODE,
    FACILITY,
    FACILITY_CODE,
    changed_plan,
    day_json,
    facilities_of,
    may_import,
    within,
)

_TEXTS = ("name", "maker", "serial", "funding_source", "note")
_DAYS = ("acquired_on", "warranty_to")
_PLAIN = ("kind", *_TEXTS, "quantity", "price_vnd", *_DAYS)
_FIRST_STATES = [(one.value, one.label) for one in EquipmentState if one != EquipmentState.WRITTEN_OFF]


def seen_by(person: Any) -> QuerySet[Equipment]:
    """List the pieces within a person's places that are not written off, facility by facility."""
    found = queries.equipment().exclude(state=EquipmentState.WRITTEN_OFF)
    if person != "system":
        found = found.filter(policies.scope(person, "registry.read", "facility__place__path"))
    return found.order_by("facility__place__sort_key", "facility__sort_key", "sort_key", "pk")


def read(piece: Equipment) -> Mapping[str, Any]:
    """Give a piece's values by field name."""
    home = queries.commune_of(piece.facility.place)
    return {
        "facility_code": piece.facility.shown_code,
        "facility": piece.facility.name,
        "commune": home.name,
        "commune_code": home.code,
        "cluster": piece.cluster.code if piece.cluster else "",
        "state": piece.state,
        **{name: getattr(piece, name) for name in _PLAIN},
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a serial number of a maker that is there means a change, so does the same lot at a facility."""
    facilities = facilities_of(rows, by, day)
    there = _There(rows, [one for one in facilities.values() if isinstance(one, Facility)])
    seen: dict[str, int] = shared("equipment seen", dict)
    plans = []
    for row in rows:
        facility = facilities[row.number]
        if not isinstance(facility, Facility):
            plans.append(Plan(row, errors=facility))
            continue
        made = _one(row, facility, there)
        if made.key and seen.setdefault(made.key, row.number) != row.number:
            made = Plan(row, errors={"": _("Row %(row)s tells of the same piece.") % {"row": seen[made.key]}})
        plans.append(made)
    return plans


class _There:
    """The pieces and the clusters that some rows may mean, read in three questions."""

    def __init__(self, rows: Sequence[Row], facilities: Sequence[Facility]) -> None:
        serials = {squeeze(row.values["serial"]) for row in rows if row.values["serial"]}
        joined = queries.equipment()
        self.by_serial = {(one.maker, one.serial): one for one in held(joined.filter(serial__in=serials))}
        ids = {one.pk for one in facilities}
        lots = joined.filter(facility__in=ids, serial="").exclude(state=EquipmentState.WRITTEN_OFF)
        # Of several alike the one in the state that the row tells is meant, else the oldest.
        self.lots: dict[tuple[int, str, str, str, str], Equipment] = {}
        for one in held(lots.order_by("pk")):
            for state in (one.state, ""):
                self.lots.setdefault(self.lot(one.facility_id, one.kind, one.name, one.maker, state), one)
        self.clusters = {one.code: one for one in SpeakerCluster.objects.filter(station__in=ids)}

    @staticmethod
    def lot(facility: int, kind: str, name: str, maker: str, state: str) -> tuple[int, str, str, str, str]:
        """Tell lots apart that have no serial number: a part of one that was divided is in another state."""
        return facility, kind, fold(name), fold(maker), state

    def means(self, row: Row, facility: Facility) -> Equipment | None:
        """Give the piece that a row is about."""
        maker = squeeze(row.values["maker"] or "")
        if row.values["serial"]:
            return self.by_serial.get((maker, squeeze(row.values["serial"])))
        named = facility.pk, row.values["kind"], row.values["name"], maker
        return self.lots.get(self.lot(*named, row.values["state"] or "")) or self.lots.get(self.lot(*named, ""))


def _one(row: Row, facility: Facility, there: _There) -> Plan:
    same = there.means(row, facility)
    if facility.is_closed and same is None:
        return Plan(row, errors={"facility": _("The facility is closed; open it again first.")})
    if same is not None and (words := _moved(row, same, facility)):
        return Plan(row, errors=words)
    given = {name: row.values[name] for name in _PLAIN if name in row.values}
    told = {name: getattr(same, name) for name in _PLAIN} | {"cluster": same.cluster} if same else {}
    told |= {name: "" if value is None and name in _TEXTS else value for name, value in given.items()}
    if told.get("quantity") is None:
        told["quantity"] = 1
    if "cluster" in row.values:
        code = (row.values["cluster"] or "").strip().upper()
        told["cluster"] = there.clusters.get(code)
        if code and (told["cluster"] is None or told["cluster"].station_id != facility.pk):
            return Plan(row, errors={"cluster": _("This cluster is not the facility's.")})
    facts = EquipmentFacts(**told)
    taken = there.by_serial if same is None else {key: one for key, one in there.by_serial.items() if one != same}
    if wrong := faults_of(facts, facility, same, taken=taken):
        return Plan(row, errors={name: " ".join(lines) for name, lines in wrong.items()})
    if same is None:
        made = Equipment(**facts.columns, facility=facility, state=row.values["state"] or EquipmentState.IN_USE)
        return Plan(row, made, is_new=True, now=_told(made))
    before = _told(same)
    for name, value in facts.columns.items():
        setattr(same, name, value)
    return changed_plan(row, same, same.pk, before, _told(same))


def _moved(row: Row, same: Equipment, facility: Facility) -> dict[str, str]:
    """Say that a file neither moves a piece nor takes it a step on: both need their day, and leave a trace."""
    if same.state == EquipmentState.WRITTEN_OFF:
        return {"serial": _("%(piece)s is written off.") % {"piece": same.name}}
    if same.facility_id != facility.pk:
        # Whoever may not see the other facility must not learn of it.
        return {"serial": _("The serial number stands elsewhere; a piece is moved on its page.")}
    state = row.values["state"]
    if state and state != same.state:
        said = {"state": same.get_state_display()}
        return {"state": _("It is noted as: %(state)s. The next step is noted on its page.") % said}
    return {}


def _told(piece: Equipment) -> dict[str, Any]:
    told = {name: getattr(piece, name) for name in _PLAIN}
    told |= {name: day_json(told[name]) for name in _DAYS}
    return told | {"facility_id": piece.facility_id, "cluster_id": piece.cluster_id, "state": str(piece.state)}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new pieces with the first step of their life, and what changed of others."""
    for plan_ in plans:
        plan_.record.index_name()
    new = [plan.record for plan in plans if plan.is_new]
    Equipment.objects.bulk_create(new)
    EquipmentStep.objects.bulk_create(
        EquipmentStep(
            equipment=piece,
            to_state=piece.state,
            to_facility_id=piece.facility_id,
            on=piece.acquired_on or clock.today(),
            by=None if by == "system" else by,
        )
        for piece in new
    )
    _save([plan.record for plan in plans if not plan.is_new])
    return [Written(str(plan.record.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _save(pieces: Sequence[Equipment]) -> None:
    Equipment.objects.bulk_update(pieces, [*_PLAIN, "cluster", "folded", "sort_key"], batch_size=200)


def _remove(pieces: Sequence[Equipment]) -> None:
    """Delete new pieces, or raise Blocked where one took a step or has a defect."""
    new = [piece.pk for piece in pieces]
    if (hung := Defect.objects.filter(equipment__in=new).first()) is not None:
        raise Blocked(str(hung.equipment_id), _("A defect hangs on %(name)s since.") % {"name": hung.equipment})
    stepped = EquipmentStep.objects.filter(equipment__in=new).exclude(from_state="").first()
    if stepped is not None:
        raise Changed(str(stepped.equipment_id), _("%(name)s was changed since.") % {"name": stepped.equipment})
    remove(Equipment)(pieces)


def _key(row: Row) -> str:
    if row.values["serial"]:
        return f"{squeeze(row.values['maker'] or '')}|{squeeze(row.values['serial'])}"
    named = ("facility_code", "commune_code", "commune", "facility", "kind", "name", "maker")
    state = row.values["state"] or EquipmentState.IN_USE
    return "|".join([*(fold(str(row.values[name] or "")) for name in named), state])


EQUIPMENT = Register(
    kind="thiet-bi",
    title=gettext_lazy("Equipment"),
    fields=[
        FACILITY_CODE,
        FACILITY,
        COMMUNE,
        COMMUNE_CODE,
        Field("kind", gettext_lazy("Kind"), ["loại thiết bị", "loại", "chủng loại"], kind="choice", required=True,
              choices=EquipmentKind.choices, example="Tăng âm"),
        Field("name", gettext_lazy("Name or model"), ["tên thiết bị", "tên", "kiểu máy", "model"], required=True,
              max_length=160, example="Tăng âm 500 W"),
        Field("maker", gettext_lazy("Maker"), ["hãng", "nhà sản xuất"], max_length=120),
        Field("serial", gettext_lazy("Serial number"), ["số máy", "số sê-ri", "serial", "số serial"], max_length=80),
        Field("quantity", gettext_lazy("Quantity"), ["số chiếc", "sl"], kind="whole", example="1"),
        Field("price_vnd", gettext_lazy("Price of one, in đồng"), ["đơn giá", "giá", "nguyên giá"], kind="money",
              example="14.200.000"),
        Field("acquired_on", gettext_lazy("Acquired on"), ["ngày nhận", "ngày mua", "ngày trang bị"], kind="date",
              example="20/05/2024"),
        Field("funding_source", gettext_lazy("Paid from"), ["nguồn vốn", "nguồn"], max_length=200),
        Field("warranty_to", gettext_lazy("Under warranty until"), ["hết bảo hành", "bảo hành"], kind="date"),
        Field("state", gettext_lazy("State"), ["tình trạng", "hiện trạng"], kind="choice", choices=_FIRST_STATES,
              help=gettext_lazy("Of a new piece; later steps are noted on its page.")),
        Field("cluster", gettext_lazy("Cluster"), ["mã cụm loa", "cụm loa"], max_length=30,
              help=gettext_lazy("The code of the station's cluster on which it is mounted.")),
        Field("note", gettext_lazy("Note"), ["ghi chú"], max_length=300),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda piece: Ref("equipment", str(piece.pk)),
        verbs=["registry.equipment_edited", "registry.equipment_stepped", "registry.equipment_moved"],
        records=lambda: Equipment.objects.all(),
        told=_told,
        put_back=put_back(*_DAYS),
        save=_save,
        remove=_remove,
        inside=within("facility__place__path"),
        gone=gettext_lazy("The piece is no longer there."),
        name=lambda piece: piece.name,
    ),
    key_of=_key,
    page="registry:equipment-list",
)  # fmt: skip
