"""Submitting, returning, approving and withdrawing: two people, one after the other."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.newsroom import events, policies, queries
from coso.newsroom.actions import checks, sounds
from coso.newsroom.actions.writing import stop_under_way
from coso.newsroom.models import Bulletin
from coso.newsroom.rules import review
from coso.newsroom.rules.review import Rank, State
from coso.notices import actions as notices
from coso.organizations.models import Person

# Kinds of notice, worded in `newsroom.sentences`.
WAITING, RETURNED, APPROVED, WITHDRAWN = (
    "bulletin.waiting",
    "bulletin.returned",
    "bulletin.approved",
    "bulletin.withdrawn",
)


HOLE = "[…]"
"""What stands where something that could tell who somebody is was taken out of a resident's words."""


@transaction.atomic
def submit_bulletin(*, bulletin_id: UUID | str, by: Person) -> Bulletin:
    """Hand a draft, or a returned bulletin, to whoever may approve it; they are told.

    Where no sound of this revision was made yet, one is asked for, so that the approver can listen.
    """
    bulletin = checks.lock(by, bulletin_id)
    if not policies.standing(by, bulletin).writes:
        raise NotAllowed(policies.WRITE)
    _require_move(bulletin, State.SUBMITTED)
    _require_time(bulletin)
    if HOLE in f"{bulletin.title} {bulletin.body}":
        raise BadInput(
            _("The text still has a hole, […], where a name or number was taken out. Write around it first.")
        )
    today = clock.today()
    if not all(place.is_valid_on(today) for place in bulletin.areas.all()):
        raise BadInput(_("A place of this bulletin does not exist any more. Edit it and choose the places anew."))
    bulletin.state, bulletin.submitted_at = State.SUBMITTED, clock.now()
    bulletin.save(update_fields=["state", "submitted_at"])
    journal.record("bulletin.submitted", by=by, refs=[_ref(bulletin)], data={"revision": bulletin.revision})
    notices.settle(_ref(bulletin))
    notices.tell(queries.approvers_of(bulletin), WAITING, _ref(bulletin), _told(bulletin))
    if not checks.has_sound(bulletin) and queries.sound_under_way(bulletin) is None:
        sounds.begin(bulletin, by)
    publish(events.BulletinSubmitted(bulletin_id=bulletin.pk, by_id=by.pk))
    return bulletin


@transaction.atomic
def return_bulletin(*, bulletin_id: UUID | str, by: Person, reason: str) -> Bulletin:
    """Send a submitted bulletin back to its author, saying why."""
    bulletin = _lock_to_decide(bulletin_id, by)
    _require_move(bulletin, State.RETURNED)
    why = checks.reason(reason)
    bulletin.state = State.RETURNED
    bulletin.save(update_fields=["state"])
    data = {"revision": bulletin.revision}
    journal.record("bulletin.returned", by=by, refs=[_ref(bulletin)], data=data, reason=why)
    notices.settle(_ref(bulletin))
    notices.tell([bulletin.author], RETURNED, _ref(bulletin), _told(bulletin))
    publish(events.BulletinReturned(bulletin_id=bulletin.pk, by_id=by.pk))
    return bulletin


@transaction.atomic
def approve_bulletin(
    *,
    bulletin_id: UUID | str,
    by: Person,
    revision: int | None = None,
    sound_id: int | None = None,
    submission: str | None = None,
) -> Bulletin:
    """Let a submitted bulletin go out. Never by whoever had a hand in it.

    `revision`, `sound_id` and `submission` (`queries.submission_of`) are what the approver read and heard; WrongState
    is raised when they are not what would go out. Raises BadInput when no sound is ready, when one is still being
    made, or when its time is over.
    """
    bulletin = _lock_to_decide(bulletin_id, by)
    _require_move(bulletin, State.APPROVED)
    _require_time(bulletin)
    # A recording that became ready after the approval would go out unheard. This is asked before which sound is
    # current: what becomes ready between the two is then another sound than the one that was heard.
    if queries.sound_under_way(bulletin) is not None:
        raise BadInput(_("A sound of this bulletin is still being made. Wait for it or stop it, listen, then approve."))
    sound = queries.current_sound(bulletin)
    if sound is None:
        raise BadInput(_("This revision has no sound yet. Make it or upload a recording, listen to it, then approve."))
    if revision not in {None, bulletin.revision} or sound_id not in {None, sound.pk}:
        raise WrongState(_("The text or the sound has changed since you opened the page. Read and listen again."))
    # Where and how it goes out may change without a new text: it was returned, edited and submitted anew.
    if submission not in {None, queries.submission_of(bulletin)}:
        raise WrongState(_("The bulletin was submitted anew since you opened the page. Read and listen again."))
    bulletin.state, bulletin.approved_by, bulletin.approved_at = State.APPROVED, by, clock.now()
    bulletin.save(update_fields=["state", "approved_by", "approved_at"])
    data = {"revision": bulletin.revision, "rank": bulletin.rank, "sound": sound.pk}
    journal.record("bulletin.approved", by=by, refs=[_ref(bulletin)], data=data)
    notices.settle(_ref(bulletin))
    notices.tell([bulletin.author], APPROVED, _ref(bulletin), _told(bulletin))
    publish(events.BulletinApproved(bulletin_id=bulletin.pk, by_id=by.pk))
    return bulletin


@transaction.atomic
def withdraw_bulletin(*, bulletin_id: UUID | str, by: Person, reason: str) -> Bulletin:
    """Take a bulletin back for good, saying why: a draft is dropped, an approved one stops wherever it goes."""
    bulletin = checks.lock(by, bulletin_id)
    standing = policies.standing(by, bulletin)
    if not review.may_withdraw(standing, checks.state_of(bulletin), Rank(bulletin.rank)):
        raise NotAllowed(_("Your post does not take back this bulletin."))
    _require_move(bulletin, State.WITHDRAWN)
    why = checks.reason(reason)
    before, bulletin.state = bulletin.state, State.WITHDRAWN
    bulletin.save(update_fields=["state"])
    stop_under_way(bulletin)
    journal.record("bulletin.withdrawn", by=by, refs=[_ref(bulletin)], data={"from": str(before)}, reason=why)
    notices.settle(_ref(bulletin))
    concerned = {person.pk: person for person in (bulletin.author, bulletin.approved_by) if person is not None}
    concerned.pop(by.pk, None)
    notices.tell(concerned.values(), WITHDRAWN, _ref(bulletin), _told(bulletin))
    publish(events.BulletinWithdrawn(bulletin_id=bulletin.pk, by_id=by.pk))
    return bulletin


def _lock_to_decide(bulletin_id: UUID | str, by: Person) -> Bulletin:
    bulletin = checks.lock(by, bulletin_id)
    standing = policies.standing(by, bulletin)
    if standing.had_a_hand and standing.approves:
        raise NotAllowed(_("You had a hand in this bulletin; somebody else decides on it."))
    if not policies.decides(by, bulletin, standing):
        raise NotAllowed(policies.APPROVE)
    return bulletin


def _require_move(bulletin: Bulletin, to: State) -> None:
    if not review.may_move(checks.state_of(bulletin), to):
        raise WrongState(
            _("The bulletin is now “%(state)s”. Read it again before acting on it.")
            % {"state": bulletin.get_state_display()}
        )


def _require_time(bulletin: Bulletin) -> None:
    if review.has_expired(bulletin.expires_at, clock.now()):
        raise BadInput(_("The time until which this bulletin holds is over. Give it a later one or withdraw it."))


def _told(bulletin: Bulletin) -> dict[str, str]:
    return {"title": bulletin.title, "rank": str(bulletin.rank)}


def _ref(bulletin: Bulletin) -> Ref:
    return Ref("bulletin", str(bulletin.pk))
