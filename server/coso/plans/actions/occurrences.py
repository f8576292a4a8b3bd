"""Opening the occurrences of a task with a part for each unit, and rolling up how they stand."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.workdays import in_vietnam
from coso.notices import actions as notices
from coso.organizations.models import Person
from coso.plans import events, rules
from coso.plans.models import Occurrence, Part, Task, TaskState
from coso.plans.queries import Heirs
from coso.plans.queries.bodies import reporters_of_many
from coso.plans.queries.tasks import ENDED, STANDING

CAME_UP = "task.came_up"


@lru_cache(maxsize=2000)
def working_day(day: date) -> date:
    """Give the first working day on or after a day, with Vietnam's public holidays."""
    return in_vietnam(day - timedelta(days=1), 1)


def open_due() -> int:
    """Open what is missing of every task that stands: its present occurrence and the next; give how many were opened.

    Runs again and again; what is open already stays as it is. Tasks of before there were occurrences get theirs too.
    """
    heirs = Heirs()
    return sum(_open_one(pk, heirs) for pk in list(_lacking().values_list("pk", flat=True)))


def _lacking() -> QuerySet[Task]:
    """List the tasks that may lack an occurrence: those without any, and recurring ones with none ahead."""
    standing = Task.objects.filter(STANDING).exclude(ENDED)
    last = standing.annotate(last=Max("occurrences__period_from"))
    recurring = ~Q(recurrence="") | ~Q(rhythm="")
    found = last.filter(Q(last=None) | Q(last__lte=clock.today()) & recurring)
    return found.exclude(recurrence=rules.CONTINUOUS, rhythm="").order_by("pk")


@transaction.atomic
def _open_one(task_id: int, heirs: Heirs) -> int:
    task = Task.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None:
        return 0
    opened = open_missing(task, heirs=heirs)
    if opened:
        _tell(task, opened)
    # A period that began meanwhile counts from today on.
    roll_up(task)
    return len(opened)


def _tell(task: Task, opened: Sequence[Occurrence]) -> None:
    given = set(Part.objects.filter(occurrence__in=opened, dropped_at=None).values_list("organization_id", flat=True))
    people = set().union(*reporters_of_many(given).values()) if given else set()
    notices.tell(Person.objects.filter(pk__in=people), CAME_UP, Ref("task", str(task.pk)))


def open_missing(
    task: Task, *, heirs: Heirs, begins: date | None = None, periods: Sequence[rules.Period] | None = None
) -> list[Occurrence]:
    """Open the occurrences that a task lacks (or those of given periods), with their parts; the task is locked.

    `begins` is the first day of a rhythm that its owner sets.
    """
    pace = rules.pace_of(recurrence=task.recurrence, rhythm=task.rhythm, due=task.due)
    if pace is None:
        return []
    is_first = not task.occurrences.exists()
    if pace is rules.Pace.ONCE:
        if not is_first:
            return []
        day = task.document.issued_on or clock.today()
        made = [Occurrence(task=task, period_from=day, due_on=rules.due_once(task.due, working_day))]
    else:
        wanted = periods if periods is not None else _missing(task, pace, begins)
        made = [_occurrence(task, pace, period) for period in wanted]
    return _keep(task, made, heirs, state=task.state if is_first else TaskState.OPEN)


def _missing(task: Task, pace: rules.Pace, begins: date | None) -> list[rules.Period]:
    known = task.occurrences.aggregate(last=Max("period_to"))["last"]
    today, start = clock.today(), begins or task.document.issued_on or clock.today()
    if begins is None:
        return rules.to_open(pace, today=today, begins=start, known_until=known)
    anew = rules.to_open(pace, today=today, begins=start, known_until=None)
    return [period for period in anew if known is None or period.first > known]


def _occurrence(task: Task, pace: rules.Pace, period: rules.Period) -> Occurrence:
    due = rules.due_in(period, pace, due=task.due, time_text=task.time_text, working=working_day)
    return Occurrence(task=task, period_from=period.first, period_to=period.last, due_on=due)


def _keep(task: Task, made: list[Occurrence], heirs: Heirs, *, state: str) -> list[Occurrence]:
    """Store the occurrences with their parts; a task of before there were parts hands its state to those of now."""
    if not made:
        return []
    today, now = clock.today(), clock.now()
    for occurrence in made:
        occurrence.state = state if occurrence.period_from <= today else TaskState.OPEN
        occurrence.done_at = now if occurrence.state == TaskState.DONE else None
    parts: list[Part] = []
    for occurrence in Occurrence.objects.bulk_create(made):
        parts += _parts(task, occurrence, heirs)
    for part in parts:
        part.state, part.done_at = part.occurrence.state, part.occurrence.done_at
        part.percent = 100 if part.state == TaskState.DONE else 0
    Part.objects.bulk_create(parts)
    journal.record(
        "task.occurrences_opened",
        by="system",
        refs=[Ref("task", str(task.pk))],
        data={
            "periods": [
                [one.period_from.isoformat(), one.period_to.isoformat() if one.period_to else ""] for one in made
            ],
            "parts": len(parts),
        },
    )
    publish(events.OccurrencesOpened(task_id=task.pk, occurrence_ids=tuple(one.pk for one in made)))
    return made


def _parts(task: Task, occurrence: Occurrence, heirs: Heirs) -> list[Part]:
    """Make the parts of an occurrence: as they stand in the one before it, else as the document shares them out."""
    before = task.occurrences.filter(period_from__lt=occurrence.period_from, parts__isnull=False)
    latest = before.order_by("-period_from").first()
    if latest is None:
        return parts_from_units(task, occurrence, heirs)
    last = latest.parts.filter(dropped_at=None).select_related("organization").order_by("pk")
    named = [
        rules.Named(part.organization_id, part.written or part.organization.name, part.role, heirs.of(part.organization)
                    or (part.organization_id,), part.text)
        for part in last
    ]  # fmt: skip
    written = {part.organization_id: part.written for part in last}
    made = []
    for share in rules.shares(named):
        then = share.written or written.get(share.body, "")
        made.append(
            Part(
                occurrence=occurrence,
                organization_id=share.body,
                role=share.role,
                text=share.text,
                written=then[:600],
            )
        )
    return made


def parts_from_units(task: Task, occurrence: Occurrence, heirs: Heirs) -> list[Part]:
    """Make (not store) the parts that follow from the units that a task names and that are known here."""
    units = [unit for unit in task.units.select_related("organization") if unit.organization is not None]
    named = [
        rules.Named(unit.organization.pk, unit.organization.name, unit.role, heirs.of(unit.organization), unit.text)
        for unit in units
        if unit.organization is not None
    ]
    return [
        Part(
            occurrence=occurrence,
            organization_id=share.body,
            role=share.role,
            text=share.text,
            written=share.written[:600],
        )
        for share in rules.shares(named)
    ]


def roll_up(task: Task, occurrence: Occurrence | None = None) -> None:
    """Let an occurrence stand as its parts do, and the locked task as its occurrences that have begun."""
    if occurrence is not None:
        _roll_up_occurrence(occurrence)
    begun = list(task.occurrences.filter(period_from__lte=clock.today()).values_list("state", flat=True))
    state = rules.rolled_up(begun)
    if not begun or state == task.state:
        return
    task.state = state
    task.save(update_fields=["state"])
    publish(events.TaskMoved(task_id=task.pk, state=state))


def _roll_up_occurrence(occurrence: Occurrence) -> None:
    states = list(occurrence.parts.filter(dropped_at=None).values_list("state", flat=True))
    state = rules.rolled_up(states)
    if state == occurrence.state:
        return
    occurrence.state = state
    occurrence.done_at = clock.now() if state is rules.State.DONE else None
    occurrence.save(update_fields=["state", "done_at"])
