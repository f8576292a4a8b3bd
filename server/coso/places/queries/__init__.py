"""Reading places: at a date, under a unit, by what a person types or a file holds."""

from coso.places.queries.finder import Found, PlaceFinder
from coso.places.queries.followed import all_successors, lives_and_links, successors
from coso.places.queries.units import (
    ancestors,
    at,
    communes,
    listed,
    now,
    one_at,
    place_name,
    province,
    schematic_file,
    search,
    under,
    untraced,
    villages_of,
)

__all__ = [
    "Found",
    "PlaceFinder",
    "all_successors",
    "ancestors",
    "at",
    "communes",
    "listed",
    "lives_and_links",
    "now",
    "one_at",
    "place_name",
    "province",
    "schematic_file",
    "search",
    "successors",
    "under",
    "untraced",
    "villages_of",
]
