"""Reading equipment and its life, within what a person may see."""

from django.db.models import QuerySet

from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.registry.models import Equipment, EquipmentStep, Facility, SpeakerCluster


def equipment() -> QuerySet[Equipment]:
    """List every piece with its facility, its place and its cluster joined."""
    return Equipment.objects.select_related("facility__place__parent", "facility__place__current__parent", "cluster")


def equipment_seen_by(person: object) -> QuerySet[Equipment]:
    """List the pieces within a person's right to read the registry."""
    return equipment().filter(policies.scope(person, "registry.read", "facility__place__path"))


def get_equipment(person: object, equipment_id: int) -> Equipment:
    """Give one piece within a person's scope. Raise NotFound."""
    found = equipment_seen_by(person).filter(pk=equipment_id).first()
    if found is None:
        raise NotFound
    return found


def steps_of(piece: Equipment) -> list[EquipmentStep]:
    """List the steps of a piece's life, oldest first, who took them and where joined."""
    return list(piece.steps.select_related("by", "from_facility", "to_facility").order_by("on", "pk"))


def clusters_at(facility: Facility) -> QuerySet[SpeakerCluster]:
    """List the clusters of a facility, which only a station has."""
    return SpeakerCluster.objects.filter(station_id=facility.pk)
