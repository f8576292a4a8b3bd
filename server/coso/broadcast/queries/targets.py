"""Who is meant: the clusters under a place, the areas a cluster stands in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from coso.broadcast.rules.manifests import area_key
from coso.places.models import Place
from coso.places.queries import stand_ins
from coso.registry.models import SpeakerCluster


def clusters_under(places: Iterable[Place]) -> list[int]:
    """List the ids of the clusters that serve a village in any of these places."""
    found: set[int] = set()
    for place in places:
        found.update(
            SpeakerCluster.objects.filter(villages__current_path__startswith=place.current_path).values_list(
                "pk", flat=True
            )
        )
    return sorted(found)


def paths_with_clusters(places: Iterable[Place]) -> list[str]:
    """List where the villages in these places lie today that some networked cluster serves."""
    found: set[str] = set()
    for place in places:
        served = SpeakerCluster.objects.filter(
            is_networked=True, retired_on=None, villages__current_path__startswith=place.current_path
        )
        found.update(served.values_list("villages__current_path", flat=True))
    return sorted(found)


@dataclass
class Areas:
    """Where a cluster stands: its villages and everything above them, of their day and of today."""

    place_ids: set[int] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)


def areas_of(cluster_ids: Iterable[int]) -> dict[int, Areas]:
    """Give the areas of clusters, in three queries; a cluster without a village has none, nor has a retired one."""
    wanted = list(cluster_ids)
    found = {cluster_id: Areas(place_ids) for cluster_id, place_ids in places_of(wanted).items()}
    every = {place_id for areas in found.values() for place_id in areas.place_ids}
    codes = dict(Place.objects.filter(pk__in=every).values_list("pk", "code"))
    for areas in found.values():
        areas.keys = sorted(area_key(code=codes[place_id], place_id=place_id) for place_id in areas.place_ids)
    return {cluster_id: found.get(cluster_id) or Areas() for cluster_id in wanted}


def places_of(cluster_ids: Collection[int]) -> dict[int, set[int]]:
    """Give the ids of the places in which clusters stand, of their day and of today, in two queries.

    What was planned for a unit before it ended is still meant for who stands in what it became; and a village that
    was entered as it is today stands for those that it was formed from.
    """
    found: dict[int, set[int]] = defaultdict(set)
    through = SpeakerCluster.villages.through
    links = through.objects.filter(speakercluster_id__in=cluster_ids, speakercluster__retired_on=None)
    served = list(links.values_list("speakercluster_id", "place_id"))
    around = stand_ins({village for _cluster, village in served}).around
    for cluster_id, village in served:
        found[cluster_id].update(around[village])
    return found


def keys_of(places: Iterable[Place]) -> list[str]:
    """Name places for devices."""
    return sorted(area_key(code=place.code, place_id=place.pk) for place in places)
