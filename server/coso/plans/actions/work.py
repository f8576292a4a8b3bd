"""Reporting on a part: how far it has come, that it is done; giving it back; what stands in its way."""

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.organizations.models import Organization, Person
from coso.plans import events, policies, queries
from coso.plans.actions.holding import hold_owned_part, hold_part, hold_reported, note, ref_of
from coso.plans.actions.occurrences import roll_up
from coso.plans.models import Blocker, Part, Progress, TaskState

LONGEST = 2000
RETURNED = "part.returned"
BLOCKED = "part.blocked"
UNBLOCKED = "part.unblocked"


@transaction.atomic
def report_part(*, part_id: int, by: Person, words: str, percent: int, done: bool = False) -> Progress:
    """Say how far a part has come, in words and per cent (0 to 100), or that it is done.

    What is done has evidence, or words that say why there is none.
    """
    part = hold_reported(part_id, by)
    if part.state == TaskState.DONE:
        raise BadInput(_("This part was reported as done meanwhile. Whoever shared the work out can give it back."))
    words = _checked(words, "words")
    wrong: dict[str, list[str]] = {}
    if not words and not done:
        wrong["words"] = [_("Say in a few words what was done, or why it stands still.")]
    if done and not words and not part.evidence.exists():
        wrong["words"] = [_("Add evidence first, or say here what was done and why there is no evidence.")]
    if not 0 <= percent <= 100:
        wrong["percent"] = [_("Give the per cent as a number from 0 to 100.")]
    if wrong:
        raise BadInput(fields=wrong)
    part.state = TaskState.DONE if done else TaskState.UNDER_WAY if percent or words else part.state
    part.percent = 100 if done else percent
    part.done_at = clock.now() if done else None
    part.save(update_fields=["state", "percent", "done_at"])
    progress = Progress.objects.create(part=part, by=by, words=words, percent=part.percent, state=part.state)
    roll_up(part.occurrence.task, part.occurrence)
    note("part.done" if done else "part.reported", part, by, percent=part.percent, reason=words)
    publish(events.PartReported(part_id=part.pk, percent=part.percent, by_id=by.pk))
    if done:
        notices.settle(ref_of(part))
        publish(events.PartDone(part_id=part.pk, by_id=by.pk))
    return progress


@transaction.atomic
def return_part(*, part_id: int, by: Person, reason: str) -> Part:
    """Give a part that was reported as done back to its unit, with a reason."""
    part = hold_owned_part(part_id, by)
    if part.state != TaskState.DONE:
        raise WrongState
    reason = _required(reason, "reason", _("Say what is still missing."))
    part.state, part.done_at = TaskState.UNDER_WAY, None
    part.percent = min(part.percent, 99)
    part.save(update_fields=["state", "done_at", "percent"])
    Progress.objects.create(part=part, by=by, words=reason, percent=part.percent, state=part.state)
    roll_up(part.occurrence.task, part.occurrence)
    note("part.returned", part, by, reason=reason)
    publish(events.PartReturned(part_id=part.pk, by_id=by.pk))
    notices.tell(queries.reporters_of(part.organization).exclude(pk=by.pk), RETURNED, ref_of(part))
    return part


@transaction.atomic
def raise_blocker(*, part_id: int, by: Person, words: str, asked: Organization | None = None) -> Blocker:
    """Say what stands in the way of a part, and ask a body for help; it and who shared the work out are told."""
    part = hold_reported(part_id, by)
    if part.state == TaskState.DONE:
        raise WrongState
    words = _required(words, "words", _("Say what stands in the way."))
    if asked is not None and asked.pk == part.organization_id:
        raise BadInput(fields={"asked": [_("Ask another body than your own.")]})
    if asked is not None and not queries.bodies_that_may_help().filter(pk=asked.pk).exists():
        raise BadInput(fields={"asked": [_("Choose a body of today.")]})
    blocker = Blocker.objects.create(part=part, words=words, asked=asked, raised_by=by)
    note(BLOCKED, part, by, asked=asked.pk if asked else None, reason=words)
    publish(events.BlockerRaised(blocker_id=blocker.pk, part_id=part.pk, by_id=by.pk))
    told = {person.pk: person for person in queries.owners_of(part.occurrence.task)}
    if asked is not None:
        told |= {person.pk: person for person in queries.readers_of(asked)}
    told.pop(by.pk, None)
    notices.tell(told.values(), BLOCKED, ref_of(part), {"blocker": blocker.pk})
    return blocker


@transaction.atomic
def clear_blocker(*, blocker_id: int, by: Person, words: str) -> Blocker:
    """Say how what stood in the way was cleared: the unit itself, who shared the work out, or who was asked."""
    found = Blocker.objects.filter(pk=blocker_id).values_list("part_id", flat=True).first()
    if found is None:
        raise NotFound
    part = hold_part(found, by)
    blocker = Blocker.objects.select_related("asked").get(pk=blocker_id)
    if not policies.may_clear(by, blocker, part):
        raise NotAllowed("task.report")
    if blocker.cleared_at is not None:
        raise WrongState
    blocker.clearing = _required(words, "words", _("Say how it was cleared."))
    blocker.cleared_by, blocker.cleared_at = by, clock.now()
    blocker.save(update_fields=["clearing", "cleared_by", "cleared_at"])
    note(UNBLOCKED, part, by, reason=blocker.clearing)
    publish(events.BlockerCleared(blocker_id=blocker.pk, part_id=part.pk, by_id=by.pk))
    notices.tell(queries.reporters_of(part.organization).exclude(pk=by.pk), UNBLOCKED, ref_of(part))
    return blocker


def _checked(words: str, name: str) -> str:
    # Paragraphs stay: a report of half a page is common.
    words = "\n".join(line for line in (squeeze(line) for line in words.splitlines()) if line)
    if len(words) > LONGEST:
        raise BadInput(fields={name: [_("At most %(most)s letters fit.") % {"most": LONGEST}]})
    return words


def _required(words: str, name: str, sentence: str) -> str:
    words = _checked(words, name)
    if not words:
        raise BadInput(fields={name: [sentence]})
    return words
