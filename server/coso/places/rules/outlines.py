"""Points and outlines on the map, in degrees; good enough for a sketch, not for surveying."""

from collections.abc import Sequence

Point = tuple[float, float]
"""Longitude and latitude, in the order of GeoJSON (RFC 7946)."""


def contains(ring: Sequence[Sequence[float]], point: Point) -> bool:
    """Tell whether a point lies inside a closed ring, by counting the edges that a ray crosses."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def pulled_inside(ring: Sequence[Sequence[float]], centre: Point, point: Point) -> Point:
    """Move a point toward the centre until it lies inside the ring; the centre itself when nothing else does."""
    for step in range(10):
        part = 1 - step / 10
        moved = (centre[0] + (point[0] - centre[0]) * part, centre[1] + (point[1] - centre[1]) * part)
        if contains(ring, moved):
            return moved
    return centre
