"""Reading slots: what a person may see, what clusters play."""

from collections import defaultdict
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


def plans_of(cluster_ids: Iterable[int], start: datetime, end: datetime) -> dict[int, list[tuple[Stretch, Slot]]]:
    """Give what each cluster plays in a span of time, as far as the schedule decides it, in three queries."""
    areas = areas_of(cluster_ids)
    every = {place_id for here in areas.values() for place_id in here.place_ids}
    by_place: dict[int, list[Slot]] = defaultdict(list)
    for slot in live_slots(start, end).filter(place_id__in=every):
        by_place[slot.place_id].append(slot)
    plans = {}
    for cluster_id, here in areas.items():
        slots = {str(slot.pk): slot for place_id in here.place_ids for slot in by_place.get(place_id, ())}
        plans[cluster_id] = [(part, slots[part.slot_id]) for part in paint(planned_of(slots.values()))]
    return plans
