"""Who is meant: the clusters under a place, the areas a cluster stands in, the sound a bulletin is heard by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from coso.broadcast.rules.manifests import area_key
from coso.newsroom.models import Bulletin, Sound, SoundState
from coso.places.models import Place
from coso.registry.models import SpeakerCluster


def clusters_under(places: Iterable[Place]) -> list[int]:
    """List the ids of the clusters that serve a village in any of these places."""
    found: set[int] = set()
    for place in places:
        found.update(SpeakerCluster.objects.filter(villages__path__startswith=place.path).values_list("pk", flat=True))
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


def sounds_of(bulletins: Iterable[Bulletin]) -> dict[UUID, Sound]:
    """Give the sound by which each bulletin is heard, in one query: ready, of its revision, a recording first."""
    revision = {bulletin.pk: bulletin.revision for bulletin in bulletins}
    rows = (
        Sound.objects.filter(bulletin_id__in=revision, state=SoundState.READY, mp3__isnull=False)
        .select_related("mp3")
        .order_by("is_recording", "made_at", "pk")
    )
    # The last of this order wins: the newest recording, else the newest synthesis.
    return {sound.bulletin_id: sound for sound in rows if sound.revision == revision[sound.bulletin_id]}


def sound_of(bulletin: Bulletin) -> Sound | None:
    """Give the sound by which a bulletin is heard; None while it has none."""
    return sounds_of([bulletin]).get(bulletin.pk)
