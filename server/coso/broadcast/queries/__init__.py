"""Reading what is on air: schedules, what clusters play, reach, and what devices must hear of."""

from coso.broadcast.queries.changes import Changes, open_changes
from coso.broadcast.queries.reach import VillageReach, reach_of, reach_summary, reach_version, stations_off_network
from coso.broadcast.queries.schedule import get_visible_slot, plans_of, slots_visible_to
from coso.broadcast.queries.targets import Areas, areas_of, clusters_under, paths_with_clusters
from coso.broadcast.queries.wire import (
    AlertNews,
    DeviceFacts,
    ManifestNews,
    authorities,
    device_facts,
    last_numbers,
    latest_manifest,
    live_alerts,
    media_facts,
    news_since,
    revoked_since,
)

__all__ = [
    "AlertNews",
    "Areas",
    "Changes",
    "DeviceFacts",
    "ManifestNews",
    "VillageReach",
    "areas_of",
    "authorities",
    "clusters_under",
    "device_facts",
    "get_visible_slot",
    "last_numbers",
    "latest_manifest",
    "live_alerts",
    "media_facts",
    "news_since",
    "open_changes",
    "paths_with_clusters",
    "plans_of",
    "reach_of",
    "reach_summary",
    "reach_version",
    "revoked_since",
    "slots_visible_to",
    "stations_off_network",
]
