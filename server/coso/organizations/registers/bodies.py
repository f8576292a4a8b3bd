"""The file of the bodies: new ones with their dates, and what is told of those that are there beside their dates.

Names, places, ends and successors of a body that is there change by a decision, on its page: no file does that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.organizations import policies, queries, rules
from coso.organizations.models import BODY_KINDS, BodyChangeKind, Organization
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.places.queries import PlaceFinder
from coso.registers.ports import Blocked, Field, Kept, Plan, Register, Row, Written, held, put_back, remove, shared

_RIGHT = "organization.edit"
_KEPT = ("short_name", "note")


@dataclass
class _Read:
    """What a row was understood to say, or the sentences by field that say why not."""

    place: Place | None
    parent: Organization | None
    successor: Organization | None
    errors: dict[str, str]


def may_import(person: Any) -> bool:
    """Tell whether a person may bring bodies in: they are the province's."""
    return policies.may(person, "register.import") and policies.may_throughout(person, _RIGHT)


def seen_by(person: Any) -> QuerySet[Organization]:
    """List every body of any time; who may read the registry sees them all."""
    rows = Organization.objects.select_related("place", "parent", "successor").order_by("sort_key", "valid_from", "pk")
    return rows if person == "system" or policies.may(person, "registry.read") else rows.none()


def read(body: Organization) -> Mapping[str, Any]:
    """Give a body's values by field name."""
    is_commune = body.place is not None and body.place.level == Level.COMMUNE
    return {
        "code": body.code,
        "name": body.name,
        "short_name": body.short_name,
        "kind": body.kind,
        "commune": body.place.name if body.place and is_commune else "",
        "commune_code": body.place.code if body.place and is_commune else "",
        "parent": body.parent.code if body.parent else "",
        "valid_from": body.valid_from,
        "valid_to": body.valid_to,
        "successor": body.successor.code if body.successor else "",
        "note": body.note,
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: code and name that are there mean a change, others a new body."""
    if by != "system" and not policies.may_throughout(by, _RIGHT):
        return [Plan(row, errors={"": _("Only who works for the whole province brings bodies in.")}) for row in rows]
    finder = shared(("places", day), lambda: PlaceFinder(day))
    province = shared("province", units.province)
    bodies: dict[str, list[Organization]] = shared("bodies by code", _by_code)
    found = [_understood(row, finder, province, bodies) for row in rows]
    fresh: dict[str, list[Organization]] = shared("new bodies by code", lambda: defaultdict(list))
    plans = []
    for row, one in zip(rows, found, strict=True):
        code = row.values["code"]
        plans.append(_one(row, one, bodies.get(code, []), fresh[code]))
        if plans[-1].is_new:
            fresh[code].append(plans[-1].record)
    return plans


def _by_code() -> dict[str, list[Organization]]:
    found = defaultdict(list)
    bodies = held(Organization.objects.select_related("place", "parent", "successor"))
    for body in sorted(bodies, key=lambda one: (one.valid_from or date.min, one.pk)):
        found[body.code].append(body)
    return found


def _understood(row: Row, finder: PlaceFinder, province: Place, bodies: Mapping[str, list[Organization]]) -> _Read:
    found = _Read(province, None, None, {})
    if row.values["commune"] or row.values["commune_code"]:
        unit = finder.find(row.values["commune"], code=row.values["commune_code"], level=Level.COMMUNE)
        found.place = unit.then
        if unit.then is None:
            found.errors["commune"] = unit.problem
    for name in ("parent", "successor"):
        code = row.values[name]
        if code and not bodies.get(code):
            found.errors[name] = _("No body has the code %(code)s.") % {"code": code}
        elif code:
            setattr(found, name, bodies[code][-1])
    return found


def _one(row: Row, found: _Read, same_code: Sequence[Organization], fresh: Sequence[Organization]) -> Plan:
    """Plan one row, beside the bodies that have its code and those that rows above it make."""
    if found.errors:
        return Plan(row, errors=found.errors)
    named = [body for body in same_code if fold(body.name) == fold(row.values["name"])]
    since = row.values["valid_from"]
    there = next((body for body in named if since is None or body.valid_from == since), None)
    if there is not None:
        return _changed(row, there)
    return _new(row, found, [*same_code, *fresh])


def _changed(row: Row, body: Organization) -> Plan:
    told = read(body)
    dated = ["kind", "commune_code", "parent", "valid_to", "successor"]
    moved = [name for name in dated if row.values[name] not in {None, "", told[name]}]
    if moved:
        words = _("%(body)s is there; this changes by a decision, on its page.")
        return Plan(row, errors=dict.fromkeys(moved, words % {"body": body.name}))
    new = {name: squeeze(row.values[name] or "") for name in _KEPT if name in row.values}
    was = {name: getattr(body, name) for name in new if getattr(body, name) != new[name]}
    if not was:
        return Plan(row, key=str(body.pk))
    for name in was:
        setattr(body, name, new[name])
    return Plan(row, body, key=str(body.pk), was=was, now={name: new[name] for name in was})


def _new(row: Row, found: _Read, same_code: Sequence[Organization]) -> Plan:
    since, until = row.values["valid_from"], row.values["valid_to"]
    errors = {}
    if not rules.is_body_code(row.values["code"]):
        errors["code"] = _("Use 2 to 40 small letters without marks, figures or hyphens.")
    taken = [body for body in same_code if rules.overlap((since, until), (body.valid_from, body.valid_to))]
    if taken:
        errors["code"] = _("%(body)s has this code on that day.") % {"body": taken[0].name}
    if since is not None and until is not None and until < since:
        errors["valid_to"] = _("The last day cannot be before the first.")
    if found.successor is not None and until is None:
        errors["successor"] = _("A body that lasts has no successor.")
    if errors:
        return Plan(row, errors=errors)
    body = Organization(
        code=row.values["code"],
        name=squeeze(row.values["name"]),
        short_name=squeeze(row.values["short_name"] or ""),
        kind=row.values["kind"],
        place=found.place,
        parent=found.parent,
        successor=found.successor,
        valid_from=since,
        valid_to=until,
        dates_verified=since is not None,
        note=squeeze(row.values["note"] or ""),
    )
    above = [one.pk for one in (found.place, found.parent, found.successor) if one is not None]
    return Plan(row, body, is_new=True, now=_told(body), where=above)


def _told(body: Organization) -> dict[str, Any]:
    return {"name": body.name, **{name: getattr(body, name) for name in _KEPT}}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new bodies, and what changed of others."""
    for one in plans:
        one.record.index_name()
    Organization.objects.bulk_create([one.record for one in plans if one.is_new])
    _save([one.record for one in plans if not one.is_new])
    return [Written(str(one.record.pk), one.is_new, one.was, one.now) for one in plans]


def _save(bodies: Sequence[Organization]) -> None:
    Organization.objects.bulk_update(bodies, [*_KEPT, "folded"], batch_size=200)


def _remove(new: Sequence[Organization]) -> None:
    """Delete new bodies, or raise Blocked where something hangs on one."""
    ids = [body.pk for body in new]
    others = Organization.objects.filter(Q(successor__in=ids) | Q(pk__in=ids, ended_by__isnull=False))
    if queries.dependents(new) or others.exists():
        for body in new:
            changed = Q(successor=body) | Q(pk=body.pk, ended_by__isnull=False)
            if queries.dependents([body]) or Organization.objects.filter(changed).exists():
                raise Blocked(str(body.pk), _("Records hang on %(name)s since.") % {"name": body.name})
    remove(Organization)(new)


def _inside(person: Any) -> Q:
    return Q() if may_import(person) and policies.may_throughout(person, "register.import") else Q(pk__in=[])


def _kinds() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in BODY_KINDS]


BODIES = Register(
    kind="co-quan",
    title=gettext_lazy("Organizations"),
    fields=[
        Field(
            "code",
            gettext_lazy("Code"),
            ["mã cơ quan", "mã đơn vị", "mã"],
            required=True,
            max_length=40,
            example="so-vhttdl",
            help=gettext_lazy("Small letters without marks, figures, hyphens; one body keeps its code for life."),
        ),
        Field(
            "name",
            gettext_lazy("Name of the body"),
            ["tên cơ quan", "tên đơn vị", "tên", "cơ quan", "đơn vị"],
            required=True,
            max_length=200,
            example="Sở Văn hóa, Thể thao và Du lịch",
        ),
        Field("short_name", gettext_lazy("Short name"), ["viết tắt", "tên tắt"], max_length=80, example="Sở VHTTDL"),
        Field(
            "kind",
            gettext_lazy("Kind"),
            ["loại", "loại cơ quan", "loại đơn vị"],
            kind="choice",
            required=True,
            choices=_kinds,
        ),
        Field(
            "commune",
            gettext_lazy("Commune or ward"),
            ["tên xã", "xã", "phường", "xã phường", "địa bàn"],
            max_length=200,
            help=gettext_lazy("Left empty, the body is the province's."),
            example="Xã Sơn Kim 1",
        ),
        Field("commune_code", gettext_lazy("Commune code"), ["mã xã", "mã phường"], max_length=20, example="18196"),
        Field(
            "parent",
            gettext_lazy("Code of the body above"),
            ["mã cơ quan chủ quản", "cơ quan chủ quản", "trực thuộc"],
            max_length=40,
            example="vp-ubnd",
        ),
        Field("valid_from", gettext_lazy("Valid from"), ["từ ngày", "ngày thành lập", "hiệu lực từ"], kind="date"),
        Field("valid_to", gettext_lazy("Until"), ["đến ngày", "hiệu lực đến"], kind="date"),
        Field(
            "successor",
            gettext_lazy("Code of the successor"),
            ["mã đơn vị kế thừa", "đơn vị kế thừa", "kế thừa"],
            max_length=40,
            help=gettext_lazy("Of a body that ended."),
        ),
        Field("note", gettext_lazy("Note"), ["ghi chú"], max_length=300),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda body: Ref("organization", str(body.pk)),
        verbs=[f"organizations.body_{kind}" for kind in BodyChangeKind],
        records=lambda: Organization.objects.all(),
        told=_told,
        put_back=put_back(),
        save=_save,
        remove=_remove,
        inside=_inside,
        gone=gettext_lazy("The body is no longer there."),
        name=lambda body: body.name,
    ),
    key_of=lambda row: f"{row.values['code']}|{fold(row.values['name'] or '')}|{row.values['valid_from']}",
    page="organizations:organizations",
)
