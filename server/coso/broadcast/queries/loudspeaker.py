"""What is known of every cluster that serves some villages, for one bulletin, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Q

from coso.broadcast.models import Alert, LogEntry, PlayReport, Slot
from coso.broadcast.rules.played import TROUBLE_KINDS, WHOLE_KINDS, least_ms
from coso.broadcast.rules.reach import ALERT_PATIENCE, ClusterFacts
from coso.channels.rules import Why
from coso.devices.models import Device
from coso.devices.rules import is_silent
from coso.newsroom.models import Bulletin, Sound, SoundState
from coso.places.queries import stand_ins
from coso.registry.models import SpeakerCluster

_TROUBLE = {"cut": Why.CUT, "missed": Why.MISSED, "refused": Why.REFUSED, "media_bad": Why.MEDIA_BAD}


@dataclass
class _Cluster:
    name: str
    is_retired: bool = False
    villages: set[int] = field(default_factory=set)
    place_ids: set[int] = field(default_factory=set)
    device: tuple[datetime | None] | None = None
    signed_at: datetime | None = None
    reported_at: datetime | None = None
    trouble: tuple[datetime, Why] | None = None
    chances: list[datetime] = field(default_factory=list)
    slots: int = 0
    alerts: int = 0


def facts_by_village(bulletin: Bulletin, villages: Collection[int], *, now: datetime) -> dict[int, list[ClusterFacts]]:
    """Give for each of these villages what its clusters did and may still do with a bulletin."""
    clusters = _clusters(villages)
    _add_devices(clusters)
    _add_plays(bulletin, clusters)
    _add_chances(bulletin, clusters, now=now)
    found: dict[int, list[ClusterFacts]] = defaultdict(list)
    for cluster in clusters.values():
        # One that was taken down serves nobody any more; what it played while it stood was heard.
        if cluster.is_retired and not (cluster.signed_at or cluster.reported_at):
            continue
        facts = _facts(cluster, now)
        for village in cluster.villages:
            found[village].append(facts)
    return found


def _clusters(villages: Collection[int]) -> dict[int, _Cluster]:
    through = SpeakerCluster.villages.through
    known = stand_ins(villages)
    rows = (
        through.objects.filter(place_id__in=known.rows)
        .order_by("speakercluster__sort_key", "speakercluster_id")
        .values_list("speakercluster_id", "speakercluster__name", "speakercluster__retired_on", "place_id")
    )
    clusters: dict[int, _Cluster] = {}
    for cluster_id, name, retired_on, village in rows:
        cluster = clusters.setdefault(cluster_id, _Cluster(name, is_retired=retired_on is not None))
        cluster.villages.update(known.stands_for[village])
        cluster.place_ids.update(known.around[village])
    return clusters


def _add_devices(clusters: dict[int, _Cluster]) -> None:
    rows = Device.objects.filter(cluster_id__in=list(clusters), revoked_at=None).values_list("cluster_id", "heard_at")
    for cluster_id, heard_at in rows:
        if cluster_id is not None:
            clusters[cluster_id].device = (heard_at,)


def _add_plays(bulletin: Bulletin, clusters: dict[int, _Cluster]) -> None:
    """Find the first whole play of each cluster and its last trouble, by report and by signed log.

    What a device says it played counts only for a sound of the approved revision.
    """
    sounds = Sound.objects.filter(
        bulletin=bulletin, revision=bulletin.revision, state=SoundState.READY, duration_ms__gt=0
    ).values_list("mp3_id", "opus_id", "duration_ms")
    whole = Q(pk__in=[])
    for mp3, opus, duration_ms in sounds:
        names = [name for name in (mp3, opus) if name]
        whole |= Q(media_sha256__in=names, played_ms__gte=least_ms(duration_ms or 0))
    reports = PlayReport.objects.filter(bulletin=bulletin, revision=bulletin.revision)
    log = LogEntry.objects.filter(bulletin=bulletin, revision=bulletin.revision)
    played = Q(kind__in=WHOLE_KINDS) & whole
    for cluster_id, at in _grouped(reports.filter(played), "cluster_id", Min("at")):
        if cluster_id in clusters:
            clusters[cluster_id].reported_at = at
    for cluster_id, at in _grouped(log.filter(played), "device__cluster_id", Min("at")):
        if cluster_id in clusters:
            clusters[cluster_id].signed_at = at
    for rows, name in ((reports, "cluster_id"), (log, "device__cluster_id")):
        for cluster_id, kind, at in _grouped(rows.filter(kind__in=TROUBLE_KINDS), name, Max("at"), "kind"):
            if cluster_id in clusters:
                trouble = (at, _TROUBLE[kind])
                clusters[cluster_id].trouble = max(clusters[cluster_id].trouble or trouble, trouble)


def _grouped(rows: Any, cluster: str, time: Min | Max, *more: str) -> Iterable[tuple[Any, ...]]:
    grouped: Iterable[tuple[Any, ...]] = (
        rows.order_by().values(cluster, *more).annotate(when=time).values_list(cluster, *more, "when")
    )
    return grouped


def _add_chances(bulletin: Bulletin, clusters: dict[int, _Cluster], *, now: datetime) -> None:
    by_place: dict[int, list[_Cluster]] = defaultdict(list)
    for cluster in clusters.values():
        for place_id in cluster.place_ids:
            by_place[place_id].append(cluster)
    slots = Slot.objects.filter(bulletin=bulletin, cancelled_at=None).values_list("place_id", "ends_at", "grace_s")
    for place_id, ends_at, grace_s in slots:
        for cluster in by_place.get(place_id, ()):
            cluster.slots += 1
            cluster.chances.append(ends_at + timedelta(seconds=grace_s))
    alerts = list(
        Alert.objects.filter(bulletin=bulletin, action="play", refused="", cancellations=None).values_list(
            "created_at", "expires_at"
        )
    )
    if not alerts:
        return
    longest = (
        Sound.objects.filter(bulletin=bulletin, revision=bulletin.revision).aggregate(ms=Max("duration_ms"))["ms"] or 0
    )
    for place_id in bulletin.areas.values_list("pk", flat=True):
        for cluster in by_place.get(place_id, ()):
            for created_at, expires_at in alerts:
                cluster.alerts += 1
                patience = created_at + timedelta(milliseconds=longest) + ALERT_PATIENCE
                cluster.chances.append(min(expires_at, patience))


def _facts(cluster: _Cluster, now: datetime) -> ClusterFacts:
    heard_at = cluster.device[0] if cluster.device else None
    return ClusterFacts(
        name=cluster.name,
        has_device=cluster.device is not None,
        is_silent=is_silent(heard_at, now),
        heard_at=heard_at,
        signed_at=cluster.signed_at,
        reported_at=cluster.reported_at,
        trouble=cluster.trouble[1] if cluster.trouble else Why.NOTHING,
        trouble_at=cluster.trouble[0] if cluster.trouble else None,
        chance_until=max(cluster.chances, default=None),
        was_asked=bool(cluster.slots or cluster.alerts),
        is_alert=bool(cluster.alerts) and not cluster.slots,
    )
