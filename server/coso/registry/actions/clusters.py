"""Writing speaker clusters, and the villages that hear them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.places.models import Level, Place
from coso.registry import rules
from coso.registry.actions.facts import Actor, require_edit, spot_faults
from coso.registry.events import ClusterAdded, ClusterServesOthers
from coso.registry.models import SpeakerCluster, Station

MOST_HOURS = 240
MOST_METRES = 5000
"""Horns on a pole carry some hundred metres; whoever types kilometres has slipped."""


@dataclass(frozen=True, kw_only=True)
class ClusterFacts:
    """What is told of a cluster beside its name, its spot and its villages."""

    link: str = ""
    power: str = ""
    battery_hours: float | None = None
    range_m: int | None = None
    installed_on: date | None = None


NOTHING_TOLD = ClusterFacts()


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
    facts: ClusterFacts = NOTHING_TOLD,
) -> SpeakerCluster:
    """Enter a speaker cluster and the villages that hear it; all lie in the station's commune."""
    station = _held(station)
    require_edit(by, station.place)
    code, name = code.strip().upper(), squeeze(name)
    wrong = _village_faults(station, villages) | faults_of(name, latitude, longitude, facts, None)
    twin = BadInput(fields={"code": [_("Another cluster has the code %(code)s.") % {"code": code}]})
    if station.is_closed:
        wrong[""] = [_("The station is closed; open it again first.")]
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
            **asdict(facts),
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
    facts: ClusterFacts | None = None,
) -> SpeakerCluster:
    """Change what is told of a cluster, and the villages that hear it; its code is painted on the pole and stays.

    Without `facts` its link, power and dates stay as they are.
    """
    locked = _locked(cluster)
    require_edit(by, locked.station.place)
    name = squeeze(name)
    wrong = _village_faults(locked.station, villages)
    wrong |= faults_of(name, latitude, longitude, facts or NOTHING_TOLD, locked.retired_on)
    if wrong:
        raise BadInput(fields=wrong)
    told: dict[str, Any] = {
        "name": name, "latitude": latitude, "longitude": longitude, "is_networked": is_networked,
        **(asdict(facts) if facts else {}),
    }  # fmt: skip
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
def retire_cluster(*, by: Actor, cluster: SpeakerCluster, retired_on: date, reason: str = "") -> SpeakerCluster:
    """Note that a cluster was taken down: from then on nobody hears it, and its device is told no village any more."""
    locked = _locked(cluster)
    require_edit(by, locked.station.place)
    if locked.retired_on is not None:
        raise WrongState(_("This cluster is retired already."))
    if retired_on > clock.today():
        raise BadInput(fields={"retired_on": [_("This day has not come yet.")]})
    if locked.installed_on and retired_on < locked.installed_on:
        raise BadInput(fields={"retired_on": [_("It cannot be retired before the day on which it was installed.")]})
    locked.retired_on = retired_on
    locked.save(update_fields=["retired_on"])
    publish(ClusterServesOthers(cluster_id=locked.pk))
    on = {"on": retired_on.isoformat()}
    record("registry.cluster_retired", by=by, refs=_refs(locked), data=on, reason=squeeze(reason))
    return locked


@transaction.atomic
def restore_cluster(*, by: Actor, cluster: SpeakerCluster) -> SpeakerCluster:
    """Put a retired cluster up again; the villages that it served hear it once more."""
    station = _held(cluster.station)
    locked = _locked(cluster)
    require_edit(by, locked.station.place)
    if locked.retired_on is None:
        raise WrongState(_("This cluster is not retired."))
    if station.is_closed or locked.station.is_closed:
        raise WrongState(_("The station is closed; open it again first."))
    locked.retired_on = None
    locked.save(update_fields=["retired_on"])
    publish(ClusterServesOthers(cluster_id=locked.pk))
    record("registry.cluster_restored", by=by, refs=_refs(locked))
    return locked


@transaction.atomic
def set_villages(*, by: Actor, cluster: SpeakerCluster, villages: Sequence[Place]) -> SpeakerCluster:
    """Say anew which villages hear a cluster."""
    locked = _locked(cluster)
    require_edit(by, locked.station.place)
    wrong = _village_faults(locked.station, villages)
    if wrong:
        raise BadInput(fields=wrong)
    locked.villages.set(villages)
    publish(ClusterServesOthers(cluster_id=locked.pk))
    record("registry.cluster_villages_set", by=by, refs=_refs(locked), data={"villages": len(villages)})
    return locked


def _held(station: Station) -> Station:
    """Lock a station before a cluster comes to stand under it: whoever closes it waits, or has closed it."""
    found = Station.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("place__current__parent", "place__parent").get(pk=station.pk)


def _locked(cluster: SpeakerCluster) -> SpeakerCluster:
    found = SpeakerCluster.objects.select_for_update(of=("self",)).select_related("station__place")
    return found.get(pk=cluster.pk)


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


def faults_of(
    name: str, latitude: float | None, longitude: float | None, facts: ClusterFacts, retired_on: date | None
) -> dict[str, list[str]]:
    """Say what is wrong with what was told of a cluster, field by field."""
    wrong = spot_faults(latitude, longitude)
    if not name:
        wrong["name"] = [_("The cluster needs a name.")]
    if facts.battery_hours is not None and not 0 <= facts.battery_hours <= MOST_HOURS:
        wrong["battery_hours"] = [_("Give 0 to %(most)s hours.") % {"most": MOST_HOURS}]
    if facts.range_m is not None and not 1 <= facts.range_m <= MOST_METRES:
        wrong["range_m"] = [_("Give 1 to %(most)s metres.") % {"most": MOST_METRES}]
    if facts.installed_on and facts.installed_on > clock.today():
        wrong["installed_on"] = [_("This day has not come yet.")]
    elif facts.installed_on and retired_on and facts.installed_on > retired_on:
        wrong["installed_on"] = [_("It cannot be installed after the day on which it was retired.")]
    return wrong


def _refs(cluster: SpeakerCluster) -> list[Ref]:
    return [Ref("cluster", str(cluster.pk)), Ref("place", str(cluster.station.place_id))]
