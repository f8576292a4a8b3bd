"""Making a change: the old units end the day before, the new ones begin, and it is kept what went where."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.places.actions.changes.planning import plan_change
from coso.places.actions.currents import refresh_currents
from coso.places.actions.rows import create_rows
from coso.places.events import UnitsChanged, UnitsChangePlanned
from coso.places.models import Change, ChangeState, Level, Place, Succession
from coso.places.rules.changes import Abolish, Move, Operation, Plan


@transaction.atomic
def make_change(*, operation: Operation, from_on: date, decision: str, by: object, note: str = "") -> Change:
    """Change units from a day on, by a resolution or decision. The caller has asked whether `by` may.

    Today or before, it is in force at once; later, `take_force` lets it take force on its day, and until then the old
    units last. Raise BadInput, and change nothing, when the operation does not fit the units.
    """
    lock_units()
    decision, note = squeeze(decision), squeeze(note)
    if not decision:
        raise BadInput(fields={"decision": [_("Write the number and date of the resolution or decision.")]})
    plan = plan_change(operation, from_on)
    old = Place.objects.in_bulk(plan.ends)
    in_force = from_on <= clock.today()
    change = Change.objects.create(
        kind=operation.kind,
        state=ChangeState.IN_FORCE if in_force else ChangeState.PLANNED,
        from_on=from_on,
        decision=decision[:200],
        note=note[:300],
        before="; ".join(old[ident].name for ident in plan.about),
        after=_after(operation, plan),
    )
    # The code of a unit that ends may be borne by the one that begins: only one of them is open at a time.
    Place.objects.filter(pk__in=plan.ends).update(valid_to=plan.last_day, ended_by=change)
    rows = _begin(change, plan, old)
    Succession.objects.bulk_create(
        Succession(
            predecessor=old[link.old],
            successor=rows[link.new],
            is_whole=link.is_whole,
            is_default=link.is_default,
            share=link.share,
            source=change.decision,
            change=change,
        )
        for link in plan.links
    )
    _tell(change, plan, rows, by)
    refresh_currents()
    publish(UnitsChanged(change_id=change.pk) if in_force else UnitsChangePlanned(change_id=change.pk))
    return change


def lock_units() -> None:
    """Let one change be made at a time."""
    list(Place.objects.select_for_update().filter(level=Level.PROVINCE).values_list("pk"))


def _after(operation: Operation, plan: Plan) -> str:
    if isinstance(operation, Move):
        above = Place.objects.get(pk=operation.parent).name
        return f"{above}; {operation.name}" if operation.name else above
    if isinstance(operation, Abolish):
        return ""
    return "; ".join(plan.new(key).name for key in plan.leads)


def _begin(change: Change, plan: Plan, old: dict[int, Place]) -> dict[int, Place]:
    """Store the units that begin, level by level, for a row needs its parent's path; give them by their keys."""
    above = Place.objects.in_bulk({new.parent for new in plan.begins if new.parent is not None})
    goes_on = {link.new: old[link.old] for link in plan.links if link.is_whole}
    doubted = {link.new for link in plan.links if old[link.old].figures_estimated}
    rows: dict[int, Place] = {}
    for level in Level.values:
        for new in (one for one in plan.begins if one.level == level):
            before = goes_on.get(new.key)
            kept = before is not None and (before.code, before.name) == (new.code, new.name)
            rows[new.key] = Place(
                code=new.code,
                name=new.name,
                level=new.level,
                parent=rows[new.parent_key] if new.parent_key is not None else above[new.parent or 0],
                valid_from=change.from_on,
                population=new.population,
                households=new.households,
                area_km2=new.area_km2,
                latitude=new.latitude,
                longitude=new.longitude,
                figures_estimated=new.key in doubted,
                is_sample=new.is_sample,
                # What only goes along is known from where it was known before.
                source=before.source if kept and before else change.decision,
                begun_by=change,
            )
        create_rows([rows[new.key] for new in plan.begins if new.level == level])
    return rows


def _tell(change: Change, plan: Plan, rows: dict[int, Place], by: object) -> None:
    refs = [Ref("change", str(change.pk))]
    refs += [Ref("place", str(ident)) for ident in plan.about]
    refs += [Ref("place", str(rows[key].pk)) for key in plan.leads]
    data = {
        "kind": str(change.kind),
        "before": change.before,
        "after": change.after,
        "day": change.from_on.isoformat(),
        "ended": len(plan.ends),
        "begun": len(plan.begins),
    }
    record("places.changed", by=by, refs=refs, data=data)
