"""Opening a task to residents as a commitment in plain words, and withdrawing it."""

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies as rights
from coso.organizations.models import Person
from coso.plans import events
from coso.plans.actions.holding import hold_task
from coso.plans.models import Task
from coso.plans.policies import place_of

SHORTEST, LONGEST = 20, 1000


@transaction.atomic
def open_commitment(*, task_id: int, by: Person, words: str) -> Task:
    """Let residents read a task on the public page, in plain words; again with other words changes these."""
    task = hold_task(task_id, by)
    rights.require(by, "task.publish", place_of(task))
    words = "\n".join(line for line in (squeeze(line) for line in words.splitlines()) if line)
    if not SHORTEST <= len(words) <= LONGEST:
        sentence = _("Say in %(least)s to %(most)s letters, in plain words, what residents may expect.")
        raise BadInput(fields={"words": [sentence % {"least": SHORTEST, "most": LONGEST}]})
    if task.is_public and task.public_words == words:
        return task
    task.is_public, task.public_words, task.published_by, task.published_at = True, words, by, clock.now()
    task.save(update_fields=["is_public", "public_words", "published_by", "published_at"])
    journal.record("task.commitment_opened", by=by, refs=[Ref("task", str(task.pk))], reason=words)
    publish(events.CommitmentOpened(task_id=task.pk, by_id=by.pk))
    return task


@transaction.atomic
def withdraw_commitment(*, task_id: int, by: Person, reason: str) -> Task:
    """Take a task off the public page, with a reason that stays in the journal."""
    task = hold_task(task_id, by)
    rights.require(by, "task.publish", place_of(task))
    if not task.is_public:
        raise WrongState
    reason = squeeze(reason)
    if not reason or len(reason) > LONGEST:
        raise BadInput(fields={"reason": [_("Say why, in a few words.")]})
    task.is_public = False
    task.save(update_fields=["is_public"])
    journal.record("task.commitment_withdrawn", by=by, refs=[Ref("task", str(task.pk))], reason=reason)
    publish(events.CommitmentWithdrawn(task_id=task.pk, by_id=by.pk))
    return task
