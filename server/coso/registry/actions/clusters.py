"""Writing the registry: stations, clusters, and the villages they serve."""

from collections.abc import Sequence
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Level, Place
from coso.registry import rules
from coso.registry.events import ClusterAdded, ClusterServesOthers
from coso.registry.models import SpeakerCluster, Station

Actor = Person | Literal["system"]


@transaction.atomic
def add_station(*, by: Actor, place: Place, name: str, is_sample: bool = False) -> Station:
    """Enter the station of a commune."""
    _require(by, place)
    name = squeeze(name)
    wrong: dict[str, list[str]] = {}
    if place.level != Level.COMMUNE or not place.is_valid_on(clock.today()):
        wrong["place"] = [_("A station belongs to a commune or ward of today.")]
    if not name:
        wrong["name"] = [_("The station needs a name.")]
    if wrong:
        raise BadInput(fields=wrong)
    station = Station.objects.create(name=name, place=place, is_sample=is_sample)
    record("registry.station_added", by=by, refs=[Ref("station", str(station.pk)), Ref("place", str(place.pk))])
    return station


@transaction.atomic
def add_cluster(
    *,
    by: Actor,
    station: Station,
    code: str,
    name: str,
    villages: Sequence[Place],
    latitude: float | None = None,
    longitude: float | None = None,
    is_networked: bool = True,
    is_sample: bool = False,
) -> SpeakerCluster:
    """Enter a speaker cluster and the villages that hear it; all lie in the station's commune."""
    _require(by, station.place)
    code, name = code.strip().upper(), squeeze(name)
    wrong = _village_faults(station, villages) | _faults(name, latitude, longitude)
    twin = BadInput(fields={"code": [_("Another cluster has the code %(code)s.") % {"code": code}]})
    if not rules.is_cluster_code(code):
        wrong["code"] = [_("The code has 3 to 30 capital letters without marks, figures or hyphens.")]
    elif SpeakerCluster.objects.filter(code=code).exists():
        wrong |= twin.fields
    if wrong:
        raise BadInput(fields=wrong)
    with only_once(twin):
        cluster = SpeakerCluster.objects.create(
            code=code,
            name=name,
            station=station,
            latitude=latitude,
            longitude=longitude,
            is_networked=is_networked,
            is_sample=is_sample,
        )
    cluster.villages.set(villages)
    publish(ClusterAdded(cluster_id=cluster.pk))
    record("registry.cluster_added", by=by, refs=_refs(cluster), data={"villages": len(villages)})
    return cluster


@transaction.atomic
def edit_cluster(
    *,
    by: Actor,
    cluster: SpeakerCluster,
    name: str,
    villages: Sequence[Place],
    latitude: float | None = None,
    longitude: float | None = None,
    is_networked: bool = True,
) -> SpeakerCluster:
    """Change what is told of a cluster, and the villages that hear it; its code is painted on the pole and stays."""
    locked = SpeakerCluster.objects.select_for_update(of=("self",)).select_related("station__place").get(pk=cluster.pk)
    _require(by, locked.station.place)
    name = squeeze(name)
    wrong = _village_faults(locked.station, villages) | _faults(name, latitude, longitude)
    if wrong:
        raise BadInput(fields=wrong)
    told = {"name": name, "latitude": latitude, "longitude": longitude, "is_networked": is_networked}
    changed = sorted(field for field, value in told.items() if getattr(locked, field) != value)
    if changed:
        for field in changed:
            setattr(locked, field, told[field])
        locked.save(update_fields=[*changed, "folded", "sort_key"])
        record("registry.cluster_edited", by=by, refs=_refs(locked), data={"fields": changed})
    if {village.pk for village in villages} != set(locked.villages.values_list("pk", flat=True)):
        set_villages(by=by, cluster=locked, villages=villages)
    return locked


@transaction.atomic
def set_villages(*, by: Actor, cluster: SpeakerCluster, villages: Sequence[Place]) -> SpeakerCluster:
    """Say anew which villages hear a cluster."""
    locked = SpeakerCluster.objects.select_for_update().get(pk=cluster.pk)
    _require(by, locked.station.place)
    wrong = _village_faults(locked.station, villages)
    if wrong:
        raise BadInput(fields=wrong)
    locked.villages.set(villages)
    publish(ClusterServesOthers(cluster_id=locked.pk))
    record("registry.cluster_villages_set", by=by, refs=_refs(locked), data={"villages": len(villages)})
    return locked


def _require(by: Actor, place: Place) -> None:
    if by != "system":
        policies.require(by, "registry.edit", place)


def _village_faults(station: Station, villages: Sequence[Place]) -> dict[str, list[str]]:
    today = clock.today()
    strangers = [
        village.name
        for village in villages
        if village.level != Level.VILLAGE or not village.is_valid_on(today) or not village.is_within(station.place)
    ]
    if not strangers:
        return {}
    sentence = _("These are no villages of %(commune)s today: %(names)s.")
    return {"villages": [sentence % {"commune": station.place.name, "names": ", ".join(strangers)}]}


def _faults(name: str, latitude: float | None, longitude: float | None) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not name:
        wrong["name"] = [_("The cluster needs a name.")]
    if (latitude is None) != (longitude is None) or not _on_earth(latitude, longitude):
        wrong["latitude"] = [_("Give both latitude and longitude in degrees, or neither.")]
    return wrong


def _on_earth(latitude: float | None, longitude: float | None) -> bool:
    return latitude is None or longitude is None or (abs(latitude) <= 90 and abs(longitude) <= 180)


def _refs(cluster: SpeakerCluster) -> list[Ref]:
    return [Ref("cluster", str(cluster.pk)), Ref("place", str(cluster.station.place_id))]
