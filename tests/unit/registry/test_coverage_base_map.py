"""The head of a base map: whom it thanks, and what is no base map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.registry.rules import pmtiles
from tests.support.pmtiles import CREDIT, EAST, NORTH, SOUTH, WEST, base_map


def _metadata(data):
    head = pmtiles.read_head(data[: pmtiles.HEAD_BYTES])
    return pmtiles.read_metadata(head, data[head.metadata_at : head.metadata_at + head.metadata_bytes])


def test_a_base_map_tells_what_it_covers_and_whom_it_thanks_in_plain_words():
    data = base_map()

    head = pmtiles.read_head(data)

    assert (head.west, head.south, head.east, head.north) == pytest.approx((WEST, SOUTH, EAST, NORTH))
    assert (head.lowest_zoom, head.highest_zoom) == (0, 10)
    assert pmtiles.credit(_metadata(data)) == CREDIT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PMTiles",
        base_map()[:126],
        base_map(version=2),
        base_map(tile_type=2),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 5,
    ],
    ids=["empty", "short", "cut", "version 2", "pictures", "something else"],
)
def test_what_is_no_vector_base_map_is_none(data):
    with pytest.raises(pmtiles.NoBaseMap):
        pmtiles.read_head(data)


@given(st.binary(max_size=200))
def test_broken_metadata_thanks_nobody_and_breaks_nothing(rubbish):
    head = pmtiles.read_head(base_map())

    told = pmtiles.read_metadata(head, rubbish)

    assert told == {}
    assert pmtiles.credit(told) == ""


def test_thanks_that_carry_a_script_are_words_only():
    told = pmtiles.credit(_metadata(base_map(attribution="<script>alert(1)</script>© Ai <b>đó</b>")))

    assert told == "alert(1) © Ai đó"
