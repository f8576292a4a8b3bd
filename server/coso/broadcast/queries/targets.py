"""Who is meant: the clusters under a place, the areas a cluster stands in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from coso.broadcast.rules.manifests import area_key
from coso.places.models import Place
from coso.registry.models import SpeakerCluster


def clusters_under(places: Iterable[Place]) -> list[int]:
    """List the ids of the clusters that serve a village in any of these places."""
    found: set[int] = set()
    for place in places:
        found.update(SpeakerCluster.objects.filter(villages__path__startswith=place.path).values_list("pk", flat=True))
    return sorted(found)


def paths_with_clusters(places: Iterable[Place]) -> list[str]:
    """List the paths of the villages in these places that some networked cluster serves."""
    found: set[str] = set()
    for place in places:
        served = SpeakerCluster.objects.filter(is_networked=True, villages__path__startswith=place.path)
        found.update(served.values_list("villages__path", flat=True))
    return sorted(found)


@dataclass
class Areas:
    """Where a cluster stands: its villages and everything above them."""

    place_ids: set[int] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)


def areas_of(cluster_ids: Iterable[int]) -> dict[int, Areas]:
    """Give the areas of clusters, in two queries; a cluster without a village has none."""
    through = SpeakerCluster.villages.through
    found: dict[int, Areas] = defaultdict(Areas)
    wanted = list(cluster_ids)
    for cluster_id, path in through.objects.filter(speakercluster_id__in=wanted).values_list(
        "speakercluster_id", "place__path"
    ):
        found[cluster_id].place_ids.update(int(part) for part in path.strip("/").split("/"))
    every = {place_id for areas in found.values() for place_id in areas.place_ids}
    codes = dict(Place.objects.filter(pk__in=every).values_list("pk", "code"))
    for areas in found.values():
        areas.keys = sorted(area_key(code=codes[place_id], place_id=place_id) for place_id in areas.place_ids)
    return {cluster_id: found[cluster_id] for cluster_id in wanted}


def keys_of(places: Iterable[Place]) -> list[str]:
    """Name places for devices."""
    return sorted(area_key(code=place.code, place_id=place.pk) for place in places)
