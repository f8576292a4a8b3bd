"""Giving a bulletin its time, and taking it back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coso.broadcast import queries
from coso.broadcast.actions.manifests import refresh_manifests
from coso.broadcast.events import SlotCancelled, SlotScheduled
from coso.broadcast.models import Slot
from coso.broadcast.rules import schedule as rules
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places import queries as places
from coso.places.models import Place


@transaction.atomic
def schedule_bulletin(*, bulletin_id: UUID, place_id: int, starts_at: datetime, by: Person) -> Slot:
    """Let the clusters under a place play an approved bulletin at a time; the slot ends when its sound does.

    Raise NotFound, NotAllowed without `schedule.edit` at the place, WrongState unless the bulletin is approved,
    BadInput (`starts_at`, `place`, or the whole when it has no sound).
    """
    bulletin = Bulletin.objects.select_for_update().filter(pk=bulletin_id).first()
    place = Place.objects.filter(pk=place_id).first()
    if bulletin is None or place is None:
        raise NotFound
    # What is planned from now on is for a unit of today, whatever the place was called when the page was opened. The
    # right is asked there: of an abolished district it is the province.
    place = places.today_of(place) or place
    policies.require(by, "schedule.edit", place)
    if bulletin.state != BulletinState.APPROVED:
        raise WrongState(_("Only an approved bulletin may go on air."))
    sound = newsroom.current_sound(bulletin)
    if sound is None or not sound.duration_ms:
        raise BadInput(_("This bulletin has no sound yet. Make or record one first."))
    now = clock.now()
    ends_at = rules.slot_end(starts_at, sound.duration_ms)
    problem = rules.problem_of(
        starts_at=clock.local(starts_at),
        ends_at=clock.local(ends_at),
        now=now,
        expires_at=bulletin.expires_at,
        quiet_hours=[] if bulletin.rank == BulletinClass.EMERGENCY else settings.OPTIONS["COSO_QUIET_HOURS"],
    )
    if problem is not None:
        raise BadInput(fields={"starts_at": [_sentence(problem)]})
    if not any(place.is_within(area) for area in bulletin.areas.all()):
        raise BadInput(fields={"place": [_("This bulletin is not for this place.")]})
    here = bulletin.slots.filter(Q(place=place) | Q(place__current=place), cancelled_at=None)
    taken = here.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if taken.exists():
        raise BadInput(fields={"starts_at": [_("This bulletin is on the schedule here at this time already.")]})
    slot = Slot.objects.create(
        bulletin=bulletin,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        grace_s=int(rules.GRACE.total_seconds()),
        created_by=by,
        created_at=now,
    )
    journal.record(
        "slot.scheduled",
        by=by,
        refs=[Ref("slot", str(slot.pk)), Ref("bulletin", str(bulletin.pk)), Ref("place", str(place.pk))],
        data={"place": place.name, "starts_at": clock.iso(starts_at)},
    )
    publish(SlotScheduled(slot_id=slot.pk, bulletin_id=bulletin.pk, by_id=by.pk))
    refresh_manifests(queries.clusters_under([place]))
    return slot


def _sentence(problem: rules.Problem) -> str:
    return {
        rules.Problem.IN_THE_PAST: _("Choose a time that is still to come."),
        rules.Problem.TOO_FAR: _("Choose a time within a year from now."),
        rules.Problem.AFTER_EXPIRY: _("The bulletin expires before this time."),
        rules.Problem.QUIET: _("These are quiet hours: only an emergency may sound. Choose another time."),
    }[problem]


@transaction.atomic
def cancel_slot(*, slot_id: UUID, by: Person, reason: str) -> Slot:
    """Take a time back; what plays it stops. Raise NotFound, NotAllowed, BadInput without a reason, WrongState."""
    slot = Slot.objects.select_for_update(of=("self",)).select_related("place").filter(pk=slot_id).first()
    if slot is None:
        raise NotFound
    policies.require(by, "schedule.edit", slot.place)
    if not reason.strip():
        raise BadInput(fields={"reason": [_("Say why it is taken off the schedule.")]})
    if slot.cancelled_at is not None:
        raise WrongState(_("It is off the schedule already."))
    # What was cut may still go on within the grace.
    if slot.ends_at + timedelta(seconds=slot.grace_s) <= clock.now():
        raise WrongState(_("Its time is over."))
    _cancel(slot, by=by, reason=reason.strip())
    refresh_manifests(queries.clusters_under([slot.place]))
    return slot


def cancel_slots_of(bulletin: Bulletin, *, by: Person | str) -> int:
    """Take back every time of a bulletin that isn't over; count them. The caller refreshes the manifests."""
    slots = list(
        Slot.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(bulletin=bulletin, cancelled_at=None, ends_at__gt=clock.now() - rules.GRACE)
    )
    for slot in slots:
        _cancel(slot, by=by)
    return len(slots)


def _cancel(slot: Slot, *, by: Person | str, reason: str = "") -> None:
    slot.cancelled_at = clock.now()
    slot.save(update_fields=["cancelled_at"])
    journal.record(
        "slot.cancelled",
        by=by,
        refs=[Ref("slot", str(slot.pk)), Ref("bulletin", str(slot.bulletin_id)), Ref("place", str(slot.place_id))],
        data={"place": slot.place.name, "starts_at": clock.iso(slot.starts_at)},
        reason=reason,
    )
    publish(SlotCancelled(slot_id=slot.pk, bulletin_id=slot.bulletin_id))
