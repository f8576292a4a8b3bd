"""Reading reminders: which parts wait for one, whom each reaches, which went out."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from coso.kit import clock
from coso.organizations.models import Person
from coso.plans import policies
from coso.plans.models import Part, Progress, Reminder, ReminderLevel, ReminderRule
from coso.plans.queries.bodies import leaders_of, owners_of, reporters_of
from coso.plans.queries.tasks import HEAVY
from coso.plans.queries.work import all_parts, open_parts, visible_parts
from coso.plans.rules import Rule, State


def reminder_rules() -> list[Rule]:
    """List the rules, the earliest day first."""
    return [Rule(one.days, one.level) for one in ReminderRule.objects.all()]


def reminders_near(rules: Iterable[Rule], today: date) -> QuerySet[Part]:
    """List the parts that a rule may concern today: open, with a deadline, the last rule not yet sent for it."""
    rules = list(rules)
    if not rules:
        return all_parts().none()
    first, last = min(rule.days for rule in rules), max(rule.days for rule in rules)
    sent = Reminder.objects.filter(part=OuterRef("pk"), sent_by=None, due_on=OuterRef("until"), days=last)
    # A rule that falls on days off sounds before them; Tết is the longest row of such days.
    near = today + timedelta(days=-first + 14)
    return open_parts(all_parts()).filter(~Exists(sent), Q(until__lte=near), occurrence__period_from__lte=today)


def rules_sent(parts: QuerySet[Part]) -> set[tuple[int, int | None, date | None]]:
    """Give what went out by rule about some parts, as (part, day of the rule, deadline)."""
    rows = Reminder.objects.filter(sent_by=None, part__in=parts.order_by().values("pk"))
    return set(rows.values_list("part_id", "days", "due_on"))


def reached(part: Part, level: int) -> list[Person]:
    """List whom a reminder of a level reaches: those of its level and of all before it.

    Where they are nobody, whoever comes next is told instead: the leader, else the owner.
    """
    told: dict[int, Person] = {}
    for one in ReminderLevel:
        if one > level and told:
            break
        told |= {person.pk: person for person in people_at(part, one)}
    return list(told.values())


def people_at(part: Part, level: int) -> QuerySet[Person]:
    """List the people of one level alone."""
    if level == ReminderLevel.UNIT:
        return reporters_of(part.organization)
    if level == ReminderLevel.LEADER:
        return leaders_of(part.organization)
    return owners_of(part.occurrence.task)


def visible_reminders(person: object) -> QuerySet[Reminder]:
    """List the reminders about the parts that a person may read, the latest first."""
    parts = visible_parts(person).order_by().values("pk")
    joined = ("part__organization__place", "part__occurrence__task__document", "sent_by")
    heavy = (f"part__occurrence__task__document__{name}" for name in HEAVY)
    return Reminder.objects.filter(part__in=parts).select_related(*joined).defer(*heavy)


def remindable(person: object) -> QuerySet[Part]:
    """List the open parts that have begun and that a person may remind of: whoever shares the task out."""
    if not policies.may_assign_anything(person):
        return all_parts().none()
    return open_parts(visible_parts(person)).filter(occurrence__period_from__lte=clock.today())


def reminded_today(parts: Iterable[int]) -> set[int]:
    """Give those of some parts that somebody reminded of by hand today."""
    rows = Reminder.objects.filter(part__in=list(parts), sent_at__gte=clock.start_of_day(clock.today()))
    return set(rows.exclude(sent_by=None).values_list("part_id", flat=True))


def is_unheeded() -> Q:
    """Give the filter of reminders after which nothing was reported on the part."""
    return ~Q(_reported_since()) & ~Q(part__state=State.DONE)


def with_answers(rows: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Say of each reminder whether something was reported on the part afterwards (`heeded`)."""
    return rows.annotate(heeded=_reported_since())


def _reported_since() -> Exists:
    return Exists(Progress.objects.filter(part=OuterRef("part"), at__gt=OuterRef("sent_at")))
