"""Checklists are loaded, and rounds of inspection prepared, opened, closed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Level, Place
from coso.plans import actions as plans
from coso.plans import queries as tasks
from coso.plans.models import Task
from coso.registry.models import Checklist, ChecklistItem, InspectionRound
from coso.registry.queries import inspections as reading
from coso.registry.rules.checklists import shipped
from coso.registry.rules.kinds import KINDS
from coso.registry.rules.rounds import State, may_move

OPENED = "inspection.round_opened"


@transaction.atomic
def load_checklists() -> int:
    """Enter the checklists that are missing; give how many.

    One that stands stays as it is: other questions are another checklist with a code and days of its own, since
    answers were given to the questions of then.
    """
    there = set(Checklist.objects.values_list("code", flat=True))
    missing = [told for told in shipped() if told["code"] not in there]
    for told in missing:
        _make_checklist(told)
    return len(missing)


def _make_checklist(told: dict[str, Any]) -> None:
    items = told.pop("items")
    checklist = Checklist.objects.create(**told)
    ChecklistItem.objects.bulk_create(ChecklistItem(checklist=checklist, **item) for item in items)


@transaction.atomic
def make_round(
    *,
    by: Person,
    title: str,
    place: Place,
    kinds: Sequence[str],
    opens_on: date,
    closes_on: date,
    task: Task | None = None,
) -> InspectionRound:
    """Prepare a round over a place and everything under it, with the checklists valid on its first day."""
    policies.require(by, "inspection.run", place)
    title = squeeze(title)
    checklists = _checked(by, title, place, kinds, opens_on, closes_on, task)
    round_ = InspectionRound.objects.create(
        title=title,
        place=place,
        kinds=list(kinds),
        opens_on=opens_on,
        closes_on=closes_on,
        task=task,
        made_by=by,
    )
    round_.checklists.set(checklists)
    ref = _ref(round_)
    record("inspection.round_made", by=by, refs=[ref, *_task_ref(task)])
    if task is not None:
        plans.attach_evidence(task_id=task.pk, ref=ref, by=by)
    return round_


@transaction.atomic
def edit_round(
    *,
    by: Person,
    round_: InspectionRound,
    title: str,
    place: Place,
    kinds: Sequence[str],
    opens_on: date,
    closes_on: date,
    task: Task | None = None,
) -> InspectionRound:
    """Change a round that nobody was told of yet."""
    locked = _lock(by, round_)
    if locked.state != State.DRAFT:
        raise WrongState
    policies.require(by, "inspection.run", place)
    title = squeeze(title)
    checklists = _checked(by, title, place, kinds, opens_on, closes_on, task)
    locked.title, locked.place, locked.kinds = title, place, list(kinds)
    locked.opens_on, locked.closes_on, locked.task = opens_on, closes_on, task
    locked.save(update_fields=["title", "place", "kinds", "opens_on", "closes_on", "task", "folded"])
    locked.checklists.set(checklists)
    record("inspection.round_edited", by=by, refs=[_ref(locked), *_task_ref(task)])
    if task is not None:
        plans.attach_evidence(task_id=task.pk, ref=_ref(locked), by=by)
    return locked


@transaction.atomic
def open_round(*, by: Person, round_: InspectionRound) -> InspectionRound:
    """Let the facilities be looked at, and tell who fills in there."""
    locked = _lock(by, round_)
    facilities = reading.facilities_in(locked, reading.checklists_of(locked))
    if not facilities.exists():
        raise BadInput(_("No facility of these kinds stands there: enter them first, or choose other kinds."))
    before = _move(locked, State.OPEN)
    record(OPENED, by=by, refs=[_ref(locked)], data={"from": before})
    if before == State.DRAFT:
        notices.tell(_concerned(locked), OPENED, _ref(locked))
    return locked


@transaction.atomic
def close_round(*, by: Person, round_: InspectionRound) -> InspectionRound:
    """Take no more answers. What two people answered differently is settled first."""
    locked = _lock(by, round_)
    waiting = reading.open_conflicts(locked.inspections.all()).count()
    if waiting:
        sentence = _("%(count)s inspections were changed by two people; choose what is true first.")
        raise BadInput(sentence % {"count": waiting})
    _move(locked, State.CLOSED)
    record("inspection.round_closed", by=by, refs=[_ref(locked)])
    notices.settle(_ref(locked))
    return locked


def _move(locked: InspectionRound, to: State) -> str:
    before = locked.state
    if not may_move(State(before), to):
        raise WrongState
    locked.state = to
    locked.save(update_fields=["state"])
    return before


def _lock(by: Person, round_: InspectionRound) -> InspectionRound:
    locked = InspectionRound.objects.select_for_update(of=("self",)).select_related("place").get(pk=round_.pk)
    policies.require(by, "inspection.run", locked.place)
    return locked


def _checked(
    by: Person, title: str, place: Place, kinds: Sequence[str], opens_on: date, closes_on: date, task: Task | None
) -> list[Checklist]:
    wrong: dict[str, list[str]] = {}
    if not title:
        wrong["title"] = [_("The round needs a title.")]
    if place.level == Level.VILLAGE or not place.is_valid_on(opens_on):
        wrong["place"] = [_("Choose a commune, a ward or the province of today.")]
    if set(kinds) - set(KINDS):
        wrong["kinds"] = [_("Choose kinds from the list.")]
    if closes_on < opens_on:
        wrong["closes_on"] = [_("The last day lies before the first.")]
    checklists = reading.checklists_for(kinds, opens_on)
    if not wrong and not checklists:
        wrong["opens_on"] = [_("No checklist was in force for these kinds on that day.")]
    if task is not None:
        try:
            tasks.get_visible(by, task.pk)
        except NotFound:
            wrong["task"] = [_("Choose a task of a confirmed plan.")]
    if wrong:
        raise BadInput(fields=wrong)
    return list({one.pk: one for one in checklists.values()}.values())


def _concerned(round_: InspectionRound) -> list[Person]:
    """List who fills in at the communes of the round's facilities, besides those who run it."""
    facilities = reading.facilities_in(round_, reading.checklists_of(round_))
    running = policies.people_with("inspection.run", round_.place).values("pk")
    people: dict[int, Person] = {}
    for row in reading.progress(round_, facilities):
        filling = policies.people_with("inspection.fill", row["place"]).exclude(pk__in=running)
        people |= {person.pk: person for person in filling}
    return list(people.values())


def _ref(round_: InspectionRound) -> Ref:
    return Ref("inspection_round", str(round_.pk))


def _task_ref(task: Task | None) -> list[Ref]:
    return [Ref("task", str(task.pk))] if task else []
