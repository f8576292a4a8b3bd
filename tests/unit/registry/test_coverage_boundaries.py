"""A file of boundaries: what is taken, what is refused with its place, what is mended."""

import json
import random

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from coso.registry.rules import boundaries as rules
from coso.registry.rules.boundaries import BadBoundaries, Fault


def square(west, south, side=0.1):
    corners = [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


OPEN_RING = square(105.5, 18.3)["coordinates"][0][:-1]
FAR_RING = [[10**400, 18.3], [106, 18.3], [106, 18.4], [10**400, 18.3]]
HIGH_RING = [[105, 18.3, 10**400], [106, 18.3, 1], [106, 18.4, 1], [105, 18.3, 10**400]]


def feature(code, geometry=None, **properties):
    return {"type": "Feature", "properties": {"code": code} | properties, "geometry": geometry or square(105.5, 18.3)}


def file_of(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | more).encode()


def test_outlines_are_read_by_code_in_order_and_numbers_are_codes_too():
    data = file_of(feature(18562), feature("18196", square(105.1, 18.3)))

    outlines = rules.read(b"\xef\xbb\xbf" + data)

    assert [outline.code for outline in outlines] == ["18196", "18562"]
    assert outlines[0].area.bounds == (105.1, 18.3, 105.19999999999999, 18.400000000000002)


def test_the_property_with_the_code_may_be_called_otherwise():
    data = file_of({"type": "Feature", "properties": {"ma_xa": " 18196 "}, "geometry": square(105.5, 18.3)})

    assert [outline.code for outline in rules.read(data, "ma_xa")] == ["18196"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.NOT_JSON),
        (b"\xff\xfe{}", Fault.NOT_JSON),
        (b"[" * 100_000, Fault.NOT_JSON),
        (b'{"type":"FeatureCollection","features":[NaN]}', Fault.NOT_JSON),
        (b"[]", Fault.NOT_A_COLLECTION),
        (b'{"type":"Feature"}', Fault.NOT_A_COLLECTION),
        (file_of(), Fault.EMPTY),
        (b'{"type":"FeatureCollection","features":{}}', Fault.EMPTY),
        (file_of(feature("1"), crs={"type": "name", "properties": {"name": "EPSG:3405"}}), Fault.OTHER_SYSTEM),
        (file_of(feature("")), Fault.NO_CODE),
        (file_of(feature(None)), Fault.NO_CODE),
        (file_of(feature(True)), Fault.NO_CODE),
        (file_of(feature("1\0")), Fault.NO_CODE),
        (file_of("x"), Fault.NO_CODE),
        (file_of(feature("1"), feature("1 ")), Fault.TWICE),
        (file_of(feature("1", {"type": "Point", "coordinates": [105.5, 18.3]})), Fault.NOT_AN_AREA),
        (file_of({"type": "Feature", "properties": {"code": "1"}, "geometry": None}), Fault.NOT_AN_AREA),
        (file_of(feature("1", {"type": "Polygon", "coordinates": []})), Fault.BAD_CORNERS),
        (file_of(feature("1", {"type": "Polygon", "coordinates": [[]]})), Fault.BAD_CORNERS),
        (file_of(feature("1", {"type": "MultiPolygon", "coordinates": [[105.5, 18.3]]})), Fault.BAD_CORNERS),
        (file_of(feature("1", {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]})), Fault.BAD_CORNERS),
        (file_of(feature("1", {"type": "Polygon", "coordinates": [OPEN_RING]})), Fault.BAD_CORNERS),
        (file_of(feature("1", {"type": "Polygon", "coordinates": [HIGH_RING]})), Fault.BAD_CORNERS),
        (file_of(feature("1", {"type": "Polygon", "coordinates": [FAR_RING]})), Fault.ELSEWHERE),
        (file_of(feature("1", square(18.3, 105.5))), Fault.ELSEWHERE),
        (file_of(feature("1", square(545_000, 2_030_000, 900))), Fault.ELSEWHERE),
        (file_of(feature("1", square(99.0, 18.3))), Fault.ELSEWHERE),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_its_fault(data, fault):
    with pytest.raises(BadBoundaries) as refused:
        rules.read(data)

    assert refused.value.fault == fault


def test_a_fault_tells_which_area_it_lies_in():
    with pytest.raises(BadBoundaries) as refused:
        rules.read(file_of(feature("1"), feature("2", square(18.3, 105.5))))

    assert refused.value.where == {"code": "2", "number": 2, "longitude": 18.3, "latitude": 105.5}


def test_more_areas_than_a_map_draws_are_refused(monkeypatch):
    monkeypatch.setattr(rules, "MOST_FEATURES", 2)

    with pytest.raises(BadBoundaries) as refused:
        rules.read(file_of(*(feature(str(number)) for number in range(3))))

    assert refused.value.fault == Fault.TOO_MANY


def test_the_coordinate_system_of_the_standard_may_be_named():
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert len(rules.read(file_of(feature("1"), crs=named))) == 1


def test_an_outline_with_a_small_loop_is_mended_and_one_like_an_eight_is_refused():
    loop = [
        [105.5, 18.3],
        [105.6, 18.3],
        [105.6, 18.4],
        [105.5, 18.4],
        [105.4999, 18.35],
        [105.5001, 18.35],
        [105.5, 18.3],
    ]
    # The spike runs back over itself, as a careless hand draws it.
    spike = [[105.5, 18.3], [105.6, 18.3], [105.65, 18.3], [105.6, 18.3], [105.6, 18.4], [105.5, 18.4], [105.5, 18.3]]
    eight = [[105.5, 18.3], [105.6, 18.4], [105.6, 18.3], [105.5, 18.4], [105.5, 18.3]]

    mended = rules.read(file_of(feature("1", {"type": "Polygon", "coordinates": [spike]})))
    rules.read(file_of(feature("1", {"type": "Polygon", "coordinates": [loop]})))

    assert mended[0].was_mended
    assert mended[0].area.is_valid
    assert mended[0].area.area == pytest.approx(0.01)
    with pytest.raises(BadBoundaries) as refused:
        rules.read(file_of(feature("1", {"type": "Polygon", "coordinates": [eight]})))
    assert refused.value.fault == Fault.BROKEN


def test_lines_that_cross_everywhere_are_refused_at_once(monkeypatch):
    # Sorting them out would take this machine minutes; nobody may even begin.
    monkeypatch.setattr(rules.shapely, "make_valid", None)
    chance = random.Random(1)
    ring = [[chance.uniform(105, 106), chance.uniform(18, 19)] for _ in range(1000)]
    tangle = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    pile = {"type": "MultiPolygon", "coordinates": [square(105.5, 18.3)["coordinates"]] * 300}

    for geometry in (tangle, pile):
        with pytest.raises(BadBoundaries) as refused:
            rules.read(file_of(feature("1", geometry)))
        assert refused.value.fault == Fault.BROKEN


def test_neighbours_keep_their_common_line_when_corners_are_left_out():
    # A wavy line between two areas, with a corner every ten metres.
    wave = [[105.5 + 0.00001 * (n % 3), 18.3 + n * 0.0001] for n in range(1001)]
    left = [[105.4, 18.3], *wave, [105.4, 18.4], [105.4, 18.3]]
    right = [[105.6, 18.3], [105.6, 18.4], *reversed(wave), [105.6, 18.3]]
    read = rules.read(
        file_of(
            feature("1", {"type": "Polygon", "coordinates": [left]}),
            feature("2", {"type": "Polygon", "coordinates": [right]}),
        )
    )

    cleaned = rules.clean(read)

    one, other = (outline.area for outline in cleaned.outlines)
    assert cleaned.corners < cleaned.corners_before / 7
    assert one.intersection(other).area < 1e-9
    assert shapely.union_all([one, other]).area == pytest.approx(0.02, rel=1e-3)
    assert cleaned.tolerance_m == 12


def test_a_file_with_too_many_corners_is_drawn_more_coarsely(monkeypatch):
    monkeypatch.setattr(rules, "MOST_CORNERS", 40)
    wavy = [[105.5 + 0.0009 * (n % 2), 18.3 + n * 0.0005] for n in range(200)]
    read = rules.read(file_of(feature("1", {"type": "Polygon", "coordinates": [[*wavy, [105.3, 18.4], wavy[0]]]})))

    cleaned = rules.clean(read)

    assert cleaned.tolerance > rules.FINEST
    assert cleaned.corners <= 40


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12, unique=True))
def test_what_was_written_reads_back_as_the_same_areas(cells):
    outlines = rules.read(file_of(*(feature(f"{x}{y}", square(105 + x * 0.1, 18 + y * 0.1)) for x, y in cells)))
    cleaned = rules.clean(outlines)

    data = rules.write(cleaned.outlines, {outline.code: "Xã" for outline in outlines})

    again = rules.read(data)
    assert [outline.code for outline in again] == sorted(outline.code for outline in outlines)
    for before, after in zip(outlines, again, strict=True):
        assert after.area.symmetric_difference(before.area).area < 1e-4
    assert rules.write(cleaned.outlines, {outline.code: "Xã" for outline in outlines}) == data


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_rubbish_is_refused_and_never_breaks(rubbish):
    with pytest.raises(BadBoundaries):
        rules.read(rubbish)
