"""Defects are entered, given to somebody, mended; overdue ones climb."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.kit.workdays import in_vietnam
from coso.notices import actions as notices
from coso.organizations import policies
from coso.organizations.models import Organization, Person
from coso.registry.actions.findings import ref_of
from coso.registry.models import Defect, Equipment, Facility, RepairEntry, SpeakerCluster
from coso.registry.queries import defects as reading
from coso.registry.rules.defects import DAYS, SETTLED, Level, State, level_due, may_move

OVERDUE = "defect.overdue"
MOST_VND = 10**13
BATCH = 500


@transaction.atomic
def enter_defect(
    *,
    by: Person,
    facility: Facility,
    description: str,
    responsible: Organization | None = None,
    due_on: date | None = None,
    cluster: SpeakerCluster | None = None,
    equipment: Equipment | None = None,
) -> Defect:
    """Note something broken or missing at a facility; without a deadline it has the usual working days."""
    policies.require(by, "defect.handle", facility.place)
    today = clock.today()
    description = squeeze(description)
    wrong: dict[str, list[str]] = {}
    if not description or len(description) > 300:
        wrong["description"] = [_("Say in at most 300 letters what is broken or missing.")]
    if due_on is not None and due_on < today:
        wrong["due_on"] = [_("The deadline lies in the past.")]
    if cluster is not None and cluster.station_id != facility.pk:
        wrong["cluster"] = [_("This cluster is not one of the station's.")]
    if equipment is not None and equipment.facility_id != facility.pk:
        wrong["equipment"] = [_("This piece stands at another facility.")]
    if wrong:
        raise BadInput(fields=wrong)
    defect = Defect.objects.create(
        facility=facility,
        cluster=cluster,
        equipment=equipment,
        description=description,
        responsible=responsible or reading.default_responsible(facility, today),
        due_on=due_on or in_vietnam(today, DAYS["mend"]),
        opened_by=by,
    )
    record("defect.entered", by=by, refs=[ref_of(defect), Ref("facility", str(facility.pk))])
    return defect


@transaction.atomic
def change_defect(*, by: Person, defect: Defect, responsible: Organization | None, due_on: date) -> Defect:
    """Give a defect to another body, or another deadline; a later one begins the climb anew."""
    locked = _lock(by, defect)
    if State(locked.state) in SETTLED:
        raise WrongState
    if due_on != locked.due_on and due_on < clock.today():
        raise BadInput(fields={"due_on": [_("The deadline lies in the past.")]})
    told = {"responsible_id": responsible.pk if responsible else None, "due_on": due_on}
    changed = sorted(name for name, value in told.items() if getattr(locked, name) != value)
    if not changed:
        return locked
    if "due_on" in changed:
        locked.climbed = Level.NOBODY
        notices.settle(ref_of(locked))
    locked.responsible, locked.due_on = responsible, due_on
    locked.save(update_fields=["responsible", "due_on", "climbed"])
    record("defect.changed", by=by, refs=[ref_of(locked)], data={"fields": changed, "due_on": due_on.isoformat()})
    return locked


@transaction.atomic
def note_repair(
    *, by: Person, defect: Defect, text: str, to: str = "", cost_vnd: int | None = None, contractor: str = ""
) -> RepairEntry:
    """Write a line into the repair log, with the state that follows from it where it changes."""
    locked = _lock(by, defect)
    text, contractor = squeeze(text), squeeze(contractor)
    wrong: dict[str, list[str]] = {}
    if not text or len(text) > 300:
        wrong["text"] = [_("Say in at most 300 letters what was done or why.")]
    if len(contractor) > 160:
        wrong["contractor"] = [_("The name is too long.")]
    if cost_vnd is not None and not 0 <= cost_vnd <= MOST_VND:
        wrong["cost_vnd"] = [_("Write the cost in đồng, in figures.")]
    if to and to not in set(State):
        wrong["to"] = [_("Choose one of the states in the list.")]
    if wrong:
        raise BadInput(fields=wrong)
    if to and not may_move(State(locked.state), State(to)):
        raise WrongState
    entry = RepairEntry.objects.create(
        defect=locked, by=by, text=text, cost_vnd=cost_vnd, contractor=contractor, to_state=to
    )
    if to:
        _move(locked, State(to))
    data = {"to": to, "cost_vnd": cost_vnd}
    record("defect.moved" if to else "defect.noted", by=by, refs=[ref_of(locked)], data=data, reason=text)
    return entry


def _move(locked: Defect, to: State) -> None:
    was_settled = State(locked.state) in SETTLED
    locked.state = to
    locked.settled_at = clock.now() if to in SETTLED else None
    if was_settled:
        locked.climbed = Level.NOBODY
    locked.save(update_fields=["state", "settled_at", "climbed"])
    if to in SETTLED:
        notices.settle(ref_of(locked))


def _lock(by: Person, defect: Defect) -> Defect:
    locked = Defect.objects.select_for_update(of=("self",)).select_related("facility__place").get(pk=defect.pk)
    policies.require(by, "defect.handle", locked.facility.place)
    return locked


def climb_overdue() -> int:
    """Tell of overdue defects whoever must know by now, each level once; give how many people were told.

    The commune's officer at once, its leader and then the province some days later (`data/defect_days.csv`). Where a
    level has nobody, the next one is told instead.
    """
    today = clock.today()
    return sum(_climb(pk, today) for pk in reading.overdue(today).values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _climb(defect_id: int, today: date) -> int:
    found = reading.overdue(today).select_for_update(of=("self",)).filter(pk=defect_id).first()
    due = level_due((today - found.due_on).days) if found else Level.NOBODY
    if found is None or found.climbed >= due:
        return 0
    told = 0
    for level in [one for one in Level if one > found.climbed]:
        if level > due and told:
            break
        people = reading.people_at(level, found.facility.place)
        told += notices.tell(people, OVERDUE, ref_of(found), {"level": int(level), "days": (today - found.due_on).days})
        found.climbed = level
    found.save(update_fields=["climbed"])
    record("defect.climbed", by="system", refs=[ref_of(found)], data={"level": found.climbed})
    return told
