"""Reading slots: what a person may see, what a cluster plays, what overlaps."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from coso.broadcast.models import Slot
from coso.broadcast.queries.targets import areas_of
from coso.broadcast.rules.schedule import Planned, Stretch, once, paint
from coso.kit.errors import NotFound
from coso.newsroom.models import BulletinState
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Place
from coso.registry.models import SpeakerCluster
from coso_wire import Rank


def slots_visible_to(person: Person) -> QuerySet[Slot]:
    """List the slots that lie within a person's scope or are for a place above it, cancelled ones too."""
    return Slot.objects.filter(policies.scope_overlap(person, "schedule.read", "place")).select_related(
        "bulletin", "place", "created_by"
    )


def get_visible_slot(person: Person, slot_id: UUID) -> Slot:
    """Give one slot within a person's scope. Raise NotFound."""
    slot = slots_visible_to(person).filter(pk=slot_id).first()
    if slot is None:
        raise NotFound
    return slot


def live_slots(start: datetime, end: datetime) -> QuerySet[Slot]:
    """List the slots of approved bulletins that touch a span of time and are not cancelled."""
    live = Slot.objects.filter(
        cancelled_at=None, starts_at__lt=end, ends_at__gt=start, bulletin__state=BulletinState.APPROVED
    )
    # A week of a province is many slots, and nothing here needs the words of their bulletins.
    return live.select_related("bulletin", "place").defer("bulletin__body", "bulletin__folded")


def overlapping(place: Place, start: datetime, end: datetime) -> QuerySet[Slot]:
    """List the slots that some cluster under a place would have to play in the same span of time."""
    above = [int(part) for part in place.path.strip("/").split("/")]
    slots = live_slots(start, end)
    return (slots.filter(place_id__in=above) | slots.filter(place__path__startswith=place.path)).order_by("starts_at")


def planned_of(slots: Iterable[Slot]) -> list[Planned]:
    """Give slots as one cluster sees them, without those whose bulletin is on the air there already."""
    return once(
        Planned(
            slot_id=str(slot.pk),
            bulletin_id=str(slot.bulletin_id),
            rank=Rank(slot.bulletin.rank),
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for slot in slots
    )


def plan_of(cluster: SpeakerCluster, start: datetime, end: datetime) -> list[tuple[Stretch, Slot]]:
    """Give what one cluster plays in a span of time, as far as the schedule decides it."""
    here = areas_of([cluster.pk])[cluster.pk].place_ids
    slots = {str(slot.pk): slot for slot in live_slots(start, end).filter(place_id__in=here)}
    return [(stretch, slots[stretch.slot_id]) for stretch in paint(planned_of(slots.values()))]
