"""A later deadline is asked for by the unit, and granted or refused by another person: who shared the work out."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.organizations.models import Person
from coso.plans import events, policies, queries
from coso.plans.actions.holding import hold_part, hold_reported, note, ref_of
from coso.plans.models import Extension, ExtensionState, TaskState

ASKED = "part.extension_asked"
GRANTED = "part.extension_granted"
REFUSED = "part.extension_refused"
LONGEST = 1000
FURTHEST_DAYS = 3653


@transaction.atomic
def ask_extension(*, part_id: int, by: Person, until: date, reason: str) -> Extension:
    """Ask for a later deadline of a part that is not done; one question at a time."""
    part = hold_reported(part_id, by)
    if part.state == TaskState.DONE:
        raise WrongState
    deadline, today = part.deadline, clock.today()
    if deadline is None:
        raise BadInput(_("This part has no deadline, so there is nothing to extend."))
    reason = squeeze(reason)
    wrong: dict[str, list[str]] = {}
    if until <= deadline:
        wrong["until"] = [_("Choose a day after the present deadline, %(day)s.") % {"day": f"{deadline:%d/%m/%Y}"}]
    elif until < today:
        wrong["until"] = [_("The deadline lies in the past.")]
    elif (until - today).days > FURTHEST_DAYS:
        wrong["until"] = [_("This day is too far away.")]
    if not reason or len(reason) > LONGEST:
        wrong["reason"] = [_("Say in at most %(most)s letters why more time is needed.") % {"most": LONGEST}]
    if wrong:
        raise BadInput(fields=wrong)
    with only_once(BadInput(_("A later deadline was asked for already; wait for the answer."))):
        extension = Extension.objects.create(part=part, until=until, reason=reason, asked_by=by)
    note(ASKED, part, by, until=until.isoformat(), reason=reason)
    publish(events.ExtensionAsked(extension_id=extension.pk, part_id=part.pk, by_id=by.pk))
    notices.tell(queries.owners_of(part.occurrence.task).exclude(pk=by.pk), ASKED, ref_of(part))
    return extension


@transaction.atomic
def answer_extension(*, extension_id: int, by: Person, grant: bool, answer: str = "") -> Extension:
    """Grant a later deadline, which moves that of the part, or refuse it with a reason; never by who asked."""
    found = Extension.objects.filter(pk=extension_id).values_list("part_id", flat=True).first()
    if found is None:
        raise NotFound
    part = hold_part(found, by)
    extension = Extension.objects.select_related("asked_by").get(pk=extension_id)
    if not policies.may_answer(by, asked_by_id=extension.asked_by_id, task=part.occurrence.task):
        raise NotAllowed("task.assign")
    if extension.state != ExtensionState.ASKED:
        raise WrongState
    answer = squeeze(answer)
    if len(answer) > LONGEST or not (grant or answer):
        raise BadInput(fields={"answer": [_("Say in at most %(most)s letters why not.") % {"most": LONGEST}]})
    extension.state = ExtensionState.GRANTED if grant else ExtensionState.REFUSED
    extension.answer, extension.answered_by, extension.answered_at = answer, by, clock.now()
    extension.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if grant:
        # The reminders of the new deadline begin anew.
        part.due_on, part.climbed = extension.until, 0
        part.save(update_fields=["due_on", "climbed"])
    verb = GRANTED if grant else REFUSED
    until = extension.until.isoformat()
    note(verb, part, by, until=until, reason=answer)
    publish(events.ExtensionAnswered(extension_id=extension.pk, part_id=part.pk, granted=grant, by_id=by.pk))
    notices.settle(ref_of(part))
    told = {person.pk: person for person in [extension.asked_by, *queries.reporters_of(part.organization)]}
    told.pop(by.pk, None)
    notices.tell(told.values(), verb, ref_of(part), {"until": until})
    return extension
