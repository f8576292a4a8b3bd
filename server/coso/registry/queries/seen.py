"""Reading the registry: stations, clusters and the places around them, within what a person may see."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.places import queries as places
from coso.places.models import Level, Place, Succession
from coso.registry.models import SpeakerCluster, Station


def clusters() -> QuerySet[SpeakerCluster]:
    """List every cluster with its station and commune joined and its villages prefetched."""
    return SpeakerCluster.objects.select_related("station__place").prefetch_related("villages")


def standing_clusters() -> QuerySet[SpeakerCluster]:
    """List the clusters that are not retired: only these serve anybody."""
    return clusters().filter(retired_on=None)


def clusters_of(village: Place) -> QuerySet[SpeakerCluster]:
    """List the clusters that serve a village, entered under the village of today or of then."""
    return standing_clusters().filter(villages__in=places.stand_ins([village.pk]).rows).distinct()


def clusters_under(place: Place) -> QuerySet[SpeakerCluster]:
    """List the standing clusters whose station stands at a place or under it."""
    return standing_clusters().filter(places.hung_on(place, "station__place"))


def clusters_seen_by(person: object) -> QuerySet[SpeakerCluster]:
    """List the clusters within a person's right to read the registry."""
    return clusters().filter(policies.scope(person, "registry.read", "station__place__path"))


def get_cluster(person: object, cluster_id: int) -> SpeakerCluster:
    """Give one cluster within a person's scope. Raise NotFound."""
    cluster = clusters_seen_by(person).filter(pk=cluster_id).first()
    if cluster is None:
        raise NotFound
    return cluster


def cluster_by_code(code: str) -> SpeakerCluster | None:
    """Find the cluster that has a code painted on its pole, or None."""
    return clusters().filter(code=code).first()


def stations_edited_by(person: object) -> QuerySet[Station]:
    """List the stations whose clusters a person may enter and change, in the order of their communes."""
    return (
        Station.objects.filter(policies.scope(person, "registry.edit", "place__path"), closed_on=None)
        .select_related("place")
        .order_by("place__sort_key", "pk")
    )


def places_seen_by(person: object) -> QuerySet[Place]:
    """List the units of any time within a person's right to read places, their parents joined."""
    return Place.objects.filter(policies.scope(person, "place.read", "path")).select_related("parent")


def get_place(person: object, place_id: int) -> Place:
    """Give one unit, of today or of then, within a person's scope. Raise NotFound."""
    place = places_seen_by(person).filter(pk=place_id).first()
    if place is None:
        raise NotFound
    return place


def communes_and_villages_seen_by(person: object) -> QuerySet[Place]:
    """List the communes of today within a person's scope, each followed by its villages.

    Each has `villages_all` and `villages_heard`: how many villages it is or holds, and how many of them hear a cluster.
    """
    found = places.now().filter(policies.scope(person, "place.read", "path"), level__in=[Level.COMMUNE, Level.VILLAGE])
    every = places.now().filter(Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk")), level=Level.VILLAGE)
    # Each commune, then its villages.
    commune = Case(When(level=Level.VILLAGE, then=F("parent__sort_key")), default=F("sort_key"))
    return (
        found.select_related("parent")
        .annotate(
            villages_all=_counted(every),
            villages_heard=_counted(heard(every)),
            commune_key=commune,
        )
        .order_by("commune_key", "level", "sort_key", "pk")
    )


def heard(villages: QuerySet[Place]) -> QuerySet[Place]:
    """Keep the villages of today that hear a cluster, entered for the village itself or for one that went into it."""
    return villages.filter(_hears())


def standing_of_places(person: object) -> dict[str, int]:
    """Count the communes and villages of today within a person's scope, and the villages that hear a cluster."""
    village = Q(level=Level.VILLAGE)
    seen = places.now().filter(policies.scope(person, "place.read", "path"))
    counted: dict[str, int] = seen.aggregate(
        communes=Count("pk", filter=Q(level=Level.COMMUNE)),
        villages=Count("pk", filter=village),
        heard=Count("pk", filter=village & _hears()),
    )
    return counted


def _hears() -> Q:
    """Give the filter of villages of today that hear a cluster."""
    links = SpeakerCluster.villages.through.objects.filter(speakercluster__retired_on=None)
    return Q(Exists(links.filter(place__current=OuterRef("pk"))))


def _counted(villages: QuerySet[Place]) -> Coalesce:
    grouped = villages.order_by().values("level").annotate(found=Count("pk", distinct=True))
    return Coalesce(Subquery(grouped.values("found")), 0)


def origins_of(place: Place) -> QuerySet[Succession]:
    """List the links from the units that went into this one, whole or in part."""
    return place.origins.select_related("predecessor__parent").order_by("predecessor__sort_key")


def successions_of(place: Place) -> QuerySet[Succession]:
    """List the links to the units that followed this one."""
    return place.successions.select_related("successor__parent").order_by("successor__sort_key")
