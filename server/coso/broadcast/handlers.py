"""What the events of lower apps set going on air, in the transaction of the event."""

from coso.broadcast import actions, queries, tasks
from coso.broadcast.actions.schedule import cancel_slots_of
from coso.devices.events import DeviceEnrolled
from coso.journal.bus import subscribe
from coso.newsroom.events import BulletinApproved, BulletinWithdrawn
from coso.newsroom.models import Bulletin, BulletinClass
from coso.organizations.models import Person
from coso.places.events import UnitsLieElsewhere
from coso.registry.events import ClusterServesOthers


def on_approved(event: BulletinApproved) -> None:
    """Release an emergency at once; its approver is the second person."""
    bulletin = Bulletin.objects.get(pk=event.bulletin_id)
    if bulletin.rank == BulletinClass.EMERGENCY:
        actions.release_alert(bulletin, by=Person.objects.get(pk=event.by_id))


def on_withdrawn(event: BulletinWithdrawn) -> None:
    """Take a bulletin off the schedule and out of every manifest, and call its alert back."""
    bulletin = Bulletin.objects.get(pk=event.bulletin_id)
    by = Person.objects.get(pk=event.by_id)
    places = [slot.place for slot in bulletin.slots.filter(cancelled_at=None).select_related("place")]
    actions.cancel_alerts(bulletin, by=by)
    if cancel_slots_of(bulletin, by=by):
        actions.refresh_manifests(queries.clusters_under(places))


def on_enrolled(event: DeviceEnrolled) -> None:
    """Give a new device its first manifest, so that it knows its areas and may play alerts."""
    actions.refresh_manifests([event.cluster_id])


def on_other_villages(event: ClusterServesOthers) -> None:
    """Tell a cluster's device its new areas at once: an alert for a village is played only by who names it."""
    actions.refresh_manifests([event.cluster_id])


def on_other_units(event: UnitsLieElsewhere) -> None:
    """Tell every device whose areas changed: what is for the units of today is for who stands in those of then.

    A province has thousands of devices, so a task does it, queued in the transaction that changes the units.
    """
    tasks.refresh_every_manifest.enqueue()


def register() -> None:
    """Listen."""
    subscribe(BulletinApproved, on_approved)
    subscribe(BulletinWithdrawn, on_withdrawn)
    subscribe(DeviceEnrolled, on_enrolled)
    subscribe(ClusterServesOthers, on_other_villages)
    subscribe(UnitsLieElsewhere, on_other_units)
