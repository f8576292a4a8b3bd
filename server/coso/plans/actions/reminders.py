"""Reminding units of their parts: by rule, in working hours, and by hand in the owner's own words."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.organizations.models import Person
from coso.plans import events, policies, queries, rules
from coso.plans.actions.holding import hold_part, ref_of
from coso.plans.actions.occurrences import working_day
from coso.plans.models import Part, Reminder, ReminderLevel, ReminderRule, Task, TaskState

REMINDED = "part.reminded"
LONGEST = 1000
MOST_AT_ONCE = 200
BATCH = 200
BY_HAND = (ReminderLevel.UNIT, ReminderLevel.LEADER)


def remind_due() -> int:
    """Send what the rules ask for today; give how many reminders went out. Running twice sends nothing twice.

    Nothing goes out at night or on a day off: it waits for the next working hour.
    """
    now = clock.now()
    if not rules.may_sound(clock.local(now), working_day):
        return 0
    today, standing = clock.today(), queries.reminder_rules()
    near = queries.reminders_near(standing, today)
    sent = queries.rules_sent(near)
    count = 0
    for part_id, deadline in list(near.values_list("pk", "until")):  # type: ignore[misc]  # annotated
        rule = _rule_of(deadline, standing, today)
        if rule is not None and (part_id, rule.days, deadline) not in sent:
            count += _remind_by_rule(part_id, standing, today)
        # Counted by what went out: parts that were reminded already never keep later ones from their turn.
        if count >= BATCH:
            break
    return count


def _due(part: Part, standing: Sequence[rules.Rule], today: date) -> rules.Rule | None:
    return _rule_of(part.deadline, standing, today)


def _rule_of(deadline: date | None, standing: Sequence[rules.Rule], today: date) -> rules.Rule | None:
    if deadline is None:
        return None
    return rules.rule_due(standing, deadline=deadline, today=today, working=working_day)


def _remind_by_rule(part_id: int, standing: Sequence[rules.Rule], today: date) -> int:
    """Remind of one part as it stands under the lock of its task; 0 where another run was quicker or it is done."""
    try:
        with transaction.atomic():
            known = Part.objects.values_list("occurrence__task", flat=True).get(pk=part_id)
            Task.objects.select_for_update(of=("self",)).get(pk=known)
            part = queries.open_parts(queries.all_parts()).filter(pk=part_id).first()
            rule = _due(part, standing, today) if part else None
            if part is None or rule is None or part.deadline is None:
                return 0
            reminder = Reminder.objects.create(part=part, days=rule.days, due_on=part.deadline, level=rule.level)
            _send(reminder, part, by=None)
    except (IntegrityError, Part.DoesNotExist, Task.DoesNotExist):
        return 0
    return 1


@transaction.atomic
def remind(*, part_ids: Sequence[int], by: Person, words: str, level: int = ReminderLevel.UNIT) -> list[Reminder]:
    """Remind units of their parts by hand, in own words; give those that went out.

    Left out are parts that are done, that were reminded of by hand today already or that reach nobody.
    Raise BadInput where none is left.
    """
    words = "\n".join(line for line in (squeeze(line) for line in words.splitlines()) if line)
    wrong: dict[str, list[str]] = {}
    if not words or len(words) > LONGEST:
        wrong["words"] = [_("Say in at most %(most)s letters what the unit is to do.") % {"most": LONGEST}]
    if level not in BY_HAND:
        wrong["level"] = [_("Choose one of the list.")]
    if len(part_ids) > MOST_AT_ONCE:
        wrong[""] = [_("At most %(most)s parts can be reminded of at once.") % {"most": MOST_AT_ONCE}]
    if wrong:
        raise BadInput(fields=wrong)
    # In the order of the keys, so that two owners never wait for each other's locks.
    held = [_hold_owned(pk, by) for pk in sorted(set(part_ids))]
    parts = [part for part in held if part.state != TaskState.DONE and part.dropped_at is None]
    earlier = queries.reminded_today(part.pk for part in parts)
    sent = []
    for part in parts:
        if part.pk in earlier or not queries.reached(part, level):
            continue
        reminder = Reminder.objects.create(part=part, sent_by=by, due_on=part.deadline, level=level, words=words)
        _send(reminder, part, by=by)
        sent.append(reminder)
    if not sent:
        raise BadInput(_("Nobody was reminded: each of these parts was reminded of today already or reaches nobody."))
    return sent


def _hold_owned(part_id: int, by: Person) -> Part:
    part = hold_part(part_id, by, whole=False)
    if not policies.may_assign(by, part.occurrence.task):
        raise NotAllowed("task.assign")
    return part


def _send(reminder: Reminder, part: Part, *, by: Person | None) -> None:
    """Tell everybody whom a reminder reaches, and note how far it climbed."""
    people = [one for one in queries.reached(part, reminder.level) if by is None or one.pk != by.pk]
    days = (part.deadline - clock.today()).days if part.deadline else None
    data = {"body": part.organization.name, "days": days, "words": reminder.words[:300]}
    reminder.told = notices.tell(people, REMINDED, ref_of(part), data)
    reminder.save(update_fields=["told"])
    if days is not None and days < 0 and reminder.level > part.climbed:
        part.climbed = reminder.level
        part.save(update_fields=["climbed"])
    journal.record(
        REMINDED,
        by=by or "system",
        refs=[ref_of(part), Ref("task", str(part.occurrence.task_id))],
        data={"body": part.organization_id, "level": reminder.level, "told": reminder.told, "days": days},
        reason=reminder.words,
    )
    publish(events.PartReminded(part_id=part.pk, reminder_id=reminder.pk, level=reminder.level))


@transaction.atomic
def set_reminder_rule(*, by: Person, days: int, level: int) -> ReminderRule:
    """Let a reminder go out so many days after the deadline (before it when negative), or change whom it reaches."""
    policies.require_reminder_rules(by)
    wrong: dict[str, list[str]] = {}
    if not -rules.FURTHEST <= days <= rules.FURTHEST:
        wrong["days"] = [_("Choose a day at most %(most)s days from the deadline.") % {"most": rules.FURTHEST}]
    if level not in ReminderLevel.values:
        wrong["level"] = [_("Choose one of the list.")]
    if wrong:
        raise BadInput(fields=wrong)
    rule, _is_new = ReminderRule.objects.update_or_create(days=days, defaults={"level": level})
    journal.record("reminder.rule_set", by=by, refs=[_rule_ref(days)], data={"days": days, "level": level})
    return rule


@transaction.atomic
def drop_reminder_rule(*, by: Person, days: int) -> None:
    """Let no reminder go out on that day any more."""
    policies.require_reminder_rules(by)
    gone, _each = ReminderRule.objects.filter(days=days).delete()
    if gone:
        journal.record("reminder.rule_dropped", by=by, refs=[_rule_ref(days)], data={"days": days})


def _rule_ref(days: int) -> Ref:
    return Ref("reminder_rule", str(days))
