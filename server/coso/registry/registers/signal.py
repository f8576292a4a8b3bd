"""The phone signal of villages: one note for each, the latest."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.organizations import policies
from coso.places.models import Level, Place
from coso.registers.ports import Field, Kept, Plan, Register, Row, Written, held, put_back, remove, save
from coso.registry.models import Signal, SignalStrength
from coso.registry.registers.common import (
    COMMUNE,
    COMMUNE_CODE,
    changed_plan,
    communes_of,
    finder_of,
    may_import,
    outside,
    within,
)

_KEPT = ("strength", "noted_on", "source")


def seen_by(person: Any) -> QuerySet[Signal]:
    """List the notes within a person's places, commune by commune."""
    found = Signal.objects.select_related("village__parent", "village__current__parent")
    if person != "system":
        found = found.filter(policies.scope(person, "registry.read", "village__path"))
    return found.order_by("village__parent__sort_key", "village__sort_key", "pk")


def read(signal: Signal) -> Mapping[str, Any]:
    """Give a note's values by field name, under the village of today."""
    village = signal.village.current or signal.village
    commune = village.parent
    return {
        "code": village.code,
        "village": village.name,
        "commune": commune.name if commune else "",
        "commune_code": commune.code if commune else "",
        "strength": signal.strength,
        "noted_on": signal.noted_on,
        "source": signal.source,
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a village that was noted before gets the new note instead."""
    villages = {row.number: found for row, found in zip(rows, _villages(rows, by, day), strict=True)}
    ids = {found.pk for found in villages.values() if isinstance(found, Place)}
    there = held(Signal.objects.filter(pk__in=ids)).select_related("village").in_bulk()
    plans = []
    for row in rows:
        village = villages[row.number]
        errors = village if isinstance(village, dict) else {}
        noted_on = row.values["noted_on"] or clock.today()
        if noted_on > clock.today():
            errors = {**errors, "noted_on": _("Give a day that has come.")}
        if errors or isinstance(village, dict):
            plans.append(Plan(row, errors=errors))
        else:
            plans.append(_one(row, village, there.get(village.pk)))
    return plans


def _villages(rows: Sequence[Row], by: Any, day: date) -> list[Place | dict[str, str]]:
    """Give the village of today that each row means, or its errors by field."""
    finder, communes = finder_of(day), communes_of(rows, day)
    found: list[Place | dict[str, str]] = []
    for row in rows:
        commune = communes.get(row.number)
        if commune is not None and commune.place is None:
            found.append({"commune": commune.problem})
            continue
        if commune is None and not row.values["code"]:
            found.append({"commune": _("Give the commune, or the code of the village.")})
            continue
        inside = commune.place if commune else None
        meant = finder.find(row.values["village"], code=row.values["code"], level=Level.VILLAGE, parent=inside)
        if meant.place is None:
            found.append({"code" if row.values["code"] else "village": meant.problem})
        elif words := outside(by, meant.place):
            found.append({"village": words})
        else:
            found.append(meant.place)
    return found


def _one(row: Row, village: Place, same: Signal | None) -> Plan:
    strength, noted_on, source = (row.values[name] for name in _KEPT)
    if same is None:
        made = Signal(village=village, strength=strength, noted_on=noted_on or clock.today(), source=source or "")
        return Plan(row, made, is_new=True, now=_told(made), where=[village.pk])
    before = _told(same)
    same.strength = strength
    # What a file leaves empty stays as it was noted.
    same.noted_on = noted_on or (same.noted_on if before["strength"] == strength else clock.today())
    same.source = source or same.source
    # Whoever writes something of his own over a sample makes it his; the same again leaves it one.
    same.is_sample = same.is_sample and _told(same) == before
    return changed_plan(row, same, same.pk, before, _told(same))


def _told(signal: Signal) -> dict[str, Any]:
    return {
        "strength": signal.strength,
        "noted_on": signal.noted_on.isoformat(),
        "source": signal.source,
        "is_sample": signal.is_sample,
    }


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new notes, and what changed of others."""
    Signal.objects.bulk_create([plan.record for plan in plans if plan.is_new])
    changed = [plan.record for plan in plans if not plan.is_new]
    Signal.objects.bulk_update(changed, [*_KEPT, "is_sample"], batch_size=500)
    return [Written(str(plan.record.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _key(row: Row) -> str:
    if row.values["code"]:
        return str(row.values["code"]).strip()
    return "|".join(fold(str(row.values[name] or "")) for name in ("commune_code", "commune", "village"))


SIGNALS = Register(
    kind="tin-hieu",
    title=gettext_lazy("Phone signal of the villages"),
    fields=[
        Field("code", gettext_lazy("Village code"), ["mã thôn", "mã"], max_length=20, example="18196-01"),
        Field("village", gettext_lazy("Village or group"), ["tên thôn", "thôn", "tổ dân phố"], max_length=120),
        COMMUNE,
        COMMUNE_CODE,
        Field(
            "strength",
            gettext_lazy("Signal"),
            ["sóng", "tín hiệu", "sóng điện thoại"],
            kind="choice",
            required=True,
            choices=SignalStrength.choices,
        ),
        Field("noted_on", gettext_lazy("Seen on"), ["ngày ghi nhận", "ngày"], kind="date"),
        Field("source", gettext_lazy("Who says so?"), ["theo ai", "nguồn"], max_length=200),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda signal: Ref("place", str(signal.pk)),
        verbs=["registry.signal_noted"],
        records=lambda: Signal.objects.select_related("village"),
        told=_told,
        put_back=put_back("noted_on"),
        save=save(Signal, *_KEPT, "is_sample"),
        remove=remove(Signal),
        inside=within("village__path"),
        gone=gettext_lazy("The signal is no longer noted."),
        changed=gettext_lazy("The signal of %(name)s was noted anew since."),
        name=lambda signal: signal.village.name,
    ),
    key_of=_key,
    page="registry:coverage-villages",
)
