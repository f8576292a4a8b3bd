"""Months of use: what each institution counted in a month."""

import re
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
from coso.registers.ports import Field, Kept, Plan, Register, Row, Written, held, put_back, remove, save
from coso.registry import queries
from coso.registry.actions.usage import most_in_words
from coso.registry.models import Facility, MonthOfUse
from coso.registry.registers.common import (
    COMMUNE,
    COMMUNE_CODE,
    FACILITY,
    FACILITY_CODE,
    changed_plan,
    facilities_of,
    may_import,
    within,
)
from coso.registry.rules import usage

_COUNTS = ("activities", "visits", "loans")
_MONTHS = [
    re.compile(r"(?:\d{1,2}[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?"),
]


def month_in(typed: str) -> date | None:
    """Read a month as people and spreadsheets write it: 10/2026, 01/10/2026, 2026-10; None when it is none."""
    for pattern in _MONTHS:
        found = pattern.fullmatch(typed.strip())
        if found and 1 <= int(found["month"]) <= 12:
            return date(int(found["year"]), int(found["month"]), 1)
    return None


def seen_by(person: Any) -> QuerySet[MonthOfUse]:
    """List the months told within a person's places, the latest first."""
    found = MonthOfUse.objects.select_related("facility__place__parent", "facility__place__current__parent")
    if person != "system":
        found = found.filter(policies.scope(person, "registry.read", "facility__place__path"))
    return found.order_by("-month", "facility__place__sort_key", "facility__sort_key", "pk")


def read(row: MonthOfUse) -> Mapping[str, Any]:
    """Give a month's values by field name."""
    home = queries.commune_of(row.facility.place)
    return {
        "facility_code": row.facility.shown_code,
        "facility": row.facility.name,
        "commune": home.name,
        "commune_code": home.code,
        "month": f"{row.month:%m/%Y}",
        **{name: getattr(row, name) for name in _COUNTS},
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a month of a facility that was told means a change."""
    facilities = facilities_of(rows, by, day)
    months = {row.number: month_in(row.values["month"] or "") for row in rows}
    ids = {one.pk for one in facilities.values() if isinstance(one, Facility)}
    told = held(MonthOfUse.objects.filter(facility__in=ids, month__in={month for month in months.values() if month}))
    there = {(one.facility_id, one.month): one for one in told}
    plans = []
    for row in rows:
        facility, month = facilities[row.number], months[row.number]
        errors = _wrong(row, facility, month)
        if errors or not isinstance(facility, Facility) or month is None:
            plans.append(Plan(row, errors=errors))
        else:
            plans.append(_one(row, facility, month, there.get((facility.pk, month)), by))
    return plans


def _wrong(row: Row, facility: Facility | dict[str, str], month: date | None) -> dict[str, str]:
    errors = {} if isinstance(facility, Facility) else dict(facility)
    if isinstance(facility, Facility) and not usage.counts(facility.group):
        errors["facility"] = _("Only institutions that people come to are counted by month.")
    if month is None:
        errors["month"] = _("Write the month as 10/2026.")
    elif not usage.may_be_told(month, clock.today()):
        errors["month"] = _("Counts are told of months that have begun, up to five years back.")
    for name in _COUNTS:
        if (row.values[name] or 0) > usage.MOST_COUNTED:
            errors[name] = most_in_words()
    return errors


def _one(row: Row, facility: Facility, month: date, same: MonthOfUse | None, by: Any) -> Plan:
    counts = {name: row.values[name] or 0 for name in _COUNTS if same is None or name in row.values}
    if same is None:
        told_by = None if by == "system" else by
        made = MonthOfUse(facility=facility, month=month, told_by=told_by, **counts)
        return Plan(row, made, is_new=True, now=_told(made), where=[facility.pk])
    before = _told(same)
    for name, value in counts.items():
        setattr(same, name, value)
    return changed_plan(row, same, same.pk, before, _told(same))


def _told(row: MonthOfUse) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COUNTS}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new months, and what changed of others."""
    MonthOfUse.objects.bulk_create([plan.record for plan in plans if plan.is_new])
    MonthOfUse.objects.bulk_update([plan.record for plan in plans if not plan.is_new], _COUNTS, batch_size=500)
    return [Written(str(plan.record.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _key(row: Row) -> str:
    named = ("facility_code", "commune_code", "commune", "facility")
    where = "|".join(fold(str(row.values[name] or "")) for name in named)
    return f"{where}|{month_in(row.values['month'] or '')}"


USE = Register(
    kind="su-dung",
    title=gettext_lazy("Use of the institutions"),
    fields=[
        FACILITY_CODE,
        FACILITY,
        COMMUNE,
        COMMUNE_CODE,
        Field("month", gettext_lazy("Month"), ["tháng", "kỳ"], required=True, max_length=10, example="10/2026"),
        Field("activities", gettext_lazy("Activities held"), ["số hoạt động", "hoạt động"], kind="whole", example="4"),
        Field("visits", gettext_lazy("Visits"), ["lượt người đến", "lượt người"], kind="whole", example="120"),
        Field("loans", gettext_lazy("Loans"), ["lượt mượn", "số lượt mượn"], kind="whole", example="15"),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda row: Ref("facility", str(row.facility_id)),
        verbs=["registry.use_told"],
        records=lambda: MonthOfUse.objects.select_related("facility"),
        told=_told,
        put_back=put_back(),
        save=save(MonthOfUse, *_COUNTS),
        remove=remove(MonthOfUse),
        inside=within("facility__place__path"),
        gone=gettext_lazy("The month is no longer told."),
        changed=gettext_lazy("%(name)s was changed since."),
        name=lambda row: f"{row.facility.name}, {row.month:%m/%Y}",
    ),
    key_of=_key,
    page="registry:use",
)
