"""Leaving: every open duty is passed on, then posts end and the account closes."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.organizations import ports, queries
from coso.organizations.actions.accounts import close_account, require_over
from coso.organizations.actions.deputies import cut_short
from coso.organizations.events import DutyPassedOn, HandoverFinished
from coso.organizations.models import Handover, Person


@transaction.atomic
def begin_handover(*, by: Person, person: Person, last_day: date) -> Handover:
    """Note that somebody leaves after a day; from now on what is open in his hands is passed on.

    Who begins it manages accounts at every place where the person holds a post, and is not the person himself.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    require_over(by, locked)
    if not locked.is_active:
        raise WrongState(_("This account is closed already."))
    if last_day < clock.today():
        raise BadInput(fields={"last_day": [_("The last day must not lie in the past.")]})
    with only_once(WrongState(_("The handover of this person was begun already."))):
        handover = Handover.objects.create(person=locked, last_day=last_day, begun_by=by)
    record("handover.begun", by=by, refs=_refs(handover))
    return handover


@transaction.atomic
def pass_on(*, by: Person, handover: Handover, ref: Ref, to: Person) -> None:
    """Pass one open duty on to somebody who may take it. Raise WrongState when it is not open any more."""
    locked = _lock(by, handover)
    for kind in ports.duties():
        for duty in kind.find(locked.person):
            if duty.ref == ref:
                _pass(by, locked, kind, duty, to)
                return
    raise WrongState(_("This is not in the person's hands any more."))


@transaction.atomic
def pass_all_on(*, by: Person, handover: Handover, to: Person) -> tuple[int, int]:
    """Pass on to one person whatever he may take; give how many went to him, and how many are left."""
    locked = _lock(by, handover)
    passed = left = 0
    for kind in ports.duties():
        for duty in kind.find(locked.person):
            try:
                with transaction.atomic():
                    _pass(by, locked, kind, duty, to)
            except (BadInput, WrongState):
                # He may not take it, or it was settled while the others were passed on.
                left += 1
            else:
                passed += 1
    return passed, left


def _pass(by: Person, handover: Handover, kind: ports.Duties, duty: ports.OpenDuty, to: Person) -> None:
    leaving = handover.person
    if not queries.may_take(to, kind, duty, leaving):
        raise BadInput(fields={"to": [_("%(person)s may not take this over.") % {"person": to.full_name}]})
    kind.hand_over(duty.ref, to, by)
    publish(DutyPassedOn(ref=str(duty.ref), from_id=leaving.pk, to_id=to.pk))
    refs = [*_refs(handover), duty.ref, Ref("person", str(to.pk))]
    record("handover.passed_on", by=by, refs=refs, data={"to": to.pk})


@transaction.atomic
def withdraw_handover(*, by: Person, handover: Handover, reason: str) -> Handover:
    """Take it back before it is finished: the person stays. What was passed on stays where it is."""
    locked = _lock(by, handover)
    locked.withdrawn_at = clock.now()
    locked.save(update_fields=["withdrawn_at"])
    record("handover.withdrawn", by=by, refs=_refs(locked), reason=reason)
    return locked


@transaction.atomic
def finish_handover(*, by: Person, handover: Handover) -> Handover:
    """End it on or after the last day, once nothing is open: posts and deputies end, the account closes.

    What the person invited others to is withdrawn: he can no longer answer for it.
    """
    locked = _lock(by, handover)
    leaving = locked.person
    if clock.today() < locked.last_day:
        raise WrongState(_("The handover can be finished on the last day."))
    if queries.in_hand(leaving):
        raise WrongState(_("Something is still open in the person's hands. Pass it on first."))
    deputies = list(queries.deputies_ending_with(leaving))
    for deputy in deputies:
        cut_short(deputy, by=by)
    invitations = list(queries.invitations_open_by(leaving))
    for invitation in invitations:
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at"])
        record("invitation.withdrawn", by=by, refs=[Ref("invitation", str(invitation.pk))])
    close_account(by=by, person=leaving)
    locked.finished_at = clock.now()
    locked.save(update_fields=["finished_at"])
    publish(HandoverFinished(handover_id=locked.pk))
    told = {"deputies": len(deputies), "invitations": len(invitations)}
    record("handover.finished", by=by, refs=_refs(locked), data=told)
    return locked


def _lock(by: Person, handover: Handover) -> Handover:
    locked = Handover.objects.select_for_update(of=("self",)).select_related("person").get(pk=handover.pk)
    require_over(by, locked.person)
    if locked.finished_at is not None or locked.withdrawn_at is not None:
        raise WrongState(_("This handover is finished or was withdrawn."))
    return locked


def _refs(handover: Handover) -> list[Ref]:
    return [Ref("handover", str(handover.pk)), Ref("person", str(handover.person_id))]
