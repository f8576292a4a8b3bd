"""Sharing a task out: how often it comes up, which body has which part, until when."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coso.documents.models import Recurrence
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.organizations.models import Organization, Person
from coso.plans import events, queries, rules
from coso.plans.actions.holding import hold_owned, hold_owned_part, note, ref_of
from coso.plans.actions.occurrences import open_missing, roll_up
from coso.plans.models import Occurrence, Part, Task, TaskState, TaskUnit, UnitRole

GIVEN = "part.given"
CHANGED = "part.changed"
DROPPED = "part.dropped"
LONGEST = 2000


@transaction.atomic
def set_rhythm(*, task_id: int, by: Person, rhythm: str, from_on: date) -> Task:
    """Say how often a task without a recurrence of its own is reported on, and from which day.

    What was opened by an earlier rhythm and nobody worked on yet goes away; what somebody worked on stays.
    """
    task = hold_owned(task_id, by)
    if not rules.takes_rhythm(recurrence=task.recurrence, due=task.due):
        raise BadInput(_("The document itself says when this task is to be done."))
    wrong: dict[str, list[str]] = {}
    if rhythm not in Recurrence.values or rhythm == Recurrence.CONTINUOUS:
        wrong["rhythm"] = [_("Choose one of the list.")]
    if abs((from_on - clock.today()).days) > 2 * 366:
        wrong["from_on"] = [_("Choose a day within two years of today.")]
    if wrong:
        raise BadInput(fields=wrong)
    task.rhythm = rhythm
    task.save(update_fields=["rhythm"])
    _clear_untouched(task, from_on)
    open_missing(task, heirs=queries.Heirs(), begins=from_on)
    roll_up(task)
    journal.record(
        "task.rhythm_set",
        by=by,
        refs=[Ref("task", str(task.pk))],
        data={"rhythm": rhythm, "from": from_on.isoformat()},
    )
    return task


def _clear_untouched(task: Task, from_on: date) -> None:
    there = task.occurrences.filter(Q(period_to=None) | Q(period_to__gte=from_on))
    worked_on = Q(progress__isnull=False) | Q(evidence__isnull=False) | Q(blockers__isnull=False)
    touched = Part.objects.filter(
        worked_on | Q(extensions__isnull=False) | ~Q(state=TaskState.OPEN), occurrence__in=there
    )
    there.exclude(pk__in=touched.values("occurrence")).delete()
    # One without an end that was worked on ends where the rhythm begins.
    for occurrence in task.occurrences.filter(period_to=None):
        occurrence.period_to = max(occurrence.period_from, from_on - timedelta(days=1))
        occurrence.save(update_fields=["period_to"])


@transaction.atomic
def add_period(*, task_id: int, by: Person, day: date) -> Occurrence:
    """Open the earlier period of a recurring task in which a day lies."""
    task = hold_owned(task_id, by)
    pace = rules.pace_of(recurrence=task.recurrence, rhythm=task.rhythm, due=task.due)
    if pace is None or pace is rules.Pace.ONCE:
        raise BadInput(_("This task does not recur, so it has no other periods."))
    issued = task.document.issued_on
    wrong = ""
    if day > clock.today():
        wrong = _("Periods ahead open by themselves; choose a day in the past.")
    elif issued is not None and rules.period_of(pace, day).last < issued:
        wrong = _("The document was issued on %(day)s only.") % {"day": f"{issued:%d/%m/%Y}"}
    if wrong:
        raise BadInput(fields={"day": [wrong]})
    period = rules.period_of(pace, day)
    if task.occurrences.filter(Q(period_to=None) | Q(period_to__gte=period.first), period_from__lte=period.last):
        raise BadInput(fields={"day": [_("This period stands here already.")]})
    (occurrence,) = open_missing(task, heirs=queries.Heirs(), periods=[period])
    roll_up(task)
    journal.record("task.period_added", by=by, refs=[Ref("task", str(task.pk))])
    return occurrence


@transaction.atomic
def give_part(
    *,
    task_id: int,
    by: Person,
    organization: Organization,
    role: str = UnitRole.COORDINATING,
    text: str = "",
    due_on: date | None = None,
    unit_id: int | None = None,
) -> list[Part]:
    """Give a body of today a part in the present period and those ahead, with its own text and its own deadline.

    `unit_id` is a unit of the document for which nobody was known: from now on it stands for this body. The deadline
    holds for the present period only.
    """
    task = hold_owned(task_id, by)
    unit = _unit(task, unit_id)
    text = squeeze(text)
    _check(text, due_on)
    if role not in UnitRole.values:
        raise BadInput(fields={"role": [_("Choose one of the list.")]})
    if not queries.bodies_that_may_help().filter(pk=organization.pk).exists():
        raise BadInput(fields={"organization": [_("Choose a body of today.")]})
    if unit is None and _standing(task).filter(parts__organization=organization, parts__dropped_at=None).exists():
        raise BadInput(fields={"organization": [_("This body has a part already; change that one.")]})
    if unit is not None:
        unit.organization = organization
        unit.save(update_fields=["organization"])
        journal.record(
            "task.unit_named",
            by=by,
            refs=[Ref("task", str(task.pk))],
            data={"name": unit.name, "body": organization.pk},
        )
        role, text = unit.role, text or unit.text
    elif not task.units.filter(organization=organization).exists():
        last = task.units.order_by("-position").values_list("position", flat=True).first()
        TaskUnit.objects.create(
            task=task, organization=organization, name=organization.name, role=role, text=text, position=(last or 0) + 1
        )
    return _give(task, by, organization, role, text, due_on, written=unit.name if unit else "")


def _unit(task: Task, unit_id: int | None) -> TaskUnit | None:
    if unit_id is None:
        return None
    unit = task.units.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    if unit.organization_id is not None:
        raise WrongState
    return unit


def _give(
    task: Task, by: Person, body: Organization, role: str, text: str, due_on: date | None, *, written: str
) -> list[Part]:
    made = []
    for place, occurrence in enumerate(_standing(task)):
        if occurrence.parts.filter(organization=body, dropped_at=None).exists():
            continue
        part, _is_new = Part.objects.update_or_create(
            occurrence=occurrence,
            organization=body,
            role=role,
            defaults={
                "text": text,
                "due_on": due_on if place == 0 else None,
                "dropped_at": None,
                "written": "" if written == body.name else written,
            },
        )
        roll_up(task, occurrence)
        made.append(part)
    for part in made[:1]:
        note(GIVEN, part, by)
        publish(events.PartGiven(part_id=part.pk, by_id=by.pk))
        _tell(part, by, GIVEN)
    return made


def _standing(task: Task) -> QuerySet[Occurrence]:
    """List the occurrences that are not over, the present one first."""
    holds = Q(period_to=None) | Q(period_to__gte=clock.today())
    return task.occurrences.filter(holds).order_by("period_from")


@transaction.atomic
def change_part(*, part_id: int, by: Person, text: str, due_on: date | None) -> Part:
    """Give a part another text (also in the periods ahead) or another deadline; None: that of its task."""
    part = hold_owned_part(part_id, by)
    if part.state == TaskState.DONE:
        raise WrongState
    text = squeeze(text)
    _check(text, due_on if due_on != part.due_on else None)
    if (text, due_on) == (part.text, part.due_on):
        return part
    if due_on != part.due_on:
        part.climbed = 0
    part.text, part.due_on = text, due_on
    part.save(update_fields=["text", "due_on", "climbed"])
    _ahead(part).update(text=text)
    note(CHANGED, part, by, due=due_on.isoformat() if due_on else "")
    publish(events.PartGiven(part_id=part.pk, by_id=by.pk))
    _tell(part, by, CHANGED)
    return part


@transaction.atomic
def drop_part(*, part_id: int, by: Person, reason: str) -> Part:
    """Take a part away from its unit, with a reason; also in the periods ahead. What was reported stays on record."""
    part = hold_owned_part(part_id, by)
    if part.state == TaskState.DONE:
        raise WrongState
    reason = squeeze(reason)
    if not reason or len(reason) > LONGEST:
        raise BadInput(fields={"reason": [_("Say why, in a few words.")]})
    now = clock.now()
    ahead = list(_ahead(part).select_related("occurrence"))
    for one in [part, *ahead]:
        one.dropped_at = now
        one.save(update_fields=["dropped_at"])
        roll_up(part.occurrence.task, one.occurrence)
    note(DROPPED, part, by, reason=reason)
    publish(events.PartDropped(part_id=part.pk, by_id=by.pk))
    notices.settle(ref_of(part))
    _tell(part, by, DROPPED)
    return part


def _ahead(part: Part) -> QuerySet[Part]:
    """List the same body's parts in later periods, as far as nobody has begun them."""
    return Part.objects.filter(
        occurrence__task=part.occurrence.task_id,
        occurrence__period_from__gt=part.occurrence.period_from,
        organization=part.organization_id,
        role=part.role,
        state=TaskState.OPEN,
        dropped_at=None,
    )


def _check(text: str, due_on: date | None) -> None:
    wrong: dict[str, list[str]] = {}
    if len(text) > LONGEST:
        wrong["text"] = [_("At most %(most)s letters fit.") % {"most": LONGEST}]
    if due_on is not None and due_on < clock.today():
        wrong["due_on"] = [_("The deadline lies in the past.")]
    if wrong:
        raise BadInput(fields=wrong)


def _tell(part: Part, by: Person, kind: str) -> None:
    people: Iterable[Person] = queries.reporters_of(part.organization).exclude(pk=by.pk)
    notices.tell(people, kind, ref_of(part))
