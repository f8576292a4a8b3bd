"""Reading the registry."""

from coso.registry.queries.seen import (
    clusters,
    clusters_of,
    clusters_seen_by,
    clusters_under,
    communes_and_villages_seen_by,
    get_cluster,
    get_place,
    origins_of,
    places_seen_by,
    stations_edited_by,
    successions_of,
)

__all__ = [
    "clusters",
    "clusters_of",
    "clusters_seen_by",
    "clusters_under",
    "communes_and_villages_seen_by",
    "get_cluster",
    "get_place",
    "origins_of",
    "places_seen_by",
    "stations_edited_by",
    "successions_of",
]
