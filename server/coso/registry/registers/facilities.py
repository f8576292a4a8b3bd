"""Facilities of every kind: new ones, and what is told of those that are there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.organizations import policies
from coso.organizations import queries as organizations
from coso.organizations.models import Organization
from coso.places.models import Level, Place
from coso.places.queries.finder import Found
from coso.registers.ports import Blocked, Field, Kept, Plan, Register, Row, Written, remove, shared
from coso.registry import queries
from coso.registry.actions.facts import FacilityFacts, faults_of, twin_fault
from coso.registry.models import (
    Defect,
    Equipment,
    Facility,
    Inspection,
    MonthOfUse,
    SpeakerCluster,
    StationMode,
    StationProfile,
    Tour,
    TransferLine,
)
from coso.registry.registers.common import (
    COMMUNE,
    COMMUNE_CODE,
    Facilities,
    changed_plan,
    communes_of,
    day_json,
    finder_of,
    may_import,
    outside,
    within,
)
from coso.registry.rules.kinds import KINDS, OPEN_TO_PEOPLE, SERVING

_TEXTS = ("code", "name", "address", "keeper", "keeper_phone", "opening_hours", "note")
_PLAIN = ("kind", *_TEXTS, "latitude", "longitude", "opened_on")
_STATION = ("mode", "frequency_mhz", "licence_number", "licence_expires_on")
_COLUMNS = (*_PLAIN, "place", "organization")


@dataclass
class Record:
    """A facility as a row makes it, with what stands beside its own row."""

    facility: Facility
    station: dict[str, Any] | None
    serves: list[int]


def seen_by(person: Any) -> QuerySet[Facility]:
    """List the facilities within a person's places, commune by commune."""
    found = Facility.objects.select_related("place__parent", "place__current__parent", "organization", "profile")
    if person != "system":
        found = found.filter(policies.scope(person, "registry.read", "place__path"))
    return found.prefetch_related("serves").order_by("place__sort_key", "sort_key", "pk")


def read(facility: Facility) -> Mapping[str, Any]:
    """Give a facility's values by field name."""
    home = queries.commune_of(facility.place)
    here = facility.place.current or facility.place
    profile = getattr(facility, "profile", None)
    return {
        **{name: getattr(facility, name) for name in _PLAIN},
        "code": facility.shown_code,
        # What is the province's, or hangs on a district of then, is told by its code alone.
        "commune": home.name if home.level == Level.COMMUNE else "",
        "commune_code": home.code if home.level == Level.COMMUNE else "",
        "village": here.name if here.level == Level.VILLAGE else "",
        "organization": facility.organization.name if facility.organization else "",
        "serves": [village.name for village in facility.serves.all()],
        **{name: getattr(profile, name) if profile else None for name in _STATION},
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a code, or the name and kind in a commune, that is there means a change."""
    communes = communes_of(rows, day)
    coded = {row.number for row in rows if row.values["code"]}
    there = Facilities(
        [row.values["code"] or "" for row in rows],
        [one.place for number, one in communes.items() if one.place and number not in coded],
        [one.place for number, one in communes.items() if one.place and number in coded],
    )
    bodies = shared("bodies of today", _bodies)
    seen: dict[str, int] = shared("facilities seen", dict)
    plans = []
    for row in rows:
        commune = communes.get(row.number) or _of_its_code(row, there, by)
        if commune is None or commune.place is None:
            words = commune.problem if commune else _("Give the commune or its code.")
            plans.append(Plan(row, errors={"commune": words}))
            continue
        made = _one(row, commune, there, bodies, by, day)
        if made.key and seen.setdefault(made.key, row.number) != row.number:
            made = Plan(row, errors={"": _("Row %(row)s tells of the same facility.") % {"row": seen[made.key]}})
        if commune.warning and not made.errors:
            made.warnings = [commune.warning]
        plans.append(made)
    return plans


def _of_its_code(row: Row, there: Facilities, by: Any) -> Found | None:
    """Give the unit of the facility whose code a row tells without a commune: its place is not in question."""
    same = there.by_code.get((row.values["code"] or "").strip().upper())
    if same is None or outside(by, same.place):
        return None
    return Found(queries.commune_of(same.place), same.place)


def _bodies() -> dict[str, list[Organization]]:
    found: dict[str, list[Organization]] = {}
    for body in organizations.organizations_on(clock.today()):
        for name in {fold(body.name), fold(body.short_name)} - {""}:
            found.setdefault(name, []).append(body)
    return found


def _one(
    row: Row, commune: Found, there: Facilities, bodies: Mapping[str, list[Organization]], by: Any, day: date
) -> Plan:
    home = commune.place
    assert home is not None
    if words := outside(by, home):
        return Plan(row, errors={"commune": words})
    same, errors = _same(row, home, there, by)
    if errors:
        return Plan(row, errors=errors)
    given = {name: row.values[name] for name in (*_PLAIN, *_STATION) if name in row.values}
    if same is not None and (row.values["code"] or "").strip().upper() == same.shown_code:
        # A code made of its number leads to it and does not become its own.
        given["code"] = same.code
    given["place"], errors = _place(row, home, commune, same, day)
    if "organization" in row.values:
        given["organization"], more = _body(row, bodies, home, same)
        errors |= more
    if "serves" in row.values:
        given["serves"], more = _villages(row, home, commune, day)
        errors |= more
    if "frequency_mhz" in given and given["frequency_mhz"] is not None:
        given["frequency_mhz"], more = _decimal(given["frequency_mhz"])
        errors |= more
    if errors:
        return Plan(row, errors=errors)
    facts = FacilityFacts(**(_facts_of(same) | _cleaned(given)))
    taken = [code for code, one in there.by_code.items() if one is not same]
    if wrong := faults_of(facts, facility=same, taken=taken):
        return Plan(row, errors={name: " ".join(lines) for name, lines in wrong.items()})
    return _changed(row, same, facts) if same else _new(row, facts)


def _same(row: Row, home: Place, there: Facilities, by: Any) -> tuple[Facility | None, dict[str, str]]:
    """Find the facility that a row is about, or None for a new one: (facility, errors)."""
    code = (row.values["code"] or "").strip().upper()
    if code and code in there.by_code:
        found = there.by_code[code]
        if outside(by, found.place):
            return None, {"code": " ".join(twin_fault(code)["code"])}
        if queries.commune_of(found.place) != home:
            said = {"code": code, "name": found.name, "commune": queries.commune_of(found.place).name}
            return None, {"code": _("The code %(code)s is that of %(name)s in %(commune)s.") % said}
        return found, {}
    named = there.named(row.values["name"], home, [row.values["kind"]])
    if code:
        named = [one for one in named if not one.code]
    if len(named) > 1:
        said = {"commune": home.name, "name": row.values["name"]}
        return None, {"name": _("%(commune)s has several of the name “%(name)s”; give the code.") % said}
    return (named[0] if named else None), {}


def _place(row: Row, home: Place, commune: Found, same: Facility | None, day: date) -> tuple[Place, dict[str, str]]:
    """Find where in its commune a facility stands; a column that is not there leaves it where it was."""
    village = row.values["village"]
    if village:
        found = finder_of(day).find(village, level=Level.VILLAGE, parent=commune.then)
        return (found.place, {}) if found.place else (home, {"village": found.problem})
    if same is not None and ("village" not in row.values or same.place.current_id == home.pk):
        return same.place, {}
    return home, {}


def _body(
    row: Row, bodies: Mapping[str, list[Organization]], home: Place, same: Facility | None
) -> tuple[Organization | None, dict[str, str]]:
    name = row.values["organization"]
    if not name:
        return None, {}
    if same is not None and same.organization is not None and fold(same.organization.name) == fold(name):
        # It stays with whoever runs it, though that body ended.
        return same.organization, {}
    found = bodies.get(fold(name), [])
    if len(found) > 1:
        found = [body for body in found if body.place_id == home.pk]
    if len(found) == 1:
        return found[0], {}
    return None, {"organization": _("No body of today is called “%(name)s”.") % {"name": name}}


def _villages(row: Row, home: Place, commune: Found, day: date) -> tuple[list[Place], dict[str, str]]:
    found = [finder_of(day).find(name, level=Level.VILLAGE, parent=commune.then) for name in row.values["serves"] or []]
    problems = [one.problem for one in found if one.place is None]
    if problems:
        return [], {"serves": " ".join(problems)}
    return [one.place for one in found if one.place], {}


def _decimal(value: float) -> tuple[Decimal | None, dict[str, str]]:
    try:
        return Decimal(str(value)).quantize(Decimal("0.01")), {}
    except InvalidOperation:
        return None, {"frequency_mhz": _("This is no frequency.")}


def _cleaned(given: dict[str, Any]) -> dict[str, Any]:
    empty = dict.fromkeys((*_TEXTS, "kind", "mode", "licence_number"), "")
    return {name: empty[name] if value is None and name in empty else value for name, value in given.items()}


def _facts_of(facility: Facility | None) -> dict[str, Any]:
    if facility is None:
        return {}
    told = {name: getattr(facility, name) for name in _COLUMNS} | {"serves": list(facility.serves.all())}
    if profile := getattr(facility, "profile", None):
        told |= {name: getattr(profile, name) for name in _STATION}
    return told


def _new(row: Row, facts: FacilityFacts) -> Plan:
    made = Facility(**_columns(facts))
    record = Record(made, facts.station if facts.group == "station" else None, _served(facts))
    return Plan(row, record, is_new=True, now=_told(record))


def _changed(row: Row, same: Facility, facts: FacilityFacts) -> Plan:
    profile = getattr(same, "profile", None)
    before = _told(_standing(same))
    for name, value in _columns(facts).items():
        setattr(same, name, value)
    told = profile or any((facts.mode, facts.frequency_mhz, facts.licence_number, facts.licence_expires_on))
    record = Record(same, facts.station if facts.group == "station" and told else None, _served(facts))
    return changed_plan(row, record, same.pk, before, _told(record))


def _columns(facts: FacilityFacts) -> dict[str, Any]:
    told: dict[str, Any] = facts.columns
    if facts.group not in OPEN_TO_PEOPLE:
        told["opening_hours"] = ""
    return told


def _served(facts: FacilityFacts) -> list[int]:
    return sorted(village.pk for village in facts.serves) if facts.group in SERVING else []


def _standing(facility: Facility) -> Record:
    profile = getattr(facility, "profile", None)
    station = {name: getattr(profile, name) for name in _STATION} if profile else None
    return Record(facility, station, sorted(village.pk for village in facility.serves.all()))


def _told(record: Record) -> dict[str, Any]:
    """Give all values as JSON keeps them; what names other records by their ids."""
    facility, station = record.facility, record.station
    told: dict[str, Any] = {name: getattr(facility, name) for name in _PLAIN}
    told |= {
        "opened_on": day_json(facility.opened_on),
        "place_id": facility.place_id,
        "organization_id": facility.organization_id,
        "serves_ids": record.serves,
    }
    for name in _STATION:
        value = station[name] if station else None
        told[name] = day_json(value) if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    return told


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new facilities, and what changed of others."""
    records = [plan.record for plan in plans]
    for record in records:
        record.facility.index_name()
    Facility.objects.bulk_create([plan.record.facility for plan in plans if plan.is_new])
    _save([plan.record for plan in plans if not plan.is_new])
    _write_beside(records)
    return [Written(str(plan.record.facility.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _save(records: Iterable[Record]) -> None:
    changed = [record.facility for record in records]
    Facility.objects.bulk_update(changed, [*_COLUMNS, "folded", "sort_key"], batch_size=200)


def _write_beside(records: Sequence[Record]) -> None:
    StationProfile.objects.bulk_create(
        [StationProfile(station_id=one.facility.pk, **one.station) for one in records if one.station],
        update_conflicts=True,
        unique_fields=["station"],
        update_fields=list(_STATION),
    )
    through = Facility.serves.through
    through.objects.filter(facility_id__in=[one.facility.pk for one in records]).delete()
    through.objects.bulk_create(
        through(facility_id=one.facility.pk, place_id=village) for one in records for village in one.serves
    )


def _save_back(records: Sequence[Record]) -> None:
    _save(records)
    _write_beside(records)


def _restored(record: Record, was: Mapping[str, Any]) -> Record:
    for name, value in was.items():
        if name in {"opened_on", "licence_expires_on"}:
            value = date.fromisoformat(value) if value else None
        if name == "serves_ids":
            record.serves = value
        elif name in _STATION:
            record.station = (record.station or {}) | {
                name: Decimal(value) if name == "frequency_mhz" and value else value
            }
        else:
            setattr(record.facility, name, value)
    record.facility.index_name()
    return record


_HANGING: list[tuple[Any, str, Any]] = [
    (Equipment, "facility", gettext_lazy("equipment")),
    (SpeakerCluster, "station", gettext_lazy("clusters")),
    (MonthOfUse, "facility", gettext_lazy("counts of months")),
    (Tour, "team", gettext_lazy("tours")),
    (TransferLine, "facility", gettext_lazy("transfers")),
    (Inspection, "facility", gettext_lazy("inspections")),
    (Defect, "facility", gettext_lazy("defects")),
]


def _remove(facilities: Sequence[Facility]) -> None:
    """Delete new facilities, or raise Blocked where something hangs on one."""
    there = {facility.pk: facility for facility in facilities}
    for model, field, words in _HANGING:
        found = model.objects.filter(**{f"{field}__in": there}).values_list(f"{field}_id", flat=True).first()
        if found is not None:
            said = {"name": there[found].name, "records": words}
            raise Blocked(str(found), _("Records hang on %(name)s since: %(records)s.") % said)
    remove(Facility)(facilities)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in KINDS.values()]


def _key(row: Row) -> str:
    if row.values["code"]:
        return str(row.values["code"]).strip().upper()
    named = (row.values["commune_code"] or row.values["commune"], row.values["kind"], row.values["name"])
    return "|".join(fold(str(part or "")) for part in named)


FACILITIES = Register(
    kind="thiet-che",
    title=gettext_lazy("Facilities"),
    fields=[
        Field("code", gettext_lazy("Code"), ["mã thiết chế", "mã", "mã số", "mã nhãn"], max_length=30,
              example="18196-NVH1", help=gettext_lazy("As on its label; left empty, the system makes one.")),
        Field("name", gettext_lazy("Facility"), ["tên thiết chế", "tên", "tên gọi"], required=True, max_length=160,
              example="Nhà văn hóa Thôn 1"),
        Field("kind", gettext_lazy("Kind"), ["loại thiết chế", "loại hình"], kind="choice", required=True,
              choices=_kinds, example="Nhà văn hóa"),
        COMMUNE,
        COMMUNE_CODE,
        Field("village", gettext_lazy("Village or residential group"), ["tên thôn", "thôn", "tên tdp", "tổ dân phố"],
              max_length=120, example="Thôn 1",
              help=gettext_lazy("Where it stands; left empty, it is the whole commune's.")),
        Field("organization", gettext_lazy("Run by"), ["đơn vị quản lý", "cơ quan quản lý"], max_length=200,
              example="UBND xã Sơn Kim 1"),
        Field("serves", gettext_lazy("Serves the villages"), ["thôn phục vụ", "phục vụ"], kind="list",
              example="Thôn 1; Thôn 2"),
        Field("address", gettext_lazy("Address"), ["địa điểm"], max_length=200),
        Field("latitude", gettext_lazy("Latitude"), ["vĩ độ", "vd", "lat"], kind="number", example="18,42153"),
        Field("longitude", gettext_lazy("Longitude"), ["kinh độ", "kd", "lon", "lng"], kind="number",
              example="105,18042"),
        Field("keeper", gettext_lazy("Keeper"), ["người trông coi", "người quản lý", "người giữ chìa khóa"],
              max_length=120),
        Field("keeper_phone", gettext_lazy("Keeper's phone"), ["số điện thoại", "điện thoại"], max_length=20),
        Field("opening_hours", gettext_lazy("Opening hours"), ["giờ mở cửa", "thời gian mở cửa"], max_length=200),
        Field("opened_on", gettext_lazy("Opened on"), ["ngày hoạt động", "hoạt động từ"], kind="date",
              example="02/09/2019"),
        Field("mode", gettext_lazy("How it broadcasts"), ["phương thức truyền thanh", "công nghệ", "loại đài"],
              kind="choice", choices=StationMode.choices, help=gettext_lazy("Of a station, with what follows.")),
        Field("frequency_mhz", gettext_lazy("Frequency (MHz)"), ["tần số"], kind="number"),
        Field("licence_number", gettext_lazy("Licence number"), ["giấy phép", "số giấy phép tần số"], max_length=60),
        Field("licence_expires_on", gettext_lazy("Licence ends on"), ["hạn giấy phép", "giấy phép hết hạn"],
              kind="date"),
        Field("note", gettext_lazy("Note"), ["ghi chú"], max_length=300),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda facility: Ref("facility", str(facility.pk)),
        verbs=[
            "registry.facility_edited",
            "registry.facility_closed",
            "registry.facility_reopened",
            "registry.facilities_transferred",
        ],
        records=lambda: Facility.objects.select_related("profile").prefetch_related("serves"),
        told=lambda facility: _told(_standing(facility)),
        put_back=lambda facility, was: _restored(_standing(facility), was),
        save=_save_back,
        remove=_remove,
        inside=within("place__path"),
        gone=gettext_lazy("The facility is no longer there."),
        name=lambda facility: facility.name,
        grown=lambda facility, one: facility.closed_on is not None,
    ),
    key_of=_key,
    page="registry:facilities",
)  # fmt: skip
