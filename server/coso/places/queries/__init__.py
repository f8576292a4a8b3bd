"""Reading places: at a date, under a unit, by what a person types or a file holds."""

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
    successors,
    under,
    untraced,
    villages_of,
)

__all__ = [
    "ancestors",
    "at",
    "communes",
    "listed",
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
