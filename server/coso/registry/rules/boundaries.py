"""Reading a file of boundaries (GeoJSON, RFC 7946): what is wrong with it, and its cleaned form. No database."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn

import numpy
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

MOST_MEGABYTES = 20
MOST_FEATURES = 5_000
MOST_CORNERS = 60_000
"""A map of a province draws this many corners at once without a phone getting stuck."""
FINEST, COARSEST = 0.0001, 0.005
"""Tolerances of simplification in degrees: about 11 and 550 metres."""
BOX = (102.0, 6.0, 118.0, 24.0)
"""West, south, east, north of Việt Nam, Hoàng Sa and Trường Sa within it."""
_CRS_84 = ("crs84", "epsg::4326", "epsg:4326")
MOST_CROSSINGS = 100
_MOST_PAIRS = 1_000_000
_MOST_NEIGHBOURS = 12
"""On average over a file: a cell of a grid meets nine boxes, itself among them; real communes a few more or less."""
_MENDED_PART = 0.01
"""A shape that mending changes by more of its area is not mended but refused."""


class Fault(StrEnum):
    """Why a file cannot be taken."""

    NOT_JSON = "not_json"
    NOT_A_COLLECTION = "not_a_collection"
    OTHER_SYSTEM = "other_system"
    EMPTY = "empty"
    TOO_MANY = "too_many"
    NO_CODE = "no_code"
    TWICE = "twice"
    NOT_AN_AREA = "not_an_area"
    BAD_CORNERS = "bad_corners"
    ELSEWHERE = "elsewhere"
    BROKEN = "broken"


class BadBoundaries(Exception):
    """The file cannot be taken: a fault and where it lies."""

    def __init__(self, fault: Fault, **where: Any) -> None:
        super().__init__(fault)
        self.fault, self.where = fault, where


@dataclass(frozen=True)
class Outline:
    """The boundary of one unit."""

    code: str
    area: BaseGeometry
    was_mended: bool = False


@dataclass(frozen=True)
class Cleaned:
    """Boundaries ready to be drawn."""

    outlines: Sequence[Outline]
    tolerance: float
    """By how much corners may have moved, in degrees."""
    corners_before: int
    corners: int
    mended: Sequence[str] = field(default_factory=tuple)
    """Codes whose shape crossed itself and was mended."""

    @property
    def tolerance_m(self) -> int:
        """Give the tolerance in whole metres."""
        return math.ceil(self.tolerance * 111_200)


def read(data: bytes, code_property: str = "code") -> list[Outline]:
    """Read the outlines of a file, by code. Raise BadBoundaries at the first thing that cannot be taken."""
    found = _collection(data)
    outlines: dict[str, Outline] = {}
    for number, feature in enumerate(found, start=1):
        code = _code(feature, code_property, number)
        if code in outlines:
            raise BadBoundaries(Fault.TWICE, code=code, number=number)
        outlines[code] = _outline(feature, code, number)
    return [outlines[code] for code in sorted(outlines)]


def clean(outlines: Sequence[Outline]) -> Cleaned:
    """Leave out corners that no map shows, neighbours keeping their common line; as few as a phone can draw."""
    before = _corners(outline.area for outline in outlines)
    areas = [outline.area for outline in outlines]
    tolerance = FINEST
    simple = _simplified(areas, tolerance)
    while _corners(simple) > MOST_CORNERS and tolerance < COARSEST:
        tolerance *= 2
        simple = _simplified(areas, tolerance)
    made = [Outline(outline.code, area, outline.was_mended) for outline, area in zip(outlines, simple, strict=True)]
    return Cleaned(
        outlines=made,
        tolerance=tolerance,
        corners_before=before,
        corners=_corners(simple),
        mended=tuple(outline.code for outline in made if outline.was_mended),
    )


def write(outlines: Iterable[Outline], names: dict[str, str]) -> bytes:
    """Write outlines as GeoJSON with `code` and `name`, to five decimals (about a metre); same input, same bytes."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": outline.code, "name": names[outline.code]},
            "geometry": _rounded(mapping(outline.area)),
        }
        for outline in sorted(outlines, key=lambda outline: outline.code)
    ]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _collection(data: bytes) -> list[Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as wrong:
        raise BadBoundaries(Fault.NOT_JSON) from wrong
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise BadBoundaries(Fault.NOT_A_COLLECTION)
    # RFC 7946 has WGS 84 only; older files may name another system here.
    named = found.get("crs")
    if named is not None and not json.dumps(named).lower().replace('"', "").rstrip("}").endswith(_CRS_84):
        raise BadBoundaries(Fault.OTHER_SYSTEM)
    features = found.get("features")
    if not isinstance(features, list) or not features:
        raise BadBoundaries(Fault.EMPTY)
    if len(features) > MOST_FEATURES:
        raise BadBoundaries(Fault.TOO_MANY, count=len(features), most=MOST_FEATURES)
    return features


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _code(feature: Any, code_property: str, number: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get(code_property) if isinstance(properties, dict) else None
    # PostgreSQL keeps no NUL: a code with one is nobody's.
    if isinstance(code, bool) or not isinstance(code, str | int) or not str(code).strip() or "\0" in str(code):
        raise BadBoundaries(Fault.NO_CODE, number=number, property=code_property)
    return str(code).strip()[:40]


def _outline(feature: Any, code: str, number: int) -> Outline:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise BadBoundaries(Fault.NOT_AN_AREA, code=code, number=number)
    rings = geometry.get("coordinates")
    polygons = [rings] if geometry["type"] == "Polygon" else rings
    _look_at_corners(polygons, code, number)
    try:
        area = shapely.force_2d(shape(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError, OverflowError) as wrong:
        raise BadBoundaries(Fault.BAD_CORNERS, code=code, number=number) from wrong
    if area.is_valid and area.area > 0:
        return Outline(code, area)
    return Outline(code, _mended(area, code, number), was_mended=True)


def _look_at_corners(polygons: Any, code: str, number: int) -> None:
    """Refuse what is no list of closed rings of degrees within the box; shapely would take much of it."""
    bad = BadBoundaries(Fault.BAD_CORNERS, code=code, number=number)
    if not _is_full_list(polygons):
        raise bad
    for rings in polygons:
        if not _is_full_list(rings):
            raise bad
        for ring in rings:
            if not isinstance(ring, list) or len(ring) < 4 or ring[0] != ring[-1]:
                raise bad
            for corner in ring:
                if not isinstance(corner, list) or len(corner) < 2 or not all(map(_is_number, corner[:2])):
                    raise bad
                if not (BOX[0] <= corner[0] <= BOX[2] and BOX[1] <= corner[1] <= BOX[3]):
                    where = {"longitude": corner[0], "latitude": corner[1]}
                    raise BadBoundaries(Fault.ELSEWHERE, code=code, number=number, **where)


def _is_full_list(found: Any) -> bool:
    return isinstance(found, list) and bool(found)


def _is_number(value: Any) -> bool:
    # Compared, since a whole number of hundreds of digits is JSON and no float: `math.isfinite` breaks on it.
    return isinstance(value, int | float) and not isinstance(value, bool) and -math.inf < value < math.inf


def _mended(area: BaseGeometry, code: str, number: int) -> BaseGeometry:
    """Mend a shape that crosses itself, as drawings by hand do; refuse it when the mending would change it much."""
    # Checked first: the lines of a few hundred corners set at random take minutes to be sorted out.
    mended = None if _crosses_too_often(area) else _areas_only(shapely.make_valid(area))
    # A figure of eight cancels itself out: its area as drawn is far from what mending makes of it.
    if mended is None or abs(mended.area - area.area) > _MENDED_PART * mended.area:
        raise BadBoundaries(Fault.BROKEN, code=code, number=number)
    return mended


def _crosses_too_often(area: BaseGeometry) -> bool:
    """Tell whether the lines of a shape meet one another far more often than a slip of the hand explains."""
    corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(area)), return_index=True)
    is_line = (ring[:-1] == ring[1:]) & (corners[:-1] != corners[1:]).any(axis=1)
    lines = shapely.linestrings(numpy.stack([corners[:-1], corners[1:]], axis=1)[is_line])
    tree = shapely.STRtree(lines)
    # A few at a time, so that the answer comes at once and in little memory when everything meets everything.
    step = max(1, _MOST_PAIRS // max(len(lines), 1))
    meetings = 0
    for begun in range(0, len(lines), step):
        asked = lines[begun : begun + step]
        # In a tidy ring each line meets itself and its two neighbours.
        meetings += tree.query(asked, predicate="intersects").shape[1] - 3 * len(asked)
        if meetings > 2 * MOST_CROSSINGS:
            return True
    return False


def _areas_only(found: BaseGeometry) -> BaseGeometry | None:
    """Give the polygons of a shape as one; None when it has none."""
    if found.geom_type in {"Polygon", "MultiPolygon"}:
        return None if found.is_empty else found
    parts = [part for part in getattr(found, "geoms", []) if part.geom_type in {"Polygon", "MultiPolygon"}]
    joined = shapely.union_all(parts) if parts else None
    return joined if joined is not None and not joined.is_empty else None


def _simplified(areas: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify together, so that no gap opens between neighbours; each by itself where they overlap already."""
    if _are_side_by_side(areas) and shapely.coverage_is_valid(areas):
        made = list(shapely.coverage_simplify(areas, tolerance))
    else:
        made = list(shapely.simplify(areas, tolerance, preserve_topology=True))
    return [
        new if new.is_valid and not new.is_empty and new.geom_type in {"Polygon", "MultiPolygon"} else old
        for new, old in zip(made, areas, strict=True)
    ]


def _are_side_by_side(areas: Sequence[BaseGeometry]) -> bool:
    """Tell whether areas may lie beside one another, by the boxes around them: each meets a few others.

    To look closer at a thousand areas that lie on top of one another takes minutes.
    """
    meetings = shapely.STRtree(areas).query(areas).shape[1]
    return bool(meetings <= _MOST_NEIGHBOURS * len(areas))


def _corners(areas: Iterable[BaseGeometry]) -> int:
    return sum(int(shapely.get_num_coordinates(area)) for area in areas)


def _rounded(geometry: Any) -> Any:
    if isinstance(geometry, dict):
        return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    if isinstance(geometry, float):
        return round(geometry, 5)
    return [_rounded(part) for part in geometry]
