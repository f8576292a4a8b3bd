"""Reading the registry: which cluster serves which village, and which villages have none."""

from collections.abc import Iterable

from django.db.models import QuerySet

from coso.organizations import policies
from coso.places import queries as places
from coso.places.models import Place
from coso.registry.models import SpeakerCluster, Station


def clusters() -> QuerySet[SpeakerCluster]:
    """List every cluster with its station and commune joined and its villages prefetched."""
    return SpeakerCluster.objects.select_related("station__place").prefetch_related("villages")


def clusters_of(village: Place) -> QuerySet[SpeakerCluster]:
    """List the clusters that serve a village."""
    return clusters().filter(villages=village)


def clusters_under(place: Place) -> QuerySet[SpeakerCluster]:
    """List the clusters whose station stands at a place or under it."""
    return clusters().filter(station__place__path__startswith=place.path)


def clusters_serving(villages: Iterable[Place]) -> QuerySet[SpeakerCluster]:
    """List the clusters that serve any of these villages, each once."""
    return clusters().filter(
        pk__in=SpeakerCluster.villages.through.objects.filter(place__in=[village.pk for village in villages]).values(
            "speakercluster_id"
        )
    )


def clusters_seen_by(person: object) -> QuerySet[SpeakerCluster]:
    """List the clusters within a person's right to read the registry."""
    return clusters().filter(policies.scope(person, "registry.read", "station__place__path"))


def stations_under(place: Place) -> QuerySet[Station]:
    """List the stations at a place or under it, in the Vietnamese order of their communes."""
    return (
        Station.objects.filter(place__path__startswith=place.path)
        .select_related("place")
        .order_by("place__sort_key", "pk")
    )


def villages_without_cluster(place: Place) -> QuerySet[Place]:
    """List the villages of today under a place that no cluster serves."""
    return places.villages_of([place]).filter(clusters=None)


def villages_with_cluster(place: Place) -> QuerySet[Place]:
    """List the villages of today under a place that at least one cluster serves."""
    return places.villages_of([place]).exclude(clusters=None).distinct()
