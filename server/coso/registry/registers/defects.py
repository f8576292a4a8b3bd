"""Defects of old lists: entered as they stand, with who mends them and by when. Further steps are noted on their pages.

A list that is brought in tells nobody anew of what was overdue before: whoever should know by then counts as told, and
only the levels that are due later sound.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.kit.workdays import in_vietnam
from coso.notices import actions as notices
from coso.organizations import policies
from coso.organizations import queries as organizations
from coso.organizations.models import Organization
from coso.registers.ports import Field, Kept, Plan, Register, Row, Written, held, remove, shared
from coso.registry import queries
from coso.registry.actions.defects import MOST_VND
from coso.registry.actions.findings import ref_of
from coso.registry.models import Defect, DefectState, Facility, RepairEntry, SpeakerCluster
from coso.registry.queries.defects import default_responsible
from coso.registry.registers.common import (
    COMMUNE,
    COMMUNE_CODE,
    FACILITY,
    FACILITY_CODE,
    changed_plan,
    day_json,
    facilities_of,
    within,
)
from coso.registry.rules.defects import DAYS, SETTLED, Level, State, is_overdue, level_due

_RIGHT = "defect.handle"
_LOGGED = ("settled_on", "repair", "cost_vnd")
Identity = tuple[int, int | None, date, str]


def may_import(person: Any) -> bool:
    """Tell whether a person may bring defects in somewhere."""
    return policies.may(person, "register.import") and policies.may(person, _RIGHT)


def seen_by(person: Any) -> QuerySet[Defect]:
    """List the defects within a person's places, settled ones too, facility by facility."""
    found = _joined().select_related("facility__place__parent", "facility__place__current__parent")
    if person != "system":
        found = found.filter(policies.scope(person, "inspection.read", "facility__place__path"))
    return found.order_by("facility__place__sort_key", "facility__sort_key", "opened_at", "pk")


def _joined() -> QuerySet[Defect]:
    return Defect.objects.select_related("facility", "cluster", "responsible").prefetch_related("repairs")


def read(defect: Defect) -> Mapping[str, Any]:
    """Give a defect's values by field name."""
    home = queries.commune_of(defect.facility.place)
    told = _log(defect)
    return {
        "number": defect.pk,
        "facility_code": defect.facility.shown_code,
        "facility": defect.facility.name,
        "commune": home.name,
        "commune_code": home.code,
        "cluster": defect.cluster.code if defect.cluster else "",
        "description": defect.description,
        "found_on": _day(defect),
        "responsible": defect.responsible.name if defect.responsible else "",
        "due_on": defect.due_on,
        "state": defect.state,
        **told,
    }


def _day(defect: Defect) -> date:
    return clock.local(defect.opened_at).date()


def _log(defect: Defect) -> dict[str, Any]:
    """Give what the repair log tells: the day it was settled, the last line, what was spent in all."""
    lines = list(defect.repairs.all())
    costs = [line.cost_vnd for line in lines if line.cost_vnd is not None]
    return {
        "settled_on": clock.local(defect.settled_at).date() if defect.settled_at else None,
        "repair": lines[-1].text if lines else "",
        "cost_vnd": sum(costs) if costs else None,
    }


class _There:
    """The defects and the clusters that some rows may mean, read in three questions."""

    def __init__(self, rows: Sequence[Row], facilities: Sequence[Facility]) -> None:
        ids = {one.pk for one in facilities}
        numbers = {row.values["number"] for row in rows if row.values["number"] is not None}
        said = {fold(squeeze(row.values["description"])) for row in rows}
        joined = _joined().filter(facility__in=ids)
        self.by_number = {one.pk: one for one in held(joined.filter(pk__in=numbers).order_by("pk"))}
        # Of several alike the oldest is meant.
        self.alike: dict[Identity, Defect] = {}
        for one in held(joined.filter(folded__in=said).order_by("pk")):
            self.alike.setdefault((one.facility_id, one.cluster_id, _day(one), one.folded), one)
        self.clusters = {(one.station_id, one.code): one for one in SpeakerCluster.objects.filter(station__in=ids)}


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a number, or the same words of the same day at a facility, mean a defect that is there."""
    facilities = facilities_of(rows, by, day, right=_RIGHT)
    there = _There(rows, [one for one in facilities.values() if isinstance(one, Facility)])
    bodies = shared("bodies that mend", _bodies)
    seen: dict[Any, int] = shared("defects seen", dict)
    plans = []
    for row in rows:
        facility = facilities[row.number]
        if not isinstance(facility, Facility):
            plans.append(Plan(row, errors=facility))
            continue
        code = (row.values["cluster"] or "").strip().upper()
        cluster = there.clusters.get((facility.pk, code))
        if code and cluster is None:
            plans.append(Plan(row, errors={"cluster": _("This cluster is not the facility's.")}))
            continue
        said = fold(squeeze(row.values["description"]))
        meant = (facility.pk, cluster.pk if cluster else None, row.values["found_on"], said)
        number = row.values["number"]
        same = there.alike.get(meant) if number is None else there.by_number.get(number)
        if number is not None and (same is None or same.facility_id != facility.pk):
            plans.append(Plan(row, errors={"number": _("No defect of this facility has this number.")}))
            continue
        first = seen.setdefault(same.pk if same else meant, row.number)
        if first != row.number:
            plans.append(Plan(row, errors={"": _("Row %(row)s tells of the same defect.") % {"row": first}}))
        elif same is None:
            plans.append(_new(row, facility, cluster, bodies, by))
        else:
            plans.append(_changed(row, same, cluster, bodies))
    return plans


def _bodies() -> dict[str, list[Organization]]:
    found: dict[str, list[Organization]] = {}
    for body in organizations.organizations_on(clock.today()).select_related("place"):
        for name in {fold(body.name), fold(body.short_name)} - {""}:
            found.setdefault(name, []).append(body)
    return found


def _body(name: str, facility: Facility, bodies: Mapping[str, list[Organization]]) -> Organization | str:
    """Give the body of today that a name means at a facility, or why there is none: it lies there or above."""
    here = (facility.place.current or facility.place).path
    near = [body for body in bodies.get(fold(name), []) if body.place is not None and here.startswith(body.place.path)]
    if not near:
        return _("No body of today there or above is called “%(name)s”.") % {"name": name}
    # Of bodies of one name the one nearest to the facility is meant.
    return max(near, key=lambda body: len(body.place.path) if body.place else 0)


def _usual(facility: Facility) -> Organization | None:
    """Give who mends what nobody was named for; asked once for a facility of the file."""
    today = clock.today()
    return shared(("usual body", facility.pk), lambda: default_responsible(facility, today))


def _new(
    row: Row, facility: Facility, cluster: SpeakerCluster | None, bodies: Mapping[str, list[Organization]], by: Any
) -> Plan:
    value, today = row.values, clock.today()
    state = State(value["state"] or (State.MENDED if value["settled_on"] else State.OPEN))
    errors = _faults(row, state, today)
    responsible: Organization | str | None = None
    if value["responsible"]:
        responsible = _body(value["responsible"], facility, bodies)
    elif state not in SETTLED:
        responsible = _usual(facility)
    if isinstance(responsible, str):
        errors["responsible"] = responsible
    if errors:
        return Plan(row, errors=errors)
    assert not isinstance(responsible, str)
    # What nobody set a day for isn't late on the day it is brought in.
    due_on = value["due_on"] or in_vietnam(value["found_on"] if state in SETTLED else today, DAYS["mend"])
    made = Defect(
        facility=facility,
        cluster=cluster,
        description=squeeze(value["description"]),
        responsible=responsible,
        due_on=due_on,
        state=state,
        climbed=_told_by_then(state, due_on, today),
        opened_by=None if by == "system" else by,
        opened_at=clock.start_of_day(value["found_on"]),
        settled_at=clock.start_of_day(value["settled_on"]) if value["settled_on"] else None,
    )
    log = {name: value[name] for name in _LOGGED} | {"repair": _words(row, state)}
    told = _kept(made) | log | {"settled_on": day_json(value["settled_on"])}
    return Plan(row, made, is_new=True, now=told, warnings=_warnings(state, due_on, today))


def _faults(row: Row, state: State, today: date) -> dict[str, str]:
    value = row.values
    errors = {}
    if value["found_on"] > today:
        errors["found_on"] = _("This day is still to come.")
    if value["due_on"] is not None and value["due_on"] < value["found_on"]:
        errors["due_on"] = _("The deadline lies before the day on which it was found.")
    settled = value["settled_on"]
    if state in SETTLED and settled is None:
        errors["settled_on"] = _("Say on which day it was settled.")
    elif state not in SETTLED and settled is not None:
        errors["settled_on"] = _("It is not settled by the state in this row; leave the day empty or change the state.")
    elif settled is not None and settled > today:
        errors["settled_on"] = _("This day is still to come.")
    elif settled is not None and settled < value["found_on"]:
        errors["settled_on"] = _("It was settled before it was found; check both days.")
    if value["cost_vnd"] is not None and not 0 <= value["cost_vnd"] <= MOST_VND:
        errors["cost_vnd"] = _("Write the cost in đồng, in figures.")
    return errors


def _told_by_then(state: State, due_on: date, today: date) -> Level:
    return level_due((today - due_on).days) if is_overdue(state, due_on, today) else Level.NOBODY


def _warnings(state: State, due_on: date, today: date) -> list[str]:
    if not is_overdue(state, due_on, today):
        return []
    days = (today - due_on).days
    return [
        ngettext(
            "Overdue by %(count)s day: it stands in the list, and nobody is told anew of what is late by now.",
            "Overdue by %(count)s days: it stands in the list, and nobody is told anew of what is late by now.",
            days,
        )
        % {"count": days}
    ]


def _words(row: Row, state: State) -> str:
    """Give the line for the repair log; "" when there is nothing to write into it."""
    if said := squeeze(row.values["repair"] or ""):
        return said
    if state not in SETTLED and row.values["cost_vnd"] is None:
        return ""
    # What is stored is read by everybody: it is in the language of the house, not of who brought the file.
    with override(settings.LANGUAGE_CODE):
        return _("Brought in from a list; the list does not say what was done.")


def _changed(row: Row, same: Defect, cluster: SpeakerCluster | None, bodies: Mapping[str, list[Organization]]) -> Plan:
    if errors := _other_than_noted(row, same, cluster):
        return Plan(row, errors=errors)
    before, today, value = _kept(same), clock.today(), row.values
    if value["responsible"] and fold(value["responsible"]) != fold(same.responsible.name if same.responsible else ""):
        found = _body(value["responsible"], same.facility, bodies)
        if isinstance(found, str):
            return Plan(row, errors={"responsible": found})
        same.responsible = found
    if value["due_on"] is not None and value["due_on"] != same.due_on:
        if value["due_on"] < today:
            return Plan(row, errors={"due_on": _("The deadline lies in the past.")})
        same.due_on, same.climbed = value["due_on"], Level.NOBODY
    made = changed_plan(row, same, same.pk, before, _kept(same))
    if made.record is not None and State(same.state) in SETTLED:
        return Plan(row, errors={"state": _("It is settled; nothing of it is changed by a file.")})
    return made


def _other_than_noted(row: Row, same: Defect, cluster: SpeakerCluster | None) -> dict[str, str]:
    """Say where a row differs from what only a line in the repair log, or nothing, changes."""
    value, log, errors = row.values, _log(same), {}
    if squeeze(value["description"]) != same.description and fold(squeeze(value["description"])) != same.folded:
        errors["description"] = _("Under this number something else is noted: %(words)s") % {"words": same.description}
    if value["found_on"] != _day(same):
        errors["found_on"] = _("It is noted on %(day)s.") % {"day": f"{_day(same):%d/%m/%Y}"}
    if value["cluster"] and (cluster is None or cluster.pk != same.cluster_id):
        errors["cluster"] = _("It is noted of another cluster, or of none.")
    if value["state"] and value["state"] != same.state:
        said = {"state": same.get_state_display()}
        errors["state"] = _("It is noted as: %(state)s. Write what was done into the repair log on its page.") % said
    for name in _LOGGED:
        if value[name] not in (None, "") and value[name] != log[name]:
            errors[name] = _("Something else is noted. Write what was done into the repair log on its page.")
    return errors


def _kept(defect: Defect) -> dict[str, Any]:
    return {
        "description": defect.description,
        "responsible_id": defect.responsible_id,
        "due_on": day_json(defect.due_on),
        "state": str(defect.state),
        "facility_id": defect.facility_id,
        "cluster_id": defect.cluster_id,
    }


def _told(defect: Defect) -> dict[str, Any]:
    log = _log(defect)
    return _kept(defect) | log | {"settled_on": day_json(log["settled_on"])}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new defects with the first line of their repair log, and who mends others by when."""
    new = [plan_ for plan_ in plans if plan_.is_new]
    for plan_ in new:
        plan_.record.folded = fold(plan_.record.description)
    Defect.objects.bulk_create([plan_.record for plan_ in new])
    RepairEntry.objects.bulk_create(
        RepairEntry(
            defect=plan_.record,
            at=plan_.record.settled_at or clock.now(),
            by=None if by == "system" else by,
            text=plan_.now["repair"],
            cost_vnd=plan_.now["cost_vnd"],
            to_state="" if plan_.record.state == State.OPEN else plan_.record.state,
        )
        for plan_ in new
        if plan_.now["repair"]
    )
    changed = [plan_ for plan_ in plans if not plan_.is_new]
    _save([plan_.record for plan_ in changed])
    for plan_ in changed:
        if "due_on" in plan_.now:
            notices.settle(ref_of(plan_.record))
    return [Written(str(plan_.record.pk), plan_.is_new, plan_.was, plan_.now) for plan_ in plans]


def _save(defects: Sequence[Defect]) -> None:
    Defect.objects.bulk_update(defects, ["responsible", "due_on", "climbed"], batch_size=200)


def _put_back(defect: Defect, was: Mapping[str, Any]) -> Defect:
    """Set who mends and by when as it was; whoever was told of that deadline isn't told again."""
    if "responsible_id" in was:
        defect.responsible_id = was["responsible_id"]
    if "due_on" in was:
        defect.due_on = date.fromisoformat(was["due_on"])
        defect.climbed = _told_by_then(State(defect.state), defect.due_on, clock.today())
    return defect


def _remove(defects: Sequence[Defect]) -> None:
    for defect in defects:
        notices.settle(ref_of(defect))
    remove(Defect)(defects)


def _grown(defect: Defect, one: Written) -> bool:
    """Tell whether a line was written into the repair log of a new defect since."""
    return one.is_new and len(defect.repairs.all()) > (1 if one.now["repair"] else 0)


def _key(row: Row) -> str:
    if row.values["number"] is not None:
        return f"#{row.values['number']}"
    named = ("facility_code", "commune_code", "commune", "facility", "cluster", "found_on", "description")
    return "|".join(fold(str(row.values[name] or "")) for name in named)


DEFECTS = Register(
    kind="hu-hong",
    title=gettext_lazy("Defects and shortcomings"),
    fields=[
        Field("number", gettext_lazy("Defect number"), ["mã hư hỏng", "mã tồn tại", "số hiệu"], kind="whole",
              help=gettext_lazy("Stands in a file given out; leave it empty for a new one.")),
        FACILITY_CODE,
        FACILITY,
        COMMUNE,
        COMMUNE_CODE,
        Field("cluster", gettext_lazy("Cluster"), ["mã cụm loa", "cụm loa"], max_length=30,
              help=gettext_lazy("The code of the station's cluster that it is about.")),
        Field("description", gettext_lazy("Defect"), ["hư hỏng", "tồn tại", "nội dung", "nội dung hư hỏng"],
              required=True, max_length=300, example="Mất tiếng hai loa phía chợ"),
        Field("found_on", gettext_lazy("Noted on"), ["ngày phát hiện", "phát hiện ngày", "ngày"], kind="date",
              required=True, example="12/03/2026"),
        Field("responsible", gettext_lazy("Responsible"), ["cơ quan khắc phục", "đơn vị chịu trách nhiệm",
              "trách nhiệm"], max_length=200,
              help=gettext_lazy("The name of a body of today there or above. Left empty: who runs the facility.")),
        Field("due_on", gettext_lazy("Deadline"), ["hạn", "hạn khắc phục", "hạn xử lý"], kind="date",
              help=gettext_lazy("Left empty: the usual working days from today.")),
        Field("state", gettext_lazy("State"), ["tình trạng", "kết quả"], kind="choice", choices=DefectState.choices,
              help=gettext_lazy("Left empty: mended where the day is given, open otherwise.")),
        Field("settled_on", gettext_lazy("Settled on"), ["ngày khắc phục", "ngày khắc phục xong", "xong ngày"],
              kind="date", help=gettext_lazy("Of what was mended or dropped.")),
        Field("repair", gettext_lazy("What was done"), ["đã làm gì", "nội dung khắc phục", "cách khắc phục"],
              max_length=300),
        Field("cost_vnd", gettext_lazy("Cost (đồng)"), ["chi phí", "kinh phí", "kinh phí khắc phục"], kind="money"),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda defect: Ref("defect", str(defect.pk)),
        verbs=["defect.changed", "defect.moved", "defect.noted"],
        records=_joined,
        told=_told,
        put_back=_put_back,
        save=_save,
        remove=_remove,
        inside=within("facility__place__path", _RIGHT),
        gone=gettext_lazy("The defect is no longer there."),
        name=lambda defect: defect.description,
        grown=_grown,
    ),
    key_of=_key,
    page="registry:defects",
)  # fmt: skip
