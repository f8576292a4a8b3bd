"""Labels of areas: which commune or village carries which label, since when, by which decision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit.refs import Ref
from coso.organizations import policies
from coso.places import queries as units
from coso.places.models import AreaLabel, LabelKind, Level, Place
from coso.places.queries import PlaceFinder
from coso.places.rules.spans import is_valid
from coso.registers.ports import Field, Kept, Plan, Register, Row, Written, held, put_back, remove, save, shared
from coso.registry.registers.common import within

_RIGHT = "place.label"
_KEPT = ("decision", "valid_to")


def may_import(person: Any) -> bool:
    """Tell whether a person may give labels somewhere."""
    return policies.may(person, "register.import") and policies.may(person, _RIGHT)


def seen_by(person: Any) -> QuerySet[AreaLabel]:
    """List the labels of units of today within the person's places."""
    found = AreaLabel.objects.filter(place__in=units.now())
    if person != "system":
        found = found.filter(policies.scope(person, "place.read", "place__path"))
    return found.select_related("kind", "place__parent__parent").order_by(
        "place__sort_key", "place_id", "kind", "valid_from"
    )


def read(label: AreaLabel) -> Mapping[str, Any]:
    """Give a label's values by field name."""
    village = label.place if label.place.level == Level.VILLAGE else None
    commune = village.parent if village else label.place
    return {
        "commune": commune.name if commune else "",
        "commune_code": commune.code if commune else "",
        "village": village.name if village else "",
        "village_code": village.code if village else "",
        "label": label.kind_id,
        "decision": label.decision,
        "valid_from": label.valid_from,
        "valid_to": label.valid_to,
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: the same area, label and first day mean a change, another one a new label."""
    finder = shared(("places", day), lambda: PlaceFinder(day))
    areas = [_area(row, finder) for row in rows]
    carried: dict[tuple[int, str], list[AreaLabel]] = defaultdict(list)
    for label in held(AreaLabel.objects.filter(place__in=[place.pk for place, _errors in areas if place])):
        carried[label.place_id, label.kind_id].append(label)
    fresh: dict[tuple[int, str], list[AreaLabel]] = shared("new labels", lambda: defaultdict(list))
    plans = []
    for row, (place, errors) in zip(rows, areas, strict=True):
        if place is not None and by != "system" and not policies.may(by, _RIGHT, place):
            errors = {"commune": _("%(name)s lies outside the area that you look after.") % {"name": place.name}}
        if errors or place is None:
            plans.append(Plan(row, errors=errors))
        else:
            what = (place.pk, row.values["label"])
            plans.append(_one(row, place, carried[what], fresh[what]))
            if plans[-1].is_new:
                fresh[what].append(plans[-1].record)
    return plans


def _area(row: Row, finder: PlaceFinder) -> tuple[Place | None, dict[str, str]]:
    """Find the commune or the village of a row: (place, errors).

    A label stays with the unit that the file names, of then or of today: the decision gave it to that one.
    """
    commune = finder.find(row.values["commune"], code=row.values["commune_code"], level=Level.COMMUNE)
    if commune.then is None or not (row.values["village"] or row.values["village_code"]):
        return commune.then, {"commune": commune.problem} if commune.then is None else {}
    village = finder.find(
        row.values["village"], code=row.values["village_code"], level=Level.VILLAGE, parent=commune.then
    )
    return village.then, {"village": village.problem} if village.then is None else {}


def _one(row: Row, place: Place, held: Sequence[AreaLabel], fresh: Sequence[AreaLabel]) -> Plan:
    """Plan one row, beside the same labels that the area has and those that rows above it give."""
    since, until = row.values["valid_from"], row.values["valid_to"]
    errors = {}
    if until is not None and until < since:
        errors["valid_to"] = _("The last day cannot be before the first.")
    if not is_valid(place.valid_from, place.valid_to, since):
        errors["valid_from"] = _("%(name)s does not exist on that day.") % {"name": place.name}
    same = next((label for label in held if label.valid_from == since), None)
    others = [*(label for label in held if label is not same), *fresh]
    if any(_overlap(label, since, until) for label in others):
        errors["label"] = _("%(name)s carries this label then by another decision. End that one first.") % {
            "name": place.name
        }
    if errors:
        return Plan(row, errors=errors)
    if same is None:
        label = AreaLabel(
            place=place, kind_id=row.values["label"], decision=row.values["decision"], valid_from=since, valid_to=until
        )
        return Plan(row, label, is_new=True, now=_told(label), where=[place.pk])
    return _changed(row, same)


def _overlap(label: AreaLabel, since: date, until: date | None) -> bool:
    return (until is None or label.valid_from <= until) and (label.valid_to is None or since <= label.valid_to)


def _changed(row: Row, label: AreaLabel) -> Plan:
    new = {name: row.values[name] for name in _KEPT if name in row.values}
    before = _told(label)
    for name, value in new.items():
        setattr(label, name, value)
    after = _told(label)
    was = {name: before[name] for name in before if before[name] != after[name]}
    if not was:
        return Plan(row, key=str(label.pk))
    return Plan(row, label, key=str(label.pk), was=was, now={name: after[name] for name in was})


def _told(label: AreaLabel) -> dict[str, Any]:
    return {"decision": label.decision, "valid_to": label.valid_to.isoformat() if label.valid_to else None}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new labels, and what changed of others."""
    AreaLabel.objects.bulk_create([plan.record for plan in plans if plan.is_new])
    AreaLabel.objects.bulk_update([plan.record for plan in plans if not plan.is_new], _KEPT, batch_size=200)
    return [Written(str(plan.record.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in LabelKind.objects.all()]


def _key(row: Row) -> str:
    named = [row.values["commune_code"] or row.values["commune"], row.values["village_code"] or row.values["village"]]
    return "|".join(str(part or "") for part in [*named, row.values["label"], row.values["valid_from"]])


LABELS = Register(
    kind="nhan-dia-ban",
    title=gettext_lazy("Labels of areas"),
    fields=[
        Field(
            "commune",
            gettext_lazy("Commune or ward"),
            ["tên xã", "xã", "phường", "xã phường", "xã phường thị trấn"],
            required=True,
            max_length=200,
            example="Xã Sơn Kim 1",
            help=gettext_lazy("The name on the day of the file; the district in brackets where two have one name."),
        ),
        Field(
            "commune_code",
            gettext_lazy("Commune code"),
            ["mã xã", "mã phường", "mã xã phường"],
            max_length=20,
            example="18196",
        ),
        Field(
            "village",
            gettext_lazy("Village or residential group"),
            ["tên thôn", "thôn", "tên tdp", "tổ dân phố"],
            max_length=120,
            help=gettext_lazy("Left empty, the label is that of the whole commune."),
            example="Thôn Ví Dụ",
        ),
        Field("village_code", gettext_lazy("Village code"), ["mã thôn", "mã tdp"], max_length=20, example="18196-99"),
        Field(
            "label",
            gettext_lazy("Label"),
            ["nhãn", "loại địa bàn", "phân loại"],
            kind="choice",
            required=True,
            choices=_kinds,
            help=gettext_lazy("A label tells of an area. It names and counts nobody by religion or ethnicity."),
        ),
        Field(
            "decision",
            gettext_lazy("Decision"),
            ["số quyết định", "quyết định", "căn cứ"],
            required=True,
            max_length=200,
            help=gettext_lazy("The number and date of the decision that gives the label."),
            example="861/QĐ-TTg, 4/6/2021",
        ),
        Field(
            "valid_from",
            gettext_lazy("From the day"),
            ["từ ngày", "hiệu lực từ"],
            kind="date",
            required=True,
            example="01/07/2025",
        ),
        Field(
            "valid_to",
            gettext_lazy("Until the day"),
            ["đến ngày", "hiệu lực đến"],
            kind="date",
            help=gettext_lazy("The last day; empty while it holds."),
        ),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda label: Ref("place", str(label.place_id)),
        verbs=["places.label_given", "places.label_ended"],
        records=lambda: AreaLabel.objects.select_related("place"),
        told=_told,
        put_back=put_back("valid_to"),
        save=save(AreaLabel, *_KEPT),
        remove=remove(AreaLabel),
        inside=within("place__path", _RIGHT),
        gone=gettext_lazy("The label is no longer there."),
        changed=gettext_lazy("The label of %(name)s was changed since."),
        name=lambda label: label.place.name,
    ),
    key_of=_key,
)
